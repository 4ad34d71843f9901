"""Rates of dependent rows."""

import numpy as np
import pytest

from sextant.stats.estimate import Level
from sextant.stats.rate import rate, rate_by_unit, unit_rate

X = np.array([12, 10, 22, 6, 7, 18, 10, 12, 2, 11, 10, 9, 14, 9, 10.0])
Y = np.array([12, 9, 20, 3, 7, 15, 10, 8, 2, 11, 6, 9, 14, 5, 10.0])


def test_check_values() -> None:
    """formulas.md, "Rate, units"; recomputed by golden_check.py from the formula alone."""
    unit = unit_rate(Y, X, 0.05)
    assert unit is not None
    assert unit.design_effect == pytest.approx(2.3957, abs=5e-5)
    assert unit.nu == pytest.approx(8.0406, abs=5e-5)
    assert unit.effective == pytest.approx(46.5666, abs=5e-4)
    found = rate_by_unit(Y, X, Level())
    assert (found.low, found.high) == pytest.approx((0.739425, 0.950723), abs=2e-6)
    assert found.n == X.sum()


def test_dependence_widens() -> None:
    plain = rate(Y.sum(), X.sum(), Level())
    units = rate_by_unit(Y, X, Level())
    assert units.low < plain.low
    assert units.high > plain.high


def test_copies_equal_the_units_written_out() -> None:
    written = rate_by_unit(np.tile(Y, 3), np.tile(X, 3), Level())
    copied = rate_by_unit(Y, X, Level(), copies=3)
    assert (copied.n, copied.low, copied.high) == pytest.approx(
        (written.n, written.low, written.high)
    )


def test_identical_units_count_as_one_row_each() -> None:
    """Without any variance between units nothing shows that their rows are independent."""
    found = rate_by_unit(np.full(20, 4.0), np.full(20, 4.0), Level())
    assert found.low == pytest.approx(rate(20, 20, Level()).low)


def test_few_units_count_as_one_row_each() -> None:
    found = rate_by_unit(np.array([50.0, 90]), np.array([100.0, 100]), Level())
    assert (found.low, found.high) == pytest.approx(
        (rate(1.4, 2, Level()).low, rate(1.4, 2, Level()).high)
    )


def test_one_unit_that_holds_nearly_all_rows_proves_nothing() -> None:
    x = np.array([10_000.0, *[1.0] * 60])
    found = rate_by_unit(0.99 * x, x, Level())
    assert found.low < 0.1


def test_units_without_rows_do_not_count() -> None:
    padded = rate_by_unit(np.append(Y, [0.0, 0]), np.append(X, [0.0, 0]), Level())
    assert padded == rate_by_unit(Y, X, Level())
    assert rate_by_unit(np.zeros(3), np.zeros(3), Level()).value is None


def test_later_looks_shrink_the_tuning_with_the_effective_size() -> None:
    unit = unit_rate(Y, X, 0.05)
    assert unit is not None
    tuned = Level(0.05, 81 * unit.effective / unit.n)
    plain = rate(unit.rate * unit.effective, unit.effective, tuned)
    found = rate_by_unit(Y, X, Level(0.05, 81))
    assert (found.low, found.high) == pytest.approx((plain.low, plain.high))
