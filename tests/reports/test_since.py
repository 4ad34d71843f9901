"""What is said to have changed between two looks, and what is left to the noise."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from sextant.contracts.evidence import Evidence
from sextant.reports.record import record_of
from sextant.reports.since import ORDER, Moved, apart, since

AUC = "auc >= 0.85"
SHARES = st.floats(0, 1)
Interval = tuple[float, float, float]


@pytest.fixture
def old(evidence: Evidence) -> dict[str, Any]:
    return record_of(evidence)


@pytest.fixture
def new(old: dict[str, Any]) -> dict[str, Any]:
    return deepcopy(old)


def top(record: dict[str, Any], text: str = AUC) -> dict[str, Any]:
    found: dict[str, Any] = next(one for one in record["criteria"] if one["text"] == text)["top"]
    return found


def kinds(moved: list[Moved]) -> list[str]:
    return [one.kind for one in moved]


def sole(moved: list[Moved], kind: str) -> Moved:
    (found,) = [one for one in moved if one.kind == kind]
    return found


def row(interval: Interval) -> dict[str, Any]:
    low, estimate, high = interval
    shown = {"value": f"{estimate:.3f}", "interval": f"{low:.3f} to {high:.3f}", "reason": ""}
    place: dict[str, Any] = {"name": "", "segment": {}, "between": None}
    return {"low": low, "estimate": estimate, "high": high, **shown, **place}


def record(interval: Interval, verdict: str = "met") -> dict[str, Any]:
    """A record of one criterion on other data each time."""
    one = {"text": AUC, "verdict": verdict, "rows": [], "top": row(interval)}
    data = {"snapshot": str(interval), "rows": 1000}
    return {"digest": "d", "model": "", "data": data, "criteria": [one]}


def ascending(three: tuple[float, float, float]) -> Interval:
    low, estimate, high = sorted(three)
    return low, estimate, high


intervals = st.tuples(SHARES, SHARES, SHARES).map(ascending)


def test_of_two_equal_records_only_the_same_rows_are_told(
    old: dict[str, Any], new: dict[str, Any]
) -> None:
    assert since(old, new) == [Moved("basis", "The data are the same rows as before.")]


@given(intervals, st.sampled_from(["met", "missed", "undecided"]))
def test_an_equal_figure_on_other_rows_has_not_moved(one: Interval, verdict: str) -> None:
    later = record(one, verdict)
    later["data"] = {"snapshot": "others", "rows": 1200}
    (only,) = since(record(one, verdict), later)
    assert only == Moved("basis", "The data are others: 1,000 rows before, 1,200 now.")


def test_another_verdict_is_said_first_with_both_figures(
    old: dict[str, Any], new: dict[str, Any]
) -> None:
    changed = next(one for one in new["criteria"] if one["text"] == AUC)
    changed["verdict"] = "undecided"
    changed["top"] |= {"estimate": 0.9035, "value": "0.9035"}
    first, *others = since(old, new)
    assert first == Moved(
        "verdict",
        f"{AUC}: met before, undecided now.",
        f"{top(old)['value']} ({top(old)['interval']})",
        f"0.9035 ({top(old)['interval']})",
    )
    assert kinds(others) == ["basis", "noise"]


@given(intervals, intervals)
def test_a_number_moved_only_where_the_intervals_have_no_value_in_common(
    before: Interval, after: Interval
) -> None:
    assume(before[1] != after[1])
    common = max(before[0], after[0]) <= min(before[2], after[2])
    said = kinds(since(record(before), record(after)))
    assert said == (["basis", "noise"] if common else ["moved", "basis"])


@given(intervals, intervals)
def test_what_moved_one_way_moved_back_the_other(before: Interval, after: Interval) -> None:
    assert apart(row(before), row(after)) == apart(row(after), row(before))
    assert not apart(row(before), row(before))


@pytest.mark.parametrize(
    ("before", "after", "way"),
    [
        ((0.80, 0.81, 0.82), (0.83, 0.84, 0.85), "rose"),
        ((0.83, 0.84, 0.85), (0.80, 0.81, 0.82), "fell"),
    ],
)
def test_it_says_which_way(before: Interval, after: Interval, way: str) -> None:
    said = sole(since(record(before), record(after)), "moved").says
    figures = [
        f"{one[1]:.3f} ({one[0]:.3f} to {one[2]:.3f})" for one in (before, after)
    ]  # fmt: skip
    assert said == f"{AUC} {way} from {figures[0]} to {figures[1]}."


def test_intervals_that_touch_overlap() -> None:
    touching = since(record((0.70, 0.75, 0.80)), record((0.80, 0.85, 0.90)))
    assert kinds(touching) == ["basis", "noise"]
    assert sole(touching, "noise").says.endswith("within the noise.")


@pytest.mark.parametrize("side", ["low", "high"])
def test_an_open_end_is_boundless(side: str) -> None:
    lower, upper = record((0.1, 0.2, 0.3)), record((0.7, 0.8, 0.9))
    ends = {"high": lower, "low": upper}
    top(ends[side])[side] = None
    assert kinds(since(lower, upper)) == ["basis", "noise"]
    assert kinds(since(upper, lower)) == ["basis", "noise"]


def test_a_figure_that_does_not_exist_cannot_move(old: dict[str, Any], new: dict[str, Any]) -> None:
    top(new).update(estimate=None, low=None, high=None, value="", reason="one class only")
    assert kinds(since(old, new)) == ["basis"]
    assert kinds(since(new, old)) == ["basis"]


def test_criteria_come_and_go(old: dict[str, Any], new: dict[str, Any]) -> None:
    new["criteria"] = [one for one in new["criteria"] if one["text"] != AUC]
    assert sole(since(old, new), "criterion").says == f"No longer asked: {AUC} was met."
    assert sole(since(new, old), "criterion").says == f"New: {AUC} is met."


def test_the_order_of_the_criteria_is_no_change(old: dict[str, Any], new: dict[str, Any]) -> None:
    new["criteria"].reverse()
    assert kinds(since(old, new)) == ["basis"]


def test_groups_are_told_apart_by_name_and_a_new_one_has_no_past(
    old: dict[str, Any], new: dict[str, Any]
) -> None:
    text = "recall >= 0.8 in every sex"
    rows = next(one for one in new["criteria"] if one["text"] == text)["rows"]
    rows.reverse()
    assert rows[0]["segment"] == {"sex": "women"}
    rows[0] |= {"estimate": 0.9, "low": 0.89, "high": 0.91}
    rows.append(rows[0] | {"segment": {"sex": "unknown"}, "name": "unknown"})
    moved = since(old, new)
    assert kinds(moved) == ["moved", "basis"]
    assert sole(moved, "moved").says.startswith(f"{text}, women rose from ")


def test_the_worst_pair_of_other_groups_is_another_figure(
    old: dict[str, Any], new: dict[str, Any]
) -> None:
    gap = top(new, "gap(false_positive_rate) <= 0.05 across sex")
    gap |= {"between": ["men", "women"], "estimate": 0.5, "low": 0.4, "high": 0.6}
    assert kinds(since(old, new)) == ["basis"]


def test_another_contract_model_and_table_are_told(
    old: dict[str, Any], new: dict[str, Any]
) -> None:
    new |= {"digest": "another", "model": None}
    new["data"] = new["data"] | {"snapshot": "another", "rows": 70000}
    assert [one.says for one in since(old, new)] == [
        "The contract is another one: what is asked has changed.",
        "The model is another one: employment-lgbm 3 before, no version named now.",
        "The data are others: 68,913 rows before, 70,000 now.",
    ]


def test_the_gravest_is_said_first(old: dict[str, Any], new: dict[str, Any]) -> None:
    first, second, *rest = new["criteria"]
    first["verdict"] = "missed"
    first["top"] |= {"estimate": 0.7, "low": 0.69, "high": 0.71}
    second["rows"][0]["estimate"] += 0.001
    new["criteria"] = [first, second, *rest[:-1]]
    told = kinds(since(old, new))
    assert told == list(ORDER)
