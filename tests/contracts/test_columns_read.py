"""Which columns a criterion's number is made of, for every kind of request."""

from __future__ import annotations

from typing import Any

import pytest

from sextant.contracts.file.reading import contract_from_mapping
from sextant.contracts.model import Contract
from sextant.contracts.reads import columns_read, roles_read
from sextant.contracts.requests import request_of
from sextant.metrics.requests import (
    Decisions,
    Distribution,
    Errors,
    Flag,
    Labels,
    Pairs,
    Scores,
    Values,
)

DATA = {
    "source": "p.parquet",
    "label": {"column": "y", "positive": "yes"},
    "score": {"column": "p", "scale": 100},
    "time": "day",
    "unit": "household",
    "segments": {"sex": "SEX", "age": {"column": "AGEP", "bands": [65]}},
}


def contract(*checks: str, **data: Any) -> Contract:
    held = DATA | data
    return contract_from_mapping(
        {
            "product": "Pre-screen",
            "outcome": "Halve the checks",
            "task": "binary",
            "data": {key: value for key, value in held.items() if value is not None},
            "criteria": list(checks),
        }
    )


KINDS = [
    ("auc >= 0.8", Scores, ("p", "y")),
    ("recall >= 0.8", Scores, ("p", "y")),
    ("brier <= 0.2", Errors, ("p", "y")),
    ("prevalence >= 0.2", Labels, ("y",)),
    ("mean(ms) <= 9", Values, ("ms",)),
    ("ratio_of_means(revenue, sessions) >= 2", Pairs, ("revenue", "sessions")),
    ("quantile(ms, q=0.95) <= 300", Distribution, ("ms",)),
    ("rate(click) >= 0.1", Flag, ("click",)),
    ("missing_rate(SCHL) <= 2%", Flag, ("SCHL",)),
    ("out_of_range(AGEP, low=0, high=120) <= 1%", Flag, ("AGEP",)),
    ("out_of_set(MAR, values=[1, 2]) <= 1%", Flag, ("MAR",)),
]


@pytest.mark.parametrize(("check", "kind", "columns"), KINDS)
def test_each_kind_of_request(check: str, kind: type, columns: tuple[str, ...]) -> None:
    held = contract(check)
    assert type(request_of(held.criteria[0])) is kind
    assert columns_read(held.criteria[0], held) == columns


@pytest.mark.parametrize(("check", "kind", "columns"), KINDS)
def test_the_columns_of_segments_come_last(
    check: str, kind: type, columns: tuple[str, ...]
) -> None:
    held = contract(f"{check} in every sex x age")
    expected = tuple(dict.fromkeys([*columns, "SEX", "AGEP"]))
    assert columns_read(held.criteria[0], held) == expected


def test_decisions_are_read_from_their_own_column() -> None:
    held = contract("recall >= 0.8", "recall(threshold=0.7) >= 0.6", prediction="d")
    decided, cut = held.criteria
    assert request_of(decided) == Decisions()
    assert columns_read(decided, held) == ("d", "y")
    assert columns_read(cut, held) == ("p", "y")


@pytest.mark.parametrize(
    ("check", "columns"),
    [
        ("recall >= 0.8 in every sex, age", ("p", "y", "SEX", "AGEP")),
        ('recall >= 0.8 in age = "65 and over"', ("p", "y", "AGEP")),
        ("gap(recall) <= 5% across sex", ("p", "y", "SEX")),
        ("rate(click) of men against women >= 0 across sex", ("click", "SEX")),
        ("mean(AGEP) >= 20 in every age", ("AGEP",)),
    ],
)
def test_every_scope_reads_its_segments_once(check: str, columns: tuple[str, ...]) -> None:
    held = contract(check)
    assert columns_read(held.criteria[0], held) == columns


def test_every_column_with_what_it_is_for() -> None:
    held = contract("recall >= 0.8 in every sex", "mean(ms) <= 9", "missing_rate(day) <= 1%")
    assert roles_read(held) == {
        "y": "label",
        "p": "score",
        "day": "time",
        "household": "unit",
        "SEX": "segment sex",
        "AGEP": "segment age",
        "ms": "criterion mean-ms",
    }


def test_what_is_not_declared_is_not_needed() -> None:
    bare = {key: None for key in DATA if key != "source"}
    held = contract("mean(ms) <= 9", "quantile(ms, q=0.5) <= 3", **bare)
    assert roles_read(held) == {"ms": "criterion mean-ms"}


def test_a_column_read_is_a_column_needed() -> None:
    held = contract(*[check for check, _, _ in KINDS], prediction="d")
    needed = roles_read(held)
    for criterion in held.criteria:
        assert set(columns_read(criterion, held)) <= set(needed)
