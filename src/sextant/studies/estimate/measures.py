"""The numbers that can be expected from scores alone, each as a ratio of expected counts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from sextant.contracts.model import Call
from sextant.metrics.catalogue import CATALOGUE
from sextant.metrics.tally import Cell
from sextant.states.scores import ScoreCounts
from sextant.stats import unlabelled
from sextant.stats.estimate import Estimate, Level
from sextant.stats.mean import mean, mean_by_unit
from sextant.stats.unlabelled import Expected, Parts

Floats = NDArray[np.float64]
Pair = tuple[Floats, Floats]
"""What a row of each cell adds if it is positive, and if it is negative."""

DEFAULTS = ("accuracy", "precision", "recall", "specificity", "f1", "auc", "selection_rate")
"""What is told where nobody asks for something else."""


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows expected at one threshold: `flagged` and `left` are 1 or 0 for each cell."""

    flagged: Floats
    left: Floats
    one: Floats
    none: Floats


def _same(x: Floats) -> Pair:
    return x, x


def _f1(r: Rows, params: Mapping[str, float]) -> tuple[Pair, Pair]:
    """J = TP/(TP + FP + FN), of which F1 is 2J/(1 + J)."""
    return (r.flagged, r.none), (r.one, r.flagged)


def _fbeta(r: Rows, params: Mapping[str, float]) -> tuple[Pair, Pair]:
    """TP/(TP + (b² FN + FP)/(1 + b²)): no denominator is larger than TP + FP + FN."""
    w = params["beta"] ** 2 / (1 + params["beta"] ** 2)
    return (r.flagged, r.none), (r.flagged + w * r.left, (1 - w) * r.flagged)


def _cost(r: Rows, params: Mapping[str, float]) -> tuple[Pair, Pair]:
    positive = params["true_positive"] * r.flagged + params["false_negative"] * r.left
    negative = params["false_positive"] * r.flagged + params["true_negative"] * r.left
    return (positive, negative), _same(r.one)


RATIOS: Mapping[str, Callable[[Rows, Mapping[str, float]], tuple[Pair, Pair]]] = {
    "accuracy": lambda r, _: ((r.flagged, r.left), _same(r.one)),
    "precision": lambda r, _: ((r.flagged, r.none), _same(r.flagged)),
    "recall": lambda r, _: ((r.flagged, r.none), (r.one, r.none)),
    "specificity": lambda r, _: ((r.none, r.left), (r.none, r.one)),
    "false_positive_rate": lambda r, _: ((r.none, r.flagged), (r.none, r.one)),
    "false_negative_rate": lambda r, _: ((r.left, r.none), (r.one, r.none)),
    "friction": lambda r, _: ((r.none, r.flagged), _same(r.one)),
    "prevalence": lambda r, _: ((r.one, r.none), _same(r.one)),
    "selection_rate": lambda r, _: (_same(r.flagged), _same(r.one)),
    "f1": _f1,
    "fbeta": _fbeta,
    "cost": _cost,
}
MEANS = {"balanced_accuracy": ("recall", "specificity")}
"""A mean of ratios."""
LOSSES = ("brier", "log_loss")
"""What a score costs where it comes true, and where it does not."""
KNOWN = (*RATIOS, *MEANS, *LOSSES, "auc")


def can_expect(call: Call) -> str:
    """Why this number cannot be expected from scores; "" where it can."""
    if call.metric not in KNOWN:
        if not CATALOGUE[call.metric].labelled:
            return "needs no label: sextant check measures it"
        return f"{call.metric} is not estimated without labels"
    params = dict(call.params)
    cut = (*RATIOS, *MEANS)
    if call.metric in cut and call.metric != "prevalence" and params.get("threshold") is None:
        return "its decisions stand in a column of their own, not in a threshold of the score"
    return ""


def parts(call: Call, e: Expected) -> tuple[Parts, ...]:
    """The ratio of a call over the cells of `e`, or the ratios whose mean it is."""
    if call.metric in LOSSES:
        return (_loss(call.metric, e),)
    if call.metric in MEANS:
        return tuple(
            part for name in MEANS[call.metric] for part in parts(Call(name, call.params), e)
        )
    params = dict(call.params)
    one = np.ones(e.rows.size)
    flagged = (e.low >= params.get("threshold", 0.5)).astype(float)
    top, bottom = RATIOS[call.metric](Rows(flagged, 1 - flagged, one, 0 * one), params)
    return (Parts(top, bottom, share=call.metric != "cost"),)


def _loss(metric: str, e: Expected) -> Parts:
    """The mean loss of the scores at the middle of their cells, off by half of its spread there."""
    one, high = np.ones(e.rows.size), e.low if e.high is None else e.high
    middle = (e.low + high) / 2
    low, (yes, no), up = (_costs(metric, s) for s in (e.low, middle, high))
    apart = e.p * np.abs(up[0] - low[0]) + (1 - e.p) * np.abs(up[1] - low[1])
    slack = float(e.rows @ np.nan_to_num(apart)) / 2 / e.total
    return Parts((yes, no), (one, one), share=False, slack=slack)


def _costs(metric: str, score: Floats) -> Pair:
    """What a score costs where it comes true, and where it does not."""
    if metric == "brier":
        return (1 - score) ** 2, score**2
    with np.errstate(divide="ignore"):
        return -np.log(score), -np.log1p(-score)


def estimated(
    call: Call, e: Expected, level: Level, copies: float = 1.0, learned: bool = True
) -> Estimate:
    """The expected number with its interval. `copies`, `learned`: see `stats.unlabelled`."""
    if call.metric == "auc":
        return unlabelled.auc(e, level, copies, learned)
    if call.metric == "log_loss" and (endless := _endless(e)):
        return Estimate.undefined(f"{endless:,.0f} rows {ENDLESS}", e.total)
    found = unlabelled.ratio(e, parts(call, e), level, copies, learned)
    if found.value is None:
        return Estimate.undefined(NOTHING.get(call.metric, "no row"))
    if call.metric in LOSSES:
        return replace(found, low=max(found.low, 0.0))
    return _f_of(found) if call.metric == "f1" else found


def measured(call: Call, cell: Cell, level: Level) -> Estimate:
    """The number of the rows that have a label, of a cell of scores."""
    if call.metric != "brier":
        return CATALOGUE[call.metric].estimate(cell, dict(call.params), level)
    n, loss = _losses(cell.whole)
    total = float(n.sum())
    value = float(n @ loss) / total
    if cell.by_unit is None:
        d = loss - value
        return mean(total, value, float(n @ d**2), float(n @ d**3), level)
    each = [_losses(state) for _, state in cell.by_unit.parts]
    sums, rows = (np.array([float(x) for x in xs]) for xs in zip(
        *((n @ loss, n.sum()) for n, loss in each), strict=True))  # fmt: skip
    return mean_by_unit(sums, rows, level, cell.by_unit.copies)


def _losses(state: ScoreCounts) -> Pair:
    """Labelled rows and their squared distance from what happened, at the middle of each cell."""
    yes, no = _costs("brier", (state.low + state.high) / 2)
    return np.r_[state.positives, state.negatives], np.r_[yes, no]


def _endless(e: Expected) -> float:
    """Rows whose score says never or always."""
    high = e.low if e.high is None else e.high
    return float(e.rows[(e.low <= 0) | (high >= 1)].sum())


ENDLESS = "have a score of 0 or 1, whose loss may be infinite: cut the scores"
NOTHING = {
    "precision": "no row is flagged",
    "recall": "no positive row is expected",
    "false_negative_rate": "no positive row is expected",
    "specificity": "no negative row is expected",
    "false_positive_rate": "no negative row is expected",
    "f1": "no positive row is expected and none is flagged",
    "fbeta": "no positive row is expected and none is flagged",
    "balanced_accuracy": "one class alone is expected",
}


def _f_of(j: Estimate) -> Estimate:
    assert j.value is not None
    value, low, high = (2 * x / (1 + x) for x in (j.value, j.low, j.high))
    return Estimate(value, low, high, j.n, j.method)
