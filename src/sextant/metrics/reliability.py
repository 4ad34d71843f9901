"""Labelled rows in bins of about equal size: what was said of them against what came true."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sextant.metrics.tally import Cell
from sextant.states.scores import POSITIVE, ScoreCounts
from sextant.stats.estimate import Estimate, Level
from sextant.stats.rate import rate, rate_by_unit

Floats = NDArray[np.float64]

BINS = 10
FEWEST = 20
"""A bin of fewer labelled rows says nothing that an eye should compare."""


@dataclass(frozen=True, slots=True)
class Bin:
    """Neighbouring scores: the least and the greatest, their mean, and k of n rows per unit.

    `mean` is read off the middles of the state's bins and is off by at most `slack`. `k` and `n`
    have shape [G], one entry where rows are independent (`units` False). Which rows a bin holds
    depends on scores alone, so that its rate is that of a fixed set of rows.
    """

    low: float
    high: float
    mean: float
    slack: float
    k: Floats
    n: Floats
    units: bool = False
    copies: float = 1.0

    @property
    def rows(self) -> float:
        return float(self.n.sum()) * self.copies

    def share(self, level: Level) -> Estimate:
        """The share that came true: Clopper-Pearson, by unit where rows are dependent.

        Rows of one bin differ in their chances; the exact limits hold for their mean too, away
        from it by a row (Hoeffding 1956: a sum of unequal chances varies less than a binomial).
        """
        if self.units:
            return rate_by_unit(self.k, self.n, level, self.copies)
        return rate(float(self.k.sum()), float(self.n.sum()), level)


def bins_of(cell: Cell, most: int = BINS, fewest: int = FEWEST) -> tuple[Bin, ...]:
    """The bins of a cell of `Scores`, at most `most`, each of `fewest` labelled rows or more.

    Equal scores are never parted, so that a bin may hold many more rows than its neighbours.
    """
    state: ScoreCounts = cell.whole
    if state.labelled < 1:
        return ()
    cells = _cells(cell)
    rows = cells.negatives + cells.positives
    place = _places(rows, most, fewest)
    edges = (
        (float(cells.low[place == at][0]), float(cells.high[place == at][-1]))
        for at in range(int(place.max()) + 1)
        if rows[place == at].sum() >= 1
    )
    return tuple(_bin(cell, state, low, high) for low, high in edges)


def _bin(cell: Cell, state: ScoreCounts, low: float, high: float) -> Bin:
    mine = (state.low >= low) & (state.high <= high)
    labelled = (state.negatives + state.positives)[mine]
    n = float(labelled.sum())
    middle, half = (state.low + state.high)[mine] / 2, (state.high - state.low)[mine] / 2
    mean, slack = float(middle @ labelled) / n, float(half @ labelled) / n
    if cell.by_unit is None:
        k, rows = np.array([float(state.positives[mine].sum())]), np.array([n])
        return Bin(low, high, mean, slack, k, rows)
    counts = np.array(list(_counts(cell, low, high)), dtype=float).reshape(-1, 2)
    return Bin(low, high, mean, slack, counts[:, 0], counts[:, 1], True, cell.by_unit.copies)


def _counts(cell: Cell, low: float, high: float) -> Iterator[tuple[float, float]]:
    assert cell.by_unit is not None
    for _, part in cell.by_unit.parts:
        counts = part.counts[(part.low >= low) & (part.high <= high)]
        yield float(counts[:, POSITIVE].sum()), float(counts[:, : POSITIVE + 1].sum())


def _cells(cell: Cell) -> ScoreCounts:
    """The cells that bins are made of: no cell of a unit, which may be wider, is cut in two."""
    state: ScoreCounts = cell.whole
    if cell.by_unit is None:
        return state
    _, part = cell.by_unit.parts[0]
    return state.coarser(part.per_octave)


def _places(rows: Any, most: int, fewest: int) -> Any:
    """The bin of each cell, so that bins hold about equally many rows.

    A bin that equal scores beside it leave with fewer than `fewest` rows joins the smaller of its
    neighbours.
    """
    total = rows.sum()
    bins = min(most, max(int(total // fewest), 1))
    middle = np.cumsum(rows) - rows / 2
    place = np.minimum((middle / total * bins).astype(int), bins - 1)
    while True:
        place = np.unique(place, return_inverse=True)[1]
        sizes = np.bincount(place, rows)
        if sizes.size == 1 or sizes.min() >= fewest:
            return place
        least = int(np.argmin(sizes))
        beside = [at for at in (least - 1, least + 1) if 0 <= at < sizes.size]
        place[place == least] = min(beside, key=lambda at: sizes[at])
