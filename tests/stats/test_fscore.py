"""F1 and F-beta."""

import numpy as np
import pytest
from sklearn.metrics import fbeta_score

from sextant.stats.estimate import Level
from sextant.stats.fscore import f1, f1_by_unit, fbeta, fbeta_by_unit
from sextant.stats.rate import rate

ONCE = Level()


def test_check_values() -> None:
    """formulas.md: TP 120 FP 30 FN 50 TN 800; recomputed by golden_check.py."""
    found = f1(120, 30, 50, ONCE)
    assert (found.value, found.low, found.high) == pytest.approx(
        (0.75, 0.691558, 0.801285), abs=1e-6
    )
    found = fbeta(120, 30, 50, 800, 2, ONCE)
    assert (found.value, found.low, found.high) == pytest.approx(
        (0.722892, 0.656940, 0.780403), abs=1e-6
    )


@pytest.mark.parametrize("beta", [0.5, 1, 2])
@pytest.mark.parametrize("cells", [(120, 30, 50, 800), (3, 1, 4, 10), (5, 0, 0, 0)])
def test_value_equals_scikit_learn(cells: tuple[int, int, int, int], beta: float) -> None:
    label = np.repeat([1, 0, 1, 0], cells)
    said = np.repeat([1, 1, 0, 0], cells)
    assert fbeta(*cells, beta, ONCE).value == pytest.approx(fbeta_score(label, said, beta=beta))


@pytest.mark.parametrize("level", [ONCE, Level(0.05, 40)])
def test_nested_rates_become_f1_as_beta_goes_to_1(level: Level) -> None:
    near, exact = fbeta(12, 3, 5, 80, 1 + 1e-9, level), f1(12, 3, 5, level)
    assert (near.low, near.high) == pytest.approx((exact.low, exact.high), abs=1e-6)


def test_nested_rates_and_jackknife_agree_where_counts_are_large() -> None:
    jackknife = fbeta(6_000, 1_500, 2_500, 40_000, 2, ONCE)
    parts = fbeta(6_000, 1_500, 2_500, 40_000, 2, Level(0.05, 1e4))
    assert jackknife.method != parts.method
    assert parts.low < jackknife.low < jackknife.high < parts.high
    assert parts.high - parts.low < 2 * (jackknife.high - jackknife.low)


def test_without_errors_the_lower_limit_is_that_of_the_hits() -> None:
    found = fbeta(5, 0, 0, 3, 2, ONCE)
    assert (found.value, found.high) == (1, 1)
    assert rate(5, 5, ONCE).low - 0.05 < found.low < 1


def test_no_hit_is_zero_with_an_upper_limit() -> None:
    found = fbeta(0, 4, 5, 10, 2, ONCE)
    assert (found.value, found.low) == (0, 0)
    assert 0.3 < found.high < 0.7


def test_nothing_positive_is_undefined() -> None:
    assert f1(0, 0, 0, ONCE).value is None
    assert fbeta(0, 0, 0, 50, 2, ONCE).value is None


def test_units() -> None:
    rng = np.random.default_rng(4)
    for mean in (0.5, 6.0):
        tp, fp, fn = (rng.poisson(mean, 90).astype(float) for _ in range(3))
        for level in (ONCE, Level(0.05, 100)):
            rows = fbeta(tp.sum(), fp.sum(), fn.sum(), 0, 2, level)
            units = fbeta_by_unit(tp, fp, fn, 2, level)
            assert units.value == pytest.approx(rows.value)
            assert 0.8 < (units.high - units.low) / (rows.high - rows.low) < 1.6
            copied = fbeta_by_unit(tp, fp, fn, 2, level, copies=2)
            written = fbeta_by_unit(*(np.tile(x, 2) for x in (tp, fp, fn)), 2, level)
            assert (copied.low, copied.high) == pytest.approx((written.low, written.high))


def test_f1_units_go_through_the_rate() -> None:
    tp, fp, fn = np.array([3.0, 2, 4, 1, 5, 3]), np.array([1.0, 0, 2, 1, 0, 1]), np.ones(6)
    found = f1_by_unit(tp, fp, fn, ONCE)
    assert found.value == pytest.approx(2 * 18 / (2 * 18 + 5 + 6))
    assert found.low < f1(18, 5, 6, ONCE).low
