"""F1, exact through the Jaccard index, and F-beta by the jackknife."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
from scipy import special

from sextant.stats.critical import critical, evidence_pieces, later_obstacle
from sextant.stats.estimate import Estimate, Level
from sextant.stats.rate import rate, rate_by_unit

EXACT = "exact, through TP/(TP+FP+FN)"
JACKKNIFE = "jackknife on the logit scale"
BOX = "exact limits of precision and recall, Bonferroni"
NOTHING = "no positive row and none predicted"
PIECES = 15.0


def f1(tp: float, fp: float, fn: float, level: Level) -> Estimate:
    """F1 = 2J/(1+J) of the rate J = TP/(TP+FP+FN), exact like `rate`. n = TP+FP+FN."""
    return _from_jaccard(rate(tp, tp + fp + fn, level))


def f1_by_unit(
    tp: np.ndarray, fp: np.ndarray, fn: np.ndarray, level: Level, copies: float = 1.0
) -> Estimate:
    """`f1` of dependent rows, counts per unit (or bucket of units), through `rate_by_unit`."""
    return _from_jaccard(rate_by_unit(tp, tp + fp + fn, level, copies))


def _from_jaccard(j: Estimate) -> Estimate:
    if j.value is None:
        return Estimate.undefined(NOTHING)
    value, low, high = (2 * x / (1 + x) for x in (j.value, j.low, j.high))
    return Estimate(value, low, high, j.n, f"{EXACT}, {j.method}")


def fbeta(
    tp: float, fp: float, fn: float, tn: float, beta: float, level: Level
) -> Estimate:
    """F-beta = (1+b2)TP / ((1+b2)TP + b2 FN + FP) with b2 = beta^2. n = TP+FP+FN.

    Delete-one jackknife over the rows of the four cells on the logit scale with t_nu (Efron
    1982), where at least 15 pieces carry the evidence (at later looks: and 200 rows, 10 hits, 10
    errors). Elsewhere F-beta of the exact limits of precision and recall at alpha/2 each, which
    holds always, F-beta being monotone in both. beta = 1 is `f1`.
    """
    if beta == 1:
        return f1(tp, fp, fn, level)
    n = tp + fp + fn
    if n <= 0:
        return Estimate.undefined(NOTHING)
    value = float(_formula(np.array([tp, fp, fn]), beta))
    counts = np.array([tp, fp, fn, tn])
    rows = n + tn
    if 0 < value < 1 and min(tp, fp + fn) >= 2 and not later_obstacle(level, rows, tp, fp + fn):
        without = np.maximum(counts[:3, None] - np.eye(3, 4), 0.0)
        g = special.logit(_formula(without, beta))
        used = counts > 0
        g, weights = g[used], counts[used]
        d = g - float(weights @ g) / rows
        variance = (rows - 1) / rows * float(weights @ np.square(d))
        nu = evidence_pieces(d, weights)
        if nu >= PIECES:
            return _logit_interval(value, variance, nu, n, level, JACKKNIFE)
    precision = rate(tp, tp + fp, _halved(level, (tp + fp) / n))
    recall = rate(tp, tp + fn, _halved(level, (tp + fn) / n))
    return _boxed(value, precision, recall, beta, n)


def fbeta_by_unit(
    tp: np.ndarray, fp: np.ndarray, fn: np.ndarray, beta: float, level: Level,
    copies: float = 1.0,
) -> Estimate:
    """`fbeta` of dependent rows: delete one unit (or bucket of units) at a time."""
    if beta == 1:
        return f1_by_unit(tp, fp, fn, level, copies)
    cells = np.stack([tp, fp, fn]).astype(float)
    cells = cells[:, cells.sum(axis=0) > 0]
    total = cells.sum(axis=1) * copies
    n = float(total.sum())
    if n <= 0:
        return Estimate.undefined(NOTHING)
    value = float(_formula(total, beta))
    units = cells.shape[1] * copies
    without = _formula(total[:, None] - cells, beta)
    inner = 0 < value < 1 and bool(np.all((without > 0) & (without < 1)))
    if inner and units >= 5 and not later_obstacle(level, units):
        g = special.logit(without)
        d = g - g.mean()
        variance = (units - 1) / units * copies * float(np.square(d).sum())
        sizes = cells.sum(axis=0)
        equal = copies * float(sizes.sum()) ** 2 / float(np.square(sizes).sum())
        nu = min(evidence_pieces(d) * copies, equal)
        if nu >= PIECES:
            return _logit_interval(value, variance, nu, n, level, f"{JACKKNIFE}, units")
    precision = rate_by_unit(tp, tp + fp, _halved(level, float(total[0] + total[1]) / n), copies)
    recall = rate_by_unit(tp, tp + fn, _halved(level, float(total[0] + total[2]) / n), copies)
    return _boxed(value, precision, recall, beta, n)


def _formula(cells: np.ndarray, beta: float) -> np.ndarray:
    tp, fp, fn = cells
    hits = (1 + beta**2) * tp
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray(hits / (hits + beta**2 * fn + fp))


def _halved(level: Level, share: float) -> Level:
    tuned_to = None if level.tuned_to is None else max(level.tuned_to * share, 1.0)
    return replace(level.split(2), tuned_to=tuned_to)


def _logit_interval(
    value: float, variance: float, nu: float, n: float, level: Level, method: str
) -> Estimate:
    half = critical(n, nu, level) * math.sqrt(variance)
    centre = float(special.logit(value))
    low, high = special.expit(centre - half), special.expit(centre + half)
    return Estimate(value, float(low), float(high), n, method)


def _boxed(value: float, precision: Estimate, recall: Estimate, beta: float, n: float) -> Estimate:
    """F-beta at both low limits and at both high limits; an undefined part may be anything."""

    def at(p: float, r: float) -> float:
        bottom = beta**2 * p + r
        return (1 + beta**2) * p * r / bottom if bottom > 0 else 0.0

    p_low, p_high = (0.0, 1.0) if precision.value is None else (precision.low, precision.high)
    r_low, r_high = (0.0, 1.0) if recall.value is None else (recall.low, recall.high)
    return Estimate(value, at(p_low, r_low), at(p_high, r_high), n, BOX)
