"""Scores before any threshold: average precision, calibration error and log loss."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from benchmarks.coverage.record import Record, observe
from benchmarks.coverage.rows import binned

from sextant.metrics.catalogue import CATALOGUE
from sextant.metrics.tally import Cell
from sextant.states.scores import ScoreCounts
from sextant.stats.average_precision import average_precision
from sextant.stats.calibration_error import calibration_error, calibration_error_by_unit
from sextant.stats.estimate import Estimate, Level

ONCE = Level()


def _scores(
    rng: np.random.Generator, kind: str, n: int, prevalence: float, apart: float
) -> tuple[np.ndarray, np.ndarray]:
    positives = rng.binomial(n, prevalence)
    if kind == "exponential":
        drawn = rng.exponential(size=positives) * (1 + apart), rng.exponential(size=n - positives)
    else:
        drawn = rng.normal(size=positives) + apart, rng.normal(size=n - positives)
    if kind == "rounded":
        drawn = drawn[0].round(), drawn[1].round()
    return drawn


def average_precisions(
    rng: np.random.Generator, runs: int, sizes: tuple[int, ...]
) -> Iterator[Record]:
    """Rare and common positives, near and far apart; the truth is that of two million rows."""

    def estimate(kind: str, n: int, prevalence: float, apart: float) -> Estimate:
        pos, neg = binned(*_scores(rng, kind, n, prevalence, apart))
        return average_precision(pos, neg, np.ones(pos.size, dtype=bool), ONCE)

    for kind in ("normal", "exponential", "rounded"):
        for prevalence in (0.05, 0.2, 0.5):
            for apart in (0.5, 1.0, 3.0):
                truth = estimate(kind, 2_000_000, prevalence, apart).value
                assert truth is not None
                for n in sizes:
                    case = f"n {n}, prevalence {prevalence}, {kind}, {apart} apart"
                    found = (estimate(kind, n, prevalence, apart) for _ in range(runs))
                    yield observe("average precision", case, truth, found)


def calibrations(rng: np.random.Generator, runs: int, sizes: tuple[int, ...]) -> Iterator[Record]:
    """In the large, and the slope: scores that are right, too extreme, too timid, or too high.

    The truth of the slope is its fit to two million rows: where the curve is no logistic one it
    is the best one's.
    """

    def counted(kind: str, shape: float, n: int) -> Cell:
        p = np.clip(rng.beta(shape, shape + 1, n), 1e-4, 1 - 1e-4)
        logit = np.log(p / (1 - p))
        due = {"right": p, "too high": p**1.3}.get(kind)
        if due is None:
            due = 1 / (1 + np.exp(-logit * {"too extreme": 0.6, "too timid": 1.6}[kind]))
        return Cell(ScoreCounts.of(p, (rng.random(n) < due).astype(float)))

    for name in ("calibration_in_the_large", "calibration_slope"):
        estimate = CATALOGUE[name].estimate
        for kind in ("right", "too extreme", "too timid", "too high"):
            for shape in (0.7, 2.0):
                truth = estimate(counted(kind, shape, 2_000_000), {}, ONCE).value
                assert truth is not None
                for n in sizes:
                    found = (estimate(counted(kind, shape, n), {}, ONCE) for _ in range(runs))
                    case = f"n {n}, {kind}, scores beta({shape}, {shape + 1})"
                    yield observe(name.replace("_", " "), case, truth, found)


CURVES = {
    "perfect": lambda p: p,
    "overconfident": lambda p: 0.5 + 0.6 * (p - 0.5),
    "too high": lambda p: p**1.3,
    "half perfect": lambda p: np.where(p < 0.5, p, 0.5 + 0.7 * (p - 0.5)),
}


def calibration_errors(
    rng: np.random.Generator, runs: int, sizes: tuple[int, ...], units: int = 0
) -> Iterator[Record]:
    """Calibration curves over ten bins; with `units` a shared shift of each unit's rate."""

    def estimate(curve: str, n: int, shape: float) -> tuple[Estimate, float]:
        p = rng.beta(shape, shape, n)
        rate = CURVES[curve](p)
        bins = np.minimum((p * 10).astype(int), 9)
        rows = np.bincount(bins, minlength=10)
        score = np.bincount(bins, p, 10) / np.maximum(rows, 1)
        due = np.bincount(bins, rate, 10) / np.maximum(rows, 1)
        truth = float(rows @ np.abs(due - score)) / n
        if not units:
            k = np.bincount(bins, rng.random(n) < rate, 10)
            return calibration_error(k, rows, score, np.zeros(10), ONCE), truth
        unit = rng.integers(0, units, n)
        common = rng.random(units)[unit] < rate
        y = np.where(rng.random(n) < 0.3, common, rng.random(n) < rate)
        at = unit * 10 + bins
        k_u, n_u = (np.bincount(at, w, units * 10).reshape(-1, 10) for w in (y, np.ones(n)))
        return calibration_error_by_unit(k_u, n_u, score, np.zeros(10), ONCE), truth

    name = "calibration error by unit" if units else "calibration error"
    for curve in CURVES:
        for shape in (0.5, 2.0):
            for n in sizes:
                shifted = []
                for _ in range(runs):
                    found, truth = estimate(curve, n, shape)
                    shifted.append(_less(found, truth))
                yield observe(name, f"n {n}, {curve}, scores beta({shape})", 0.0, shifted)


def _less(found: Estimate, truth: float) -> Estimate:
    """The estimate's distance from a truth that differs from draw to draw."""
    value = found.value or 0.0
    return Estimate(value - truth, found.low - truth, found.high - truth, found.n, found.method)
