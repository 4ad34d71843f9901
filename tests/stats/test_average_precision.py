"""Average precision: its derivatives, its ties, and where it is not judged."""

import numpy as np
import pytest
from sklearn.metrics import average_precision_score

from sextant.stats.average_precision import (
    _derivatives,
    _mean_precision,
    _optimism,
    _optimism_by_unit,
    average_precision,
    average_precision_by_unit,
)
from sextant.stats.estimate import Level

ONCE = Level()


def bins(score: np.ndarray, label: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    values, at = np.unique(score, return_inverse=True)
    return tuple(np.bincount(at, label == y, values.size).astype(float) for y in (1, 0))


def drawn(n: int, seed: int = 1) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    label = (rng.random(n) < 0.3).astype(int)
    return (rng.normal(size=n) + label).round(1), label


def test_against_scikit_learn_with_ties() -> None:
    score, label = drawn(500)
    pos, neg = bins(score, label)
    found = average_precision(pos, neg, np.ones(pos.size, bool), ONCE)
    assert found.value == pytest.approx(average_precision_score(label, score))
    assert 0 < found.low < found.value < found.high < 1


def test_derivatives_against_differences() -> None:
    pos, neg = bins(*drawn(60))
    value, by_pos, by_neg = _derivatives(pos, neg)
    for counts, slope in ((pos, by_pos), (neg, by_neg)):
        for b in range(pos.size):
            more = counts.copy()
            more[b] += 1e-6
            pair = (more, neg) if counts is pos else (pos, more)
            assert (_derivatives(*pair)[0] - value) / 1e-6 == pytest.approx(slope[b], abs=1e-4)


def test_against_the_bootstrap() -> None:
    score, label = drawn(2000)
    rng = np.random.default_rng(3)
    picks = (rng.integers(0, 2000, 2000) for _ in range(400))
    again = [average_precision_score(label[pick], score[pick]) for pick in picks]
    pos, neg = bins(score, label)
    found = average_precision(pos, neg, np.ones(pos.size, bool), ONCE)
    assert found.high - found.low == pytest.approx(2 * 1.96 * np.std(again), rel=0.15)


def test_bins_of_several_scores_widen_it_by_what_their_order_could_change() -> None:
    score, label = drawn(3000)
    fine = np.random.default_rng(5).normal(0, 0.01, 3000) + score
    exact = average_precision(*bins(fine, label), np.ones(3000, bool), ONCE)
    pos, neg = bins(score, label)
    held = average_precision(pos, neg, np.zeros(pos.size, bool), ONCE)
    assert held.low < exact.low < exact.high < held.high
    tied = average_precision(pos, neg, np.ones(pos.size, bool), ONCE)
    assert held.low < tied.low < tied.high < held.high


def test_the_lower_limit_allows_for_positives_that_count_themselves() -> None:
    """Against leaving each positive out by hand; per unit of one row it is the same."""
    pos, neg = bins(*drawn(60))
    value = _derivatives(pos, neg)[0]
    hits, rows = pos[::-1].cumsum()[::-1], (pos + neg)[::-1].cumsum()[::-1]
    others = [(h - 1) / (r - 1) if r > 1 else value for h, r in zip(hits, rows, strict=True)]
    expected = pos @ (hits / rows - np.array(others)) / pos.sum()
    assert _optimism(pos, neg, value) == pytest.approx(expected)
    each = [(one, b) for one, held in ((1, pos), (0, neg)) for b, n in enumerate(held)
            for _ in range(int(n))]  # fmt: skip
    pos_u, neg_u = np.zeros((60, pos.size)), np.zeros((60, pos.size))
    for unit, (label, b) in enumerate(each):
        (pos_u if label else neg_u)[unit, b] = 1
    assert _optimism_by_unit(pos_u, neg_u, value) == pytest.approx(expected)


def test_mean_precision_of_positives_in_a_row() -> None:
    """Three positives after 4 rows with 2 hits: 3/5, 4/6, 5/7; at every second row 3/6 …"""
    assert _mean_precision(3, 2, 4) == pytest.approx((3 / 5 + 4 / 6 + 5 / 7) / 3)
    assert _mean_precision(3, 2, 4, 2) == pytest.approx((3 / 6 + 4 / 8 + 5 / 10) / 3)


def test_every_row_its_own_unit_and_every_row_five_times() -> None:
    score, label = drawn(400)
    values, at = np.unique(score, return_inverse=True)
    pos_u, neg_u = np.zeros((400, values.size)), np.zeros((400, values.size))
    pos_u[np.arange(400), at], neg_u[np.arange(400), at] = label, 1 - label
    pos, neg = pos_u.sum(axis=0), neg_u.sum(axis=0)
    distinct = np.ones(values.size, bool)
    rows = average_precision(pos, neg, distinct, ONCE)
    units = average_precision_by_unit(pos, neg, distinct, pos_u, neg_u, ONCE)
    assert (units.low, units.high) == pytest.approx((rows.low, rows.high), abs=2e-3)
    five = average_precision_by_unit(5 * pos, 5 * neg, distinct, 5 * pos_u, 5 * neg_u, ONCE)
    assert (five.low, five.high) == pytest.approx((units.low, units.high))


@pytest.mark.parametrize(
    ("pos", "neg", "reason"),
    [
        ([0, 0], [0, 0], "no labelled row"),
        ([0, 0], [5, 9], "no positive row"),
        ([3, 4], [0, 0], "no negative row"),
        ([5, 10], [80, 20], "30 positive rows"),
        ([0, 50], [90, 0], "the positives all score above the negatives"),
    ],
)
def test_where_there_is_none(pos: list, neg: list, reason: str) -> None:
    found = average_precision(np.array(pos), np.array(neg), np.ones(2, bool), ONCE)
    assert not found.assessable
    assert reason in found.reason


def test_all_scores_equal_is_the_prevalence() -> None:
    found = average_precision(np.array([300.0]), np.array([700.0]), np.array([True]), ONCE)
    assert found.value == pytest.approx(0.3)
    assert 0.26 < found.low < 0.3 < found.high < 0.34
