"""How many further labelled rows would decide, at the next look."""

from __future__ import annotations

import pandas as pd
import pytest

import sextant as sx


def needed(data, criterion="recall >= 0.8", **more):
    result = sx.evaluate(data, label="y", score="p", criteria=[criterion], **more)
    return result.evidence.results[0].needed


def test_the_next_look_is_always_valid(table):
    # 85/100 against .8: the next look, tuned to n = 100, needs n = 598
    found = needed(table(85, 15))
    assert (found.rows, found.towards) == (498, "met")


def test_rows_of_the_segment_not_of_the_denominator(table):
    negatives = table(0, 300, start=1_000).assign(y=0)
    found = needed(pd.concat([table(85, 15), negatives]))
    assert found.rows == pytest.approx(4 * 498, abs=4)


def test_on_the_wrong_side_it_counts_until_missed(table):
    assert needed(table(75, 25)).towards == "missed"


def test_on_the_bound_there_is_no_number(table):
    found = needed(table(80, 20))
    assert found.rows is None
    assert "close to the bound" in found.why


def test_that_many_more_rows_decide(table):
    """Following the advice with the same rate decides, and one row less does not."""
    from sextant.stats.estimate import Level
    from sextant.stats.rate import rate

    assert rate(0.85 * 598, 598, Level(tuned_to=100)).low >= 0.8
    assert rate(0.85 * 597, 597, Level(tuned_to=100)).low < 0.8


def test_unlabelled_metrics_count_all_rows(table):
    data = table(85, 15).assign(c=[1] * 4 + [None] * 1 + [1] * 95)
    result = sx.evaluate(data, criteria=["missing_rate(c) <= 3%"])
    assert result.evidence.results[0].needed.rows > 100


def test_a_decided_row_needs_nothing(table):
    assert needed(table(95, 5)) is None
