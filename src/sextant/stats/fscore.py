"""F1, exact through the Jaccard index, and F-beta by the jackknife."""

from __future__ import annotations

import math
from typing import TypeVar

import numpy as np
from scipy import special

from sextant.stats.critical import bisect, critical, evidence_pieces
from sextant.stats.estimate import Estimate, Level
from sextant.stats.rate import rate, rate_by_unit, rate_of, residual_correlation, unit_rate

EXACT = "exact, through TP/(TP+FP+FN)"
JACKKNIFE = "jackknife on the logit scale"
NESTED = "square-and-add on exact limits of nested rates"
NOTHING = "no positive row and none predicted"
PIECES = 30.0


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


def fbeta(tp: float, fp: float, fn: float, tn: float, beta: float, level: Level) -> Estimate:
    """F-beta = (1+b2)TP / ((1+b2)TP + b2 FN + FP) with b2 = beta^2. n = TP+FP+FN.

    Delete-one jackknife over the rows of the four cells on the logit scale with t_nu (Efron
    1982), where at least 30 pieces carry the evidence. Elsewhere, and at later looks, the set of
    F at which a weighted sum of exact nested rates may be 0 (`_nested`). beta = 1 is `f1`.
    """
    if beta == 1:
        return f1(tp, fp, fn, level)
    n = tp + fp + fn
    if n <= 0:
        return Estimate.undefined(NOTHING)
    counts = np.array([tp, fp, fn, tn])
    value, rows = float(_formula(counts[:3], beta)), n + tn
    if level.tuned_to is None and 0 < value < 1 and min(tp, fp + fn) >= 2:
        without = np.maximum(counts[:3, None] - np.eye(3, 4), 0.0)
        g = special.logit(_formula(without, beta))
        used = counts > 0
        g, weights = g[used], counts[used]
        d = g - float(weights @ g) / rows
        variance = (rows - 1) / rows * float(weights @ np.square(d))
        nu = evidence_pieces(d, weights)
        if nu >= PIECES:
            return _logit_interval(value, variance, nu, n, level, JACKKNIFE)
    _, lesser = _errors(fp, fn, beta)
    q = [rate(tp + lesser, n, level), rate(tp, n, level)]
    a, b = (tp + lesser + 0.5) / (n + 1), (tp + 0.5) / (n + 1)
    return _nested(value, q, math.sqrt(b * (1 - a) / (a * (1 - b))), beta, n, NESTED)


def fbeta_by_unit(
    tp: np.ndarray,
    fp: np.ndarray,
    fn: np.ndarray,
    beta: float,
    level: Level,
    copies: float = 1.0,
) -> Estimate:
    """`fbeta` of dependent rows: delete one unit (or bucket of units) at a time.

    Where fewer than 30 pieces carry the evidence, and at later looks, nested rates by unit with
    the correlation of their residuals.
    """
    if beta == 1:
        return f1_by_unit(tp, fp, fn, level, copies)
    cells = np.stack([tp, fp, fn]).astype(float)
    cells = cells[:, cells.sum(axis=0) > 0]
    sizes, total = cells.sum(axis=0), cells.sum(axis=1) * copies
    n, units = float(total.sum()), cells.shape[1] * copies
    if n <= 0:
        return Estimate.undefined(NOTHING)
    value = float(_formula(total, beta))
    without = _formula(total[:, None] - cells, beta)
    inner = 0 < value < 1 and bool(np.all((without > 0) & (without < 1)))
    if level.tuned_to is None and inner:
        g = special.logit(without)
        d = g - g.mean()
        variance = (units - 1) / units * copies * float(np.square(d).sum())
        equal = copies * float(sizes.sum()) ** 2 / float(np.square(sizes).sum())
        nu = min(evidence_pieces(d) * copies, equal)
        if nu >= PIECES:
            return _logit_interval(value, variance, nu, n, level, f"{JACKKNIFE}, units")
    _, lesser = _errors(cells[1], cells[2], beta)
    pair = [unit_rate(k, sizes, level.alpha, copies) for k in (cells[0] + lesser, cells[0])]
    parts = [u for u in pair if u is not None]
    q = [rate_of(u, level) for u in parts]
    r = residual_correlation(parts)[0, 1]
    return _nested(value, q, float(max(r, 0.0)), beta, n, f"{NESTED}, units")


Count = TypeVar("Count", float, np.ndarray)


def _errors(fp: Count, fn: Count, beta: float) -> tuple[Count, Count]:
    """(the heavier, the lighter) kind of error."""
    return (fn, fp) if beta > 1 else (fp, fn)


def _nested(
    value: float, q: list[Estimate], correlation: float, beta: float, n: float, method: str
) -> Estimate:
    """All F at which the mean of a score that is 0 in truth may be 0, by square-and-add.

    F-beta is the F with mean 0 of: 1 - F for a hit, -F w for a miss, -F (1-w) for a false alarm,
    w = b2/(1+b2). With the three in order the mean is a sum of nested rates with weights >= 0:
    q[0] = P(not the heavier error), q[1] = P(hit). Exact where both errors weigh the same.
    """
    share = beta**2 / (1 + beta**2)
    heavy, light = max(share, 1 - share), min(share, 1 - share)

    def limit(f: float, side: int) -> float:
        weights = (f * (heavy - light), 1 - f + f * light)
        values = [e.value or 0.0 for e in q]
        ends = [e.low if side < 0 else e.high for e in q]
        d = [w * abs(end - v) for w, v, end in zip(weights, values, ends, strict=True)]
        spread = math.sqrt(d[0] ** 2 + d[1] ** 2 + 2 * correlation * d[0] * d[1])
        return weights[0] * values[0] + weights[1] * values[1] - f * heavy + side * spread

    low = 0.0 if limit(0.0, -1) <= 0 else bisect(lambda f: limit(f, -1) < 0, 1.0, 0.0)
    high = 1.0 if limit(1.0, 1) >= 0 else bisect(lambda f: limit(f, 1) >= 0, 0.0, 1.0)
    return Estimate(value, min(low, value), max(high, value), n, method)


def _formula(cells: np.ndarray, beta: float) -> np.ndarray:
    tp, fp, fn = cells
    hits = (1 + beta**2) * tp
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray(hits / (hits + beta**2 * fn + fp))


def _logit_interval(
    value: float, variance: float, nu: float, n: float, level: Level, method: str
) -> Estimate:
    half = critical(n, nu, level) * math.sqrt(variance)
    centre = float(special.logit(value))
    low, high = special.expit(centre - half), special.expit(centre + half)
    return Estimate(value, float(low), float(high), n, method)
