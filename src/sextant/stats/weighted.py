"""Weighted sums of rates: balanced accuracy and the mean cost of a decision."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from sextant.stats.critical import later_obstacle
from sextant.stats.estimate import Estimate, Level
from sextant.stats.rate import UnitRate, rate, rate_of, residual_correlation, unit_rate

MOVER = "square-and-add on exact limits"
BOX = "exact limits of the parts, Bonferroni"
FEWEST = 20.0


def square_and_add(
    parts: list[Estimate], weights: np.ndarray, correlation: np.ndarray | None = None
) -> tuple[float, float, float]:
    """(value, low, high) of sum w_i p_i, w_i >= 0, from the parts' own limits.

    low = value - sqrt(d' C d), d_i = w_i (p_i - low_i), C the correlation of the estimates (none:
    independent); high alike (MOVER: Zou and Donner 2008, with correlation Zou 2007).
    """
    values = np.array([p.value for p in parts], dtype=float)
    down = weights * (values - np.array([p.low for p in parts]))
    up = weights * (np.array([p.high for p in parts]) - values)
    c = np.eye(len(parts)) if correlation is None else correlation
    value = float(weights @ values)
    return (
        value,
        value - float(np.sqrt(max(down @ c @ down, 0.0))),
        value + float(np.sqrt(max(up @ c @ up, 0.0))),
    )


def box(parts: list[Estimate], weights: np.ndarray) -> tuple[float, float, float]:
    """(value, low, high) from all parts at their lows, all at their highs."""
    value, low, high = (
        float(sum(w * side for w, side in zip(weights, sides, strict=True)))
        for sides in zip(*((p.value or 0.0, p.low, p.high) for p in parts), strict=True)
    )
    return value, low, high


def part_level(level: Level, share: float) -> Level:
    """The same level in units of a part that holds `share` of the rows."""
    if level.tuned_to is None:
        return level
    return replace(level, tuned_to=level.tuned_to * share)


def balanced_accuracy(tp: float, fp: float, fn: float, tn: float, level: Level) -> Estimate:
    """(recall + specificity)/2 by square-and-add, from 20 positives and 20 negatives.

    With fewer (at later looks: with fewer than 200 rows or 10 of a class) the
    Bonferroni box of the exact limits, which holds always. `n` is the number of rows.
    """
    positives, negatives = tp + fn, fp + tn
    n = positives + negatives
    if positives <= 0 or negatives <= 0:
        return Estimate.undefined(_one_class(n, positives), n)
    weights = np.array([0.5, 0.5])
    obstacle = later_obstacle(level, n, positives, negatives)

    def parts(at: Level) -> list[Estimate]:
        return [
            rate(tp, positives, part_level(at, positives / n)),
            rate(tn, negatives, part_level(at, negatives / n)),
        ]

    if min(positives, negatives) >= FEWEST and not obstacle:
        return Estimate(*square_and_add(parts(level), weights), n, MOVER)
    return Estimate(*box(parts(level.split(2)), weights), n, BOX)


def balanced_accuracy_by_unit(
    tp: np.ndarray,
    fp: np.ndarray,
    fn: np.ndarray,
    tn: np.ndarray,
    level: Level,
    copies: float = 1.0,
) -> Estimate:
    """`balanced_accuracy` of dependent rows, counts per unit (or bucket of units).

    Square-and-add on the limits of both rates by unit, with the correlation of their residuals
    over the units; the box where a rate rests on fewer than 20 effective rows.
    """
    positives, negatives = tp + fn, fp + tn
    n = float((positives + negatives).sum()) * copies
    if not positives.sum() or not negatives.sum():
        return Estimate.undefined(_one_class(n, float(positives.sum())), n)
    shares = [(tp, positives), (tn, negatives)]
    return sum_by_unit(shares, np.array([0.5, 0.5]), 0.0, level, copies)


def cost(
    tp: float,
    fp: float,
    fn: float,
    tn: float,
    costs: tuple[float, float, float, float],
    level: Level,
) -> Estimate:
    """Mean cost of a decision, in the unit of `costs`; `n` is the number of rows.

    `costs` of a true positive, false positive, false negative, true negative, of any sign.
    With the costs in ascending order c_1 <= ... <= c_4 the mean is c_1 + sum (c_j - c_(j-1)) q_j,
    q_j the share of rows that cost at least c_j: rates of the same rows, nested, so that their
    correlation is known. Square-and-add on their exact limits, which keeps a rare and expensive
    cell honest where a normal interval of the mean would not; with two different costs exact.
    """
    n = tp + fp + fn + tn
    if n <= 0:
        return Estimate.undefined("no decision to count")
    base, weights, counts = _nested(np.array([[tp], [fp], [fn], [tn]], dtype=float), costs)
    k = counts.sum(axis=1)
    if not weights.size:
        return Estimate(base, base, base, n, "all decisions cost the same")
    if later_obstacle(level, n) or n < FEWEST:
        value, low, high = box([rate(x, n, level.split(weights.size)) for x in k], weights)
        return Estimate(base + value, base + low, base + high, n, BOX)
    smoothed = (k + 0.5) / (n + 1)
    value, low, high = square_and_add(
        [rate(x, n, level) for x in k], weights, _nested_correlation(smoothed)
    )
    return Estimate(base + value, base + low, base + high, n, f"{MOVER} of nested rates")


def cost_by_unit(
    tp: np.ndarray,
    fp: np.ndarray,
    fn: np.ndarray,
    tn: np.ndarray,
    costs: tuple[float, float, float, float],
    level: Level,
    copies: float = 1.0,
) -> Estimate:
    """`cost` of dependent rows from the four counts per unit (or bucket of units)."""
    cells = np.stack([tp, fp, fn, tn]).astype(float)
    sizes = cells.sum(axis=0)
    n = float(sizes.sum()) * copies
    if n <= 0:
        return Estimate.undefined("no decision to count")
    base, weights, counts = _nested(cells, costs)
    if not weights.size:
        return Estimate(base, base, base, n, "all decisions cost the same")
    return sum_by_unit([(k, sizes) for k in counts], weights, base, level, copies)


def _nested(
    cells: np.ndarray, costs: tuple[float, float, float, float]
) -> tuple[float, np.ndarray, np.ndarray]:
    """(lowest cost, steps between the distinct costs, counts of cells at or above each step)."""
    price = np.array(costs, dtype=float)
    levels = np.unique(price)
    counts = np.stack([cells[price >= c].sum(axis=0) for c in levels])
    return float(levels[0]), np.diff(levels), counts[1:]


def _nested_correlation(q: np.ndarray) -> np.ndarray:
    """Correlation of the shares of nested events, q descending and strictly between 0 and 1."""
    odds = np.sqrt(q / (1 - q))
    ratio = odds[None, :] / odds[:, None]
    return np.asarray(np.minimum(ratio, 1 / ratio))


def sum_by_unit(
    shares: list[tuple[np.ndarray, np.ndarray]],
    weights: np.ndarray,
    base: float,
    level: Level,
    copies: float,
    half: float = 0.0,
) -> Estimate:
    """base + sum of weighted rates k_u/n_u by unit, with the residuals' correlation.

    Where square-and-add is used, no limit is nearer to the value than `half`.
    """
    units = [_unit(k, n, level, copies) for k, n in shares]
    n = max(u.n for u in units) if len({u.n for u in units}) == 1 else sum(u.n for u in units)
    few = min(u.effective for u in units) < FEWEST
    if few or later_obstacle(level, min(u.units for u in units)):
        at = level.split(len(units))
        parts = [
            rate_of(_unit(k, m, at, copies), part_level(at, u.n / n))
            for (k, m), u in zip(shares, units, strict=True)
        ]
        value, low, high = box(parts, weights)
        return Estimate(base + value, base + low, base + high, n, f"{BOX}, units")
    parts = [rate_of(u, part_level(level, u.n / n)) for u in units]
    value, low, high = square_and_add(parts, weights, residual_correlation(units))
    low, high = min(low, value - half), max(high, value + half)
    return Estimate(base + value, base + low, base + high, n, f"{MOVER}, units")


def _unit(k: np.ndarray, n: np.ndarray, level: Level, copies: float) -> UnitRate:
    found = unit_rate(k, n, level.alpha, copies)
    if found is None:
        raise ValueError("a rate by unit needs at least one row")
    return found


def _one_class(n: float, positives: float) -> str:
    if n <= 0:
        return "no labelled row"
    return "no positive row" if positives <= 0 else "no negative row"
