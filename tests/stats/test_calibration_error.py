"""Calibration error: the check values, the floor that chance makes, and what stands in for it."""

import numpy as np
import pytest

from sextant.stats.calibration_error import (
    BOX,
    calibration_error,
    calibration_error_by_unit,
    folded_quantile,
)
from sextant.stats.estimate import Level

ONCE = Level()
K, N, SCORE = np.array([8.0, 60, 150]), np.array([100.0, 150, 200]), np.array([0.05, 0.45, 0.8])


def test_check_values() -> None:
    """Computed in plain Python by a simulation of the folded sum with 4e6 draws."""
    found = calibration_error(K, N, SCORE, np.zeros(3), ONCE)
    assert found.value == pytest.approx(0.045556, abs=5e-7)
    assert found.high == pytest.approx(0.084955, abs=5e-7)
    assert found.low == 0
    assert "0.0266 by chance alone" in found.method


@pytest.mark.parametrize("sigma", [[1.0], [1.0, 1.0], [0.02, 0.5, 0.1, 0.4], [1e-9, 1.0]])
def test_quantiles_of_folded_sums(sigma: list[float]) -> None:
    z = np.abs(np.random.default_rng(1).normal(size=(400_000, len(sigma)))) @ sigma
    for upper in (0.025, 0.2):
        assert folded_quantile(np.array(sigma), upper) == pytest.approx(
            np.quantile(z, 1 - upper), rel=0.01
        )


def test_no_bin_and_an_empty_bin() -> None:
    nothing = calibration_error(np.zeros(3), np.zeros(3), SCORE, np.zeros(3), ONCE)
    assert nothing.value is None
    wider = calibration_error(
        np.append(K, 0), np.append(N, 0), np.append(SCORE, 0), np.zeros(4), ONCE
    )
    assert wider == calibration_error(K, N, SCORE, np.zeros(3), ONCE)


def test_a_mean_score_that_may_be_off_widens_it() -> None:
    found = calibration_error(K, N, SCORE, np.full(3, 0.001), ONCE)
    assert found.high == pytest.approx(0.085955, abs=5e-7)


def test_few_rows_and_later_looks_have_the_box() -> None:
    few = calibration_error(K / 10, N / 10, SCORE, np.zeros(3), ONCE)
    later = calibration_error(K, N, SCORE, np.zeros(3), Level(tuned_to=400.0))
    once = calibration_error(K, N, SCORE, np.zeros(3), ONCE)
    assert few.method == later.method == BOX
    assert few.high > later.high > once.high


def test_repeated_rows_are_no_evidence() -> None:
    rng = np.random.default_rng(2)
    bins, y = rng.integers(0, 3, 600), rng.random(600)
    n_u = np.eye(3)[bins]
    k_u = n_u * (y < SCORE[bins])[:, None]
    once, five = (
        calibration_error_by_unit(f * k_u, f * n_u, SCORE, np.zeros(3), ONCE) for f in (1, 5)
    )
    assert (five.low, five.high) == pytest.approx((once.low, once.high), abs=1e-3)
    rows = calibration_error(k_u.sum(0), n_u.sum(0), SCORE, np.zeros(3), ONCE)
    assert once.value == pytest.approx(rows.value)
    assert once.high == pytest.approx(rows.high, abs=0.01)


def test_a_few_units_have_the_box() -> None:
    found = calibration_error_by_unit(
        np.full((6, 1), 30.0), np.full((6, 1), 60.0), np.array([0.5]), np.zeros(1), ONCE
    )
    assert found.method == BOX
    assert found.high > 0.2
