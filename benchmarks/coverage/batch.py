"""Estimators over many draws at once, so that thousands of draws take seconds.

Each says the same as the estimator of its name, and is held against it on the first draws of every
case (`agree`): the formulas are written twice, the results are of one method.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from benchmarks.coverage.record import Record
from scipy import special

from sextant.stats import average_precision as ap
from sextant.stats import calibration_slope as slope
from sextant.stats import mean as means
from sextant.stats.estimate import Estimate
from sextant.stats.mean_of_rates import FEWEST_PIECES
from sextant.stats.rate import clopper_pearson
from sextant.stats.weighted import FEWEST

A = 0.025
Array = np.ndarray


@dataclass(frozen=True, slots=True)
class Limits:
    """Lower and upper limits of draws, infinite where nothing is claimed; shape [draws]."""

    low: Array
    high: Array

    def record(self, family: str, case: str, truth: float, size: int) -> Record:
        """How often the truth lies outside."""
        slip = 1e-12 * max(1.0, abs(truth))
        claims = np.isfinite(self.high - self.low)
        width = float((self.high - self.low)[claims].mean()) if claims.any() else float("nan")
        above, below = self.low > truth + slip, self.high < truth - slip
        shares = float(above.mean()), float(below.mean()), float(1 - claims.mean())
        return Record(family, case, *shares, width, len(self.low), size)

    def agree(self, estimates: Iterable[Estimate]) -> None:
        """Raises AssertionError where the first draws have other limits than the estimator says."""
        found = np.array([(e.low, e.high) for e in estimates])
        here = np.column_stack([self.low, self.high])[: len(found)]
        np.testing.assert_allclose(here, found, rtol=1e-4, atol=1e-6)


def joined(parts: list[Limits]) -> Limits:
    """The limits of several batches."""
    return Limits(*(np.concatenate([getattr(p, end) for p in parts]) for end in ("low", "high")))


def student(nu: Array | float) -> Array:
    return -np.asarray(special.stdtrit(np.maximum(np.asarray(nu) - 1.0, 1.0), A))


def only(claims: Array, low: Array, high: Array) -> Limits:
    return Limits(np.where(claims, low, -np.inf), np.where(claims, high, np.inf))


def mean(n: float, value: Array, m2: Array, m3: Array) -> Limits:
    """`stats.mean.mean` of moments by draw."""
    skewness = (m3 / n) / np.maximum(m2 / n, 1e-300) ** 1.5
    error = np.sqrt(m2 / (n - 1) / n)
    claims = (m2 > n * (4 * np.finfo(float).eps * value) ** 2) & (n >= means.FEWEST)
    return only(claims, *_outer(value, error, student(n), skewness / np.sqrt(n), skewness))


def mean_by_unit(total: Array, rows: Array) -> Limits:
    """`stats.mean.mean_by_unit` of sums and rows by draw and unit, shape [draws, units]."""
    n, units = rows.sum(axis=1), (rows > 0).sum(axis=1).astype(float)
    value = total.sum(axis=1) / n
    e = total - value[:, None] * rows
    e2 = np.square(e)
    second, third, fourth = (one.sum(axis=1) for one in (e2, e2 * e, e2 * e2))
    squares = np.square(rows).sum(axis=1)
    equal = n**2 / squares
    claims = second > squares * (16 * np.finfo(float).eps * value) ** 2
    claims &= (units >= means.FEWEST) & (equal >= means.EQUAL_UNITS)
    second = np.maximum(second, 1e-100)
    nu = np.minimum(second**2 / np.maximum(fourth, 1e-300), equal)
    skewness = (third / units) / (second / units) ** 1.5
    error = np.sqrt(units / np.maximum(units - 1, 1) * second) / n
    return only(claims, *_outer(value, error, student(nu), skewness / np.sqrt(units), skewness))


def _outer(
    value: Array, error: Array, times: Array, a: Array, skewness: Array
) -> tuple[Array, Array]:
    size = np.abs(a)
    tail = np.clip((np.abs(skewness) - 6) / 6, 0, 1)
    large = np.maximum(
        np.clip((size - 0.2) / 0.15, 0, 1), tail * np.clip((size - 0.05) / 0.1, 0, 1)
    )
    raised = np.minimum(size * (1.5 + 0.5 * large), means.PEAK / times)
    raised = np.where(raised < 1e-9, 1e-9, raised) * np.where(a < 0, -1, 1)
    up, down = (3 / raised * (np.cbrt(1 + raised * (q - raised / 6)) - 1) for q in (times, -times))
    low = np.minimum(value - times * error, value - up * error)
    return low, np.maximum(value + times * error, value - down * error)


def mean_of_rates(k: Array, n: Array) -> Limits:
    """`stats.mean_of_rates.mean_of_rates` of k of n rows by draw and class, [draws, classes]."""
    classes, p = n.shape[1], k / n
    value = p.mean(axis=1)
    second = (p * (1 - p) / n).sum(axis=1)
    fourth = ((k * ((1 - p) / n) ** 4) + (n - k) * (p / n) ** 4).sum(axis=1)
    nu = second**2 / np.maximum(fourth, 1e-300)
    smooth = (n.min(axis=1) >= FEWEST) & (nu >= FEWEST_PIECES) & (second > 0)
    times = student(np.where(smooth, nu, 10.0))
    low, high = clopper_pearson(k, n, 2 * A)
    down, up = (np.sqrt(np.square(one).sum(axis=1)) / classes for one in (p - low, high - p))
    half = times * np.sqrt((p * (1 - p) / np.maximum(n - 1, 1)).sum(axis=1)) / classes
    wider = times / -special.ndtri(A)
    low, high = (end.mean(axis=1) for end in clopper_pearson(k, n, 2 * A / classes))
    return Limits(
        np.where(smooth, np.maximum(value - np.maximum(wider * down, half), 0), low),
        np.where(smooth, np.minimum(value + np.maximum(wider * up, half), 1), high),
    )


def calibration_slope(score: Array, k: Array, n: Array) -> Limits:
    """`stats.calibration_slope` of k of n rows by draw and score, all of [draws, scores]."""
    x = np.where(n > 0, special.logit(score), 0.0)
    a, b = np.zeros(len(n)), np.ones(len(n))
    for _ in range(15):
        mu = special.expit(a[:, None] + b[:, None] * x)
        w, off = n * mu * (1 - mu), k - n * mu
        s0, s1, s2 = (one.sum(axis=1) for one in (w, w * x, w * x * x))
        g0, g1 = off.sum(axis=1), (off * x).sum(axis=1)
        det = np.maximum(s0 * s2 - s1 * s1, 1e-300)
        step_a, step_b = (s2 * g0 - s1 * g1) / det, (s0 * g1 - s1 * g0) / det
        a, b = a + step_a, b + step_b
        if max(np.abs(step_a).max(), np.abs(step_b).max()) < 1e-7:
            break
    d = (s0[:, None] * x - s1[:, None]) / det[:, None]
    hit, miss = np.square(d * (1 - mu)), np.square(d * mu)
    second = (k * hit + (n - k) * miss).sum(axis=1)
    fourth = (k * hit**2 + (n - k) * miss**2).sum(axis=1)
    nu = second**2 / np.maximum(fourth, 1e-300)
    rows, hits = n.sum(axis=1), k.sum(axis=1)
    enough = (rows >= slope.FEWEST) & (np.minimum(hits, rows - hits) >= slope.EVENTS)
    half = student(nu) * np.sqrt(second)
    return only(enough & (nu >= slope.PIECES), b - half, b + half)


def average_precision(pos: Array, neg: Array) -> Limits:
    """`stats.average_precision` of single scores, ascending: rows by draw and score."""
    p, q = pos.sum(axis=1, keepdims=True), neg.sum(axis=1, keepdims=True)
    hits = np.cumsum(pos[:, ::-1], axis=1)[:, ::-1]
    flagged = np.maximum(np.cumsum((pos + neg)[:, ::-1], axis=1)[:, ::-1], 1e-300)
    precision, p = hits / flagged, np.maximum(p, 1e-300)
    value = (pos * precision).sum(axis=1, keepdims=True) / p
    rise = pos / p / flagged
    by_pos = (precision - value) / p + np.cumsum(rise * (1 - precision), axis=1)
    by_neg = -np.cumsum(rise * precision, axis=1)
    squares = np.square(by_pos), np.square(by_neg)
    second = (pos * squares[0] + neg * squares[1]).sum(axis=1)
    fourth = (pos * squares[0] ** 2 + neg * squares[1] ** 2).sum(axis=1)
    nu = second**2 / np.maximum(fourth, 1e-300)
    alone = flagged <= 1
    own = (flagged - hits) / np.maximum(flagged, 1) / np.where(alone, 1, flagged - 1)
    own = np.where(alone, np.maximum(1 - value, 0), own)
    lean = (pos * np.minimum(own, 1.0)).sum(axis=1) / p[:, 0]
    value = value[:, 0]
    claims = (p[:, 0] >= ap.FEWEST) & (q[:, 0] > 0) & (nu >= ap.PIECES) & (second > 0)
    claims &= (value > 0) & (value < 1)
    at = np.where(claims, value, 0.5)
    error = student(nu) * np.sqrt(second)
    under = np.maximum(at - np.where(claims, lean, 0), 0.5 * at)
    low = special.expit(special.logit(under) - error / (under * (1 - under)))
    return only(claims, low, special.expit(special.logit(at) + error / (at * (1 - at))))
