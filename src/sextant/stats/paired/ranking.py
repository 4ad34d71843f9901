"""The difference of two areas under the ROC curve on the same rows."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from sextant.stats.auc import delong_variance, placements
from sextant.stats.critical import critical, evidence_pieces, later_obstacle
from sextant.stats.estimate import Estimate, Level
from sextant.stats.paired.ratios import correlated_difference

DELONG = "paired DeLong"
OBUCHOWSKI = "paired DeLong, units (Obuchowski)"
PIECES = 8.0
ALIKE = "both versions rank the rows alike"
FEW = f"at a further look fewer than {PIECES:.0f} pieces carry the difference"


@dataclass(frozen=True, slots=True)
class Ranked:
    """Positives and negatives of one version by its own fine score bins, and its estimate.

    `distinct`: which bins hold a single score.
    """

    pos: np.ndarray
    neg: np.ndarray
    distinct: np.ndarray
    estimate: Estimate

    @property
    def hidden(self) -> float:
        """Variance of what bins of several scores hide: their pairs are ordered at random."""
        pairs = (self.pos * self.neg)[~np.asarray(self.distinct, dtype=bool)]
        both = float(self.pos.sum()) * float(self.neg.sum())
        return float(pairs @ pairs) / (4 * both**2)


@dataclass(frozen=True, slots=True)
class Joint:
    """The same rows by the bins of both versions: the number of the bin of A, of B, the rows."""

    a: np.ndarray
    b: np.ndarray
    pos: np.ndarray
    neg: np.ndarray


def auc_difference(a: Ranked, b: Ranked, joint: Joint, level: Level) -> Estimate:
    """AUC of B - AUC of A with DeLong's covariance (1988), from scores binned together.

    Values and variances come from the fine bins, the covariance from the joint ones: what these
    hide leaves the covariance too small and the interval too wide; what the fine ones hide adds to
    the variance. d +- t_nu sqrt(V); where fewer than 8 pieces carry the difference, the outer of
    that and of the square-and-add of both versions' own intervals. At later looks 200 rows, 10 of
    each class and 8 pieces. Two versions that rank alike are never told apart.
    """
    p, n = float(a.pos.sum()), float(a.neg.sum())
    if p <= 0 or n <= 0 or a.estimate.value is None or b.estimate.value is None:
        return Estimate.undefined(a.estimate.reason or b.estimate.reason, p + n)
    d10, d01, covariance = _joint_placements(joint)
    own = [delong_variance(one.pos, one.neg) if min(p, n) > 1 else 0.0 for one in (a, b)]
    apart = max(own[0] + own[1] - 2 * covariance, 0.0)
    variance = apart + a.hidden + b.hidden if np.any((d10 != 0) | (d01 != 0)) else 0.0
    nu = evidence_pieces(np.r_[d10 / p, d01 / n], np.r_[joint.pos, joint.neg])
    obstacle = later_obstacle(level, p + n, p, n)
    root = math.sqrt(own[0] * own[1])
    correlation = min(covariance / root, 1.0) if root > 0 else 0.0
    return _interval(
        a.estimate, b.estimate, variance, nu, p + n, p + n, correlation, level, obstacle, DELONG
    )


def auc_difference_by_unit(
    a: Ranked, b: Ranked, units_a: tuple[np.ndarray, np.ndarray],
    units_b: tuple[np.ndarray, np.ndarray], level: Level, copies: float = 1.0,
) -> Estimate:  # fmt: skip
    """As `auc_difference` of dependent rows, positives and negatives [units, bins] of A and of B.

    The cluster variance of Obuchowski (1997) of the difference of both versions' placements; the
    rows of a unit may depend in any way.
    """
    p, n = float(units_a[0].sum()), float(units_a[1].sum())
    if p <= 0 or n <= 0 or a.estimate.value is None or b.estimate.value is None:
        return Estimate.undefined(a.estimate.reason or b.estimate.reason, (p + n) * copies)
    da, db = _contributions(*units_a), _contributions(*units_b)
    d = db - da
    sizes_p, sizes_n = units_a[0].sum(axis=1), units_a[1].sum(axis=1)
    units = float(np.count_nonzero(sizes_p + sizes_n)) * copies
    factor = units / (units - 1) / copies if units > 1 else 0.0
    kish = [copies * x**2 / float(np.square(s).sum()) for x, s in ((p, sizes_p), (n, sizes_n))]
    nu = min(evidence_pieces(d) * copies, sum(kish))
    root = math.sqrt(float(da @ da) * float(db @ db))
    correlation = float(da @ db) / root if root > 0 else 0.0
    variance = factor * float(d @ d)
    variance += (a.hidden + b.hidden) / copies if variance > 0 else 0.0
    return _interval(
        a.estimate, b.estimate, variance, nu if units >= 5 else 0.0, (p + n) * copies, units,
        correlation, level, later_obstacle(level, units, *kish), OBUCHOWSKI,
    )  # fmt: skip


def _interval(
    a: Estimate,
    b: Estimate,
    variance: float,
    nu: float,
    n: float,
    units: float,
    correlation: float,
    level: Level,
    obstacle: str,
    method: str,
) -> Estimate:
    value = (b.value or 0.0) - (a.value or 0.0)
    smooth = nu >= PIECES and variance > 0
    if level.tuned_to is not None and (obstacle or not smooth):
        return Estimate.unassessable(value, n, obstacle or (FEW if variance else ALIKE))
    if variance <= 0:
        return correlated_difference(a, b, 0.0, n)
    half = critical(units, nu, level) * math.sqrt(variance)
    low, high = value - half, value + half
    if not smooth:
        wide = correlated_difference(a, b, correlation, n)
        low, high = min(low, wide.low), max(high, wide.high)
        method = f"{method}, outer with {wide.method}"
    return Estimate(value, max(low, -1.0), min(high, 1.0), n, method)


def _joint_placements(joint: Joint) -> tuple[np.ndarray, np.ndarray, float]:
    """(d10, d01, covariance): each cell's centred difference of placements, and DeLong's own."""
    p, n = float(joint.pos.sum()), float(joint.neg.sum())
    parts = [_placed(which, joint.pos, joint.neg) for which in (joint.a, joint.b)]
    (a10, a01), (b10, b01) = parts
    s10 = float(joint.pos @ (a10 * b10)) / (p - 1) if p > 1 else 0.0
    s01 = float(joint.neg @ (a01 * b01)) / (n - 1) if n > 1 else 0.0
    return b10 - a10, b01 - a01, s10 / p + s01 / n


def _placed(which: np.ndarray, pos: np.ndarray, neg: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Centred placements of every cell by one version's bins."""
    _, place = np.unique(which, return_inverse=True)
    by_bin = [np.bincount(place, rows) for rows in (pos, neg)]
    area, v10, v01 = placements(*by_bin)
    return v10[place] - area, v01[place] - area


def _contributions(pos: np.ndarray, neg: np.ndarray) -> np.ndarray:
    area, v10, v01 = placements(pos.sum(axis=0), neg.sum(axis=0))
    return np.asarray(pos @ (v10 - area) / float(pos.sum()) + neg @ (v01 - area) / float(neg.sum()))
