"""How a metric looks into a cell: counts of the whole, or arrays per unit bucket."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from sextant.metrics.metric import Params
from sextant.metrics.requests import Decisions, Request, Scores
from sextant.metrics.tally import Cell
from sextant.states.confusion import Confusion
from sextant.states.counts import Counts
from sextant.states.judged import Judged
from sextant.states.scores import ScoreCounts
from sextant.stats.estimate import Estimate, Level
from sextant.stats.rate import rate, rate_by_unit

Array = NDArray[np.float64]


def decision_request(params: Params, bound: float) -> Request:
    """Decisions come from the score at a threshold, or from the prediction column without one."""
    threshold = params["threshold"]
    return Decisions() if threshold is None else Scores((threshold,))


def confusion(state: ScoreCounts | Confusion, params: Params) -> Confusion:
    """The four counts (and the unlabelled) at the metric's threshold."""
    return state if isinstance(state, Confusion) else state.at(params["threshold"])


def at_threshold(cell: Cell, params: Params) -> Cell:
    """The cell with its scores cut once, where the metric has a threshold: small to scale."""
    if params.get("threshold") is None or not isinstance(cell.whole, ScoreCounts):
        return cell
    units = cell.by_unit
    if units is not None:
        units = replace(
            units, parts=tuple((u, confusion(state, params)) for u, state in units.parts)
        )
    return replace(cell, whole=confusion(cell.whole, params), by_unit=units)


def grown(cell: Cell, factor: float) -> Cell:
    """The cell as it would be with `factor` times as much evidence.

    Where a judge has judged every row it is human labels that are added, of the same rows.
    """
    if not isinstance(cell.whole, Judged) or cell.by_unit is not None:
        return cell.scaled(factor)
    return replace(cell, whole=cell.whole.more_labels(factor))


def confusions(cell: Cell, params: Params) -> tuple[Array, Array, Array, Array]:
    """(tp, fp, fn, tn) per unit bucket."""
    assert cell.by_unit is not None
    each = [confusion(state, params) for _, state in cell.by_unit.parts]
    table = np.array([(c.tp, c.fp, c.fn, c.tn) for c in each], dtype=float).reshape(-1, 4)
    return table[:, 0], table[:, 1], table[:, 2], table[:, 3]


def share_of_decisions(
    part: Callable[[Confusion], tuple[float, float]], nothing: str
) -> Callable[[Cell, Params, Level], Estimate]:
    """An estimator of k/n, both read off the confusion; `nothing` says why n is 0."""

    def estimate(cell: Cell, params: Params, level: Level) -> Estimate:
        if cell.by_unit is None:
            found = rate(*part(confusion(cell.whole, params)), level)
        else:
            both = [part(confusion(state, params)) for _, state in cell.by_unit.parts]
            k, n = np.array(both, dtype=float).reshape(-1, 2).T
            found = rate_by_unit(k, n, level, cell.by_unit.copies)
        return found if found.value is not None else Estimate.undefined(nothing)

    return estimate


def share_of_rows(
    nothing: str, key: Literal["yes", "no"] = "yes"
) -> Callable[[Cell, Params, Level], Estimate]:
    """An estimator of `key` among "yes" and "no" of a `Flag`."""

    def part(counts: Counts) -> tuple[float, float]:
        return counts.get(key), counts.get("yes") + counts.get("no")

    def estimate(cell: Cell, params: Params, level: Level) -> Estimate:
        if cell.by_unit is None:
            found = rate(*part(cell.whole), level)
        else:
            k, n = (
                cell.by_unit.column(lambda c: part(c)[0]),
                cell.by_unit.column(lambda c: part(c)[1]),
            )
            found = rate_by_unit(k, n, level, cell.by_unit.copies)
        return found if found.value is not None else Estimate.undefined(nothing)

    return estimate
