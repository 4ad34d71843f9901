"""Cuts of one score: equal to the estimators of single cuts, and honest on known populations."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from sextant.stats import cuts, weighted
from sextant.stats.cuts import Prices
from sextant.stats.cuts_by_unit import dearer_than_by_unit, effective, may_be_best_by_unit
from sextant.stats.estimate import Level
from sextant.stats.rate import unit_rate

COSTS = (0.0, 30.0, 12.0, 11.0)


@pytest.fixture
def drawn() -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(3)
    rows = rng.integers(1, 60, 40)
    pos = rng.binomial(rows, (np.arange(40) + 0.5) / 40).astype(float)
    return pos, rows - pos


def four(pos: np.ndarray, neg: np.ndarray) -> tuple[np.ndarray, ...]:
    tp, fp = pos.sum() - cuts.edges_of(pos), neg.sum() - cuts.edges_of(neg)
    return tp, fp, pos.sum() - tp, neg.sum() - fp


def test_costs_of_all_cuts_are_those_of_each(drawn):
    counts = four(*drawn)
    value, low, high = cuts.cost_limits(counts, COSTS, 0.05)
    for at in (0, 7, 20, 40):
        one = weighted.cost(*(float(x[at]) for x in counts), COSTS, Level(0.05))
        assert (value[at], low[at], high[at]) == pytest.approx((one.value, one.low, one.high))


def test_costs_with_few_rows_are_the_box_of_each():
    counts = four(np.array([1.0, 2, 4]), np.array([3.0, 2, 1]))
    value, low, high = cuts.cost_limits(counts, COSTS, 0.05)
    one = weighted.cost(*(float(x[1]) for x in counts), COSTS, Level(0.05))
    assert (value[1], low[1], high[1]) == pytest.approx((one.value, one.low, one.high))


def test_tails_are_binomial():
    k, n = np.array([0.0, 3, 10]), np.array([10.0, 10, 10])
    assert cuts.at_most(k, n, 0.3) == pytest.approx(stats.binom.cdf(k, n, 0.3))
    assert cuts.at_least(k, n, 0.3) == pytest.approx(stats.binom.sf(k - 1, n, 0.3))


def test_a_neighbour_is_the_last_cut_with_fewer_rows_between():
    rows = np.array([5.0, 2, 9, 1, 1, 1, 20])
    up, down = cuts.neighbours(rows, np.array([1]))
    assert up[0, 0] == 2  # 2 rows; with the 9 of the next cell it would be 11
    assert up[0, 1] == 3  # at most 11 rows: 2 + 9 = 11 < 12
    assert down[0, 0] == 0


def test_the_break_even_is_the_share_at_which_costs_are_even():
    assert cuts.break_even(Prices(12, 30), 10, 10, 0.05) == (30 / 42, 30 / 42)
    low, high = cuts.break_even(Prices(1, 1, 0.5), 5_000, 5_000, 0.05)
    assert low < 0.5 < high
    low, high = cuts.break_even(Prices(1, 1, 0.1), 500_000, 500_000, 0.05)
    assert (low + high) / 2 == pytest.approx(0.9, abs=0.002)  # nine positives for one to come


def test_the_cheapest_cut_is_a_member_and_has_no_regret(drawn):
    pos, neg = drawn
    prices = Prices(COSTS[2] - COSTS[0], COSTS[1] - COSTS[3])
    value = cuts.cost_limits(four(pos, neg), COSTS, 0.05)[0]
    least = int(value.argmin())
    assert cuts.may_be_best(pos, neg, prices, 0.05)[least]

    def dearer(cut, others, alpha):
        return cuts.dearer_than(cut, others, pos, neg, prices, alpha)

    for cut in (0, 10, least, 40):
        found, low, high = cuts.regret(cut, pos + neg, dearer, 0.05)
        assert found == pytest.approx(value[cut] - value[least])
        assert 0 <= low <= found <= high


def test_what_one_cut_costs_more_is_the_difference_of_their_costs(drawn):
    pos, neg = drawn
    value = cuts.cost_limits(four(pos, neg), COSTS, 0.05)[0]
    prices = Prices(12, 19)
    found, low, high = cuts.dearer_than(12, np.arange(41), pos, neg, prices, 0.05)
    assert found == pytest.approx(value[12] - value)
    assert (low <= found).all()
    assert (found <= high).all()


def test_units_of_one_row_are_about_as_good_as_rows(drawn):
    pos, neg = drawn
    prices = Prices(12, 19)
    cells = np.repeat(np.arange(40), (pos + neg).astype(int))
    table = np.zeros((2, cells.size, 40))
    positive = np.concatenate(
        [np.arange(int(n)) < int(p) for p, n in zip(pos, pos + neg, strict=True)]
    )
    table[np.where(positive, 0, 1), np.arange(cells.size), cells] = 1
    whole = cuts.may_be_best(pos, neg, prices, 0.05)
    units = may_be_best_by_unit(table[0], table[1], prices, 0.05)
    assert (whole != units).sum() <= 4
    _, low, high = cuts.dearer_than(12, np.array([30]), pos, neg, prices, 0.05)
    _, low_u, high_u = dearer_than_by_unit(12, np.array([30]), table[0], table[1], prices, 0.05)
    assert high_u - low_u == pytest.approx(high - low, rel=0.1)


def test_effective_sizes_are_those_of_unit_rate():
    rng = np.random.default_rng(0)
    n = rng.integers(0, 6, (50, 4)).astype(float)
    k = rng.binomial(n.astype(int), 0.4).astype(float)
    found, size = effective(k, n, 0.05)
    for column in range(4):
        one = unit_rate(k[:, column], n[:, column], 0.05)
        assert one is not None
        assert size[column] == pytest.approx(one.effective)
        assert found[column] == pytest.approx(one.rate * one.effective)


@pytest.mark.slow
@pytest.mark.parametrize(("n", "size"), [(30, 20), (300, 60), (3_000, 60)])
def test_the_truly_cheapest_cut_is_left_out_as_seldom_as_stated(n, size):
    """Scores that are no probabilities, their worth not monotone: 97.5 of 100 at least."""
    rng = np.random.default_rng(n)
    x = (np.arange(size) + 0.5) / size
    truth = np.clip(0.5 + 0.4 * np.sin(9 * x), 0, 1)
    prices = Prices(2, 3)
    cost = np.concatenate([[0.0], np.cumsum(2 * truth - 3 * (1 - truth))])
    best = int(cost.argmin())
    runs, missed, low_missed, high_missed = 600, 0, 0, 0
    regret = (cost[size // 2] - cost[best]) / size
    for _ in range(runs):
        rows = rng.multinomial(n, np.full(size, 1 / size))
        pos = rng.binomial(rows, truth).astype(float)
        neg = rows - pos
        missed += not cuts.may_be_best(pos, neg, prices, 0.05)[best]

        def dearer(cut, others, alpha, pos=pos, neg=neg):
            return cuts.dearer_than(cut, others, pos, neg, prices, alpha)

        _, low, high = cuts.regret(size // 2, pos + neg, dearer, 0.05)
        low_missed += low > regret + 1e-12
        high_missed += high < regret - 1e-12
    most = stats.binom.ppf(0.999, runs, 0.025)
    assert missed <= most
    assert low_missed <= most
    assert high_missed <= most
