"""Calibration in the large and the slope, drawn from a population whose truth is exact."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from benchmarks.coverage import batch
from benchmarks.coverage.record import Record, draws
from scipy import special, stats

from sextant.metrics.calibration import FEW
from sextant.metrics.catalogue import CATALOGUE
from sextant.metrics.tally import Cell
from sextant.states.scores import ScoreCounts, score_bin
from sextant.stats.estimate import Level
from sextant.stats.logistic import logistic_fit
from sextant.stats.rate import clopper_pearson

ONCE = Level()
KINDS = ("right", "too extreme", "too timid", "too high")
SHAPES = ((0.7, 1.7), (2.0, 3.0), (0.5, 9.0))
"""Beta distributions of the scores: spread, in the middle, and rare."""
POINTS = 4096
AT_ONCE = 50


@dataclass(frozen=True, slots=True)
class Population:
    """Scores, one to each bin of the product's state; the share of the rows and of positives."""

    score: np.ndarray
    bin: np.ndarray
    share: np.ndarray
    due: np.ndarray

    @property
    def in_the_large(self) -> float:
        """By how much more comes true than the scores say."""
        return float(self.share @ (self.due - self.score))

    @property
    def slope(self) -> float:
        """That of the best logistic curve; the curve itself need not be one."""
        x = np.column_stack([np.ones(self.score.size), special.logit(self.score)])
        found = logistic_fit(x, self.share * self.due, self.share)
        assert found is not None
        return float(found[1])

    def rows(self, rng: np.random.Generator, n: int, draws: int) -> tuple[np.ndarray, np.ndarray]:
        """Which score each of n rows has, and 1 where it came true, [draws, n]."""
        at = np.repeat(np.arange(self.score.size), np.rint(self.share * POINTS).astype(int))
        which = at[rng.integers(0, at.size, (draws, n))]
        return which, (rng.random((draws, n)) < self.due[which]).astype(float)

    def counted(
        self, rng: np.random.Generator, n: int, draws: int
    ) -> tuple[np.ndarray, np.ndarray]:
        """Positives and rows of `draws` samples of n rows by score, [draws, scores]."""
        rows = rng.multinomial(n, self.share, draws)
        return rng.binomial(rows, self.due).astype(float), rows.astype(float)

    def state(self, score: np.ndarray, k: np.ndarray, n: np.ndarray) -> Cell:
        """One draw as the product holds it."""
        counts = np.zeros((self.score.size, 3))
        at = np.searchsorted(self.score, score)
        np.add.at(counts, (at, 0), n - k)
        np.add.at(counts, (at, 1), k)
        held = counts.any(axis=1)
        cuts = np.zeros(int(held.sum()), dtype=int)
        held_scores = self.score[held]
        return Cell(
            ScoreCounts((), 256, self.bin[held], cuts, counts[held], held_scores, held_scores)
        )


def population(kind: str, shape: tuple[float, float]) -> Population:
    """Scores that are right, too extreme, too timid, or too high."""
    levels = (np.arange(POINTS) + 0.5) / POINTS
    p = np.clip(stats.beta.ppf(levels, *shape), 1e-4, 1 - 1e-4)
    bins, first, place = np.unique(score_bin(p, 256), return_index=True, return_inverse=True)
    score = p[first]
    due = {
        "right": score,
        "too high": score**1.3,
        "too extreme": special.expit(0.6 * special.logit(score)),
        "too timid": special.expit(1.6 * special.logit(score)),
    }[kind]
    return Population(score, bins, np.bincount(place) / POINTS, due)


def calibrations(rng: np.random.Generator, runs: int, sizes: tuple[int, ...]) -> Iterator[Record]:
    """Both numbers of the same draws; fewer where nothing is claimed, and at n 30,000."""
    for shape in SHAPES:
        for kind in KINDS:
            whole = population(kind, shape)
            for n in sizes:
                case = f"n {n}, {kind}, scores beta{shape}"
                large, slope = _limits(rng, whole, n, draws(n, runs))
                yield large.record("calibration in the large", case, whole.in_the_large, n)
                yield slope.record("calibration slope", case, whole.slope, n)


def _limits(
    rng: np.random.Generator, whole: Population, n: int, runs: int
) -> tuple[batch.Limits, batch.Limits]:
    large, slope = [], []
    for first in range(0, runs, AT_ONCE):
        draws = min(AT_ONCE, runs - first)
        if n > whole.score.size:
            k, rows = whole.counted(rng, n, draws)
            score = np.broadcast_to(whole.score, k.shape)
        else:
            which, k = whole.rows(rng, n, draws)
            score, rows = whole.score[which], np.ones_like(k)
        large.append(_in_the_large(score, k, rows))
        slope.append(batch.calibration_slope(score, k, rows))
        if not first:
            cells = [whole.state(*one) for one in zip(score[:2], k[:2], rows[:2], strict=True)]
            for name, found in (("in_the_large", large[0]), ("slope", slope[0])):
                estimate = CATALOGUE[f"calibration_{name}"].estimate
                found.agree(estimate(cell, {}, ONCE) for cell in cells)
    return batch.joined(large), batch.joined(slope)


def _in_the_large(score: np.ndarray, k: np.ndarray, rows: np.ndarray) -> batch.Limits:
    n, hits = float(rows[0].sum()), k.sum(axis=1)
    value = (k - rows * score).sum(axis=1) / n
    hit, miss = 1 - score - value[:, None], -score - value[:, None]
    m2, m3 = ((k * hit**p + (rows - k) * miss**p).sum(axis=1) for p in (2, 3))
    found = batch.mean(n, value, m2, m3)
    mean = (rows * score).sum(axis=1) / n
    spread = (rows * np.square(score - mean[:, None])).sum(axis=1)
    half = batch.student(n) * np.sqrt(spread / (n - 1) / n)
    low, high = clopper_pearson(hits, n, 2 * batch.A)
    few = (np.minimum(hits, n - hits) < FEW) & np.isfinite(found.low)
    down = np.where(few, value - (hits / n - low + half), np.inf)
    up = np.where(few, value + (high - hits / n + half), -np.inf)
    low, high = np.minimum(found.low, down), np.maximum(found.high, up)
    return batch.Limits(
        np.where(np.isfinite(low), np.maximum(low, -1), low),
        np.where(np.isfinite(high), np.minimum(high, 1), high),
    )
