"""A quantile from a histogram, so that the interval and the decision on a bound agree."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np

from sextant.stats.estimate import Estimate, Level
from sextant.stats.rate import above, below, unit_rate

Bins = tuple[np.ndarray, np.ndarray, np.ndarray]
METHOD = "order statistics through exact rates"
NO_ROWS = "no row with a value"


def quantile(low: np.ndarray, high: np.ndarray, n: np.ndarray, q: float, level: Level) -> Estimate:
    """The q-quantile (smallest x with P(X <= x) >= q) of rows counted in bins.

    Bin b holds n[b] values from low[b] to high[b], both attainable; low = high is an exact value,
    and bins may overlap. The upper limit is the smallest x at which P(X <= x) is shown to be at
    least q, counting only bins that end by x; the lower limit the largest x at which P(X < x) is
    shown to be below q, counting every bin that begins before x. So "the whole interval <= b" is
    the exact decision on the rate of values <= b wherever no bin straddles b. A side that the
    data do not bound is infinite. The value is within half a bin of the sample quantile.
    """
    low, high, n = (np.asarray(a, dtype=float) for a in (low, high, n))
    total = float(n.sum())
    if total <= 0:
        return Estimate.undefined(NO_ROWS)
    value = _sample_quantile(low, high, n, q)
    if not math.isfinite(value):
        return Estimate.undefined("the quantile of the sample is infinite", total)
    lower, upper = _limits(low, high, n, q, total, level)
    return _estimate(value, lower, upper, total, METHOD)


def quantile_by_unit(
    low: np.ndarray,
    high: np.ndarray,
    n: np.ndarray,
    units: Sequence[Bins],
    q: float,
    level: Level,
    copies: float = 1.0,
) -> Estimate:
    """`quantile` of dependent rows: the bins of all rows, and of each unit (or bucket of units).

    The rates are taken at the effective size (`unit_rate`) found at the sample quantile, as
    Woodruff (1952) does, so that the limits stay ordered. `copies` multiplies `n` too.
    """
    low, high, n = (np.asarray(a, dtype=float) for a in (low, high, n))
    n = n * copies
    total = float(n.sum())
    if total <= 0:
        return Estimate.undefined(NO_ROWS)
    value = _sample_quantile(low, high, n, q)
    if not math.isfinite(value):
        return Estimate.undefined("the quantile of the sample is infinite", total)
    counted = np.array(
        [(c[h < value].sum(), c[lo <= value].sum(), c.sum()) for lo, h, c in units], dtype=float
    )
    found = [unit_rate(counted[:, i], counted[:, 2], level.alpha, copies) for i in (0, 1)]
    share = min(u.effective / u.n for u in found if u is not None)
    at = level if level.tuned_to is None else replace(level, tuned_to=level.tuned_to * share)
    lower, upper = _limits(low, high, n * share, q, total * share, at)
    return _estimate(value, lower, upper, total, f"{METHOD}, effective size of units")


def _estimate(value: float, lower: float, upper: float, n: float, method: str) -> Estimate:
    bounded = math.isfinite(lower) or math.isfinite(upper)
    reason = "" if bounded else "too few rows to bound this quantile on either side"
    return Estimate(value, lower, upper, n, method, reason)


def _limits(
    low: np.ndarray, high: np.ndarray, n: np.ndarray, q: float, total: float, level: Level
) -> tuple[float, float]:
    begin, counts = _ordered(low, n)
    before = np.concatenate([[0.0], np.cumsum(counts)[:-1]])
    reached = _leading(lambda k: bool(below(k, total, q, level)), before)
    end, counts = _ordered(high, n)
    within = np.minimum(np.cumsum(counts), total)
    short = _leading(lambda k: not above(k, total, q, level), within)
    lower = float(begin[reached - 1]) if reached else -math.inf
    upper = float(end[short]) if short < end.size else math.inf
    return lower, upper


def _leading(holds: Callable[[float], bool], counts: np.ndarray) -> int:
    """For how many of the ascending counts it holds: for the first ones only, so by halving."""
    first, last = 0, counts.size
    while first < last:
        middle = (first + last) // 2
        if holds(float(counts[middle])):
            first = middle + 1
        else:
            last = middle
    return first


def _ordered(edge: np.ndarray, n: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The distinct edges in ascending order and the rows at each; empty bins left out."""
    edge, n = edge[n > 0], n[n > 0]
    values, where = np.unique(edge, return_inverse=True)
    return values, np.bincount(where.ravel(), weights=n, minlength=values.size)


def _sample_quantile(low: np.ndarray, high: np.ndarray, n: np.ndarray, q: float) -> float:
    """The value of rank ceil(q n), between the same rank of the lows and of the highs."""
    rank = q * float(n.sum()) * (1 - 1e-12)
    a, b = (
        float(edge[min(int(np.searchsorted(np.cumsum(counts), rank)), edge.size - 1)])
        for edge, counts in (_ordered(low, n), _ordered(high, n))
    )
    if a == b or not (math.isfinite(a) and math.isfinite(b)):
        return b
    return 2 * a * b / (a + b) if a * b > 0 else 0.5 * (a + b)
