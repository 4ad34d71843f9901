"""The ratio of two means."""

import math

import numpy as np
import pytest
from scipy import stats

from sextant.stats.estimate import Level
from sextant.stats.ratio_of_means import ratio_of_means, ratio_of_means_by_unit

ONCE = Level()


def test_check_value_solves_fiellers_equation() -> None:
    """formulas.md: m 5, 2; s^2 9, 1; cov 1.5; n 100."""
    found = ratio_of_means(100, 5, 2, 9 * 99, 1 * 99, 1.5 * 99, ONCE)
    t2 = stats.t.ppf(0.975, 99) ** 2 / 100
    roots = np.sort(np.roots([4 - t2, -2 * (10 - t2 * 1.5), 25 - t2 * 9]))
    assert (found.low, found.high) == pytest.approx(tuple(roots))
    assert (found.low, found.high) == pytest.approx((2.23220, 2.78768), abs=1e-5)
    assert found.value == 2.5


def test_a_denominator_near_zero_bounds_nothing() -> None:
    found = ratio_of_means(100, 5, 0.1, 900, 99, 0, ONCE)
    assert (found.low, found.high) == (-math.inf, math.inf)
    assert "denominator" in found.reason


@pytest.mark.parametrize(("n", "mean_y", "part"), [(0, 1, "no row"), (500, 0, "is 0")])
def test_undefined(n: float, mean_y: float, part: str) -> None:
    found = ratio_of_means(n, 1, mean_y, 10, 10, 0, ONCE)
    assert found.value is None
    assert part in found.reason


def test_few_rows_are_outside_the_domain() -> None:
    assert not ratio_of_means(99, 5, 2, 900, 99, 10, ONCE).assessable


def test_units() -> None:
    rng = np.random.default_rng(1)
    y = rng.gamma(4, size=300)
    x = 2 * y + rng.normal(size=300)
    dx, dy = x - x.mean(), y - y.mean()
    rows = ratio_of_means(300, x.mean(), y.mean(), dx @ dx, dy @ dy, dx @ dy, ONCE)
    units = ratio_of_means_by_unit(x, y, np.ones(300), ONCE)
    assert (units.low, units.high) == pytest.approx((rows.low, rows.high))
    fourfold = ratio_of_means_by_unit(4 * x, 4 * y, np.full(300, 4.0), ONCE)
    assert (fourfold.n, fourfold.low) == (1_200, pytest.approx(rows.low))
    copied = ratio_of_means_by_unit(x, y, np.ones(300), ONCE, copies=2)
    assert copied.high - copied.low == pytest.approx(
        (rows.high - rows.low) / math.sqrt(2), rel=0.01
    )
