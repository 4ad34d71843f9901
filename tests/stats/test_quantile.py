"""Quantiles from histograms."""

import math

import numpy as np
import pytest
from scipy import stats

from sextant.stats.estimate import Level
from sextant.stats.needed import decided
from sextant.stats.quantile import quantile, quantile_by_unit
from sextant.stats.rate import rate

ONCE = Level()


def exact(x: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    values, n = np.unique(x, return_counts=True)
    return values, values, n.astype(float)


def bucketed(x: np.ndarray, cut: float, base: float = 1.02) -> tuple[np.ndarray, ...]:
    """Smallest value, largest value and count per logarithmic bucket, split at `cut`."""
    key = np.floor(np.log(x) / np.log(base)) * 2 + (x > cut)
    keys = np.unique(key)
    parts = [x[key == k] for k in keys]
    return (
        np.array([p.min() for p in parts]),
        np.array([p.max() for p in parts]),
        np.array([float(p.size) for p in parts]),
    )


def test_equals_the_order_statistics_of_the_binomial() -> None:
    """formulas.md: n 1000, p95: ranks 936 and 964."""
    x = np.sort(np.random.default_rng(0).lognormal(size=1000))
    found = quantile(*exact(x), 0.95, ONCE)
    ranks = int(stats.binom.ppf(0.025, 1000, 0.95)), int(stats.binom.ppf(0.975, 1000, 0.95)) + 1
    assert ranks == (936, 964)
    assert (found.low, found.high) == (x[935], x[963])
    assert found.value == np.quantile(x, 0.95, method="inverted_cdf")


@pytest.mark.parametrize(
    ("q", "alpha", "first"), [(0.95, 0.05, 72), (0.95, 0.01, 104), (0.99, 0.05, 368)]
)
def test_the_upper_side_is_bounded_from_so_many_rows(q: float, alpha: float, first: int) -> None:
    """formulas.md: p95 from n 72 (99 %: 104), p99 from 368."""
    for n, bounded in ((first - 1, False), (first, True)):
        found = quantile(*exact(np.arange(float(n))), q, Level(alpha))
        assert math.isfinite(found.high) is bounded


@pytest.mark.parametrize("level", [ONCE, Level(0.05, 300)])
@pytest.mark.parametrize("q", [0.1, 0.5, 0.95])
def test_the_interval_and_the_decision_by_the_rate_agree(q: float, level: Level) -> None:
    rng = np.random.default_rng(5)
    for _ in range(40):
        n = int(rng.integers(20, 600))
        x = rng.lognormal(0, 1, n)
        bound = float(np.quantile(x, q) * rng.uniform(0.7, 1.4))
        found = quantile(*bucketed(x, bound), q, level)
        within = rate(float((x <= bound).sum()), n, level)
        at_most, at_least = decided(found, bound, "<="), decided(found, bound, ">=")
        assert (at_most == "met") == (within.low >= q)
        assert (at_most == "missed") == (within.high < q)
        assert (at_least == "met") == (rate(float((x < bound).sum()), n, level).high < q)


def test_the_value_is_within_a_bucket() -> None:
    x = np.random.default_rng(6).lognormal(3, 2, 5_000)
    for q in (0.01, 0.25, 0.5, 0.9, 0.999):
        found = quantile(*bucketed(x, 1.0), q, ONCE)
        assert found.value == pytest.approx(np.quantile(x, q, method="inverted_cdf"), rel=0.0101)
        assert found.low <= found.value <= found.high


def test_negative_values_and_zero() -> None:
    x = np.concatenate([-np.arange(1.0, 200), np.zeros(30), np.arange(1.0, 200)])
    found = quantile(*exact(x), 0.5, ONCE)
    assert found.value == 0
    assert found.low < 0 < found.high


def test_bins_that_overlap_exact_values_are_honest() -> None:
    """10 rows somewhere in 1 to 2 beside exact values: they may lie on either side."""
    low = np.array([1.0, 1.2, 1.8, 3.0])
    high = np.array([2.0, 1.2, 1.8, 3.0])
    n = np.array([10.0, 40, 40, 10])
    found = quantile(low, high, n, 0.5, ONCE)
    assert found.low <= 1.2
    assert found.high >= 1.8


def test_the_order_of_bins_does_not_matter() -> None:
    x = np.random.default_rng(7).lognormal(size=400)
    low, high, n = bucketed(x, 1.0)
    order = np.random.default_rng(8).permutation(low.size)
    assert quantile(low[order], high[order], n[order], 0.9, ONCE) == quantile(
        low, high, n, 0.9, ONCE
    )


def test_no_row_is_undefined() -> None:
    assert quantile(np.zeros(0), np.zeros(0), np.zeros(0), 0.5, ONCE).value is None
    assert quantile_by_unit(np.zeros(0), np.zeros(0), np.zeros(0), [], 0.5, ONCE).value is None


def units_of(x: np.ndarray, size: int) -> list[tuple[np.ndarray, np.ndarray, np.ndarray]]:
    return [exact(part) for part in x.reshape(-1, size)]


def test_units_of_independent_rows_agree_with_rows() -> None:
    x = np.random.default_rng(9).lognormal(size=2_000)
    rows = quantile(*exact(x), 0.9, ONCE)
    units = quantile_by_unit(*exact(x), units_of(x, 10), 0.9, ONCE)
    assert units.value == rows.value
    assert units.high - units.low == pytest.approx(rows.high - rows.low, rel=0.3)


def test_equal_rows_in_a_unit_count_once() -> None:
    x = np.random.default_rng(10).lognormal(size=500)
    rows = quantile(*exact(x), 0.5, ONCE)
    units = quantile_by_unit(*exact(np.repeat(x, 8)), units_of(np.repeat(x, 8), 8), 0.5, ONCE)
    assert (units.low, units.high) == pytest.approx((rows.low, rows.high), rel=0.05)
    assert units.n == 4_000


def test_copies_equal_the_units_written_out() -> None:
    x = np.random.default_rng(11).lognormal(size=600)
    copied = quantile_by_unit(*exact(x), units_of(x, 5), 0.8, ONCE, copies=3)
    written = quantile_by_unit(*exact(np.tile(x, 3)), units_of(np.tile(x, 3), 5), 0.8, ONCE)
    assert (copied.low, copied.high, copied.n) == (written.low, written.high, written.n)
