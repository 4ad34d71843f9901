"""What labels would show, from scores and what a labelled reference makes of them.

Rows are counted by cell of scores; p is the probability of a positive in it. Every interval holds
for what these rows would show if they were labelled and for the population they come from, and
carries the error of the reference that p was learned from. It is never narrower than that of as
many labelled rows would be. Nothing here sees a change of the relation between score and outcome.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import special

from sextant.stats.auc import PIECES, delong_variance, kl_limits, placements
from sextant.stats.critical import normal, student
from sextant.stats.estimate import Estimate, Level
from sextant.stats.rate import clopper_pearson

Floats = NDArray[np.float64]
RATE = "expected counts, exact limits at the effective size"
MEAN = "expected counts, normal limits"
RANKS = "expected counts, DeLong on the logit scale"
RANKS_FEW = "expected counts, Hoeffding-Kullback-Leibler"
ONE_SCORE = "all scores are equal: they rank nobody"


@dataclass(frozen=True, slots=True)
class Shape:
    """How a fitted shape of P numbers hangs on the labels that taught it, reference cells [R].

    `rows` labelled rows of a cell, their bin `place` and the probability `chance` (for variances);
    `moves` [R, P]: how far each number of the shape moves where a row of the cell is positive by
    one more than expected. `units` [G, P]: by how much the rows of a unit moved them.
    """

    rows: Floats
    place: NDArray[np.int64]
    chance: Floats
    moves: Floats
    units: Floats | None = None


@dataclass(frozen=True, slots=True)
class Learned:
    """What each bin of reference scores teaches: `k` of `r` labelled rows, shape [B].

    `units` [G, B]: the same as residuals k_u − rate r_u of each unit, where rows depend on each
    other; None where they do not. `shape`: of what lies inside the bins; None where it is known.
    """

    k: Floats
    r: Floats
    units: Floats | None = None
    shape: Shape | None = None

    @property
    def smoothed(self) -> Floats:
        """(k + 1)/(r + 2): no number of rows proves that something never happens."""
        return np.asarray((self.k + 1) / (self.r + 2))

    def error(self, pull: Floats, bend: Floats | None = None) -> tuple[float, float, float]:
        """(variance, its rows' Σd⁴, design effect) of what these rates do to an estimate.

        `pull` [B]: how far the estimate moves with the rate of a bin; `bend` [P]: with each number
        of the shape. Both hang on the same labels: d of a row is the sum of its moves (the delta
        method by influence).
        """
        y, r, each = self.smoothed, self.r, pull / self.r
        shape = self.shape
        if shape is not None and bend is not None:
            y, r = shape.chance, shape.rows
            each = each[shape.place] + shape.moves @ bend
        second = float(r @ (each**2 * y * (1 - y)))
        fourth = float(r @ (each**4 * y * (1 - y) * ((1 - y) ** 3 + y**3)))
        if self.units is None or second == 0:
            return second, fourth, 1.0
        d = self.units @ (pull / self.r)
        if shape is not None and shape.units is not None and bend is not None:
            d = d + shape.units @ bend
        g = max(int(np.count_nonzero(d)), 2)
        by_unit = g / (g - 1) * float(np.square(d).sum())
        return max(second, by_unit), max(fourth, float((d**4).sum())), max(1.0, by_unit / second)


@dataclass(frozen=True, slots=True)
class Expected:
    """Rows by cell of scores, ascending, shape [C]: how many, the probability p, the bin of it.

    `smooth`: p with the bins' smoothed rates, for variances alone. `outside`: rows of the cells
    whose scores the reference does not know. `low`: the least score of the cell; `distinct`: it
    holds one score alone. `by_rate` [C]: how far p moves with the rate of its bin, as far where
    None; `by_shape` [C, P]: with each number of the shape. `high`: the greatest score, `low` where
    None.
    """

    low: Floats
    rows: Floats
    p: Floats
    smooth: Floats
    place: NDArray[np.int64]
    learned: Learned
    outside: float
    distinct: NDArray[np.bool_]
    by_rate: Floats | None = None
    by_shape: Floats | None = None
    high: Floats | None = None

    @property
    def total(self) -> float:
        return float(self.rows.sum())

    def error(self, each: Floats) -> tuple[float, float, float]:
        """`Learned.error` of an estimate that every row's p moves by `each`, shape [C]."""
        moved = self.rows * each
        rates = moved if self.by_rate is None else moved * self.by_rate
        pull = np.bincount(self.place, rates, self.learned.r.size)
        bend = None if self.by_shape is None else moved @ self.by_shape
        return self.learned.error(np.asarray(pull, np.float64), bend)


@dataclass(frozen=True, slots=True)
class Parts:
    """Numerator and denominator of a ratio: what a row of each cell adds, positive or negative.

    Four arrays [C]. `share`: the ratio lies between 0 and 1. `slack`: by how much a ratio that
    hangs on scores may be off, since a cell of them is known by its ends alone.
    """

    top: tuple[Floats, Floats]
    bottom: tuple[Floats, Floats]
    share: bool = True
    slack: float = 0.0


@dataclass(frozen=True, slots=True)
class Spread:
    """An expected ratio, its denominator, and the variances of its sources of error.

    `labels`: of the outcomes, the scores as they are. `rows`: of outcomes and of which rows came.
    `reference`: of the learned rates. `design`: how much dependent rows add to `rows`.
    """

    value: float
    bottom: float
    labels: float
    rows: float
    reference: float
    design: float
    nu: float
    smoothed: float

    @property
    def variance(self) -> float:
        return self.rows * self.design + self.reference


def spread(
    e: Expected, parts: Parts | Sequence[Parts], copies: float = 1.0, learned: bool = True
) -> Spread | None:
    """The ratio Σtop/Σbottom with its errors, or the mean of several; None where one divides by 0.

    `copies` f: as if the rows stood f times. `learned` False: as if p were known. Of a mean the
    denominator is all rows.
    """
    each = [parts] if isinstance(parts, Parts) else list(parts)
    n, p = e.rows, e.p
    pulls, values, smoothed, bottom = [], [], [], 0.0
    for one in each:
        (t1, t0), (b1, b0) = one.top, one.bottom
        value, bottom = _ratio(n, p, one)
        if not bottom > 0:
            return None
        values.append(value)
        smoothed.append(_ratio(n, e.smooth, one)[0])
        pulls.append(((t1 - value * b1) / bottom, (t0 - value * b0) / bottom))
    d1, d0 = (np.mean([pair[i] for pair in pulls], axis=0) for i in (0, 1))
    rows = float(n @ (p * d1**2 + (1 - p) * d0**2)) / copies
    labels = float(n @ (e.smooth * (1 - e.smooth) * (d1 - d0) ** 2)) / copies
    fourth = float(n @ (p * d1**4 + (1 - p) * d0**4)) / copies**3
    reference, fourth_learned, design = e.error(d1 - d0)
    if not learned:
        reference = fourth_learned = 0.0
    second = rows + reference
    nu = second**2 / (fourth + fourth_learned) if second > 0 else math.inf
    whole = (bottom if len(each) == 1 else e.total) * copies
    mean, smooth = math.fsum(values) / len(each), math.fsum(smoothed) / len(each)
    return Spread(mean, whole, labels, rows, reference, design, nu, smooth)


def ratio(
    e: Expected, parts: Parts | Sequence[Parts], level: Level, copies: float = 1.0,
    learned: bool = True,
) -> Estimate:  # fmt: skip
    """The ratio with its interval, or the mean of several; n is the expected denominator.

    A share: Clopper-Pearson at the size θ(1 − θ)/V that has the estimate's variance, at most the
    denominator, times (z/t_ν)². Else value ± t_ν √V. Rows outside the reference are counted at
    their worst.
    """
    found = spread(e, parts, copies, learned)
    if found is None:
        return Estimate.undefined("nothing to divide by")
    each = [parts] if isinstance(parts, Parts) else list(parts)
    slack = sum(_worst(e, one) + one.slack for one in each) / len(each)
    if not each[0].share:
        half = student(found.nu, level.alpha) * math.sqrt(found.variance) + slack
        return Estimate(found.value, found.value - half, found.value + half, found.bottom, MEAN)
    size = effective(found, level)
    k = min(max(found.value, 0.0), 1.0) * size
    low, high = (float(one) for one in clopper_pearson(k, size, level.alpha))
    value = min(max(found.value, 0.0), 1.0)
    return Estimate(value, max(low - slack, 0.0), min(high + slack, 1.0), found.bottom, RATE)


def effective(found: Spread, level: Level) -> float:
    """How many labelled rows the estimate of a share is worth at this level."""
    inner = max(found.value * (1 - found.value), found.smoothed * (1 - found.smoothed))
    variance = max(found.variance, 1e-300)
    size = min(found.bottom, inner / variance) if found.variance > 0 else found.bottom
    shrunk = size * (normal(level.alpha) / student(found.nu, level.alpha)) ** 2
    return max(shrunk, min(size, 1.0))


def auc(e: Expected, level: Level, copies: float = 1.0, learned: bool = True) -> Estimate:
    """The expected AUC: every cell holds n p positives and n (1 − p) negatives.

    DeLong's variance as if these were labelled, and that of the learned rates, on the logit scale
    with t_ν; never wider than the Kullback-Leibler limits of as many pairs, which stand alone
    where fewer than 8 pieces carry the evidence.
    """
    pos, neg = e.rows * e.p, e.rows * (1 - e.p)
    n1, n0 = float(pos.sum()), float(neg.sum())
    if not (n1 > 0 and n0 > 0):
        return Estimate.undefined("one class alone is expected")
    if e.rows.size < 2:
        return Estimate.undefined(ONE_SCORE, e.total)
    a, v10, v01 = placements(pos, neg)
    d1, d0 = (v10 - a) / n1, (v01 - a) / n0
    rows = (delong_variance(pos, neg) if min(n1, n0) > 1 else math.inf) / copies
    reference, fourth, design = e.error(d1 - d0)
    if not learned:
        reference = fourth = 0.0
    variance = rows * design + reference
    second = float(pos @ d1**2 + neg @ d0**2) / copies
    total = float(pos @ d1**4 + neg @ d0**4) / copies**3 + fourth
    nu = (second + reference) ** 2 / total if total > 0 else math.inf
    size = min(n1, n0) * copies * (rows / variance if 0 < rows < math.inf else 1.0)
    low, high = kl_limits(a, size, level.alpha)
    method = RANKS_FEW
    if nu >= PIECES and 0 < a < 1 and 0 < variance < math.inf:
        half = student(nu, level.alpha) * math.sqrt(variance) / (a * (1 - a))
        centre = float(special.logit(a))
        low = max(low, float(special.expit(centre - half)))
        high = min(high, float(special.expit(centre + half)))
        method = RANKS
    mixed = ~e.distinct
    slack = 0.5 * float(pos[mixed] @ neg[mixed]) / (n1 * n0) + e.outside / min(n1, n0)
    return Estimate(a, max(low - slack, 0.0), min(high + slack, 1.0), e.total * copies, method)


def contradiction(found: Spread, measured: float) -> float:
    """z of what labelled rows show against what was expected of these very rows.

    Their scores are given: the error is that of their outcomes and of the learned rates. Of a
    ratio whose denominator needs no label.
    """
    variance = found.labels * found.design + found.reference
    return (measured - found.value) / math.sqrt(variance) if variance > 0 else 0.0


def weighted_ratio(
    n: Floats, mean: Floats, second: Floats, top: Floats, bottom: Floats, level: Level
) -> Estimate:
    """Σ w top / Σ w bottom over labelled rows, w one over the chance of being labelled.

    Rows by kind of outcome, shape [K]: `n`, the mean of w, the sum of w²; what a row of the kind
    adds above and below. Linearised variance of the ratio (Hájek 1971), Clopper-Pearson at its
    effective size as `ratio`. Raises nothing: no weight below gives an undefined estimate.
    """
    total = n * mean
    below = float(total @ bottom)
    if not below > 0:
        return Estimate.undefined("no labelled row to count")
    value = min(max(float(total @ top) / below, 0.0), 1.0)
    d = (top - value * bottom) / below
    each = second * d**2
    variance = float(each.sum())
    rows = float(n @ (bottom > 0))
    kish = np.divide(total**2, second, out=np.zeros_like(total), where=second > 0)
    fourth = float(np.divide(each**2, kish, out=np.zeros_like(each), where=kish > 0).sum())
    equal = float((total * (bottom > 0)).sum() ** 2 / (second * (bottom > 0)).sum())
    size = equal
    if variance > 0:
        nu = variance**2 / fourth
        size = min(rows, value * (1 - value) / variance)
        size *= (normal(level.alpha) / student(nu, level.alpha)) ** 2
    low, high = (float(one) for one in clopper_pearson(value * size, size, level.alpha))
    return Estimate(value, low, high, rows, "weighted by one over the chance of a label")


def _ratio(n: Floats, p: Floats, parts: Parts) -> tuple[float, float]:
    (t1, t0), (b1, b0) = parts.top, parts.bottom
    bottom = float(n @ (p * b1 + (1 - p) * b0))
    return (float(n @ (p * t1 + (1 - p) * t0)) / bottom if bottom > 0 else 0.0), bottom


def _worst(e: Expected, parts: Parts) -> float:
    """What rows of unknown scores could move at the most, were each of them the other outcome."""
    if not e.outside:
        return 0.0
    (t1, t0), (b1, b0) = parts.top, parts.bottom
    step = max(np.abs(t1 - t0).max(initial=0.0), np.abs(b1 - b0).max(initial=0.0))
    _, bottom = _ratio(e.rows, e.p, parts)
    return e.outside * float(step) / bottom
