"""The mean of a column with an interval that allows for skewness."""

from __future__ import annotations

import math

import numpy as np

from sextant.stats.critical import critical, evidence_pieces, later_obstacle
from sextant.stats.estimate import Estimate, Level

METHOD = "Student t and Hall, skewness raised"
FEWEST = 50.0
EQUAL_UNITS = 20.0
NO_ROWS = "no row with a value"
CONSTANT = "all values are the same, so their spread cannot be judged"
OVERFLOW = "the values are too large for their spread to be computed"
PEAK = 1.1


def student_limits(mean: float, error: float, times: float) -> tuple[float, float]:
    """mean -+ times * error, `error` the standard error and `times` the quantile."""
    return mean - times * error, mean + times * error


def hall_limits(mean: float, error: float, times: float, a: float) -> tuple[float, float]:
    """Hall's interval (1992), which undoes the skewness of the t statistic.

    `a` = skewness/sqrt(n). T(q) = (3/a)(cbrt(1 + a(q - a/6)) - 1); limits mean - T(+-times) error.
    """
    if abs(a) < 1e-9:
        return student_limits(mean, error, times)
    up, down = (3 / a * (float(np.cbrt(1 + a * (q - a / 6))) - 1) for q in (times, -times))
    return mean - up * error, mean - down * error


def mean(n: float, mean: float, m2: float, m3: float, level: Level) -> Estimate:
    """Mean of n independent values from their centred sums m2 = sum (x-mean)^2 and m3.

    The outer of Student's t and Hall's interval at a raised skewness (`outer`). Domain: n >= 50
    (200 at later looks), some spread. Inside it the two-sided error stays within 0.055 from normal
    to lognormal with sigma 1.5. A far value that fewer than 4 rows in n carry can be absent from
    the sample, and then no method sees it.
    """
    if n <= 0:
        return Estimate.undefined(NO_ROWS)
    mean = float(mean)
    if not (math.isfinite(mean) and math.isfinite(m2) and math.isfinite(m3)):
        return Estimate.undefined(OVERFLOW, n)
    if m2 <= n * (4 * np.finfo(float).eps * mean) ** 2:
        return Estimate.unassessable(mean, n, CONSTANT)
    if obstacle := _too_few(n, level, "rows"):
        return Estimate.unassessable(mean, n, obstacle)
    error = math.sqrt(m2 / (n - 1) / n)
    skewness = (m3 / n) / (m2 / n) ** 1.5
    low, high = outer(mean, error, critical(n, n, level), skewness / math.sqrt(n), skewness)
    return Estimate(mean, low, high, n, METHOD)


def mean_by_unit(
    total_u: np.ndarray, n_u: np.ndarray, level: Level, copies: float = 1.0
) -> Estimate:
    """Mean of dependent rows from the sum of the values and the rows per unit (or bucket).

    R = sum(total)/sum(n); residuals total_u - R n_u take the place of the rows' deviations, with
    t_nu. Domain as for `mean`, with units in place of rows; the units must be worth 20 equal ones.
    """
    rows = np.asarray(n_u, dtype=float)
    used = rows > 0
    rows, totals = rows[used], np.asarray(total_u, dtype=float)[used]
    n = float(rows.sum()) * copies
    if n <= 0:
        return Estimate.undefined(NO_ROWS)
    value = float(totals.sum()) * copies / n
    if not math.isfinite(value):
        return Estimate.undefined(OVERFLOW, n)
    e = totals - value * rows
    units = e.size * copies
    spread = float(np.square(e).sum())
    if spread <= float(np.square(rows).sum()) * (16 * np.finfo(float).eps * value) ** 2:
        return Estimate.unassessable(value, n, CONSTANT)
    equal = copies * float(rows.sum()) ** 2 / float(np.square(rows).sum())
    obstacle = _too_few(units, level, "units")
    if equal < EQUAL_UNITS:
        obstacle = (
            f"a few units hold most rows: they are worth {equal:.0f} equal units, "
            f"and a mean needs {EQUAL_UNITS:.0f}"
        )
    if obstacle:
        return Estimate.unassessable(value, n, obstacle)
    error = math.sqrt(units / (units - 1) * copies * spread) / n
    nu = min(evidence_pieces(e) * copies, equal)
    skewness = float((e**3).mean()) / float(np.square(e).mean()) ** 1.5
    low, high = outer(value, error, critical(n, nu, level), skewness / math.sqrt(units), skewness)
    return Estimate(value, low, high, n, f"{METHOD}, units")


def outer(
    mean: float, error: float, times: float, a: float, skewness: float = 0.0
) -> tuple[float, float]:
    """The outer of t and of Hall's interval at up to twice the skewness seen.

    Samples of skewed values show less skewness than there is (at most sqrt(n), and the tail is
    what a sample lacks), so `a` is raised by half, and doubled where it is large: from 0.2, and
    from 0.05 where the values' own `skewness` is beyond 6, for then even many rows do not fill the
    tail. Beyond 1.1/times Hall's limit would come back, so it stays at its widest there.
    """
    tail = min(max((abs(skewness) - 6) / 6, 0.0), 1.0)
    large = max(_ramp(abs(a), 0.2, 0.35), tail * _ramp(abs(a), 0.05, 0.15))
    raised = abs(a) * (1.5 + 0.5 * large)
    t_low, t_high = student_limits(mean, error, times)
    low, high = hall_limits(mean, error, times, math.copysign(min(raised, PEAK / times), a))
    return float(min(t_low, low)), float(max(t_high, high))


def _ramp(x: float, start: float, end: float) -> float:
    """0 up to `start`, 1 from `end`, straight between them."""
    return min(max((x - start) / (end - start), 0.0), 1.0)


def _too_few(n: float, level: Level, what: str) -> str:
    if n < FEWEST:
        return f"a mean needs {FEWEST:.0f} {what} to be judged, here are {n:.0f}"
    return later_obstacle(level, n)
