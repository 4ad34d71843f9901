"""The numbers that can be expected from scores alone, each as a ratio of expected counts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sextant.contracts.model import Call
from sextant.metrics.catalogue import CATALOGUE
from sextant.stats import unlabelled
from sextant.stats.estimate import Estimate, Level
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
    "cost": _cost,
}
KNOWN = (*RATIOS, "auc")


def can_expect(call: Call) -> str:
    """Why this number cannot be expected from scores; "" where it can."""
    if call.metric not in KNOWN:
        if not CATALOGUE[call.metric].labelled:
            return "needs no label: sextant check measures it"
        return f"{call.metric} is not estimated without labels"
    params = dict(call.params)
    if call.metric in RATIOS and call.metric != "prevalence" and params.get("threshold") is None:
        return "its decisions stand in a column of their own, not in a threshold of the score"
    return ""


def parts(call: Call, e: Expected) -> Parts:
    """The ratio of a call over the cells of `e`."""
    params = dict(call.params)
    one = np.ones(e.rows.size)
    flagged = (e.low >= params.get("threshold", 0.5)).astype(float)
    top, bottom = RATIOS[call.metric](Rows(flagged, 1 - flagged, one, 0 * one), params)
    return Parts(top, bottom, share=call.metric != "cost")


def estimated(
    call: Call, e: Expected, level: Level, copies: float = 1.0, learned: bool = True
) -> Estimate:
    """The expected number with its interval. `copies`, `learned`: see `stats.unlabelled`."""
    if call.metric == "auc":
        return unlabelled.auc(e, level, copies, learned)
    found = unlabelled.ratio(e, parts(call, e), level, copies, learned)
    if found.value is None:
        return Estimate.undefined(NOTHING.get(call.metric, "no row"))
    return _f_of(found) if call.metric == "f1" else found


NOTHING = {
    "precision": "no row is flagged",
    "recall": "no positive row is expected",
    "false_negative_rate": "no positive row is expected",
    "specificity": "no negative row is expected",
    "false_positive_rate": "no negative row is expected",
    "f1": "no positive row is expected and none is flagged",
}


def _f_of(j: Estimate) -> Estimate:
    assert j.value is not None
    value, low, high = (2 * x / (1 + x) for x in (j.value, j.low, j.high))
    return Estimate(value, low, high, j.n, j.method)
