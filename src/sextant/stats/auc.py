"""Area under the ROC curve from counts per score bin."""

from __future__ import annotations

import math

import numpy as np
from scipy import special

from sextant.stats.critical import bisect, critical, evidence_pieces, later_obstacle
from sextant.stats.estimate import Estimate, Level

DELONG = "DeLong on the logit scale"
OBUCHOWSKI = "DeLong on the logit scale, units (Obuchowski)"
HOEFFDING = "Hoeffding-Kullback-Leibler"
PIECES = 8.0
NEAR_ONE = "the positives and negatives hardly overlap"


def placements(pos: np.ndarray, neg: np.ndarray) -> tuple[float, np.ndarray, np.ndarray]:
    """(A, v10, v01): AUC and per bin the share of negatives below, of positives above.

    Bins in ascending score order; members of the same bin count one half. A = P(score of a
    positive > score of a negative) + P(equal)/2.
    """
    p, n = float(pos.sum()), float(neg.sum())
    v10 = (np.cumsum(neg) - neg / 2) / n
    v01 = (p - np.cumsum(pos) + pos / 2) / p
    return float(pos @ v10) / p, v10, v01


def delong_variance(pos: np.ndarray, neg: np.ndarray) -> float:
    """Variance of A for independent rows (DeLong 1988), ties exact; at least 2 of each class."""
    a, v10, v01 = placements(pos, neg)
    p, n = float(pos.sum()), float(neg.sum())
    s10 = float(pos @ np.square(v10 - a)) / (p - 1)
    s01 = float(neg @ np.square(v01 - a)) / (n - 1)
    return s10 / p + s01 / n


def kl_limits(a: float, size: float, alpha: float) -> tuple[float, float]:
    """All x with KL(a || x) <= ln(2/alpha)/size: valid for any AUC (Hoeffding 1963).

    `size`: how many independent pairs of a positive and a negative can be formed.
    """
    limit = math.log(2 / alpha) / size

    def inside(x: float) -> bool:
        return float(special.rel_entr(a, x) + special.rel_entr(1 - a, 1 - x)) <= limit

    return bisect(inside, a, 0.0), bisect(inside, a, 1.0)


def auc(pos: np.ndarray, neg: np.ndarray, distinct: np.ndarray, level: Level) -> Estimate:
    """AUC from the positives and negatives of each score bin, ascending; n = both together.

    `distinct[b]`: bin b holds a single score. For the other bins both limits move outwards by
    half the share of pairs that fall into one bin. logit A +- t_nu sqrt(V)/(A(1-A)), clipped to
    the Kullback-Leibler limits, which stand alone where fewer than 8 pieces carry the evidence
    or A is 0 or 1. At later looks 200 rows, 10 of each class and 8 pieces; else not assessable.
    """
    pos, neg = np.asarray(pos, dtype=float), np.asarray(neg, dtype=float)
    p, n = float(pos.sum()), float(neg.sum())
    if p <= 0 or n <= 0:
        return _one_class(p, n)
    a, v10, v01 = placements(pos, neg)
    slack = _slack(pos, neg, distinct)
    nu = evidence_pieces(np.r_[(v10 - a) / p, (v01 - a) / n], np.r_[pos, neg])
    variance = delong_variance(pos, neg) if min(p, n) > 1 else 0.0
    obstacle = later_obstacle(level, p + n, p, n)
    return _interval(a, variance, nu, min(p, n), p + n, slack, level, obstacle, DELONG)


def auc_by_unit(
    pos: np.ndarray,
    neg: np.ndarray,
    distinct: np.ndarray,
    pos_u: np.ndarray,
    neg_u: np.ndarray,
    level: Level,
    copies: float = 1.0,
) -> Estimate:
    """AUC of dependent rows: value from the fine bins, variance between units.

    `pos`, `neg`, `distinct`: all rows by fine score bin, as for `auc`. `pos_u`, `neg_u` [G, B]:
    the same rows by unit (or bucket of units) and by bins that may be coarser. Cluster variance
    of Obuchowski (1997), raised by what the coarser bins hide; the Kullback-Leibler limits count
    units in place of rows.
    """
    pos, neg = np.asarray(pos, dtype=float), np.asarray(neg, dtype=float)
    p, n = float(pos.sum()), float(neg.sum())
    if p <= 0 or n <= 0:
        return _one_class(p * copies, n * copies)
    a, _, _ = placements(pos, neg)
    coarse_pos, coarse_neg = pos_u.sum(axis=0), neg_u.sum(axis=0)
    centre, v10, v01 = placements(coarse_pos, coarse_neg)
    d = pos_u @ (v10 - centre) / p + neg_u @ (v01 - centre) / n
    sizes_p, sizes_n = pos_u.sum(axis=1), neg_u.sum(axis=1)
    units = float(np.count_nonzero(sizes_p + sizes_n)) * copies
    hidden = 1.0
    if min(p, n) > 1:
        seen = delong_variance(coarse_pos, coarse_neg)
        hidden = max(delong_variance(pos, neg) / seen, 1.0) if seen > 0 else math.inf
    spread = float(np.square(d).sum())
    variance = hidden * units / (units - 1) * spread / copies if units >= 5 and spread > 0 else 0.0
    kish = [copies * x**2 / float(np.square(s).sum()) for x, s in ((p, sizes_p), (n, sizes_n))]
    size = max(min(*kish, units / 2), 1.0)
    nu = min(evidence_pieces(d) * copies, sum(kish))
    obstacle = later_obstacle(level, units, *kish)
    slack = _slack(pos, neg, distinct)
    return _interval(a, variance, nu, size, (p + n) * copies, slack, level, obstacle, OBUCHOWSKI)


def _interval(
    a: float,
    variance: float,
    nu: float,
    size: float,
    n: float,
    slack: float,
    level: Level,
    obstacle: str,
    method: str,
) -> Estimate:
    smooth = nu >= PIECES and 0 < a < 1 and 0 < variance < math.inf
    if level.tuned_to is not None:
        if obstacle or not smooth:
            return Estimate.unassessable(a, n, obstacle or f"at a further look: {NEAR_ONE}")
        low, high = _logit(a, variance, critical(n, nu, level))
        return Estimate(a, max(low - slack, 0.0), min(high + slack, 1.0), n, method)
    low, high = kl_limits(a, size, level.alpha)
    if smooth:
        narrow = _logit(a, variance, critical(n, nu, level))
        low, high = max(low, narrow[0]), min(high, narrow[1])
    used = method if smooth else HOEFFDING
    return Estimate(a, max(low - slack, 0.0), min(high + slack, 1.0), n, used)


def _logit(a: float, variance: float, times: float) -> tuple[float, float]:
    half = times * math.sqrt(variance) / (a * (1 - a))
    centre = float(special.logit(a))
    return float(special.expit(centre - half)), float(special.expit(centre + half))


def _slack(pos: np.ndarray, neg: np.ndarray, distinct: np.ndarray) -> float:
    """Half the share of pairs in one bin of several scores: the most that binning can hide."""
    mixed = ~np.asarray(distinct, dtype=bool)
    return 0.5 * float(pos[mixed] @ neg[mixed]) / (float(pos.sum()) * float(neg.sum()))


def _one_class(p: float, n: float) -> Estimate:
    if p <= 0 and n <= 0:
        return Estimate.undefined("no labelled row")
    return Estimate.undefined("no positive row" if p <= 0 else "no negative row", p + n)
