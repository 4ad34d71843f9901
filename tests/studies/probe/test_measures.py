"""Numbers of answers are the project's own, wider; leads are above 0 where B is better."""

from __future__ import annotations

import numpy as np
import pytest

from sextant.stats.estimate import Level
from sextant.stats.rate import rate
from sextant.studies.probe.answers import Answer
from sextant.studies.probe.folds import folds_of
from sextant.studies.probe.measures import WIDER, estimate, gain, value_of, wider
from sextant.studies.probe.rows import Rows

RNG = np.random.default_rng(5)
N = 400
Y = RNG.integers(0, 2, N)
ROWS = Rows("binary", Y, ("no", "yes"), {"x": RNG.normal(size=N)}, {}, {})
FOLDS = folds_of(ROWS, 5, 0)
GOOD = Answer(np.where(RNG.random(N) < 0.8, Y, 1 - Y), np.clip(Y * 0.5 + RNG.random(N) / 2, 0, 1))
POOR = Answer(np.where(RNG.random(N) < 0.6, Y, 1 - Y), RNG.random(N))


def test_wider_is_so_many_times_as_wide() -> None:
    from scipy import stats

    assert stats.norm.isf(wider(0.05) / 2) == pytest.approx(WIDER * stats.norm.isf(0.025))


def test_accuracy_is_the_rate_of_the_project() -> None:
    found = estimate("accuracy", ROWS, GOOD, FOLDS, 0.05)
    same = rate(float((GOOD.said == Y).sum()), N, Level(wider(0.05)))
    assert (found.value, found.low, found.high, found.n) == (same.value, same.low, same.high, N)


@pytest.mark.parametrize("name", ["accuracy", "auc"])
def test_who_is_better_leads(name: str) -> None:
    lead = gain(name, ROWS, POOR, GOOD, FOLDS, 0.05)
    back = gain(name, ROWS, GOOD, POOR, FOLDS, 0.05)
    values = [value_of(name, Y, one.said, one.score) for one in (POOR, GOOD)]
    assert lead.value == pytest.approx(values[1] - values[0])
    assert lead.low > 0
    assert back.high < 0


def test_of_an_error_less_is_better() -> None:
    y = RNG.normal(size=N)
    rows = Rows("regression", y, (), {"x": RNG.normal(size=N)}, {}, {})
    near, far = Answer(y + 0.1 * RNG.normal(size=N)), Answer(np.zeros(N))
    lead = gain("mae", rows, far, near, FOLDS, 0.05)
    assert lead.low > 0
    assert (estimate("r2", rows, near, FOLDS, 0.05).value or 0) > 0.97


def test_a_constant_ranks_nothing() -> None:
    found = estimate("auc", ROWS, Answer(np.zeros(N, dtype=int), np.zeros(N)), FOLDS, 0.05)
    assert (found.value, found.low, found.high) == (0.5, 0.5, 0.5)
