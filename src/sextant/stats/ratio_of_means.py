"""The ratio of two columns' means: revenue per visit, errors per request."""

from __future__ import annotations

import math

import numpy as np

from sextant.stats.critical import critical, later_obstacle
from sextant.stats.estimate import Estimate, Level

METHOD = "Fieller"
FEWEST = 100.0
UNBOUNDED = "the mean of the denominator cannot be told from 0"


def ratio_of_means(
    n: float, mean_x: float, mean_y: float, m2_x: float, m2_y: float, c: float, level: Level
) -> Estimate:
    """mean_x / mean_y of n independent pairs, from centred sums and co-moment c (Fieller 1954).

    All R with (mean_x - R mean_y)^2 <= t^2 Var(mean_x - R mean_y). Domain: n >= 100 (200 at later
    looks); the pairs' skewness is not known, so strongly skewed columns need more rows than that.
    Where the denominator cannot be told from 0 nothing bounds the ratio.
    """
    if n <= 0:
        return Estimate.undefined("no row with both values")
    if not all(map(math.isfinite, (mean_x, mean_y, m2_x, m2_y, c))):
        return Estimate.undefined("the values are too large for their spread to be computed", n)
    if mean_y == 0:
        return Estimate.undefined("the mean of the denominator is 0", n)
    value = mean_x / mean_y
    if n < FEWEST:
        reason = f"a ratio of means needs {FEWEST:.0f} rows to be judged, here are {n:.0f}"
        return Estimate.unassessable(value, n, reason)
    if obstacle := later_obstacle(level, n):
        return Estimate.unassessable(value, n, obstacle)
    return _fieller(n, n, mean_x, mean_y, m2_x, m2_y, c, level, METHOD)


def ratio_of_means_by_unit(
    x_u: np.ndarray, y_u: np.ndarray, n_u: np.ndarray, level: Level, copies: float = 1.0
) -> Estimate:
    """sum(x)/sum(y) of dependent rows from both totals and the rows per unit (or bucket).

    Fieller over the units' totals. Domain: 20 units (200 at later looks). `n` counts rows.
    """
    rows = np.asarray(n_u, dtype=float)
    used = rows > 0
    n = float(rows.sum()) * copies
    if n <= 0:
        return Estimate.undefined("no row with both values")
    x, y = np.asarray(x_u, dtype=float)[used], np.asarray(y_u, dtype=float)[used]
    mean_x, mean_y, units = float(x.mean()), float(y.mean()), x.size * copies
    if mean_y == 0 or not math.isfinite(mean_x / mean_y):
        return Estimate.undefined("the mean of the denominator is 0", n)
    obstacle = later_obstacle(level, units)
    if units < 20:
        obstacle = f"a ratio of dependent rows needs 20 units, here are {units:.0f}"
    if obstacle:
        return Estimate.unassessable(mean_x / mean_y, n, obstacle)
    dx, dy = x - mean_x, y - mean_y
    sums = (float(dx @ dx) * copies, float(dy @ dy) * copies, float(dx @ dy) * copies)
    return _fieller(n, units, mean_x, mean_y, *sums, level, f"{METHOD}, units")


def _fieller(
    n: float,
    units: float,
    mean_x: float,
    mean_y: float,
    m2_x: float,
    m2_y: float,
    c: float,
    level: Level,
    method: str,
) -> Estimate:
    value = mean_x / mean_y
    scale = critical(n, units, level) ** 2 / (units * (units - 1))
    a = mean_y**2 - scale * m2_y
    b = mean_x * mean_y - scale * c
    d = mean_x**2 - scale * m2_x
    if a <= 0:
        return Estimate.unassessable(value, n, UNBOUNDED, method)
    if scale * max(m2_x, m2_y) == 0:
        return Estimate.unassessable(value, n, "all values are the same")
    half = math.sqrt(max(b * b - a * d, 0.0))
    return Estimate(value, (b - half) / a, (b + half) / a, n, method)
