"""Scores before any threshold: average precision and calibration error."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from benchmarks.coverage import batch
from benchmarks.coverage.record import Record, draws, observe
from scipy import stats

from sextant.stats.average_precision import average_precision
from sextant.stats.calibration_error import calibration_error, calibration_error_by_unit
from sextant.stats.estimate import Estimate, Level

ONCE = Level()
AT_ONCE = 50


@dataclass(frozen=True, slots=True)
class Population:
    """Shares of the positives and of the negatives by score, ascending, and what AP is of them."""

    pos: np.ndarray
    neg: np.ndarray
    prevalence: float

    @property
    def truth(self) -> float:
        """Sum over the scores as thresholds: share of the positives there times precision."""
        pos, neg = self.prevalence * self.pos, (1 - self.prevalence) * self.neg
        hits, flagged = (np.cumsum(one[::-1])[::-1] for one in (pos, pos + neg))
        return float(self.pos @ (hits / np.maximum(flagged, 1e-300)))

    def drawn(self, rng: np.random.Generator, n: int, draws: int) -> tuple[np.ndarray, np.ndarray]:
        """Positives and negatives of samples of n rows by score, [draws, scores]."""
        shares = np.r_[self.prevalence * self.pos, (1 - self.prevalence) * self.neg]
        both = rng.multinomial(n, shares / shares.sum(), draws).astype(float)
        return both[:, : self.pos.size], both[:, self.pos.size :]


def population(kind: str, prevalence: float, apart: float, points: int = 500) -> Population:
    """Normal or exponential scores on a fine grid, or normal ones rounded to whole numbers."""
    ends = stats.norm(apart), stats.norm()
    if kind == "exponential":
        ends = stats.expon(scale=1 + apart), stats.expon()
    if kind == "rounded":
        edges = np.arange(-8.5, apart + 9)
    else:
        levels = np.arange(1, points) / points
        edges = np.unique(np.concatenate([end.ppf(levels) for end in ends]))
    pos, neg = (np.diff(np.r_[0.0, end.cdf(edges), 1.0]) for end in ends)
    return Population(pos, neg, prevalence)


def average_precisions(
    rng: np.random.Generator, runs: int, sizes: tuple[int, ...]
) -> Iterator[Record]:
    """Rare and common positives, near and far apart; fewer draws at n 30 and 30,000."""
    for kind in ("normal", "exponential", "rounded"):
        for prevalence in (0.05, 0.2, 0.5):
            for apart in (0.5, 1.0, 3.0):
                for n in sizes:
                    whole = population(kind, prevalence, apart)
                    found = _limits(rng, whole, n, draws(n, runs))
                    case = f"n {n}, prevalence {prevalence}, {kind}, {apart} apart"
                    yield found.record("average precision", case, whole.truth, n)


def _limits(rng: np.random.Generator, whole: Population, n: int, runs: int) -> batch.Limits:
    parts = []
    for first in range(0, runs, AT_ONCE):
        pos, neg = whole.drawn(rng, n, min(AT_ONCE, runs - first))
        parts.append(batch.average_precision(pos, neg))
        if not first:
            parts[0].agree(
                average_precision(p, q, np.ones(p.size, dtype=bool), ONCE)
                for p, q in (
                    (p[p + q > 0], q[p + q > 0]) for p, q in zip(pos[:2], neg[:2], strict=True)
                )
            )
    return batch.joined(parts)


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
                yield observe(name, f"n {n}, {curve}, scores beta({shape})", 0.0, shifted, n)


def _less(found: Estimate, truth: float) -> Estimate:
    """The estimate's distance from a truth that differs from draw to draw."""
    value = found.value or 0.0
    return Estimate(value - truth, found.low - truth, found.high - truth, found.n, found.method)
