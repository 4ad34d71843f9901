"""The mean of a column."""

import math

import numpy as np
import pytest
from scipy import stats

from sextant.stats.estimate import Estimate, Level
from sextant.stats.mean import hall_limits, mean, mean_by_unit, student_limits

ONCE = Level()


def of(x: np.ndarray, level: Level = ONCE) -> Estimate:
    d = x - x.mean()
    return mean(x.size, float(x.mean()), float((d**2).sum()), float((d**3).sum()), level)


def test_check_values_of_both_limits() -> None:
    """formulas.md: 1 1 2 2 3 3 4 6 9 19, Student's t and Hall (1992)."""
    x = np.array([1, 1, 2, 2, 3, 3, 4, 6, 9, 19.0])
    error, t = stats.sem(x), stats.t.ppf(0.975, 9)
    assert student_limits(x.mean(), error, t) == pytest.approx((1.0673, 8.9327), abs=5e-5)
    a = float(stats.skew(x)) / math.sqrt(10)
    assert hall_limits(x.mean(), error, t, a) == pytest.approx((2.2009, 20.4141), abs=5e-5)


def test_symmetric_values_give_the_t_interval() -> None:
    x = np.concatenate([np.arange(50.0), -np.arange(50.0)])
    exact = stats.ttest_1samp(x, 0).confidence_interval(0.95)
    found = of(x)
    assert (found.low, found.high) == pytest.approx((exact.low, exact.high))


def test_skewed_values_reach_further_on_the_long_side() -> None:
    x = np.random.default_rng(1).lognormal(0, 1, 300)
    found, t = of(x), stats.ttest_1samp(x, 0).confidence_interval(0.95)
    assert found.low == pytest.approx(t.low)
    assert found.high > t.high
    mirrored = of(-x)
    assert (-mirrored.high, -mirrored.low) == pytest.approx((found.low, found.high))


def test_an_outlier_never_makes_it_narrower() -> None:
    x = np.append(np.random.default_rng(2).normal(size=99), 0.0)
    highs = []
    for outlier in (0, 5, 20, 100, 1e4):
        x[-1] = outlier
        found = of(x)
        highs.append((found.high - x.mean()) / stats.sem(x))
    assert highs == sorted(highs)


@pytest.mark.parametrize(
    ("x", "reason"),
    [
        (np.arange(49.0), "50 rows"),
        (np.full(200, 1e8), "same"),
        (np.full(200, 0.1), "same"),
    ],
)
def test_outside_the_domain_it_says_why(x: np.ndarray, reason: str) -> None:
    found = of(x)
    assert not found.assessable
    assert found.value == pytest.approx(x.mean())
    assert reason in found.reason


def test_no_row_and_overflow_are_undefined() -> None:
    assert mean(0, 0, 0, 0, ONCE).value is None
    assert mean(100, 1e200, math.inf, math.nan, ONCE).value is None


def test_a_large_origin_changes_nothing() -> None:
    x = np.random.default_rng(3).exponential(size=500)
    a, b = of(x), of(x + 1e8)
    assert (b.low - 1e8, b.high - 1e8) == pytest.approx((a.low, a.high), abs=1e-6)


def test_units_of_one_row_agree_with_rows() -> None:
    x = np.random.default_rng(4).exponential(size=400)
    rows, units = of(x), mean_by_unit(x, np.ones(400), ONCE)
    assert units.value == pytest.approx(rows.value)
    assert units.high - units.low == pytest.approx(rows.high - rows.low, rel=0.05)


def test_copied_rows_in_a_unit_do_not_count_twice() -> None:
    x = np.random.default_rng(5).normal(size=100)
    once, tenfold = (
        mean_by_unit(x, np.ones(100), ONCE),
        mean_by_unit(10 * x, np.full(100, 10), ONCE),
    )
    assert (tenfold.low, tenfold.high) == pytest.approx((once.low, once.high))
    assert tenfold.n == 1_000


def test_copies_equal_the_units_written_out() -> None:
    rng = np.random.default_rng(6)
    n = rng.integers(1, 9, 80).astype(float)
    total = rng.normal(n)
    copied = mean_by_unit(total, n, ONCE, copies=2.0)
    written = mean_by_unit(np.tile(total, 2), np.tile(n, 2), ONCE)
    assert (copied.low, copied.high) == pytest.approx((written.low, written.high), rel=1e-9)


def test_a_few_heavy_units_are_outside_the_domain() -> None:
    n = np.append(np.ones(100), [5_000.0, 4_000])
    found = mean_by_unit(n * 2.0 + np.arange(102), n, ONCE)
    assert not found.assessable
    assert "few units" in found.reason


def test_later_looks_need_200_rows() -> None:
    x = np.random.default_rng(7).normal(size=199)
    assert not of(x, Level(0.05, 100)).assessable
    assert of(np.append(x, 0.0), Level(0.05, 100)).low < of(np.append(x, 0.0)).low
