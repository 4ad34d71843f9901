"""A threshold per group: the gap before and after, its price, groups that are too few."""

from __future__ import annotations

import pandas as pd
import pytest

import sextant as sx

COSTS = {"false_negative": 10.0, "false_positive": 4.0}


def grouped(rows: pd.DataFrame, **more: object):
    found = sx.thresholds(rows, score="p", label="y", costs=COSTS, segments=["group"], **more)
    return found.exploration.groups[0]


@pytest.mark.parametrize("measure", ["recall", "false_positive_rate", "flagged", "precision"])
def test_a_threshold_each_closes_the_gap(rows: pd.DataFrame, measure: str) -> None:
    (one,) = grouped(rows, equalise=measure).equalised
    assert one.gap_after.value < 0.02
    assert one.gap_after.low == 0
    assert abs(one.gap_after.value) <= abs(one.gap_before.value)


def test_the_price_is_that_of_the_rows(rows: pd.DataFrame) -> None:
    (one,) = grouped(rows, equalise="false_positive_rate").equalised
    cuts = {each.name: each.threshold for each in one.groups}
    y = rows["y"] == 1

    def cost(flagged: pd.Series) -> float:
        return (10 * (~flagged & y) + 4 * (flagged & ~y)).mean()

    then, today = rows["p"] >= rows["group"].map(cuts), rows["p"] >= 0.5
    assert one.cost.value == pytest.approx(cost(then) - cost(today))
    assert one.errors.value == pytest.approx((then != y).mean() - (today != y).mean())
    assert one.cost.low <= one.cost.value <= one.cost.high
    rates = [(then & ~y & (rows["group"] == g)).sum() / (~y & (rows["group"] == g)).sum()
             for g in "ab"]  # fmt: skip
    assert one.gap_after.value == pytest.approx(abs(rates[0] - rates[1]))


def test_each_group_has_its_own_cheapest(rows: pd.DataFrame) -> None:
    found = grouped(rows)
    for one in found.groups:
        alone = sx.thresholds(rows[rows["group"] == one.name], score="p", label="y", costs=COSTS)
        assert one.threshold == alone.best
    assert found.apart is not None
    assert found.apart.value < 0
    assert found.apart.low < found.apart.value < found.apart.high


def test_a_group_of_one_and_one_of_one_class_keep_todays(rows: pd.DataFrame) -> None:
    odd = rows.assign(group=rows["group"].where(rows.index > 0, "alone"))
    odd.loc[(odd.index > 10) & (odd.index < 100), ["group", "y"]] = ["never", 0]
    found = grouped(odd, equalise="recall")
    (one,) = found.equalised
    reasons = {each.name: each.reason for each in one.groups}
    assert "too few" in reasons["alone"]
    assert reasons["never"] == "0 positives are too few for a threshold of its own"
    assert (reasons["a"], reasons["b"]) == ("", "")
    kept = {each.name: each.threshold for each in one.groups}
    assert (kept["alone"], kept["never"]) == (0.5, 0.5)
    text = sx.thresholds(
        odd, score="p", label="y", costs=COSTS, segments=["group"], equalise="recall"
    ).to_markdown()
    assert "keep today's" in text


def test_a_declared_group_without_rows_is_named(rows: pd.DataFrame) -> None:
    segments = {"group": {"column": "group", "labels": {"a": "A", "b": "B", "c": "C"}}}
    found = sx.thresholds(rows, score="p", label="y", segments=segments)
    empty = next(one for one in found.exploration.groups[0].groups if one.name == "C")
    assert (empty.n, empty.threshold) == (0, None)
    assert "no row" in str(found)
