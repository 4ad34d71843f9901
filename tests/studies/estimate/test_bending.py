"""How an estimate moves with what taught it: derivatives against small steps, and what they add."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from sextant.metrics.tally import Cell
from sextant.states.scores import ScoreCounts
from sextant.stats.estimate import Level
from sextant.stats.unlabelled import auc
from sextant.studies.calibration.mapping import Mapping
from sextant.studies.estimate.bending import by_rate, by_shape, columns, shape_of, shifted
from sextant.studies.estimate.learning import learn

SCORE = np.array([0.1, 0.3, 0.6, 0.8])
ROWS = np.array([5.0, 3.0, 2.0, 4.0])
STEP = 1e-6


def chance(numbers: tuple[float, ...], rate: float) -> np.ndarray:
    plain = Mapping("beta", numbers)(SCORE)
    mean = np.full(4, plain @ ROWS / ROWS.sum())
    return shifted(plain, mean, np.full(4, rate))


@pytest.mark.parametrize("rate", [0.2, 0.7])
def test_derivatives_are_those_of_small_steps(rate: float) -> None:
    numbers = (1.2, 0.7, -0.3)
    mapping = Mapping("beta", numbers)
    plain = mapping(SCORE)
    mean = np.full(4, plain @ ROWS / ROWS.sum())
    own = columns(mapping, SCORE) * (plain * (1 - plain))[:, None]
    slope = np.tile(ROWS @ own / ROWS.sum(), (4, 1))
    found = by_shape(mapping, SCORE, plain, mean, slope, np.full(4, rate))
    for at in range(3):
        up, down = (
            tuple(one + sign * STEP * (at == i) for i, one in enumerate(numbers))
            for sign in (1, -1)
        )
        stepped = (chance(up, rate) - chance(down, rate)) / (2 * STEP)
        assert found[:, at] == pytest.approx(stepped, abs=1e-7)
    stepped = (chance(numbers, rate + STEP) - chance(numbers, rate - STEP)) / (2 * STEP)
    assert by_rate(plain, mean, np.full(4, rate)) == pytest.approx(stepped, abs=1e-7)


def test_a_fit_moves_with_its_rows_and_not_with_numbers_left_out() -> None:
    state = ScoreCounts.of(np.repeat(SCORE, 50), np.arange(200) % 3 == 0)
    place, smooth = np.zeros(4, np.int64), np.full(4, 0.3)
    for numbers, count in (((1.0, 0.5, 0.0), 3), ((1.0, 0.0, 0.0), 2)):
        found = shape_of(Mapping("beta", numbers), Cell(state), place, smooth)
        assert found is not None
        assert found.moves.shape == (4, count)
    assert shape_of(Mapping("none"), Cell(state), place, smooth) is None


def test_rare_positives_say_how_unsure_the_shape_is() -> None:
    """60 of 1,000 rows: the AUC is wider by what the fit does not know, a fifth at times."""
    wider = []
    for seed in range(6):
        rng = np.random.default_rng(seed)
        before, now = rng.beta(1.2, 2, 1_000), rng.beta(2, 1.6, 3_000)
        label = (rng.uniform(size=1_000) < 0.3 * before**2).astype(float)
        curve = learn(Cell(ScoreCounts.of(before, label, (0.5,))), (0.5,))
        e = curve.expected(ScoreCounts.of(now, np.full(3_000, np.nan), (0.5,)))
        whole, known = auc(e, Level()), auc(replace(e, by_shape=None), Level())
        assert whole.value == known.value
        wider.append((whole.high - whole.low) / (known.high - known.low))
    assert min(wider) > 1.005
    assert max(wider) > 1.1
