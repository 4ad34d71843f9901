"""Cuts of dependent rows: the same questions, from counts per unit (or bucket of units)."""

from __future__ import annotations

import numpy as np
from scipy import special

from sextant.stats.critical import normal
from sextant.stats.cuts import Prices, at_least, at_most, neighbours, shared_error
from sextant.stats.estimate import Level
from sextant.stats.paired.shares import signed_square_and_add
from sextant.stats.rate import FEW_UNITS, UNEQUAL, rate_of, residual_correlation, unit_rate

Array = np.ndarray


def effective(k: Array, n: Array, alpha: float) -> tuple[Array, Array]:
    """(k, n) of as many independent rows, from counts per unit [G, L]; `unit_rate` for many."""
    total, found = n.sum(axis=0), k.sum(axis=0)
    held = np.where(total > 0, total, 1.0)
    share = np.clip(found / held, 0.0, 1.0)
    e = k - share * n
    units = np.count_nonzero(n > 0, axis=0).astype(float)
    equal = np.minimum(total**2 / np.maximum(np.square(n).sum(axis=0), 1e-300), total)
    spread, fourth = np.square(e).sum(axis=0), np.power(e, 4).sum(axis=0)
    known = (spread > 1e-18 * held) & (units >= FEW_UNITS)
    safe = np.where(known, spread, 1.0)
    nu = np.minimum(np.where(known, spread**2 / np.where(known, fourth, 1.0), 1.0), equal)
    g = np.where(known, units, 2.0)
    n0 = np.minimum(total, share * (1 - share) / (g / (g - 1) * safe / held**2))
    t = -special.stdtrit(np.maximum(nu - 1.0, 1.0), alpha / 2)
    size = np.maximum(n0 * (normal(alpha) / t) ** 2, np.minimum(n0, equal))
    size = np.where(equal < units / UNEQUAL, np.minimum(size, equal), size)
    size = np.where(known, size, equal)
    return share * size, size


def may_be_best_by_unit(pos: Array, neg: Array, prices: Prices, alpha: float) -> Array:
    """`cuts.may_be_best` of dependent rows: positives and negatives per unit and cell [G, B].

    The binomial tests are made at the effective numbers of the rows between two cuts, as good as
    `rate_by_unit` is: from about 30 units that carry the evidence.
    """
    below = [np.pad(np.cumsum(one, axis=1), ((0, 0), (1, 0))) for one in (pos, pos + neg)]
    whole = [one.sum(axis=0) for one in (pos, neg)]
    cuts = np.arange(pos.shape[1] + 1)
    up, down = neighbours(whole[0] + whole[1], cuts)
    sizes = float(whole[0].sum()), float(whole[1].sum())
    part, low, high = shared_error(prices, *sizes, alpha, up.shape[1])
    best = np.ones(cuts.size, dtype=bool)
    for cut in cuts:
        for to, of, test, share in (
            (up[cut], np.full_like(up[cut], cut), at_most, low),
            (np.full_like(down[cut], cut), down[cut], at_least, high),
        ):
            k, n = (one[:, to] - one[:, of] for one in below)
            counted = n.sum(axis=0) > 0
            if counted.any():
                tail = test(*effective(k[:, counted], n[:, counted], 2 * part), share)
                best[cut] &= not bool((tail <= part).any())
    return best


def dearer_than_by_unit(
    cut: int, others: Array, pos: Array, neg: Array, prices: Prices, alpha: float
) -> tuple[Array, Array, Array]:
    """`cuts.dearer_than` of dependent rows: counts per unit and cell [G, B].

    The limits of both shares at their effective sizes, with the correlation of their residuals.
    """
    sizes = pos.sum(axis=1), neg.sum(axis=1)
    if prices.prevalence is None:
        bases = [sizes[0] + sizes[1]] * 2
        weights = np.array([-prices.miss, prices.alarm])
    else:
        bases = list(sizes)
        weights = np.array([
            -prices.miss * prices.prevalence, prices.alarm * (1 - prices.prevalence)
        ])  # fmt: skip
    found = []
    for other in np.asarray(others).tolist():
        if other == cut:
            found.append((0.0, 0.0, 0.0))
            continue
        first, last = sorted((cut, other))
        units = []
        for one, base in zip((pos, neg), bases, strict=True):
            unit = unit_rate(one[:, first:last].sum(axis=1), base, alpha)
            if unit is None:
                raise ValueError("a difference of cuts needs rows of both classes")
            units.append(unit)
        level = Level(alpha)
        value, low, high = signed_square_and_add(
            [rate_of(unit, level) for unit in units], weights, residual_correlation(units)
        )
        found.append((value, low, high) if cut < other else (-value, -high, -low))
    table = np.array(found).reshape(-1, 3)
    return table[:, 0], table[:, 1], table[:, 2]
