"""The rows by score, and every cut between them."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from decimal import ROUND_FLOOR, Decimal

import numpy as np

from sextant.metrics.tally import Cell
from sextant.states.scores import ScoreCounts
from sextant.states.units import ByUnit
from sextant.stats.cuts import edges_of

Array = np.ndarray
MOST_CELLS, MOST_CELLS_BY_UNIT = 1_000, 150
"""More cells than these are joined: finer cuts could not be told apart anyway."""


@dataclass(frozen=True, slots=True, eq=False)
class Cuts:
    """Rows by score cell, ascending, and the K = B + 1 cuts between them.

    Cut j flags the cells from j on. `pos`, `neg`, `unlabelled` [B]; `by_unit` the positives and
    negatives per bucket of units, [2, G, B]. `declared`: thresholds that are exact edges of cells.
    """

    declared: tuple[float, ...]
    low: Array
    high: Array
    pos: Array
    neg: Array
    unlabelled: Array
    by_unit: Array | None = None
    tp: Array = field(init=False)
    fp: Array = field(init=False)

    def __post_init__(self) -> None:
        put = object.__setattr__
        put(self, "tp", self.pos.sum() - edges_of(self.pos))
        put(self, "fp", self.neg.sum() - edges_of(self.neg))

    @property
    def size(self) -> int:
        """How many cuts there are: K."""
        return int(self.low.size) + 1

    def threshold(self, cut: int) -> float:
        """The number to write for a cut; infinite for "flag nobody" where a score of 1 occurs.

        A declared threshold, else the roundest number that divides the same rows.
        """
        if cut == 0:
            return 0.0
        below = float(self.high[cut - 1])
        above = float(self.low[cut]) if cut < self.low.size else 1.0
        fitting = [one for one in self.declared if below < one <= above]
        return fitting[0] if fitting else roundest(below, above)

    @property
    def positives(self) -> float:
        return float(self.pos.sum())

    @property
    def negatives(self) -> float:
        return float(self.neg.sum())

    @property
    def labelled(self) -> float:
        return self.positives + self.negatives

    @property
    def total(self) -> float:
        return self.labelled + float(self.unlabelled.sum())

    @property
    def flagged(self) -> Array:
        """All rows that each cut flags, labelled or not, shape [K]."""
        return np.asarray(self.tp + self.fp + self.unlabelled.sum() - edges_of(self.unlabelled))

    @property
    def rows(self) -> Array:
        """Labelled rows of each cell, shape [B]."""
        return np.asarray(self.pos + self.neg)

    def index(self, threshold: float) -> int:
        """The cut of a threshold; inside a cell of several scores the nearest one above."""
        return int(np.searchsorted(self.low, threshold, side="left"))

    def exact(self, threshold: float) -> bool:
        """Whether the cut divides the rows exactly as the threshold does."""
        at = self.index(threshold)
        return at == 0 or bool(self.high[at - 1] < threshold)

    def units_above(self, which: int) -> Array:
        """Positives (0) or negatives (1) that each cut flags, per bucket of units [G, K]."""
        assert self.by_unit is not None
        held = self.by_unit[which]
        below = np.pad(np.cumsum(held, axis=1), ((0, 0), (1, 0)))
        return np.asarray(below[:, -1:] - below)


def cuts_of(cell: Cell | None, most: int = MOST_CELLS) -> Cuts | None:
    """The cuts of a cell of `ScoreCounts`, at most so many; None without a row that has a score."""
    if cell is None or not cell.whole.bin.size:
        return None
    state, units = _joined(cell.whole, cell.by_unit, most)
    low, high = np.asarray(state.low), np.asarray(state.high)
    return Cuts(
        declared=state.thresholds,
        low=low,
        high=high,
        pos=np.asarray(state.positives),
        neg=np.asarray(state.negatives),
        unlabelled=np.asarray(state.unlabelled),
        by_unit=None if units is None else _table(state, units),
    )


def _joined(
    state: ScoreCounts, units: ByUnit[ScoreCounts] | None, most: int
) -> tuple[ScoreCounts, ByUnit[ScoreCounts] | None]:
    most = most if units is None else min(most, MOST_CELLS_BY_UNIT)
    per_octave = state.per_octave
    while state.bin.size > most and per_octave > 1:
        ratio = 2 ** max(1, math.floor(math.log2(state.bin.size / most)))
        per_octave = max(per_octave // ratio, 1)
        state = state.coarser(per_octave)
    if units is not None and per_octave < units.parts[0][1].per_octave:
        units = ByUnit(tuple((u, one.coarser(per_octave)) for u, one in units.parts))
    return state, units


def _table(state: ScoreCounts, units: ByUnit[ScoreCounts]) -> Array:
    """Positives and negatives per bucket of units in the cells of the whole, [2, G, B]."""
    width = len(state.thresholds) + 1
    keys = state.bin * width + state.cut
    table = np.zeros((2, len(units.parts), keys.size))
    for row, (_, one) in enumerate(units.parts):
        at = np.searchsorted(keys, one.bin * width + one.cut)
        table[0, row, at], table[1, row, at] = one.positives, one.negatives
    return table


def roundest(below: float, above: float) -> float:
    """The decimal of fewest digits above one number and up to another; infinite where none lies."""
    if not below < above:
        return math.inf
    for digits in range(1, 18):
        step = Decimal(1).scaleb(-digits)
        floor = float((Decimal(above) / step).to_integral_value(ROUND_FLOOR) * step)
        for candidate in (round(above, digits), floor):
            if below < candidate <= above:
                return candidate
    return above
