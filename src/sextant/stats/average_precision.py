"""Average precision (the area under the precision-recall steps) from counts per score bin."""

from __future__ import annotations

import math

import numpy as np
from scipy import special

from sextant.stats.critical import critical, evidence_pieces, later_obstacle
from sextant.stats.estimate import Estimate, Level

METHOD = "linearised on the logit scale"
PIECES = 15.0
FEWEST = 30.0


def average_precision(
    pos: np.ndarray, neg: np.ndarray, distinct: np.ndarray, level: Level
) -> Estimate:
    """Σ (R_i − R_(i−1)) P_i over the scores as thresholds, highest first; n = the labelled rows.

    `pos`, `neg`: positives and negatives per score bin, ascending; `distinct[b]`: bin b holds a
    single score (equal scores count as one step, as in scikit-learn). The other bins count as in
    even order, and widen the interval by what their inner order could change. Variance from the
    derivatives by the counts (infinitesimal jackknife; Efron 1982), on the logit scale (Boyd, Eng
    and Page 2013) with t of the pieces. Domain: 30 positives, and 15 pieces that carry the
    evidence. AP lies too high on average, for a positive counts itself among its own hits; the
    lower limit reaches down from where it would lie without that, the upper one up from AP itself.
    """
    pos, neg = np.asarray(pos, dtype=float), np.asarray(neg, dtype=float)
    p, n = float(pos.sum()), float(neg.sum())
    if p <= 0 or n <= 0:
        return _one_class(p, n)
    value, by_pos, by_neg = _derivatives(pos, neg)
    variance = float(pos @ np.square(by_pos) + neg @ np.square(by_neg))
    nu = evidence_pieces(np.r_[by_pos, by_neg], np.r_[pos, neg])
    obstacle = _few(p, "positive rows") or later_obstacle(level, p + n, p, n)
    ordered = _ordered(pos, neg, np.asarray(distinct, dtype=bool), value)
    lean = _optimism(pos, neg, value)
    return _interval(ordered, variance, nu, p + n, level, obstacle, METHOD, lean)


def average_precision_by_unit(
    pos: np.ndarray,
    neg: np.ndarray,
    distinct: np.ndarray,
    pos_u: np.ndarray,
    neg_u: np.ndarray,
    level: Level,
    copies: float = 1.0,
) -> Estimate:
    """The same of dependent rows: value from all rows by fine bin, variance between units.

    `pos_u`, `neg_u` [G, B]: the rows by unit (or bucket of units) and by bins that may be coarser.
    """
    pos, neg = np.asarray(pos, dtype=float), np.asarray(neg, dtype=float)
    p, n = float(pos.sum()), float(neg.sum())
    if p <= 0 or n <= 0:
        return _one_class(p * copies, n * copies)
    value, _, _ = _derivatives(pos, neg)
    _, by_pos, by_neg = _derivatives(pos_u.sum(axis=0), neg_u.sum(axis=0))
    d = pos_u @ by_pos + neg_u @ by_neg
    units = float(np.count_nonzero(pos_u.sum(axis=1) + neg_u.sum(axis=1))) * copies
    variance = units / max(units - 1, 1.0) * float(np.square(d).sum()) / copies
    carriers = copies * p**2 / float(np.square(pos_u.sum(axis=1)).sum())
    nu = min(evidence_pieces(d) * copies, carriers)
    obstacle = _few(carriers, "units of positive rows") or later_obstacle(level, units, carriers)
    ordered = _ordered(pos, neg, np.asarray(distinct, dtype=bool), value)
    method = f"{METHOD}, units"
    lean = _optimism_by_unit(pos_u, neg_u, value) / copies
    return _interval(ordered, variance, nu, (p + n) * copies, level, obstacle, method, lean)


def _derivatives(pos: np.ndarray, neg: np.ndarray) -> tuple[float, np.ndarray, np.ndarray]:
    """(AP, its derivative by a positive of each bin, by a negative of each bin)."""
    p = float(pos.sum())
    hits, flagged = _from_above(pos), _from_above(pos + neg)
    precision = hits / np.maximum(flagged, 1e-300)
    value = float(pos @ precision) / p
    slope = pos / p / np.maximum(flagged, 1e-300)
    false = np.cumsum(slope * (1 - precision))  # bins below j feel what is added in j
    true = np.cumsum(slope * precision)
    return value, (precision - value) / p + false, -true


def _optimism(pos: np.ndarray, neg: np.ndarray, value: float) -> float:
    """How much lower AP lies where no positive counts itself: (h - 1)/(r - 1) in place of h/r.

    The first row of all has no other to be judged by, and counts as the average does.
    """
    hits, flagged = _from_above(pos), _from_above(pos + neg)
    alone = flagged <= 1
    others = np.where(alone, 1.0, flagged - 1)
    own = np.where(alone, max(1 - value, 0.0), (flagged - hits) / np.maximum(flagged, 1) / others)
    return float(pos @ np.minimum(own, 1.0) / pos.sum())


def _optimism_by_unit(pos_u: np.ndarray, neg_u: np.ndarray, value: float) -> float:
    """The same where no positive counts the rows of its own unit."""
    hits_u = np.cumsum(pos_u[:, ::-1], axis=1)[:, ::-1]
    rows_u = np.cumsum((pos_u + neg_u)[:, ::-1], axis=1)[:, ::-1]
    hits, rows = hits_u.sum(axis=0), rows_u.sum(axis=0)
    left = rows - rows_u
    others = np.where(left > 0, (hits - hits_u) / np.maximum(left, 1e-300), value)
    precision = hits / np.maximum(rows, 1e-300)
    return max(float((pos_u * (precision - others)).sum() / pos_u.sum()), 0.0)


def _from_above(counts: np.ndarray) -> np.ndarray:
    """Rows in each bin and in all higher ones."""
    return np.asarray(np.cumsum(counts[::-1])[::-1])


def _ordered(
    pos: np.ndarray, neg: np.ndarray, distinct: np.ndarray, value: float
) -> tuple[float, float, float]:
    """AP with the bins of several scores in an even order, and how far it could lie below, above.

    `value` counts every bin as one step, which is what equal scores are. Inside the others the k
    positives lie evenly among the m negatives, as far as anybody knows; at worst all behind them,
    at best all before.
    """
    p = float(pos.sum())
    above_pos, above = _from_above(pos) - pos, _from_above(pos + neg) - pos - neg
    down = up = moved = 0.0
    for b in np.flatnonzero(~distinct & (pos > 0) & (neg > 0)):
        k, m, hits, rows = pos[b], neg[b], above_pos[b], above[b]
        even = _mean_precision(k, hits, rows, (k + m) / k)
        moved += k / p * (even - (hits + k) / (rows + k + m))
        down += k / p * max(even - _mean_precision(k, hits, rows + m), 0.0)
        up += k / p * max(_mean_precision(k, hits, rows) - even, 0.0)
    return value + moved, down, up


def _mean_precision(k: float, hits: float, rows: float, step: float = 1.0) -> float:
    """Mean of (hits + i)/(rows + step·i) over i = 1 … k: a positive every `step` rows.

    With c = rows/step it is (1 + (hits − c)·mean of 1/(c + i))/step, by the digamma function.
    """
    c = rows / step
    harmonic = float(special.digamma(c + k + 1) - special.digamma(c + 1)) / k
    return (1 + (hits - c) * harmonic) / step


def _interval(
    ordered: tuple[float, float, float],
    variance: float,
    nu: float,
    n: float,
    level: Level,
    obstacle: str,
    method: str,
    lean: float,
) -> Estimate:
    value, down, up = ordered
    if not obstacle and (not 0 < value < 1 or variance <= 0):
        obstacle = "the positives all score above the negatives, so its error cannot be judged"
    if not obstacle and nu < PIECES:
        obstacle = (
            f"a few rows carry the average precision: they are worth {nu:.0f} equal ones, "
            f"and it needs {PIECES:.0f}"
        )
    if obstacle:
        return Estimate.unassessable(value, n, obstacle)
    error = critical(n, nu, level) * math.sqrt(variance)
    under = max(value - lean, 0.5 * value)
    low, high = _reach(under, -error), _reach(value, error)
    return Estimate(value, max(low - down, 0.0), min(high + up, 1.0), n, method)


def _reach(start: float, error: float) -> float:
    """The point so far from `start` on the logit scale."""
    centre = float(special.logit(start))
    return float(special.expit(centre + error / (start * (1 - start))))


def _few(positives: float, what: str) -> str:
    if positives >= FEWEST:
        return ""
    return f"average precision needs {FEWEST:.0f} {what} to be judged, here are {positives:.0f}"


def _one_class(p: float, n: float) -> Estimate:
    if p <= 0 and n <= 0:
        return Estimate.undefined("no labelled row")
    return Estimate.undefined("no positive row" if p <= 0 else "no negative row", p + n)
