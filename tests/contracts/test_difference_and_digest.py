"""Two contracts differ in what they ask exactly when their digests do."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from sextant.contracts.difference import difference
from sextant.contracts.file.reading import contract_from_mapping
from sextant.contracts.model import Contract
from sextant.contracts.normal_form import digest

CHECKS = [
    "recall >= 0.8",
    "recall >= 80% with 99% confidence",
    "recall(threshold=0.5) >= 0.9 in every sex, age",
    "recall >= 0.9 in every age, sex",
    "recall >= 0.9 in every sex x age",
    "gap(recall) <= 0.1 across sex",
    "mean(ms) >= 1",
    "mean(ms) <= 1",
    "out_of_set(kind, values=[1, 2]) <= 0.1",
    "out_of_set(kind, values=[2, 1.0]) <= 0.1",
    "out_of_set(kind, values=[true, 2]) <= 0.1",
]
SEGMENTS: dict[str, Any] = {"sex": "SEX", "age": {"column": "A", "bands": [65]}}


@st.composite
def contracts(draw: st.DrawFn) -> Contract:
    """Contracts near enough to each other that equal ones are drawn often."""
    checks = draw(st.lists(st.sampled_from(CHECKS), max_size=3, unique=True))
    roles = st.sampled_from(["primary", "guardrail", "secondary"])
    criteria = [
        {"check": check, "role": draw(roles), "min_rows": draw(st.sampled_from([0, 9]))}
        | draw(st.sampled_from([{}, {"why": "so"}]))
        for check in checks
    ]
    data = {
        "source": draw(st.sampled_from(["a", "b"])),
        "label": {"column": "y", "positive": draw(st.sampled_from([1, True, "1"]))},
        "score": "p",
        "segments": {name: SEGMENTS[name] for name in draw(st.permutations(["sex", "age"]))},
    }
    whole = {
        "product": draw(st.sampled_from(["P", "Q"])),
        "outcome": "O",
        "task": "binary",
        "data": data,
        "threshold": draw(st.sampled_from([0.5, 0.6])),
        "criteria": ["auc >= 0.8", *criteria],
    }
    return draw(st.sampled_from(_readable(whole)))


def _readable(whole: dict[str, Any]) -> list[Contract]:
    """The contract, or without its drawn criteria where these contradict each other."""
    try:
        return [contract_from_mapping(whole)]
    except ValueError:
        return [contract_from_mapping(whole | {"criteria": whole["criteria"][:1]})]


@given(contracts(), st.randoms())
def test_equal_contracts_give_nothing(contract: Contract, random: Any) -> None:
    assert difference(contract, contract) == ()
    criteria = list(contract.criteria)
    random.shuffle(criteria)
    again = [replace(one, id=f"c{place}") for place, one in enumerate(criteria)]
    assert difference(contract, replace(contract, criteria=tuple(again))) == ()


@given(contracts(), contracts())
def test_what_it_asks_changes_exactly_with_the_digest(old: Contract, new: Contract) -> None:
    found = difference(old, new)
    assert (digest(old) != digest(new)) == any(one.effect != "none" for one in found)


OPPOSITE = {"stricter": "looser", "looser": "stricter", "other": "other", "none": "none"}


@given(contracts(), contracts())
def test_the_way_back_is_the_opposite(old: Contract, new: Contract) -> None:
    there, back = difference(old, new), difference(new, old)
    if all(one.what.split()[1] != "role" for one in there):
        assert sorted((one.before, one.after, OPPOSITE[one.effect]) for one in there) == sorted(
            (one.after, one.before, one.effect) for one in back
        )
