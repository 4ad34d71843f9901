"""Two tables that every reader of a classifier asks for: its four counts, and its reliability."""

from __future__ import annotations

from typing import Any

import numpy as np

from sextant.contracts.model import Contract
from sextant.metrics.reliability import FEWEST, bins_of
from sextant.metrics.requests import Classes, Decisions, Scores
from sextant.metrics.tally import Cell, Tally
from sextant.states.confusion import Confusion
from sextant.stats.estimate import Level


def confusion(contract: Contract, tally: Tally) -> dict[str, Any] | None:
    """The four counts over all rows, at the contract's threshold or of its hard decision.

    None where nothing in the contract asks for decisions, or at another threshold only, and where
    no row has both a decision and a label. None, too, where a task knows no two classes.
    """
    if contract.task != "binary":
        return None
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
    found = []
    for one in bins_of(cell):
        estimate = one.share(Level())
        found.append(
            {
                "score": one.mean,
                "from": one.low,
                "to": one.high,
                "n": int(one.rows),
                "share": estimate.value,
                "low": _finite(estimate.low),
                "high": _finite(estimate.high),
            }
        )
    return found


def whole(tally: Tally, kind: type[Scores | Decisions | Classes]) -> Cell | None:
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


def _finite(value: float) -> float | None:
    return value if np.isfinite(value) else None
