"""Calibration in the large where few rows came true: the exact limits of the share stand in."""

import numpy as np
import pytest

from sextant.metrics.catalogue import CATALOGUE
from sextant.metrics.tally import Cell
from sextant.states.scores import ScoreCounts
from sextant.states.units import ByUnit
from sextant.stats.estimate import Estimate, Level
from sextant.stats.mean import mean
from sextant.stats.rate import rate

SCORES = np.linspace(0.001, 0.039, 100)


def judged(positives: int, by_unit: bool = False) -> Estimate:
    labels = np.zeros(SCORES.size)
    labels[SCORES.size - positives :] = 1
    whole = ScoreCounts.of(SCORES, labels)
    units = ByUnit.of({i: ScoreCounts.of(SCORES[i : i + 1], labels[i : i + 1]) for i in range(100)})
    cell = Cell(whole, units if by_unit else None)
    return CATALOGUE["calibration_in_the_large"].estimate(cell, {}, Level())


@pytest.mark.parametrize("by_unit", [False, True])
@pytest.mark.parametrize("positives", [0, 1, 3, 19])
def test_no_nearer_than_the_exact_limits_of_the_share(positives: int, by_unit: bool) -> None:
    found, share = judged(positives, by_unit), rate(positives, 100, Level())
    assert found.value == pytest.approx(positives / 100 - 0.02)
    assert found.low < share.low - 0.02
    assert found.high > share.high - 0.02


def test_from_twenty_of_each_the_mean_decides() -> None:
    gone = (np.arange(100) >= 80) - SCORES
    d = gone - gone.mean()
    alone = mean(100, gone.mean(), float(d @ d), float((d**3).sum()), Level())
    found = judged(20)
    assert (found.low, found.high) == pytest.approx((alone.low, alone.high), abs=1e-9)
