"""Two tables that every reader of a classifier asks for: its four counts, and its reliability."""

from __future__ import annotations

from typing import Any

import numpy as np

from sextant.contracts.model import Contract
from sextant.metrics.requests import Decisions, Scores
from sextant.metrics.tally import Cell, Tally
from sextant.states.confusion import Confusion
from sextant.states.scores import POSITIVE, ScoreCounts
from sextant.stats.estimate import Estimate, Level
from sextant.stats.rate import rate, rate_by_unit

BINS = 10
FEWEST = 20
"""A bin of fewer labelled rows says nothing that an eye should compare."""


def confusion(contract: Contract, tally: Tally) -> dict[str, Any] | None:
    """The four counts over all rows, at the contract's threshold or of its hard decision.

    None where nothing in the contract asks for decisions, or at another threshold only, and where
    no row has both a decision and a label.
    """
    cell = whole(tally, Scores)
    threshold: float | None = contract.threshold
    if cell is None or contract.threshold not in cell.whole.thresholds:
        cell, threshold = whole(tally, Decisions), None
    if cell is None:
        return None
    counts = cell.whole if isinstance(cell.whole, Confusion) else cell.whole.at(threshold)
    if not counts.labelled:
        return None
    names = ("tp", "fp", "fn", "tn", "unlabelled_positive", "unlabelled_negative")
    return {"threshold": threshold} | {name: int(getattr(counts, name)) for name in names}


def reliability(tally: Tally) -> list[dict[str, Any]] | None:
    """Labelled rows in bins of about equal size: mean score against the share that came true.

    The mean score of a bin is read off the bins of the state, 1/256 of an octave wide. The
    interval is that of a rate (by unit where rows are dependent), at 95 % for each bin alone.
    """
    cell = whole(tally, Scores)
    if cell is None or cell.whole.labelled < FEWEST:
        return None
    state: ScoreCounts = cell.whole
    cells = _cells(cell)
    rows = cells.negatives + cells.positives
    place = _places(rows)
    found = []
    for number in range(int(place.max()) + 1):
        held = place == number
        n = float(rows[held].sum())
        if n < 1:
            continue
        low, high = float(cells.low[held][0]), float(cells.high[held][-1])
        mine = (state.low >= low) & (state.high <= high)
        labelled = (state.negatives + state.positives)[mine]
        score = float(((state.low + state.high) / 2)[mine] @ labelled / n)
        estimate = _share(cell, state, mine, low, high)
        found.append(
            {
                "score": score,
                "from": low,
                "to": high,
                "n": int(n),
                "share": estimate.value,
                "low": _finite(estimate.low),
                "high": _finite(estimate.high),
            }
        )
    return found


def whole(tally: Tally, kind: type[Scores | Decisions]) -> Cell | None:
    """The cell over all rows that answers requests of a kind; None where none was asked.

    Where criteria ask for it by segment alone, the segments' cells add up to it.
    """
    for grouping in sorted(tally.cells, key=len):
        for request, cells in tally.cells[grouping].items():
            if isinstance(request, kind) and cells:
                first, *others = cells.values()
                for other in others:
                    first = first + other
                return first
    return None


def _cells(cell: Cell) -> ScoreCounts:
    """The cells that bins are made of: no cell of a unit, which may be wider, is cut in two."""
    state: ScoreCounts = cell.whole
    if cell.by_unit is None:
        return state
    _, part = cell.by_unit.parts[0]
    return state.coarser(part.per_octave)


def _places(rows: Any) -> Any:
    """The bin of each cell, so that bins hold about equally many rows."""
    total = rows.sum()
    bins = min(BINS, max(int(total // FEWEST), 1))
    middle = np.cumsum(rows) - rows / 2
    return np.minimum((middle / total * bins).astype(int), bins - 1)


def _share(cell: Cell, state: ScoreCounts, mine: Any, low: float, high: float) -> Estimate:
    if cell.by_unit is None:
        positive = float(state.counts[mine, POSITIVE].sum())
        return rate(positive, float(state.counts[mine][:, : POSITIVE + 1].sum()), Level())
    both = []
    for _, part in cell.by_unit.parts:
        inside = (part.low >= low) & (part.high <= high)
        counts = part.counts[inside]
        both.append((counts[:, POSITIVE].sum(), counts[:, : POSITIVE + 1].sum()))
    k, n = np.array(both, dtype=float).reshape(-1, 2).T
    return rate_by_unit(k, n, Level(), cell.by_unit.copies)


def _finite(value: float) -> float | None:
    return value if np.isfinite(value) else None
