"""Check values that were computed from the published formulas alone, method by method.

Each value is recomputed here from its formula where one line of SciPy does it; the others were
computed once with NumPy and SciPy from the formula in the docstring of the function under test.
"""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy import special, stats

from sextant.stats import fscore, groups, needed, weighted
from sextant.stats.auc import auc, delong_variance, kl_limits
from sextant.stats.critical import multiplier
from sextant.stats.estimate import Estimate, Level
from sextant.stats.mean import hall_limits, student_limits
from sextant.stats.quantile import quantile
from sextant.stats.rate import rate, rate_by_unit, unit_rate
from sextant.stats.ratio_of_means import ratio_of_means

ONCE = Level(0.05)


def limits(estimate: Estimate) -> tuple[float, float]:
    return estimate.low, estimate.high


@pytest.mark.parametrize(
    ("k", "n", "expected"), [(850, 1000, (0.826342, 0.871575)), (0, 50, (0.0, 0.071122))]
)
def test_a_rate(k, n, expected):
    assert limits(rate(k, n, ONCE)) == pytest.approx(expected, abs=1e-6)
    low = special.betaincinv(k, n - k + 1, 0.025) if k else 0.0
    high = special.betaincinv(k + 1, n - k, 0.975)
    assert limits(rate(k, n, ONCE)) == pytest.approx((low, high), abs=1e-12)


def test_a_rate_of_dependent_rows():
    x = np.array([12, 10, 22, 6, 7, 18, 10, 12, 2, 11, 10, 9, 14, 9, 10.0])
    y = np.array([12, 9, 20, 3, 7, 15, 10, 8, 2, 11, 6, 9, 14, 5, 10.0])
    unit = unit_rate(y, x, 0.05)
    assert unit is not None
    assert unit.nu == pytest.approx(8.0406, abs=1e-4)
    assert unit.effective == pytest.approx(46.5666, abs=1e-4)
    assert limits(rate_by_unit(y, x, ONCE)) == pytest.approx((0.739425, 0.950723), abs=1e-6)


def test_a_rate_looked_at_again():
    estimate = rate(700, 1000, Level(0.05, tuned_to=100))
    assert limits(estimate) == pytest.approx((0.651630, 0.745950), abs=2e-6)


def test_a_quantile_by_order_statistics():
    values = np.arange(1.0, 1001.0)
    found = quantile(values, values, np.ones(1000), 0.95, ONCE)
    # binom.ppf(.025) = 936 and binom.ppf(.975) + 1 = 964 are the ranks of the limits
    assert limits(found) == (936.0, 964.0)
    assert stats.binom.ppf([0.025, 0.975], 1000, 0.95).tolist() == [936, 963]


@pytest.mark.parametrize(("n", "bounded"), [(71, False), (72, True)])
def test_a_high_quantile_is_bounded_from_72_rows(n, bounded):
    values = np.arange(n, dtype=float)
    assert math.isfinite(quantile(values, values, np.ones(n), 0.95, ONCE).high) is bounded


def test_the_two_intervals_of_a_mean():
    v = np.array([1, 1, 2, 2, 3, 3, 4, 6, 9, 19.0])
    n, m, s = 10, v.mean(), v.std(ddof=1)
    t = stats.t.ppf(0.975, n - 1)
    skewness = ((v - m) ** 3).mean() / ((v - m) ** 2).mean() ** 1.5
    error = s / math.sqrt(n)
    assert student_limits(m, error, t) == pytest.approx((1.0673, 8.9327), abs=1e-4)
    hall = hall_limits(m, error, t, skewness / math.sqrt(n))
    assert hall == pytest.approx((2.2009, 20.4141), abs=1e-4)


def test_a_ratio_of_means():
    # means 5 and 2, variances 9 and 1, covariance 1.5, n = 100
    found = ratio_of_means(100, 5, 2, 9 * 99, 99, 1.5 * 99, ONCE)
    assert limits(found) == pytest.approx((2.23220, 2.78768), abs=1e-4)


def test_f1():
    found = fscore.f1(120, 30, 50, ONCE)
    assert (found.value, *limits(found)) == pytest.approx((0.75, 0.691558, 0.801285), abs=1e-6)


def test_f2_by_jackknife():
    found = fscore.fbeta(120, 30, 50, 800, 2, ONCE)
    assert found.value == pytest.approx(0.722892, abs=1e-6)
    assert limits(found) == pytest.approx((0.656940, 0.780403), abs=2e-3)


def test_balanced_accuracy():
    found = weighted.balanced_accuracy(45, 50, 5, 900, ONCE)
    assert limits(found) == pytest.approx((0.864066, 0.957705), abs=1e-6)


def test_auc():
    pos = np.array([5, 10, 20, 40, 60, 65.0])
    neg = np.array([120, 90, 60, 30, 15, 5.0])
    found = auc(pos, neg, np.ones(6, dtype=bool), ONCE)
    assert found.value == pytest.approx(0.894336, abs=1e-6)
    assert delong_variance(pos, neg) == pytest.approx(2.05263e-4, rel=1e-5)
    assert limits(found) == pytest.approx((0.861594, 0.920051), abs=1e-6)
    assert kl_limits(0.894336, 200, 0.05) == pytest.approx((0.825872, 0.943669), abs=1e-5)


def test_a_difference_of_rates():
    found = groups.difference(rate(56, 70, ONCE), rate(48, 80, ONCE))
    assert limits(found) == pytest.approx((0.043887, 0.344171), abs=1e-6)


def test_the_largest_gap_and_the_smallest_ratio():
    counts = [(90, 100), (160, 200), (42, 60)]
    at_alpha = [rate(k, n, ONCE) for k, n in counts]
    at_split = [rate(k, n, ONCE.split(3)) for k, n in counts]
    gap = groups.largest_gap("abc", at_alpha, at_split)
    assert (gap.value, *limits(gap)) == pytest.approx((0.2, 0.038253, 0.341586), abs=1e-6)
    ratio = groups.smallest_ratio("abc", at_alpha, at_split)
    assert (ratio.value, *limits(ratio)) == pytest.approx((0.777778, 0.626783, 0.954783), abs=1e-6)


@pytest.mark.parametrize(
    ("k", "total"), [(85, 254), (82, 1558), (75, 276)], ids=["met", "met late", "missed"]
)
def test_rows_that_would_decide_if_looked_at_once(k, total):
    found = needed.factor_to_decide(lambda f: rate(k * f, 100 * f, ONCE), 0.8, ">=", step=0.01)
    assert found is not None
    assert round(found[0] * 100) == total
    assert found[1] == ("missed" if k == 75 else "met")


def test_rows_that_would_decide_at_the_next_look():
    again = Level(0.05, tuned_to=100)
    found = needed.factor_to_decide(lambda f: rate(85 * f, 100 * f, again), 0.8, ">=", step=0.01)
    assert found is not None
    assert round(found[0] * 100) == 598


@pytest.mark.parametrize(
    ("n", "times"), [(100, 6.694), (1_000, 3.364), (5_000, 3.035), (200_000, 3.434)]
)
def test_the_width_of_an_always_valid_interval(n, times):
    assert multiplier(n, Level(0.05, tuned_to=5_000)) == pytest.approx(times, abs=1e-3)
