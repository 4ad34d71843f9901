"""Recalibrations fitted to counted scores: isotonic, Platt, beta."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy import special

from sextant.states.scores import ScoreCounts
from sextant.stats.logistic import logistic_fit
from sextant.studies.calibration.mapping import EDGE, Mapping, Method

Floats = NDArray[np.float64]
METHODS: tuple[Method, ...] = ("isotonic", "platt", "beta")


def fit(method: Method, state: ScoreCounts) -> Mapping | None:
    """The recalibration of a method on the labelled rows of a state; None where there is none.

    The rows of a cell of the state count at the middle of their scores (1/256 of an octave wide).
    None: no labelled row, or a likelihood without a maximum.
    """
    rows = state.positives + state.negatives
    held = rows > 0
    if not held.any():
        return None
    score = ((state.low + state.high) / 2)[held]
    k, n = state.positives[held], rows[held]
    total = float(n.sum())
    match method:
        case "none":
            return Mapping("none", rows=total)
        case "isotonic":
            return _isotonic(score, k, n, total)
        case "platt":
            return _platt(score, k, n, total)
        case "beta":
            return _beta(score, k, n, total)


def _isotonic(score: Floats, k: Floats, n: Floats, total: float) -> Mapping:
    """The best non-decreasing steps (pool adjacent violators), joined by straight lines.

    Kept 1/(rows + 2) away from 0 and 1: no number of rows proves that something never happens.
    """
    from scipy.optimize import isotonic_regression

    found = isotonic_regression(k / n, weights=n)
    edge = 1 / (total + 2)
    values = np.clip(found.x, edge, 1 - edge)
    starts, ends = found.blocks[:-1], found.blocks[1:] - 1
    at = np.unique(np.r_[starts, ends])
    return Mapping(
        "isotonic", (), tuple(score[at].tolist()), tuple(values[at].tolist()), rows=total
    )


def _platt(score: Floats, k: Floats, n: Floats, total: float) -> Mapping | None:
    """A logistic curve in the log-odds of the score, towards Platt's (1999) targets.

    The targets (k₊ + 1)/(k₊ + 2) and 1/(k₋ + 2) keep it finite where scores separate the classes.
    """
    s = score.clip(EDGE, 1 - EDGE)
    positives = float(k.sum())
    high, low = (positives + 1) / (positives + 2), 1 / (total - positives + 2)
    x = np.column_stack([special.logit(s), np.ones(s.size)])
    b = logistic_fit(x, k * high + (n - k) * low, n)
    return None if b is None else Mapping("platt", (float(b[0]), float(b[1])), rows=total)


def _beta(score: Floats, k: Floats, n: Floats, total: float) -> Mapping | None:
    """The beta calibration of Kull, Silva Filho and Flach (2017), with both shapes at least 0.

    As its authors do, a shape that comes out below 0 is left out and the rest fitted again. Platt's
    targets keep it finite.
    """
    s = score.clip(EDGE, 1 - EDGE)
    positives = float(k.sum())
    high, low = (positives + 1) / (positives + 2), 1 / (total - positives + 2)
    target = k * high + (n - k) * low
    columns = {"a": np.log(s), "b": -np.log1p(-s), "c": np.ones(s.size)}
    used = ["a", "b", "c"]
    while True:
        b = logistic_fit(np.column_stack([columns[name] for name in used]), target, n)
        if b is None:
            return None
        named = dict(zip(used, b.tolist(), strict=True))
        below = [name for name in ("a", "b") if named.get(name, 0.0) < 0]
        if not below:
            break
        used.remove(min(below, key=lambda name: named[name]))
    numbers = tuple(named.get(name, 0.0) for name in ("a", "b", "c"))
    return Mapping("beta", numbers, rows=total)
