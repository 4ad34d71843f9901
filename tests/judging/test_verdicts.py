"""A row, a criterion, a contract: met, missed or undecided."""

from __future__ import annotations

import pandas as pd
import pytest

import sextant as sx


@pytest.mark.parametrize(
    ("hits", "misses", "verdict"),
    [(90, 10, "met"), (85, 15, "undecided"), (60, 40, "missed"), (0, 0, "undecided")],
)
def test_a_row_is_where_its_whole_interval_is(table, hits, misses, verdict):
    # Clopper-Pearson at 95 %: 90/100 from .824; 85/100 .765 to .914; 60/100 up to .697
    result = sx.evaluate(table(hits, misses), label="y", score="p", criteria=["recall >= 0.8"])
    assert result.verdict == verdict


def test_every_row_must_be_met(table):
    data = pd.concat([table(95, 5, g="a"), table(85, 15, g="b")])
    result = sx.evaluate(
        data, label="y", score="p", segments={"g": "g"}, criteria=["recall >= 0.8 in every g"]
    )
    rows = result.evidence.results
    assert [row.verdict for row in rows] == ["met", "undecided"]
    assert result.verdict == "undecided"


@pytest.mark.parametrize(("hits", "verdict"), [(70, "undecided"), (68, "missed")])
def test_missed_in_some_segment_after_holm(table, hits, verdict):
    # The high limit at 1 - .05/4 is .808099 for 70/100 and .791011 for 68/100.
    data = pd.concat(
        [table(hits, 100 - hits, g="a"), *[table(95, 5, g=name) for name in ("b", "c", "d")]]
    )
    result = sx.evaluate(
        data, label="y", score="p", segments={"g": "g"}, criteria=["recall >= 0.8 in every g"]
    )
    (criterion,) = result.evidence.criteria
    assert criterion.rows[0].verdict == "missed"
    assert criterion.verdict == verdict
    assert criterion.compared == 4
    assert bool(criterion.proven_missed) == (verdict == "missed")


@pytest.mark.parametrize(
    ("role", "verdict"), [("primary", "missed"), ("guardrail", "missed"), ("secondary", "met")]
)
def test_only_primary_and_guardrail_criteria_decide(table, role, verdict):
    result = sx.evaluate(
        table(60, 40),
        label="y",
        score="p",
        criteria=["recall >= 0.2", {"check": "recall >= 0.8", "role": role}],
    )
    assert result.verdict == verdict


def test_a_criterion_may_ask_for_more_confidence(table):
    at_95, at_99 = (
        sx.evaluate(
            table(90, 10), label="y", score="p", criteria=[f"recall >= 0.8 with {c}% confidence"]
        )
        for c in (95, 99.9)
    )
    assert (at_95.verdict, at_99.verdict) == ("met", "undecided")
    assert at_99.to_dict()["results"][0]["confidence"] == 0.999


def test_fewer_rows_than_a_criterion_asks_for_are_no_pass(table):
    result = sx.evaluate(
        table(95, 5),
        label="y",
        score="p",
        criteria=[{"check": "recall >= 0.8", "min_rows": 500}],
    )
    (row,) = result.evidence.results
    assert row.verdict == "undecided"
    assert "500" in row.reason


def test_the_gap_and_its_worst_pair(table):
    # 90/100, 160/200, 42/60: the golden values of the largest gap and the smallest ratio
    data = pd.concat([table(90, 10, g="a"), table(160, 40, g="b"), table(42, 18, g="c")])
    result = sx.evaluate(
        data,
        label="y",
        score="p",
        segments={"g": "g"},
        criteria=["gap(recall) <= 0.05 across g", "ratio(recall) >= 0.8 across g"],
    )
    gap, ratio = result.evidence.results
    assert (gap.estimate.low, gap.estimate.high) == pytest.approx((0.038253, 0.341586), abs=1e-6)
    assert gap.estimate.between == ("a", "c")
    assert ratio.estimate.low == pytest.approx(0.626783, abs=1e-6)
    assert ratio.estimate.between == ("c", "a")


def test_a_contrast_names_both_groups(table):
    data = pd.concat([table(56, 14, g="new"), table(48, 32, g="old")])
    result = sx.evaluate(
        data,
        label="y",
        score="p",
        segments={"g": "g"},
        criteria=["recall of new against old >= 0 across g"],
    )
    (row,) = result.evidence.results
    assert row.verdict == "met"
    assert (row.estimate.low, row.estimate.high) == pytest.approx((0.043887, 0.344171), abs=1e-6)
    assert row.estimate.between == ("new", "old")


def test_a_contrast_with_an_absent_group_is_undecided(table):
    result = sx.evaluate(
        table(90, 10, g="new"),
        label="y",
        score="p",
        segments={"g": "g"},
        criteria=["recall of new against old >= 0 across g"],
    )
    (row,) = result.evidence.results
    assert row.verdict == "undecided"
    assert "old" in row.reason


def test_too_many_groups_to_compare_are_said_to_be(table):
    data = pd.concat([table(3, 1, g=f"v{i:03}") for i in range(201)])
    result = sx.evaluate(
        data,
        label="y",
        score="p",
        segments={"g": "g"},
        criteria=["gap(recall) <= 0.1 across g"],
    )
    (row,) = result.evidence.results
    assert row.verdict == "undecided"
    assert "201 groups are too many" in row.reason
