"""Every change between two contracts is named once, with what it does to the promises."""

from __future__ import annotations

from typing import Any

import pytest

from sextant.contracts.difference import NOTHING, Change, difference
from sextant.contracts.file.reading import contract_from_mapping

BASE: dict[str, Any] = {
    "product": "Pre-screen",
    "outcome": "Halve the checks",
    "task": "binary",
    "data": {
        "source": "p.parquet",
        "label": "y",
        "score": "p",
        "time": "day",
        "segments": {"sex": "SEX", "age": {"column": "A", "bands": [16, 65]}},
    },
    "criteria": ["auc >= 0.8"],
}


def with_data(**changes: Any) -> dict[str, Any]:
    return {"data": BASE["data"] | changes}


def changes(old: dict[str, Any], new: dict[str, Any]) -> tuple[Change, ...]:
    return difference(contract_from_mapping(BASE | old), contract_from_mapping(BASE | new))


def of_criteria(old: list[Any], new: list[Any]) -> tuple[Change, ...]:
    return changes({"criteria": ["auc >= 0.8", *old]}, {"criteria": ["auc >= 0.8", *new]})


def guarded(check: str, role: str) -> dict[str, str]:
    return {"check": check, "role": role}


@pytest.mark.parametrize(
    ("old", "new", "effect"),
    [
        ("recall >= 0.8", "recall >= 0.9", "stricter"),
        ("recall >= 0.8", "recall >= 0.7", "looser"),
        ("brier <= 0.2", "brier <= 0.1", "stricter"),
        ("brier <= 0.2", "brier <= 0.3", "looser"),
        ("recall >= 0.8", "recall >= 0.8 with 99% confidence", "stricter"),
        ("brier <= 0.2", "brier <= 0.2 with 90% confidence", "looser"),
        ("recall >= 0.8", "recall >= 0.9 with 99% confidence", "stricter"),
        ("brier <= 0.2", "brier <= 0.1 with 90% confidence", "other"),
        ("mean(ms) >= 3", "mean(ms) <= 3", "other"),
        ("recall >= 0.8 in every sex", "recall >= 0.8 in every age", "other"),
        ("recall >= 0.8", "recall(threshold=0.7) >= 0.8", "other"),
        ("out_of_set(k, values=[1]) <= 0.1", "out_of_set(k, values=[true]) <= 0.1", "other"),
    ],
)
def test_another_figure_or_another_question(old: str, new: str, effect: Any) -> None:
    same = {"id": "it"}
    found = of_criteria([{"check": old} | same], [{"check": new} | same])
    assert found == (Change("a promise", old, new, effect),)


@pytest.mark.parametrize(
    ("role", "added", "removed"),
    [
        ("primary", "stricter", "looser"),
        ("guardrail", "stricter", "looser"),
        ("secondary", "other", "other"),
    ],
)
def test_a_promise_comes_or_goes(role: str, added: Any, removed: Any) -> None:
    one, text = guarded("recall >= 0.8", role), "recall >= 0.8"
    assert of_criteria([], [one]) == (Change("a promise", NOTHING, text, added),)
    assert of_criteria([one], []) == (Change("a promise", text, NOTHING, removed),)


@pytest.mark.parametrize("check", ["recall >= 0.9", "recall >= 0.8 with 99% confidence"])
def test_what_decides_nothing_is_neither_stricter_nor_looser(check: str) -> None:
    old, new = guarded("recall >= 0.8", "secondary"), guarded(check, "secondary")
    assert of_criteria([old], [new]) == (Change("a promise", "recall >= 0.8", check, "other"),)
    (rows,) = of_criteria([old], [old | {"min_rows": 9}])
    assert rows.effect == "other"


@pytest.mark.parametrize(
    ("old", "new", "effect"),
    [
        ("secondary", "primary", "stricter"),
        ("secondary", "guardrail", "stricter"),
        ("primary", "secondary", "looser"),
        ("guardrail", "secondary", "looser"),
        ("primary", "guardrail", "other"),
        ("guardrail", "primary", "other"),
    ],
)
def test_another_role(old: str, new: str, effect: Any) -> None:
    found = of_criteria([guarded("recall >= 0.8", old)], [guarded("recall >= 0.8", new)])
    assert found == (Change("the role of recall >= 0.8", old, new, effect),)


@pytest.mark.parametrize(("old", "new", "effect"), [(0, 1200, "stricter"), (1200, 0, "looser")])
def test_more_or_fewer_rows(old: int, new: int, effect: Any) -> None:
    check = {"check": "recall >= 0.8"}
    found = of_criteria([check | {"min_rows": old}], [check | {"min_rows": new}])
    what = "the rows that recall >= 0.8 needs"
    assert found == (Change(what, f"{old:,}", f"{new:,}", effect),)


def test_each_side_of_a_promise_is_told_alone() -> None:
    old = {"check": "recall >= 0.8", "role": "secondary", "why": "a"}
    new = {"check": "recall >= 0.9", "role": "primary", "why": "b", "min_rows": 5}
    assert [(one.what, one.effect) for one in of_criteria([old], [new])] == [
        ("a promise", "stricter"),
        ("the role of recall >= 0.9", "stricter"),
        ("the rows that recall >= 0.9 needs", "stricter"),
        ("the reason of recall >= 0.9", "none"),
    ]


def test_a_new_id_is_no_change() -> None:
    check = {"check": "recall >= 0.8"}
    assert of_criteria([check | {"id": "a"}], [check | {"id": "b"}]) == ()
    (bound,) = of_criteria([check | {"id": "a"}], [{"check": "recall >= 0.9", "id": "b"}])
    assert bound == Change("a promise", "recall >= 0.8", "recall >= 0.9", "stricter")


def test_swapped_ids_are_no_change() -> None:
    checks = ("recall >= 0.8", "recall >= 0.7 in every sex")
    old = [{"check": check, "id": name} for check, name in zip(checks, "ab", strict=True)]
    new = [{"check": check, "id": name} for check, name in zip(checks, "ba", strict=True)]
    assert of_criteria(old, new) == ()


def test_an_id_handed_on_to_another_metric_is_a_new_promise() -> None:
    old, new = {"check": "recall >= 0.8", "id": "it"}, {"check": "brier <= 0.2", "id": "it"}
    assert of_criteria([old], [new]) == (
        Change("a promise", NOTHING, "brier <= 0.2", "stricter"),
        Change("a promise", "recall >= 0.8", NOTHING, "looser"),
    )


def test_both_ends_of_one_number_keep_to_their_own() -> None:
    found = of_criteria(["mean(ms) >= 1", "mean(ms) <= 9"], ["mean(ms) <= 9", "mean(ms) >= 2"])
    assert found == (Change("a promise", "mean(ms) >= 1", "mean(ms) >= 2", "stricter"),)


def test_another_threshold_is_told_once() -> None:
    recall = {"criteria": ["recall >= 0.8"]}
    found = changes(recall | {"threshold": 0.5}, recall | {"threshold": 0.6})
    assert found == (Change("the threshold", "0.5", "0.6", "other"),)


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ({}, {"task": "ranking"}, "the task"),
        ({}, {"costs": {"false_negative": 9}}, "the costs"),
        ({}, {"looks": 3}, "the number of looks"),
        ({"looks": 3}, {"looks": "continuous"}, "the number of looks"),
        ({}, {"valid_for": "90 days"}, "how long evidence counts"),
        ({}, with_data(label="z"), "the label"),
        (
            with_data(label={"column": "y", "positive": 1}),
            with_data(label={"column": "y", "positive": True}),
            "the label",
        ),
        ({}, with_data(score={"column": "p", "scale": 100}), "the score"),
        ({}, with_data(prediction="d"), "the prediction"),
        ({}, with_data(time=None), "the time"),
        ({}, with_data(unit="household"), "the unit"),
        ({}, with_data(segments={"sex": "SEX"}), "segment age"),
        ({}, with_data(segments=BASE["data"]["segments"] | {"sex": "S"}), "segment sex"),
        ({}, with_data(segments=BASE["data"]["segments"] | {"race": "R"}), "segment race"),
    ],
)
def test_a_setting_asks_otherwise(old: dict[str, Any], new: dict[str, Any], what: str) -> None:
    mean = {"criteria": ["mean(ms) >= 1"]}
    (there,), (back,) = changes(mean | old, mean | new), changes(mean | new, mean | old)
    assert (there.what, there.effect) == (back.what, back.effect) == (what, "other")
    assert (there.before, there.after) == (back.after, back.before)
    assert there.before != there.after
    assert there.before
    assert there.after


@pytest.mark.parametrize(
    ("new", "what", "before", "after"),
    [
        ({"product": "Q"}, "the product's name", "Pre-screen", "Q"),
        ({"outcome": "None"}, "the outcome", "Halve the checks", "None"),
        ({"model": "v2"}, "the model", NOTHING, "v2"),
        ({"names": {"rows": "people"}}, "the names of rows and classes", NOTHING, "rows people"),
        (with_data(source="q.csv"), "the source", "p.parquet", "q.csv"),
        (with_data(period={"from": 2015}), "the period", "all rows", "2015 to the end"),
        (with_data(period={"to": 2016}), "the period", "all rows", "the beginning to 2016"),
    ],
)
def test_prose_asks_the_same(new: dict[str, Any], what: str, before: str, after: str) -> None:
    assert changes({}, new) == (Change(what, before, after, "none"),)
    assert changes(new, {}) == (Change(what, after, before, "none"),)
