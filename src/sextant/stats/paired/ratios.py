"""The difference of two correlated numbers from their own intervals: precision, F1, AUC."""

from __future__ import annotations

import math

import numpy as np

from sextant.stats.estimate import Estimate

METHOD = "square-and-add with the correlation of the versions"
SMOOTHING = 1.0
"""Rows added to each way in which two versions can differ: with few differences the correlation
seen is too near 1, and the interval of the difference would close."""


def correlated_difference(
    a: Estimate, b: Estimate, correlation: float, n: float, method: str = METHOD
) -> Estimate:
    """b - a of two estimates of the same rows at one level (Zou 2007).

    low = d - sqrt(x^2 + y^2 - 2 r x y), x = b - low_b, y = high_a - a; high alike.
    """
    if a.value is None or b.value is None:
        return Estimate.undefined((a if a.value is None else b).reason, n)
    if not (a.assessable and b.assessable):
        reason = "; ".join(dict.fromkeys(one.reason for one in (a, b) if one.reason))
        return Estimate.unassessable(b.value - a.value, n, reason)
    value = b.value - a.value
    low = value - _joined(b.value - b.low, a.high - a.value, correlation)
    high = value + _joined(b.high - b.value, a.value - a.low, correlation)
    return Estimate(value, low, high, n, method)


def _joined(x: float, y: float, correlation: float) -> float:
    return math.sqrt(max(x * x + y * y - 2 * correlation * x * y, 0.0))


def residual_correlation(
    a: np.ndarray, b: np.ndarray, cells: np.ndarray, smoothed: np.ndarray
) -> float:
    """Correlation of two ratios from their residuals e = numerator - ratio x denominator.

    `a`, `b`: residuals of a row of each cell; `cells` the rows, `smoothed` those added to the
    cells where the versions differ. For dependent rows see `unit_correlation`.
    """
    rows = cells + smoothed
    return _correlation(rows @ (a * b), rows @ (a * a), rows @ (b * b))


def unit_correlation(
    a: np.ndarray, b: np.ndarray, cells: np.ndarray, smoothed: np.ndarray
) -> float:
    """As `residual_correlation` over units: `cells` [units, cells]; added rows stand alone."""
    total_a, total_b = cells @ a, cells @ b
    return _correlation(
        float(total_a @ total_b) + float(smoothed @ (a * b)),
        float(total_a @ total_a) + float(smoothed @ (a * a)),
        float(total_b @ total_b) + float(smoothed @ (b * b)),
    )


def _correlation(ab: float, aa: float, bb: float) -> float:
    return float(min(max(ab / math.sqrt(aa * bb), -1.0), 1.0)) if aa > 0 and bb > 0 else 0.0
