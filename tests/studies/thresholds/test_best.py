"""The best threshold: brute force over the rows, its range, what today's costs more."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest

import sextant as sx

Costs = dict[str, float]


def by_hand(rows: pd.DataFrame, costs: Costs) -> dict[float, float]:
    """The mean cost at every threshold that a score could be, from the rows one by one."""
    p, y = rows["p"].to_numpy(), rows["y"].to_numpy() == 1
    found = {}
    for cut in np.append(np.unique(p), 2.0):
        flagged = p >= cut
        total = (
            costs.get("true_positive", 0) * (flagged & y).sum()
            + costs["false_positive"] * (flagged & ~y).sum()
            + costs["false_negative"] * (~flagged & y).sum()
        )
        found[float(cut)] = total / len(rows)
    return found


def test_the_best_is_that_of_brute_force(rows: pd.DataFrame, costs: Costs) -> None:
    found = sx.thresholds(rows, score="p", label="y", costs=costs)
    expected = by_hand(rows, costs)
    least = min(expected.values())
    best = found.exploration.best
    assert best is not None
    assert best.cost.value == pytest.approx(least, rel=1e-12)
    flagged = (rows["p"] >= found.best).sum()
    cut = min(expected, key=expected.__getitem__)
    assert flagged == (rows["p"] >= cut).sum()
    today = by_hand(rows, costs)[float(rows["p"][rows["p"] >= 0.5].min())]
    assert best.regret.value == pytest.approx(today - least, rel=1e-9)


def test_every_cut_of_the_frame_is_counted_on_the_rows(rows: pd.DataFrame, costs: Costs) -> None:
    frame = sx.thresholds(rows, score="p", label="y", costs=costs).to_frame()
    y = rows["y"] == 1
    for one in frame.iloc[[1, 200, 500, 700]].itertuples():
        flagged = rows["p"] >= one.threshold
        assert one.flagged == pytest.approx(flagged.mean())
        assert one.recall == pytest.approx((flagged & y).sum() / y.sum())
        assert one.precision == pytest.approx(y[flagged].mean())
        assert one.friction == pytest.approx((flagged & ~y).mean())


def test_the_best_and_a_cut_of_like_cost_are_in_the_range(rows: pd.DataFrame, costs: Costs) -> None:
    """A probability's best cut is where both errors cost the same: 4 / (4 + 9)."""
    found = sx.thresholds(rows[rows["group"] == "a"], score="p", label="y", costs=costs)
    assert found.range is not None
    low, high = found.range
    assert low <= found.best <= high
    assert low <= 4 / 13 <= high
    assert high - low < 0.4


def test_a_threshold_far_from_the_best_is_shown_to_cost_more(
    rows: pd.DataFrame, costs: Costs
) -> None:
    best = sx.thresholds(rows, score="p", label="y", costs=costs, threshold=0.9).exploration.best
    assert best is not None
    assert 0 < best.gain.low <= best.regret.value <= best.regret.high
    assert best.gain.low <= best.regret.low


def test_todays_best_needs_no_move(rows: pd.DataFrame, costs: Costs) -> None:
    best = sx.thresholds(rows, score="p", label="y", costs=costs).best
    again = sx.thresholds(rows, score="p", label="y", costs=costs, threshold=best)
    found = again.exploration.best
    assert again.best == best
    assert found is not None
    assert (found.gain.value, found.gain.low, found.gain.high) == (0, 0, 0)
    assert found.regret.low == 0
    assert again.to_dict()["headline"].startswith("Today's threshold")


def test_without_costs_every_error_counts_one(rows: pd.DataFrame) -> None:
    found = sx.thresholds(rows, score="p", label="y")
    best = found.exploration.best
    assert best is not None
    wrong = ((rows["p"] >= found.best) != (rows["y"] == 1)).mean()
    assert best.cost.value == pytest.approx(wrong)
    assert any("No costs were given" in one for one in found.to_dict()["sentences"])


def test_earnings_are_costs_below_nothing(rows: pd.DataFrame) -> None:
    earned = sx.thresholds(
        rows, score="p", label="y", costs={"true_positive": -9, "false_positive": 4}
    )
    lost = sx.thresholds(
        rows, score="p", label="y", costs={"false_negative": 9, "false_positive": 4}
    )
    assert earned.best == lost.best
    assert earned.range == lost.range


def test_another_prevalence_is_the_rows_reweighed(rows: pd.DataFrame, costs: Costs) -> None:
    """Positives and negatives counted so often that one in twenty is positive."""
    found = sx.thresholds(rows, score="p", label="y", costs=costs, prevalence=0.05)
    y = rows["y"] == 1
    weight = np.where(y, 0.05 / y.mean(), 0.95 / (1 - y.mean()))
    flagged = rows["p"] >= 0.5
    bands, at = found.exploration.bands, found.exploration.today
    assert bands["flagged"].at(at).value == pytest.approx((weight * flagged).mean())
    precise = (weight * (flagged & y)).sum() / (weight * flagged).sum()
    assert bands["precision"].at(at).value == pytest.approx(precise)
    each = np.where(flagged, np.where(y, 1, 4), np.where(y, 10, 0))
    assert bands["cost"].at(at).value == pytest.approx((weight * each).mean())
    assert found.best > sx.thresholds(rows, score="p", label="y", costs=costs).best
    assert any("stay distributed as here" in one for one in found.to_dict()["sentences"])


@pytest.mark.parametrize("which", ["cost", "range", "regret"])
def test_rows_of_one_user_say_less(rows: pd.DataFrame, costs: Costs, which: str) -> None:
    """The same rows four times over under one user are worth no more than once."""
    copies = pd.concat([rows.assign(user=np.arange(len(rows)))] * 4)
    once = sx.thresholds(rows, score="p", label="y", costs=costs)
    users = sx.thresholds(copies, score="p", label="y", costs=costs, unit="user")
    widths: dict[str, Callable[[sx.ThresholdResult], float]] = {
        "cost": lambda r: r.exploration.best.cost.high - r.exploration.best.cost.low,
        "range": lambda r: r.range[1] - r.range[0],
        "regret": lambda r: r.exploration.best.regret.high - r.exploration.best.regret.low,
    }
    width = widths[which]
    assert width(users) > 0.8 * width(once)
