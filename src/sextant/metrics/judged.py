"""Columns that people filled in for some rows, and a judge for all: what a metric makes of both."""

from __future__ import annotations

from collections.abc import Callable

from sextant.metrics.metric import Parameter, Params
from sextant.metrics.requests import Request, Verdicts
from sextant.metrics.tally import Cell
from sextant.states.judged import Judged
from sextant.stats.estimate import Estimate, Level
from sextant.stats.powered import powered_by_unit, powered_mean, powered_rate

Needs = Callable[[Params, float], Request]
Estimator = Callable[[Cell, Params, Level], Estimate]

JUDGE = Parameter(
    "judge",
    "value",
    "a column in which a judge has judged every row; the metric's own column then holds what "
    "people said of some rows, drawn at random, and the judge's errors are corrected by them",
)


def needs_judged(kind: str, alone: Needs) -> Needs:
    """What the metric asks for with a judge; `alone` is what it asks for without one."""

    def needs(params: Params, bound: float) -> Request:
        judge = params.get("judge")
        if judge is None:
            return alone(params, bound)
        low, high = params.get("at_least"), params.get("at_most")
        return Verdicts(kind, params["column"], judge, low, high)

    return needs


def judged_or(alone: Estimator, share: bool = True) -> Estimator:
    """The estimate with a judge, of a share or of a mean; `alone` where the state knows none."""

    def estimate(cell: Cell, params: Params, level: Level) -> Estimate:
        if not isinstance(cell.whole, Judged):
            return alone(cell, params, level)
        return judged_estimate(cell, share, level)

    return estimate


def judged_estimate(cell: Cell, share: bool, level: Level) -> Estimate:
    """The prediction-powered share, or mean, of a cell of `Judged`; by unit where it has any."""
    if cell.by_unit is None:
        whole: Judged = cell.whole
        labelled, others = whole.heard()
        return (powered_rate if share else powered_mean)(labelled, others, level)
    usual = cell.whole.usual
    parts = [state.heard(usual) for _, state in cell.by_unit.parts]
    return powered_by_unit(
        [a for a, _ in parts], [b for _, b in parts], level, share, cell.by_unit.copies
    )
