"""The difference of two AUCs against DeLong by hand and against scikit-learn."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats
from sklearn.metrics import roc_auc_score

from sextant.metrics.paired.catalogue import PAIRED
from sextant.metrics.tally import Cell
from sextant.states.joint import JointScores
from sextant.states.scores import ScoreCounts
from sextant.states.units import ByUnit
from sextant.stats.estimate import Estimate, Level

AUC = PAIRED["auc"]


def draw(
    n: int, seed: int, shifts: tuple[float, float] = (1.0, 1.4), common: float = 0.8
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    y = (rng.uniform(size=n) < 0.4).astype(float)
    za = rng.normal(size=n)
    zb = common * za + np.sqrt(1 - common**2) * rng.normal(size=n)
    return y, stats.norm.cdf(shifts[0] * y + za - 0.5), stats.norm.cdf(shifts[1] * y + zb - 0.5)


def estimate(y: np.ndarray, a: np.ndarray, b: np.ndarray, level: Level = Level()) -> Estimate:
    cells = (
        Cell(ScoreCounts.of(a, y)), Cell(ScoreCounts.of(b, y)), Cell(JointScores.of(a, b, y))
    )  # fmt: skip
    return AUC.difference(cells, {}, level)


def by_unit(y: np.ndarray, a: np.ndarray, b: np.ndarray, unit: np.ndarray) -> Estimate:
    cells = []
    for score in (a, b):
        parts = {
            int(u): ScoreCounts.of(score[unit == u], y[unit == u], per_octave=32)
            for u in np.unique(unit)
        }
        cells.append(Cell(ScoreCounts.of(score, y), ByUnit.of(parts)))
    return AUC.difference(tuple(cells), {}, Level())


def delong(y: np.ndarray, a: np.ndarray, b: np.ndarray) -> tuple[float, float]:
    """(difference, variance) from all pairs, as DeLong, DeLong and Clarke-Pearson (1988) write."""
    psi = []
    for score in (a, b):
        pos, neg = score[y == 1], score[y == 0]
        psi.append((pos[:, None] > neg).astype(float) + 0.5 * (pos[:, None] == neg))
    d = psi[1] - psi[0]
    v = d.mean(axis=1).var(ddof=1) / d.shape[0] + d.mean(axis=0).var(ddof=1) / d.shape[1]
    return float(d.mean()), float(v)


@pytest.mark.parametrize("common", [0.0, 0.8, 0.99])
def test_bins_give_delongs_interval(common: float) -> None:
    y, a, b = draw(2_000, 7, common=common)
    found, (value, variance) = estimate(y, a, b), delong(y, a, b)
    assert found.value == pytest.approx(value, abs=1e-5)
    half = (found.high - found.low) / 2
    assert half == pytest.approx(1.96 * np.sqrt(variance), rel=0.04)
    assert found.value == pytest.approx(roc_auc_score(y, b) - roc_auc_score(y, a), abs=1e-5)


def test_coarse_bins_widen_and_never_narrow() -> None:
    """The covariance that binning hides is lost: a quarter of the width between near-equals."""
    y, a, b = draw(3_000, 8, (1.2, 1.2), common=0.999)
    found, (_, variance) = estimate(y, a, b), delong(y, a, b)
    ratio = (found.high - found.low) / 2 / (1.96 * np.sqrt(variance))
    assert 0.995 <= ratio <= 1.3


@pytest.mark.parametrize(("n", "runs"), [(30, 400), (300, 300)])
@pytest.mark.parametrize(("shifts", "common"), [((1.0, 1.0), 0.9), ((1.0, 1.5), 0.5),
                                                ((2.5, 3.2), 0.9)])  # fmt: skip
@pytest.mark.slow
def test_the_interval_covers(n: int, runs: int, shifts: tuple[float, float], common: float) -> None:
    true = np.diff(stats.norm.cdf(np.array(shifts) / np.sqrt(2)))[0]
    found = [estimate(*draw(n, seed, shifts, common)) for seed in range(runs)]
    missed = np.array([(one.low > true, one.high < true) for one in found if one.value is not None])
    assert (missed.mean(axis=0) <= 0.035 + 3 * np.sqrt(0.035 * 0.965 / runs)).all()


def test_units_of_a_row_each_are_like_rows() -> None:
    y, a, b = draw(250, 9)
    rows, units = estimate(y, a, b), by_unit(y, a, b, np.arange(250))
    assert (units.low, units.high) == pytest.approx((rows.low, rows.high), abs=0.01)


def test_repeated_rows_are_worth_one() -> None:
    y, a, b = draw(120, 10)
    five = [np.repeat(one, 5) for one in (y, a, b)]
    naive, honest = estimate(*five), by_unit(*five, np.repeat(np.arange(120), 5))
    assert honest.high - honest.low > 1.8 * (naive.high - naive.low)


def test_the_same_scores_are_never_told_apart() -> None:
    y, a, _ = draw(400, 11)
    found = estimate(y, a, a)
    assert found.value == 0
    assert found.low < 0 < found.high
    again = estimate(y, a, a, Level(0.05, 400.0))
    assert not again.assessable


def test_all_scores_equal_and_one_class() -> None:
    y, a, _ = draw(100, 12)
    flat = estimate(y, a, np.full(100, 0.5))
    assert flat.value == pytest.approx(0.5 - roc_auc_score(y, a), abs=1e-3)
    assert estimate(np.ones(100), a, a).reason == "no negative row"


def test_later_looks_need_rows_of_both_classes() -> None:
    y, a, b = draw(150, 13)
    assert "200" in estimate(y, a, b, Level(0.05, 100.0)).reason
    y, a, b = draw(1_000, 14)
    first, later = estimate(y, a, b), estimate(y, a, b, Level(0.05, 1_000.0))
    assert later.high - later.low > 1.3 * (first.high - first.low)
