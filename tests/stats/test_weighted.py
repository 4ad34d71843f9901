"""Balanced accuracy and cost per decision."""

import numpy as np
import pytest
from sklearn.metrics import balanced_accuracy_score

from sextant.stats.estimate import Level
from sextant.stats.rate import rate
from sextant.stats.weighted import (
    balanced_accuracy,
    balanced_accuracy_by_unit,
    cost,
    cost_by_unit,
)

ONCE = Level()


def test_check_value() -> None:
    """formulas.md: (45/50 + 900/950)/2 by square-and-add."""
    found = balanced_accuracy(45, 50, 5, 900, ONCE)
    assert (found.low, found.high) == pytest.approx((0.864066, 0.957705), abs=1e-6)
    label, said = (
        np.repeat([1, 0, 1, 0], (45, 50, 5, 900)),
        np.repeat([1, 1, 0, 0], (45, 50, 5, 900)),
    )
    assert found.value == pytest.approx(balanced_accuracy_score(label, said))


def test_few_of_a_class_give_the_box_of_exact_limits() -> None:
    found = balanced_accuracy(9, 2, 1, 98, ONCE)
    parts = [rate(9, 10, Level(0.025)), rate(98, 100, Level(0.025))]
    assert found.low == pytest.approx(sum(p.low for p in parts) / 2)
    assert found.high == pytest.approx(sum(p.high for p in parts) / 2)


def test_one_class_only_is_undefined() -> None:
    assert balanced_accuracy(0, 3, 0, 5, ONCE).reason == "no positive row"
    assert balanced_accuracy(3, 0, 5, 0, ONCE).reason == "no negative row"


def test_cost_is_the_mean_of_the_matrix() -> None:
    found = cost(120, 30, 50, 800, (-2, 10, 100, -1), ONCE)
    assert found.value == pytest.approx((-240 + 300 + 5_000 - 800) / 1_000)
    assert found.low < 4.26 < found.high


def test_cost_of_two_prices_is_an_exact_rate() -> None:
    """Errors cost 5, the rest nothing: 5 times the error rate."""
    found, errors = cost(90, 6, 4, 100, (0, 5, 5, 0), ONCE), rate(10, 200, ONCE)
    assert (found.low, found.high) == pytest.approx((5 * errors.low, 5 * errors.high))


def test_cost_does_not_depend_on_the_order_or_origin_of_prices() -> None:
    cells, prices = (120.0, 30.0, 50.0, 800.0), (0.0, 10.0, 100.0, -1.0)
    found = cost(*cells, prices, ONCE)
    shifted = cost(*cells, tuple(p + 7 for p in prices), ONCE)  # type: ignore[arg-type]
    assert (shifted.low - 7, shifted.high - 7) == pytest.approx((found.low, found.high))
    mirrored = cost(*cells, tuple(-p for p in prices), ONCE)  # type: ignore[arg-type]
    assert mirrored.value == pytest.approx(-4.5)
    assert mirrored.high - mirrored.low == pytest.approx(found.high - found.low, rel=0.15)


def test_a_rare_and_expensive_cell_that_was_not_seen_still_counts() -> None:
    found = cost(50, 0, 0, 150, (0, 1, 1_000, 0), ONCE)
    assert found.value == 0
    assert found.high == pytest.approx(1_000 * rate(0, 200, ONCE).high, rel=0.01)


def test_equal_prices_are_certain_and_no_row_is_undefined() -> None:
    assert cost(1, 2, 3, 4, (3, 3, 3, 3), ONCE).low == 3
    assert cost(0, 0, 0, 0, (0, 1, 1, 0), ONCE).value is None


@pytest.mark.parametrize("level", [ONCE, Level(0.05, 300)])
def test_units_of_independent_rows_agree_with_rows(level: Level) -> None:
    rng = np.random.default_rng(2)
    cells = [rng.poisson(m, 220).astype(float) for m in (3, 0.6, 0.5, 8)]
    sums = [float(c.sum()) for c in cells]
    prices = (-1.0, 4.0, 20.0, 0.0)
    pairs = (
        (balanced_accuracy(*sums, level), balanced_accuracy_by_unit(*cells, level)),
        (cost(*sums, prices, level), cost_by_unit(*cells, prices, level)),
    )
    for rows, units in pairs:
        assert units.value == pytest.approx(rows.value)
        assert units.n == pytest.approx(rows.n)
        assert 0.85 < (units.high - units.low) / (rows.high - rows.low) < 1.3


def test_copies_equal_the_units_written_out() -> None:
    rng = np.random.default_rng(3)
    cells = [rng.poisson(m, 50).astype(float) for m in (3, 0.6, 0.5, 8)]
    twice = [np.tile(c, 2) for c in cells]
    copied = cost_by_unit(*cells, (0, 1, 9, 0), ONCE, copies=2)
    written = cost_by_unit(*twice, (0, 1, 9, 0), ONCE)
    assert (copied.n, copied.low, copied.high) == pytest.approx(
        (written.n, written.low, written.high)
    )
