"""The digest covers what decides, and nothing else."""

import re
from copy import deepcopy
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sextant.contracts.file.reading import contract_from_mapping, contract_from_text
from sextant.contracts.grammar.setting import default_catalogue
from sextant.contracts.normal_form import digest, normal_form

CONTRACT: dict[str, Any] = {
    "product": "Pre-screen",
    "outcome": "Halve the checks",
    "task": "binary",
    "data": {
        "source": "p.parquet",
        "label": {"column": "y", "positive": "yes"},
        "score": {"column": "p", "scale": 100},
        "time": "day",
        "period": {"from": 2015, "to": 2016},
        "unit": "household",
        "segments": {
            "sex": "SEX",
            "race": {"column": "R", "labels": {1: "White", 2: "Black"}, "min_rows": 10},
            "age": {"column": "A", "bands": [16, 65]},
        },
    },
    "threshold": 0.5,
    "costs": {"false_negative": 100},
    "criteria": [
        "recall >= 0.8 in every sex, race",
        {"check": "cost <= 3", "role": "guardrail"},
        "gap(recall) <= 0.1 across race with 99% confidence",
    ],
}
DIGEST = digest(contract_from_mapping(CONTRACT))


def changed(**changes: Any) -> str:
    """The digest with some keys changed; `data__label` is label in data."""
    mapping = deepcopy(CONTRACT)
    for path, value in changes.items():
        *outer, last = path.split("__")
        place = mapping
        for key in outer:
            place = place[key]
        place[last] = value
    return digest(contract_from_mapping(mapping))


def test_its_form() -> None:
    assert re.fullmatch("sha256:[0-9a-f]{64}", DIGEST)


@pytest.mark.parametrize(
    "changes",
    [
        {"product": "Other"},
        {"outcome": "Other"},
        {"model": "v2"},
        {"valid_for": "90 days"},
        {"names": {"rows": "people"}},
        {"data__source": "elsewhere/*.parquet"},
        {"data__period": {"from": 2017}},
        {"schema": 1},
        {
            "criteria": [
                *CONTRACT["criteria"][1:],
                {"check": "recall>=80% in every race, sex", "id": "a", "why": "b"},
            ]
        },
    ],
)
def test_what_does_not_decide(changes: dict[str, Any]) -> None:
    assert changed(**changes) == DIGEST


@pytest.mark.parametrize(
    "changes",
    [
        {"data__label": {"column": "y", "positive": "no"}},
        {"data__label": "y"},
        {"data__score": "p"},
        {"data__prediction": "d"},
        {"data__unit": "person"},
        {"data__time": "week"},
        {"data__segments__sex": "GENDER"},
        {"data__segments__race__min_rows": 20},
        {"data__segments__race__fold": "rest"},
        {"data__segments__age__bands": [16, 66]},
        {"data__segments__new": "N"},
        {"threshold": 0.6},
        {"costs": {"false_negative": 101}},
        {"looks": 3},
        {"looks": "continuous"},
        {"criteria": CONTRACT["criteria"][:2]},
        {"criteria": [*CONTRACT["criteria"][1:], "recall >= 0.81 in every sex, race"]},
        {"criteria": [*CONTRACT["criteria"][1:], "recall >= 0.8 in every sex x race"]},
        {
            "criteria": [
                *CONTRACT["criteria"][1:],
                "recall(threshold=0.6) >= 0.8 in every sex, race",
            ]
        },
        {
            "criteria": [
                *CONTRACT["criteria"][1:],
                {"check": CONTRACT["criteria"][0], "role": "guardrail"},
            ]
        },
        {
            "criteria": [
                *CONTRACT["criteria"][1:],
                {"check": CONTRACT["criteria"][0], "min_rows": 9},
            ]
        },
        {"criteria": [*CONTRACT["criteria"][1:], CONTRACT["criteria"][0] + " with 90% confidence"]},
    ],
)
def test_what_decides(changes: dict[str, Any]) -> None:
    assert changed(**changes) != DIGEST


def test_a_new_definition_of_a_metric_is_another_contract() -> None:
    contract = contract_from_mapping(CONTRACT)
    known = dict(default_catalogue())
    known["recall"] = replace(known["recall"], version=known["recall"].version + 1)
    assert digest(contract, known) != DIGEST
    known["auc"] = replace(known["auc"], version=known["auc"].version + 1)
    assert digest(contract, known) == digest(contract, known | {"auc": default_catalogue()["auc"]})


def shuffled(value: Any, draw: st.DrawFn) -> Any:
    if isinstance(value, dict):
        keys = draw(st.permutations(list(value)))
        return {key: shuffled(value[key], draw) for key in keys}
    return value


@given(st.data())
def test_order_means_nothing(data: st.DataObject) -> None:
    mapping = shuffled(CONTRACT, data.draw)
    mapping["criteria"] = data.draw(st.permutations(CONTRACT["criteria"]))
    assert digest(contract_from_mapping(mapping)) == DIGEST


def test_spelling_means_nothing(employment: str) -> None:
    one = contract_from_text(employment)
    other = contract_from_text(
        employment.replace("recall >= 0.80 in every sex, age", "recall>=80% in every age , sex")
        .replace("threshold: 0.5", "threshold: .50")
        .replace("[16, 25, 45, 65]", "[16.0, 25, 45, 65]")
        .replace("sex: SEX", "sex: {column: SEX, fold: other}")
    )
    assert normal_form(one) == normal_form(other)
    assert digest(one) == digest(other)


def test_the_digest_is_the_same_on_every_machine(mapping: dict[str, Any]) -> None:
    """Written down once: a change of this value breaks every lock that was ever signed."""
    assert normal_form(contract_from_mapping(mapping)) == {
        "schema": 1,
        "task": "binary",
        "data": {
            "label": {"column": "y", "positive": None},
            "score": {"column": "p", "scale": 1},
            "prediction": None,
            "time": None,
            "unit": None,
            "segments": {},
        },
        "threshold": 0.5,
        "costs": None,
        "looks": None,
        "criteria": [
            {
                "metric": "recall",
                "version": 1,
                "params": {"threshold": 0.5},
                "kind": "metric",
                "of": "",
                "against": "",
                "op": ">=",
                "bound": 0.8,
                "scope": "all",
                "groupings": [],
                "value": "",
                "confidence": 0.95,
                "role": "primary",
                "min_rows": 0,
            }
        ],
    }
