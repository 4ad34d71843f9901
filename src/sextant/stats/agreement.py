"""How far raters agree: raw, Cohen's κ, Gwet's AC1, Krippendorff's α, with jackknife intervals."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from sextant.stats.critical import evidence_pieces, student
from sextant.stats.estimate import Estimate, Level

Array = NDArray[np.float64]
Statistic = Callable[[Array], float]
Distance = Literal["nominal", "ordinal", "interval"]

FEWEST = 100.0
METHOD = "jackknife on ln(1 − x)"
ONE_CLASS = "all verdicts are the same, so there is no agreement by chance to compare with"
PERFECT = "not one verdict differs, so its error cannot be judged"


def kappa(table: Array) -> float:
    """Cohen's κ of a square table of two raters' counts (Cohen 1960); NaN where undefined."""
    n = table.sum()
    seen = np.trace(table) / n
    chance = float(table.sum(axis=1) @ table.sum(axis=0)) / n**2
    return float((seen - chance) / (1 - chance)) if chance < 1 else math.nan


def ac1(table: Array) -> float:
    """Gwet's AC1 (2008) of two raters: steadier than κ where one class is rare."""
    n, classes = table.sum(), table.shape[0]
    if classes < 2:
        return math.nan
    share = (table.sum(axis=1) + table.sum(axis=0)) / (2 * n)
    chance = float((share * (1 - share)).sum()) / (classes - 1)
    return float((np.trace(table) / n - chance) / (1 - chance))


def alpha(
    patterns: Array, rows: Array, distance: Distance = "nominal", values: Array | None = None
) -> float:
    """Krippendorff's α; `patterns[p, c]` verdicts of class c on each of `rows[p]` items.

    Classes ascend for "ordinal"; `values` are their numbers for "interval". Items with fewer than
    two verdicts say nothing. NaN where all verdicts are of one class.
    """
    raters = patterns.sum(axis=1)
    used = raters > 1
    v, m, n = patterns[used], raters[used], rows[used]
    totals = n @ v
    total = totals.sum()
    d2 = _distances(totals, distance, values)
    seen = float(n @ (((v @ d2) * v).sum(axis=1) / (m - 1)))
    chance = float(totals @ d2 @ totals) / (total - 1) if total > 1 else 0.0
    return 1 - seen / chance if chance > 0 else math.nan


def _distances(totals: Array, distance: Distance, values: Array | None) -> Array:
    k = totals.size
    if distance == "nominal":
        return 1.0 - np.eye(k)
    if distance == "interval":
        if values is None:
            raise ValueError("distances of an interval scale need the classes' numbers")
        return np.asarray((values[:, None] - values[None, :]) ** 2)
    ends = np.cumsum(totals)
    low, high = np.minimum.outer(range(k), range(k)), np.maximum.outer(range(k), range(k))
    between = ends[high] - ends[low] + totals[low] - (totals[low] + totals[high]) / 2
    return np.asarray(between**2 * (low != high))


def jackknife(statistic: Statistic, rows: Array, level: Level, n: float | None = None) -> Estimate:
    """The interval of a statistic of counts `rows[p]` of items by pattern, leaving one item out.

    V = (n−1)/n Σ n_p d_p² of g(θ₋p), g = ln(1 − θ); g ± t_ν √V. From 100 items (`n`: those that
    count). At θ = 1, and where it is undefined without some item, it is not assessable.
    """
    held = np.flatnonzero(rows)
    total = float(rows.sum()) if n is None else n
    if not held.size:
        return Estimate.undefined("no item that two have judged")
    value = statistic(rows)
    if math.isnan(value):
        return Estimate.undefined(ONE_CLASS, total)
    if total < FEWEST:
        why = f"agreement needs {FEWEST:.0f} items to be judged, here are {total:.0f}"
        return Estimate.unassessable(value, total, why)
    if value >= 1:
        return Estimate.unassessable(value, total, PERFECT)
    left = np.empty(held.size)
    for at, place in enumerate(held):
        without = rows.copy()
        without[place] -= 1
        left[at] = statistic(without)
    if not (left < 1).all():
        return Estimate.unassessable(value, total, PERFECT)
    weights = rows[held]
    g = np.log1p(-left)
    d = g - float(weights @ g) / float(weights.sum())
    count = float(weights.sum())
    variance = (count - 1) / count * float(weights @ d**2)
    times = student(evidence_pieces(d, weights), level.alpha) * math.sqrt(variance)
    centre = math.log1p(-value)
    low, high = -math.expm1(centre + times), -math.expm1(centre - times)
    return Estimate(value, low, high, total, METHOD)


def jackknife_by_unit(
    statistic: Statistic, parts: Array, level: Level, n: float | None = None
) -> Estimate:
    """As `jackknife`, leaving out one unit (or bucket) of dependent items: `parts[u, p]`."""
    rows = parts.sum(axis=0)
    total = float(rows.sum()) if n is None else n
    if not rows.any():
        return Estimate.undefined("no item that two have judged")
    value = statistic(rows)
    units = int((parts.sum(axis=1) > 0).sum())
    if math.isnan(value):
        return Estimate.undefined(ONE_CLASS, total)
    if total < FEWEST or units < UNITS or value >= 1:
        why = f"agreement needs {FEWEST:.0f} items of {UNITS} units, here {total:.0f} of {units}"
        return Estimate.unassessable(value, total, PERFECT if value >= 1 else why)
    g = np.log1p(-np.array([statistic(rows - part) for part in parts if part.any()]))
    if not np.isfinite(g).all():
        return Estimate.unassessable(value, total, PERFECT)
    d = g - g.mean()
    variance = (units - 1) / units * float(d @ d)
    times = student(evidence_pieces(d), level.alpha) * math.sqrt(variance)
    centre = math.log1p(-value)
    low, high = -math.expm1(centre + times), -math.expm1(centre - times)
    return Estimate(value, low, high, total, f"{METHOD}, units")


UNITS = 20
