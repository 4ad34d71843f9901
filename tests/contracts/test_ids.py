"""Every criterion has an id: given, or short and made from its text."""

from typing import Any

import pytest

from sextant.contracts.file.reading import contract_from_mapping
from sextant.contracts.problems import ContractError


def ids(mapping: dict[str, Any], *criteria: Any) -> list[str]:
    mapping["data"]["segments"] = {"sex": "S", "age": {"column": "A", "bands": [65]}}
    contract = contract_from_mapping(mapping | {"criteria": list(criteria)})
    return [criterion.id for criterion in contract.criteria]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("recall >= 0.8", "recall"),
        ("recall >= 0.8 in every sex", "recall-every-sex"),
        ("recall >= 0.8 in every sex x age", "recall-every-sex-age"),
        ('precision >= 0.9 in age = "65 and over"', "precision-age-65-and-over"),
        ("gap(false_positive_rate) <= 0.1 across sex", "gap-false-positive-rate-across-sex"),
        ("rate(click) of bts against rnd >= 0 across sex", "rate-click-bts-against-rnd-across-sex"),
        ("missing_rate(SCHL) <= 2%", "missing-rate-schl"),
    ],
)
def test_made(mapping: dict[str, Any], text: str, name: str) -> None:
    assert ids(mapping, text) == [name]


def test_unique_and_never_at_the_cost_of_a_given_one(mapping: dict[str, Any]) -> None:
    given = {"check": "auc >= 0.8", "id": "recall"}
    made = ids(mapping, "recall >= 0.8", "recall(threshold=0.7) >= 0.6", given)
    assert made == ["recall-2", "recall-3", "recall"]


def test_given_twice(mapping: dict[str, Any]) -> None:
    twice = [{"check": "auc >= 0.8", "id": "a"}, {"check": "recall >= 0.8", "id": "a"}]
    with pytest.raises(ContractError) as caught:
        ids(mapping, *twice)
    assert str(caught.value) == (
        "criteria[1]: The id 'a' is given twice; first at criteria[0]. Change one of them."
    )


@pytest.mark.parametrize("name", ["two words", "-a", "a/b", "x" * 81, "<b>"])
def test_unusable(mapping: dict[str, Any], name: str) -> None:
    with pytest.raises(ContractError, match="cannot be an id"):
        ids(mapping, {"check": "auc >= 0.8", "id": name})
