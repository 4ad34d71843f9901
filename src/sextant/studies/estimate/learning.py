"""What a labelled reference teaches about a score: the share that comes true, and how surely."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from sextant.metrics.reliability import Bin, bins_of
from sextant.metrics.tally import Cell
from sextant.states.scores import ScoreCounts
from sextant.states.units import ByUnit
from sextant.stats.unlabelled import Expected, Learned
from sextant.studies.calibration.fitting import fit
from sextant.studies.calibration.mapping import Mapping
from sextant.studies.estimate.bending import by_rate, by_shape, shape_of, shifted, slopes

Floats = NDArray[np.float64]
FEWEST_ROWS, FEWEST_CLASS = 100, 10
"""Labelled rows of the reference, and of each class, below which it teaches nothing."""
MOST_BINS, ROWS_PER_BIN = 100, 50
NEAR = 0.05
"""A score is known where a labelled reference row has one that lies no further away."""


@dataclass(frozen=True, slots=True)
class Curve:
    """The chance of a positive by score: a smooth recalibration, shifted bin by bin.

    Inside a bin the shape is the recalibration's; its level is the bin's own share, so that the
    reference itself comes out exactly. `starts` [B−1] are the scores from which the next bin
    counts; `means` [B] what the recalibration says of the bin's reference rows, `slopes` [B, P] how
    far that moves with each of its numbers.
    """

    mapping: Mapping
    starts: Floats
    means: Floats
    slopes: Floats
    learned: Learned
    low: Floats
    high: Floats

    def expected(self, state: ScoreCounts, rows: Floats | None = None) -> Expected:
        """What labels of `state`'s rows would show; `rows` [C]: of so many of each cell alone."""
        held = state.counts.sum(axis=1) if rows is None else rows
        used = held > 0
        middle = ((state.low + state.high) / 2)[used]
        place = np.searchsorted(self.starts, middle, side="right").astype(np.int64)
        plain, mean = self.mapping(middle), self.means[place]
        rate = (self.learned.k / self.learned.r)[place]
        n = held[used]
        return Expected(
            low=state.low[used],
            high=state.high[used],
            rows=n,
            p=shifted(plain, mean, rate),
            smooth=shifted(plain, mean, self.learned.smoothed[place]),
            place=place,
            learned=self.learned,
            outside=float(n[self._far(middle)].sum()),
            distinct=state.distinct[used],
            by_rate=by_rate(plain, mean, rate),
            by_shape=by_shape(self.mapping, middle, plain, mean, self.slopes[place], rate),
        )

    def _far(self, scores: Floats) -> NDArray[np.bool_]:
        at = np.searchsorted(self.low, scores, side="right")
        below = np.r_[-np.inf, self.high][at]
        above = np.r_[self.low, np.inf][at]
        gap = np.minimum(np.maximum(scores - below, 0.0), above - scores)
        return np.asarray(gap > NEAR)


def teaches(cell: Cell | None) -> str:
    """Why this reference teaches nothing; "" where it does."""
    if cell is None or not cell.whole.labelled:
        return "the reference has no labelled row with a score here"
    state: ScoreCounts = cell.whole
    if state.labelled < FEWEST_ROWS:
        return (
            f"the reference has {state.labelled:,.0f} labelled rows here, and it takes "
            f"{FEWEST_ROWS}: {FEWEST_ROWS - state.labelled:,.0f} more"
        )
    rarer = min(float(state.positives.sum()), float(state.negatives.sum()))
    if rarer < FEWEST_CLASS:
        which = "positives" if rarer == float(state.positives.sum()) else "negatives"
        return f"the reference has {rarer:,.0f} {which} here, and it takes {FEWEST_CLASS}"
    return ""


def learn(cell: Cell, thresholds: Sequence[float]) -> Curve:
    """The curve of a reference cell of `Scores`; no bin reaches over a threshold.

    The cell must be one that `teaches` finds nothing against.
    """
    state: ScoreCounts = cell.whole
    mapping = fit("beta", state) or fit("platt", state) or Mapping("none", rows=state.labelled)
    most = int(min(max(state.labelled // ROWS_PER_BIN, 1), MOST_BINS))
    bins: list[Bin] = []
    starts: list[float] = []
    edges = [-np.inf, *sorted(set(thresholds)), np.inf]
    for low, high in pairwise(edges):
        part = _between(cell, low, high)
        if not part.whole.labelled:
            continue
        share = part.whole.labelled / state.labelled
        found = bins_of(part, max(round(most * share), 1))
        starts += [low] if bins else []
        starts += [(a.high + b.low) / 2 for a, b in pairwise(found)]
        bins += found
    known = (state.negatives + state.positives) > 0
    k, r = (np.array([float(x.sum()) for x in each]) for each in zip(*((b.k, b.n) for b in bins),
            strict=True))  # fmt: skip
    means = np.array([_mean(state, mapping, one) for one in bins])
    middle = ((state.low + state.high) / 2)[known]
    place = np.searchsorted(starts, middle, side="right").astype(np.int64)
    smooth = shifted(mapping(middle), means[place], ((k + 1) / (r + 2))[place])
    return Curve(
        mapping,
        np.array(starts),
        means,
        slopes(mapping, state, place, len(bins)),
        Learned(k, r, _residuals(cell, bins, k / r), shape_of(mapping, cell, place, smooth)),
        state.low[known],
        state.high[known],
    )


def _between(cell: Cell, low: float, high: float) -> Cell:
    """The cell's scores from `low` on and below `high`."""
    units = None
    if cell.by_unit is not None:
        parts = tuple((u, _cut(state, low, high)) for u, state in cell.by_unit.parts)
        units = ByUnit(parts, cell.by_unit.copies)
    return Cell(_cut(cell.whole, low, high), units)


def _cut(state: ScoreCounts, low: float, high: float) -> ScoreCounts:
    held = (state.low >= low) & (state.high < high)
    return ScoreCounts(
        state.thresholds,
        state.per_octave,
        state.bin[held],
        state.cut[held],
        state.counts[held],
        state.low[held],
        state.high[held],
    )


def _mean(state: ScoreCounts, mapping: Mapping, one: Bin) -> float:
    mine = (state.low >= one.low) & (state.high <= one.high)
    labelled = (state.negatives + state.positives)[mine]
    return float(mapping(((state.low + state.high) / 2)[mine]) @ labelled / labelled.sum())


def _residuals(cell: Cell, bins: Sequence[Bin], rates: Floats) -> Floats | None:
    if cell.by_unit is None:
        return None
    return np.stack([one.k - rate * one.n for one, rate in zip(bins, rates, strict=True)], axis=1)
