"""R²: which share of the labels' spread the predictions explain, on data they did not see."""

from __future__ import annotations

import math

import numpy as np

from sextant.stats.critical import critical, evidence_pieces, later_obstacle
from sextant.stats.estimate import Estimate, Level

METHOD = "delta method on log(1 - R²), t of a quarter of the pieces"
FEWEST = 50.0
PIECES = 20.0
SURE = 0.25
"""How much of a degree of freedom a piece is worth: the spread of squares is itself estimated from
fourth powers, which few rows carry. Found by simulation (benchmarks/coverage, "regression")."""
NO_ROWS = "no labelled row with a prediction"
NO_SPREAD = "all labels are the same, so there is no spread to explain"
EXACT = "every prediction is exact, so the spread of the errors cannot be judged"
OVERFLOW = "the values are too large for their spread to be computed"


def r_squared(
    n: float, error: float, v: float, m2: float, m4: float, c2: float, mean: float, level: Level
) -> Estimate:
    """1 − A/B of n independent rows: A the mean squared error, B the variance of the labels.

    `error` = A, `v` = Σ(q−A)² of the squared errors q, `m2` and `m4` centred sums of the labels
    (their mean is `mean`), `c2` = Σ(q−A)(y−ȳ)². Var(log A/B) from the joint spread of q and
    (y−ȳ)², with no assumption of a shape (delta method; for correlated squares Steiger and Hakstian
    1982). Domain: 50 rows (200 at later looks), and 20 pieces that carry either mean square:
    (Σx²)²/Σx⁴ of the errors and of the labels about their mean. Below 0 it may be as low as it
    likes: the predictions are then worse than the labels' own mean.
    """
    if found := _undefined(n, error, m2, mean, (v, m4, c2)):
        return found
    b = m2 / n
    value = 1 - error / b
    pieces = min(m2 * m2 / m4, (n * error) ** 2 / (v + n * error * error))
    if obstacle := _obstacle(n, n, pieces, level):
        return Estimate.unassessable(value, n, obstacle)
    spread = (m4 / n - b * b) / b**2 + v / n / error**2 - 2 * c2 / n / (error * b)
    half = critical(n, SURE * pieces, level) * math.sqrt(max(spread, 0.0) / (n - 1))
    return _interval(value, half, n, METHOD)


def r_squared_by_unit(
    n_u: np.ndarray, error_u: np.ndarray, squares_u: np.ndarray, level: Level, copies: float = 1.0
) -> Estimate:
    """`r_squared` of dependent rows: rows, Σq and Σ(y−ȳ)² (about the mean of all) per unit.

    Linearised residuals of log(A/B) per unit in place of the rows'. Domain: 50 units (200 at later
    looks), 20 of which carry the evidence.
    """
    used = n_u > 0
    rows, errors, squares = n_u[used], error_u[used], squares_u[used]
    n = float(rows.sum()) * copies
    if n <= 0:
        return Estimate.undefined(NO_ROWS)
    total, b = float(errors.sum()), float(squares.sum())
    if found := _undefined(n, total, b, 0.0, (float(np.square(errors).sum()),)):
        return found
    value = 1 - total / b
    d = errors / total - squares / b
    units = rows.size * copies
    carried = evidence_pieces(np.sqrt(errors)), evidence_pieces(np.sqrt(squares))
    pieces = min(*carried, evidence_pieces(d)) * copies
    if obstacle := _obstacle(n, units, pieces, level, "units"):
        return Estimate.unassessable(value, n, obstacle)
    variance = units / (units - 1) * float(np.square(d).sum()) / copies
    half = critical(n, SURE * pieces, level) * math.sqrt(variance)
    return _interval(value, half, n, f"{METHOD}, units")


def _undefined(
    n: float, error: float, m2: float, mean: float, others: tuple[float, ...]
) -> Estimate | None:
    if n <= 0:
        return Estimate.undefined(NO_ROWS)
    if not all(map(math.isfinite, (error, m2, *others))):
        return Estimate.undefined(OVERFLOW, n)
    if m2 <= n * (4 * np.finfo(float).eps * mean) ** 2:
        return Estimate.undefined(NO_SPREAD, n)
    if error == 0:
        return Estimate.unassessable(1.0, n, EXACT)
    return None


def _obstacle(n: float, units: float, pieces: float, level: Level, what: str = "rows") -> str:
    if units < FEWEST:
        return f"R² needs {FEWEST:.0f} {what} to be judged, here are {units:.0f}"
    if pieces < PIECES:
        return (
            f"a few {what} carry the errors or the spread of the labels: they are worth "
            f"{pieces:.0f} equal ones, and R² needs {PIECES:.0f}"
        )
    return later_obstacle(level, units)


def _interval(value: float, half: float, n: float, method: str) -> Estimate:
    """1 − (1 − R²)·exp(±half)."""
    rest = 1 - value
    return Estimate(value, 1 - rest * math.exp(half), 1 - rest * math.exp(-half), n, method)
