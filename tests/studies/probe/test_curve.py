"""Learning curves carried on: known curves come back, what is not seen is not promised."""

from __future__ import annotations

import numpy as np
import pytest

from sextant.studies.probe.curve import fitted, forecast

SIZES = np.array([250.0, 500, 1_000, 2_000, 4_000])


def errors(b: float, c: float, noise: float, seed: int = 0, folds: int = 5) -> np.ndarray:
    rng = np.random.default_rng(seed)
    level = rng.normal(0.2, 0.02, folds)[:, None]
    return level + b * SIZES**-c + noise * rng.normal(size=(folds, SIZES.size))


def test_a_curve_without_noise_is_carried_on_exactly() -> None:
    curve = fitted(SIZES, errors(1.5, POWER, 1e-7), 0)
    assert curve is not None
    found = forecast(curve, 5_000, 10_000, stretch=1)
    true = 1.5 * (5_000**-POWER - 10_000**-POWER)
    assert found.value == pytest.approx(true, rel=0.02)
    assert found.low <= found.value <= found.high


POWER = float(np.geomspace(0.1, 2.0, 25)[12])
"""One of the grid: of others the nearest is found."""


def test_a_flat_curve_promises_little_and_never_a_loss() -> None:
    curve = fitted(SIZES, errors(0, 1, 0.003), 0)
    assert curve is not None
    found = forecast(curve, 5_000, 20_000)
    assert found.low == 0.0
    assert found.high < 0.02


def test_more_labels_are_worth_more_and_the_same_seed_says_the_same() -> None:
    noisy = errors(1.5, 0.5, 0.002)
    curve, again = fitted(SIZES, noisy, 0), fitted(SIZES, noisy, 0)
    assert curve is not None
    assert again is not None
    twice, four = forecast(curve, 5_000, 10_000), forecast(curve, 5_000, 20_000)
    assert twice.value < four.value
    assert twice.high < four.high <= curve.bound
    assert forecast(again, 5_000, 10_000) == twice


@pytest.mark.parametrize("power", [0.3, 0.5, 0.8])
def test_the_band_holds_the_true_gain_as_often_as_it_says(power: float) -> None:
    """60 noisy curves: at 95 % fewer than 8 may miss (the chance of more is 1 in 100)."""
    true = 1.5 * (5_000**-power - 10_000**-power)
    missed = 0
    for seed in range(60):
        curve = fitted(SIZES, errors(1.5, power, 0.003, seed), seed)
        assert curve is not None
        found = forecast(curve, 5_000, 10_000)
        missed += not found.low <= true <= found.high
    assert missed <= 7


def test_two_sizes_are_no_curve() -> None:
    held = errors(1, 0.5, 0.001)
    held[:, :3] = np.nan
    assert fitted(SIZES, held, 0) is None
