"""R² and its interval: undefined where it is, the same whatever the unit, honest about units."""

import numpy as np
import pytest

from sextant.states.fit import FitMoments
from sextant.stats.estimate import Estimate, Level
from sextant.stats.r_squared import EXACT, NO_ROWS, NO_SPREAD, r_squared, r_squared_by_unit

Rows = tuple[np.ndarray, np.ndarray]


def of(p: np.ndarray, y: np.ndarray, level: Level = Level()) -> Estimate:
    f = FitMoments.of(p, y)
    return r_squared(f.n, f.error, f.v, f.m2, f.m4, f.c2, f.mean, level)


def by_unit(p: np.ndarray, y: np.ndarray, unit: np.ndarray, **how: float) -> Estimate:
    n = np.bincount(unit).astype(float)
    errors, squares = (np.bincount(unit, w) for w in ((p - y) ** 2, (y - y.mean()) ** 2))
    return r_squared_by_unit(n, errors, squares, Level(), **how)


def drawn(n: int, seed: int = 1) -> Rows:
    rng = np.random.default_rng(seed)
    p = rng.normal(size=n)
    return p, p + rng.normal(size=n) / 2


def test_against_the_bootstrap() -> None:
    """Nothing is assumed of the shape, and neither does resampling: both agree at n 2,000."""
    rng = np.random.default_rng(2)
    p = rng.exponential(size=2000)
    y = p * rng.uniform(0.5, 1.5, 2000)
    found = of(p, y)
    picks = rng.integers(0, 2000, (2000, 2000))
    again = 1 - ((p - y) ** 2)[picks].mean(axis=1) / y[picks].var(axis=1)
    low, high = np.quantile(again, (0.025, 0.975))
    assert found.value == pytest.approx(1 - ((p - y) ** 2).mean() / y.var())
    assert (found.low, found.high) == pytest.approx((low, high), abs=0.25 * (high - low))


def test_every_row_its_own_unit_is_nearly_independent_rows() -> None:
    p, y = drawn(500)
    one, other = of(p, y), by_unit(p, y, np.arange(500))
    assert other.value == pytest.approx(one.value)
    assert other.high - other.low == pytest.approx(one.high - one.low, rel=0.1)


def test_repeated_rows_are_no_evidence() -> None:
    p, y = drawn(200)
    unit = np.tile(np.arange(200), 5)
    once, five = by_unit(p, y, np.arange(200)), by_unit(np.tile(p, 5), np.tile(y, 5), unit)
    assert (five.low, five.high) == pytest.approx((once.low, once.high))
    assert five.n == 5 * once.n


def test_copies_of_units_narrow_it() -> None:
    p, y = drawn(4_000)
    once, four = (by_unit(p, y, np.arange(4_000), copies=f) for f in (1.0, 4.0))
    assert four.n == 16_000
    assert 1.9 < (once.high - once.low) / (four.high - four.low) < 2.3


def test_units_of_measure_do_not_matter() -> None:
    p, y = drawn(300)
    a, b = of(p, y), of(1e6 * p + 7, 1e6 * y + 7)
    assert (a.value, a.low, a.high) == pytest.approx((b.value, b.low, b.high))


@pytest.mark.parametrize(
    ("p", "y", "value", "reason"),
    [
        ([], [], None, NO_ROWS),
        (np.arange(100.0), np.full(100, 0.1), None, NO_SPREAD),
        (np.arange(100.0), np.arange(100.0), 1.0, EXACT),
        (np.arange(20.0), np.arange(20.0) + 1, None, "50 rows"),
    ],
)
def test_where_there_is_none(p: list, y: list, value: float | None, reason: str) -> None:
    found = of(np.array(p), np.array(y))
    assert not found.assessable
    assert reason in found.reason
    if value is not None or not len(y):
        assert found.value == value


def test_one_label_far_away_is_not_judged() -> None:
    """A single row of 1,000 carries all the spread: R² is near 1 by that row alone."""
    p, y = drawn(1000)
    p[0] = y[0] = 1e6
    found = of(p, y)
    assert found.value > 0.99
    assert not found.assessable
    assert "worth 1 equal ones" in found.reason


def test_one_unit_with_half_of_the_rows_is_not_judged() -> None:
    p, y = drawn(1000)
    found = by_unit(p, y, np.where(np.arange(1000) < 500, 0, np.arange(1000) - 499))
    assert not found.assessable
    assert "a few units carry" in found.reason


def test_it_may_lie_below_0() -> None:
    p, y = drawn(300)
    found = of(-p, y)
    assert found.value < -1
    assert found.high < 0
