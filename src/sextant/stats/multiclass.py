"""Macro and weighted means of the classes' F1."""

from __future__ import annotations

import math

import numpy as np
from scipy import special

from sextant.stats.critical import critical, evidence_pieces
from sextant.stats.estimate import Estimate, Level
from sextant.stats.fscore import f1, f1_by_unit
from sextant.stats.weighted import box, part_level

LINEAR = "linearised on the logit scale"
BOX = "box of the classes' exact limits, Bonferroni"
PIECES = 30.0
NOTHING = "no labelled row with a prediction"


def f1_mean(table: np.ndarray, weighted: bool, level: Level) -> Estimate:
    """Mean of F1_k = 2 T_k/(R_k + P_k) over the classes that have rows; independent rows.

    `table` [K, K]: rows by label and prediction. Weights 1/K, or R_k/n where `weighted`. Variance
    from the derivatives by the cells (infinitesimal jackknife), logit scale, t of the pieces, where
    30 of them carry the evidence and it is the first look; else the box of the exact limits of
    every F1 at α/K.
    """
    n = float(table.sum())
    if n <= 0:
        return Estimate.undefined(NOTHING)
    right, rows, predicted = np.diag(table), table.sum(axis=1), table.sum(axis=0)
    value, own, row, column = derivatives(right, rows, predicted, weighted)
    d = row[:, None] + column[None, :] + np.diag(own)
    nu = evidence_pieces(d.ravel(), table.ravel())
    variance = float((table * np.square(d)).sum())
    if _smooth(value, nu, level):
        return _logit(value, variance, nu, n, level, LINEAR)
    parts = [
        f1(t, p - t, r - t, part_level(level.split(int((rows > 0).sum())), (r + p - t) / n))
        for t, r, p in zip(right, rows, predicted, strict=True)
        if r > 0
    ]
    return _boxed(value, parts, rows, weighted, n, BOX)


def f1_mean_by_unit(margins: np.ndarray, weighted: bool, level: Level, copies: float) -> Estimate:
    """The same of dependent rows from T, R and P per unit (or bucket), shape [G, 3, K]."""
    totals = margins.sum(axis=0) * copies
    n = float(totals[1].sum())
    if n <= 0:
        return Estimate.undefined(NOTHING)
    value, own, row, column = derivatives(totals[0], totals[1], totals[2], weighted)
    right, rows, predicted = (margins[:, i] for i in range(3))
    d = right @ own + rows @ row + predicted @ column
    sizes = rows.sum(axis=1)
    units = float(np.count_nonzero(sizes)) * copies
    equal = copies * float(sizes.sum()) ** 2 / float(np.square(sizes).sum())
    nu = min(evidence_pieces(d) * copies, equal)
    variance = units / max(units - 1, 1.0) * copies * float(np.square(d).sum())
    if _smooth(value, nu, level):
        return _logit(value, variance, nu, n, level, f"{LINEAR}, units")
    at = level.split(int((totals[1] > 0).sum()))
    parts = [
        f1_by_unit(
            right[:, k],
            predicted[:, k] - right[:, k],
            rows[:, k] - right[:, k],
            part_level(at, float(totals[1, k] + totals[2, k] - totals[0, k]) / n),
            copies,
        )
        for k in np.flatnonzero(totals[1] > 0)
    ]
    return _boxed(value, parts, totals[1], weighted, n, f"{BOX}, units")


def derivatives(
    right: np.ndarray, rows: np.ndarray, predicted: np.ndarray, weighted: bool
) -> tuple[float, np.ndarray, np.ndarray, np.ndarray]:
    """(mean F1, its derivative by T_k, by R_k, by P_k), shape [K] each.

    A row more with label i and prediction j adds 1 to R_i and P_j, and to T_i where i is j.
    """
    held, n = rows > 0, float(rows.sum())
    sums = np.maximum(rows + predicted, 1e-300)
    f = 2 * right / sums
    w = rows / n if weighted else held / held.sum()
    value = float(w @ f)
    own, side = w * 2 / sums, -w * f / sums
    row = side + ((f - value) / n if weighted else 0.0)
    return value, own, row, side


def _smooth(value: float, nu: float, level: Level) -> bool:
    """At 0 and 1 every row alike carries the rounding, and no evidence."""
    inner = 1e-12 < value < 1 - 1e-12
    return inner and level.tuned_to is None and nu >= PIECES


def _logit(
    value: float, variance: float, nu: float, n: float, level: Level, method: str
) -> Estimate:
    half = critical(n, nu, level) * math.sqrt(variance) / (value * (1 - value))
    centre = float(special.logit(value))
    low, high = special.expit(centre - half), special.expit(centre + half)
    return Estimate(value, float(low), float(high), n, method)


def _boxed(
    value: float, parts: list[Estimate], rows: np.ndarray, weighted: bool, n: float, method: str
) -> Estimate:
    held = rows[rows > 0]
    weights = held / held.sum() if weighted else np.full(held.size, 1 / held.size)
    _, low, high = box(parts, weights)
    return Estimate(value, low, high, n, method)
