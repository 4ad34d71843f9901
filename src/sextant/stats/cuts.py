"""Cuts of one score: which may be the cheapest, and what another costs more, with their error.

A cut flags the cells from its number on, of B cells that ascend by score; cut B flags nobody. Two
cuts differ on the rows between them alone, so the difference of their costs is made of how many
positives and negatives lie there.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy import special

from sextant.stats.rate import clopper_pearson

FIRST, RATIO = 8.0, 2.0**0.5
"""The ladder of comparisons: with the nearest 8 rows, with √2 times as many, and so on."""
FOR_PREVALENCE = 0.2
"""The part of the error that pays for not knowing the prevalence of the rows themselves."""
FEWEST = 20.0

Array = np.ndarray
Dearer = Callable[[int, Array, float], tuple[Array, Array, Array]]
"""What a cut costs more than each of others, at an error: `dearer_than` of some rows."""


@dataclass(frozen=True, slots=True)
class Prices:
    """What a missed positive costs more than a found one, a false alarm more than none; both > 0.

    `prevalence`: that of the people whom the cut will meet, where it differs from the rows'.
    """

    miss: float
    alarm: float
    prevalence: float | None = None


def ladder(n: float) -> Array:
    """Numbers of rows to look ahead: 8, 12, 16 … until all n are in view."""
    steps = int(np.ceil(np.log(max(n / FIRST, 1.0)) / np.log(RATIO))) + 1
    return np.asarray(np.ceil(FIRST * RATIO ** np.arange(steps)))


def edges_of(counts: Array) -> Array:
    """Rows below each cut, shape [B + 1]."""
    return np.concatenate([[0.0], np.cumsum(counts)])


def neighbours(rows: Array, cut: Array) -> tuple[Array, Array]:
    """For each cut and rung of the ladder the cut above and the cut below; [K, L] each.

    `rows`: labelled rows of each cell. The cut above is the last that leaves fewer rows between
    than the rung. It is found from the scores alone, like stopping at an order statistic: the rows
    between are then independent draws of those that lie there, and so many of them are positive as
    in a binomial sample.
    """
    below = edges_of(rows)
    rungs = ladder(float(below[-1]))
    up = np.searchsorted(below, below[cut][:, None] + rungs, side="left") - 1
    down = np.searchsorted(below, below[cut][:, None] - rungs, side="right")
    return np.maximum(up, cut[:, None]), np.minimum(down, cut[:, None])


def break_even(prices: Prices, pos: float, neg: float, alpha: float) -> tuple[float, float]:
    """The share of positives between two cuts at which both cost the same; its low and high.

    alarm / (alarm + miss) (Elkan 2001). At another prevalence the odds are those of the rows over
    those to come, times alarm / miss (label shift: the scores of positives and of negatives stay
    distributed as they are); the rows' own prevalence is taken at its exact limits.
    """
    if prices.prevalence is None:
        share = prices.alarm / (prices.alarm + prices.miss)
        return share, share
    low, high = (float(x) for x in clopper_pearson(pos, pos + neg, alpha))
    to_come = prices.prevalence / (1 - prices.prevalence)
    odds = prices.alarm / prices.miss / to_come
    ends = [x * odds / (1 - x + x * odds) for x in (low, high)]
    return ends[0], ends[1]


def may_be_best(pos: Array, neg: Array, prices: Prices, alpha: float) -> Array:
    """Which of the B + 1 cuts are not shown to cost more than another; bool [B + 1].

    The cut that is truly cheapest (of these) is among them with probability 1 - alpha/2 at least,
    at any n, whatever the scores are worth. It never costs more than another in truth, so it is
    left out only when one of the tests on it errs: exact binomial tests of the positives between it
    and its neighbours on the ladder, which share alpha/2.
    """
    below_pos, below_neg = edges_of(pos), edges_of(neg)
    cuts = np.arange(below_pos.size)
    up, down = neighbours(pos + neg, cuts)
    part, low, high = shared_error(
        prices, float(below_pos[-1]), float(below_neg[-1]), alpha, up.shape[1]
    )
    between = [(up, cuts[:, None]), (cuts[:, None], down)]
    (k_up, n_up), (k_down, n_down) = (
        (below_pos[to] - below_pos[of], (below_pos + below_neg)[to] - (below_pos + below_neg)[of])
        for to, of in between
    )
    dearer = (n_up > 0) & (at_most(k_up, n_up, low) <= part)
    dearer |= (n_down > 0) & (at_least(k_down, n_down, high) <= part)
    return np.asarray(~dearer.any(axis=1))


def shared_error(
    prices: Prices, pos: float, neg: float, alpha: float, rungs: int
) -> tuple[float, float, float]:
    """The error of one test, and the break-even that upward and downward tests must pass."""
    spent = 0.0 if prices.prevalence is None else FOR_PREVALENCE
    low, high = break_even(prices, pos, neg, alpha * spent or alpha)
    return alpha / 2 * (1 - spent) / (2 * rungs), low, high


def at_most(k: Array, n: Array, p: float) -> Array:
    """P(Bin(n, p) <= k), also of fractional numbers."""
    misses = n - k
    tail = special.betainc(np.where(misses > 0, misses, 1.0), k + 1, 1 - p)
    return np.where(misses > 0, tail, 1.0)


def at_least(k: Array, n: Array, p: float) -> Array:
    """P(Bin(n, p) >= k), also of fractional numbers."""
    tail = special.betainc(np.where(k > 0, k, 1.0), n - k + 1, p)
    return np.where(k > 0, tail, 1.0)


def cost_limits(
    counts: tuple[Array, Array, Array, Array],
    costs: tuple[float, float, float, float],
    alpha: float,
    prevalence: float | None = None,
) -> tuple[Array, Array, Array]:
    """(value, low, high) of the mean cost of a decision at each cut.

    `counts` and `costs`: true positives, false positives, false negatives, true negatives. As
    `weighted.cost`: square-and-add on the exact limits of nested shares, the Bonferroni box with
    fewer than 20 rows. At another `prevalence` from recall and false positive rate, which are
    shares of different rows.
    """
    tp, fp, fn, tn = (np.asarray(one, dtype=float) for one in counts)
    if prevalence is not None:
        pos, neg = tp + fn, fp + tn
        weights = np.array([
            prevalence * (costs[0] - costs[2]), (1 - prevalence) * (costs[1] - costs[3])
        ])  # fmt: skip
        base = prevalence * costs[2] + (1 - prevalence) * costs[3]
        value, low, high = _signed([(tp, pos), (fp, neg)], weights, alpha, None)
        return base + value, base + low, base + high
    n = tp + fp + fn + tn
    price = np.array(costs)
    levels = np.unique(price)
    cells = np.stack([tp, fp, fn, tn])
    held = [cells[price >= one].sum(axis=0) for one in levels[1:]]
    if not held:
        same = np.full(n.shape, levels[0])
        return same, same, same
    base, weights = float(levels[0]), np.diff(levels)
    if float(np.max(n)) < FEWEST:
        value, low, high = _box([(k, n) for k in held], weights, alpha / len(held))
    else:
        smoothed = [np.sqrt((q := (k + 0.5) / (n + 1)) / (1 - q)) for k in held]
        value, low, high = _signed([(k, n) for k in held], weights, alpha, smoothed)
    return base + value, base + low, base + high


def _box(
    parts: list[tuple[Array, Array]], weights: Array, alpha: float
) -> tuple[Array, Array, Array]:
    limits = [clopper_pearson(k, n, alpha) for k, n in parts]
    value = sum(w * k / n for w, (k, n) in zip(weights, parts, strict=True))
    low = sum(w * one[0] for w, one in zip(weights, limits, strict=True))
    high = sum(w * one[1] for w, one in zip(weights, limits, strict=True))
    return np.asarray(value), np.asarray(low), np.asarray(high)


def _signed(
    parts: list[tuple[Array, Array]], weights: Array, alpha: float, odds: list[Array] | None
) -> tuple[Array, Array, Array]:
    """Square-and-add of shares with weights of any sign; nested where their root odds are given."""
    shares = [k / n for k, n in parts]
    limits = [clopper_pearson(k, n, alpha) for k, n in parts]
    value = np.asarray(sum(w * p for w, p in zip(weights, shares, strict=True)))
    ends = []
    for side in (0, 1):
        steps = [
            abs(w) * np.abs(p - limit[side if w >= 0 else 1 - side])
            for w, p, limit in zip(weights, shares, limits, strict=True)
        ]
        square = sum(step**2 for step in steps)
        for i in range(len(steps)):
            for j in range(i + 1, len(steps)):
                if odds is not None:
                    square = square + 2 * odds[j] / odds[i] * steps[i] * steps[j]
        ends.append(np.sqrt(square))
    return value, value - ends[0], value + ends[1]


def difference_limits(
    pos: Array, neg: Array, sizes: tuple[float, float], prices: Prices, alpha: float | Array
) -> tuple[Array, Array, Array]:
    """(value, low, high) of what flagging the rows between costs more than leaving them, a row.

    alarm x negatives - miss x positives, over all rows: square-and-add on the exact limits of both
    shares, which exclude each other. At another prevalence over the positives' and the negatives'
    own numbers `sizes`, which are independent.
    """
    p_all, n_all = sizes
    rows = p_all + n_all
    if prices.prevalence is None:
        base_p = base_n = rows
        miss, alarm = prices.miss, prices.alarm
    else:
        base_p, base_n = p_all, n_all
        miss, alarm = prices.miss * prices.prevalence, prices.alarm * (1 - prices.prevalence)
    p, q = pos / base_p, neg / base_n
    p_low, p_high = clopper_pearson(pos, base_p, alpha)  # type: ignore[arg-type]
    q_low, q_high = clopper_pearson(neg, base_n, alpha)  # type: ignore[arg-type]
    cross = np.zeros_like(p)
    if prices.prevalence is None:
        odds = [np.sqrt(np.where(x < 1, x / np.where(x < 1, 1 - x, 1.0), 0.0)) for x in (p, q)]
        cross = np.minimum(odds[0] * odds[1], 1.0)
    value = alarm * q - miss * p
    ends = []
    for down_q, down_p in ((q - q_low, p_high - p), (q_high - q, p - p_low)):
        x, y = alarm * down_q, miss * down_p
        ends.append(np.sqrt(x * x + y * y + 2 * cross * x * y))
    return value, value - ends[0], value + ends[1]


def dearer_than(
    cut: int, others: Array, pos: Array, neg: Array, prices: Prices, alpha: float
) -> tuple[Array, Array, Array]:
    """(value, low, high) of what `cut` costs a decision more than each of `others`."""
    below_pos, below_neg = edges_of(pos), edges_of(neg)
    between_pos = np.abs(below_pos[others] - below_pos[cut])
    between_neg = np.abs(below_neg[others] - below_neg[cut])
    sizes = float(below_pos[-1]), float(below_neg[-1])
    value, low, high = difference_limits(between_pos, between_neg, sizes, prices, alpha)
    flags = others > cut  # the rows between are flagged by `cut` and left by the other
    return (
        np.where(flags, value, -value),
        np.where(flags, low, -high),
        np.where(flags, high, -low),
    )


def regret(
    cut: int, rows: Array, dearer: Dearer, alpha: float, among: Array | None = None
) -> tuple[float, float, float]:
    """(value, low, high) of what `cut` costs a decision more than the best of `among` (all cuts).

    The best is found on the same rows, and the limits allow for it: high is the largest high limit
    of a pair, uncorrected, since one of the pairs is that with the truly best (intersection-union);
    low is the largest low limit among the neighbours on the ladder, which share alpha/2. `rows`:
    labelled rows of each cell.
    """
    cuts = np.arange(rows.size + 1) if among is None else np.asarray(among)
    value, _, high = dearer(cut, cuts, alpha)
    near = np.unique(np.concatenate(neighbours(rows, np.array([cut])), axis=None))
    if among is not None:
        near = cuts[np.unique(np.clip(np.searchsorted(cuts, near), 0, cuts.size - 1))]
    rungs = 2 * ladder(float(rows.sum())).size
    _, low, _ = dearer(cut, near, alpha / rungs)
    least = float(low.max())
    if cut in cuts:
        least = max(least, 0.0)
    return float(value.max()), least, float(high.max())
