"""How much of a change is gone if one segment is as it was on the other side, or is left out?

Two samples are counted by the cell of the column that changed and by that of another one, [Y, S].
A distance is a sum of shares with signs. So the distance less what is left of it is a difference
of means over independent rows, and has their variance (the delta method; the signs are taken for
known). Noise makes a distance larger, most where few rows are left: it errs towards naming none.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import special

from sextant.stats.estimate import Estimate

LEAST_LEFT = 50
"""Rows that must be left on each side, or that weighted ones must be worth (Kish 1965)."""
LEAST_INSIDE = 20
"""Rows of the reference that stand for a segment; of both sides for one that is left out."""
MOST_INSIDE = 0.5
"""Where more than half of the rows lie in a segment, the others are no measure of it."""
METHOD = "delta method, independent rows"


@dataclass(frozen=True, slots=True)
class Carried:
    """The distance of two samples, and what is left of it for each of K segments, shapes [K].

    `error`: the standard error of what is left. `p`: of the claim that less is left than there
    was, one-sided; 1 where a segment is too small or too large to be judged.
    """

    whole: float
    left: np.ndarray
    error: np.ndarray
    p: np.ndarray
    rows: float

    def estimate(self, at: int, alpha: float) -> Estimate:
        """What is left for a segment, alpha/2 a side."""
        value = float(self.left[at])
        half = float(-special.ndtri(alpha / 2) * self.error[at])
        low, high = max(0.0, value - half), min(1.0, value + half)
        return Estimate(value, low, high, self.rows, METHOD)


def by_mix(a: np.ndarray, b: np.ndarray, classes: np.ndarray, ordered: bool) -> Carried:
    """The reference weighed so that classes of the other column are as frequent as now.

    `classes` [K, C, S], 0 or 1: which cells are in a class; each cell is in one, some may be empty.
    The reference's rows of a class stand for the rows of today (direct standardisation).
    """
    n, m = float(a.sum()), float(b.sum())
    whole, signs = _distance(a.sum(axis=1)[None] / n, b.sum(axis=1)[None] / m, ordered)
    held, now = (np.einsum("kcs,ys->kcy", classes, one) for one in (a, b))
    rows, shares = held.sum(axis=2), now.sum(axis=2) / m
    inner = held / np.maximum(rows, 1)[:, :, None]
    mixed = (shares[:, :, None] * inner).sum(axis=1)
    left, other = _distance(mixed, b.sum(axis=1)[None] / m, ordered)
    worth = 1 / np.maximum((shares**2 / np.maximum(rows, 1)).sum(axis=1), 1 / n)
    fits = ((rows >= LEAST_INSIDE) | (shares == 0)).all(axis=1) & (worth >= LEAST_LEFT)
    means = (other[:, None] * inner).sum(axis=2)[:, :, None]
    weights = (shares * n / np.maximum(rows, 1))[:, :, None]
    off = other[:, None] - means
    error = np.sqrt(_variance(held, weights * off, n) + _variance(now, off, m))
    gone = np.sqrt(_variance(held, weights * off - signs, n) + _variance(now, off - signs, m))
    return _carried(float(whole[0]), left, error, gone, fits, n + m)


def left_out(a: np.ndarray, b: np.ndarray, inside: np.ndarray, ordered: bool) -> Carried:
    """The rows of a segment left out on both sides. `inside` [K, S]: which cells are in it."""
    n, m = float(a.sum()), float(b.sum())
    whole, signs = _distance(a.sum(axis=1)[None] / n, b.sum(axis=1)[None] / m, ordered)
    held = [inside @ one.T for one in (a, b)]
    rest = [one.sum(axis=1)[None] - part for one, part in zip((a, b), held, strict=True)]
    rows = [one.sum(axis=1) for one in rest]
    share = np.maximum(1 - rows[0] / n, 1 - rows[1] / m)
    fits = (np.minimum(*rows) >= LEAST_LEFT) & (share <= MOST_INSIDE)
    fits &= n + m - rows[0] - rows[1] >= LEAST_INSIDE
    inner = [one / np.maximum(k, 1)[:, None] for one, k in zip(rest, rows, strict=True)]
    left, other = _distance(inner[0], inner[1], ordered)
    error, gone = np.zeros(left.shape), np.zeros(left.shape)
    for at, total in enumerate((n, m)):
        mean = (other * inner[at]).sum(axis=1, keepdims=True)
        outside = (other - mean) * total / np.maximum(rows[at], 1)[:, None]
        both = np.stack([held[at], rest[at]], axis=1)
        error += _variance(both, np.stack([0 * outside, outside], axis=1), total)
        gone += _variance(both, np.stack([0 * outside - signs, outside - signs], axis=1), total)
    return _carried(float(whole[0]), left, np.sqrt(error), np.sqrt(gone), fits, n + m)


def _carried(
    whole: float, left: np.ndarray, error: np.ndarray, gone: np.ndarray, fits: np.ndarray, n: float
) -> Carried:
    with np.errstate(divide="ignore", invalid="ignore"):
        z = np.where(gone > 0, (whole - left) / gone, 0.0)
    return Carried(whole, left, error, np.where(fits & (z > 0), special.ndtr(-z), 1.0), n)


def _variance(rows: np.ndarray, values: np.ndarray, total: float) -> np.ndarray:
    """Of the mean of `values` over all rows, both [K, C, Y]; shape [K]."""
    mean = (rows * values).sum(axis=(1, 2)) / total
    square = (rows * values**2).sum(axis=(1, 2)) / total
    found: np.ndarray = np.maximum(square - mean**2, 0.0) / total
    return found


def _distance(p: np.ndarray, q: np.ndarray, ordered: bool) -> tuple[np.ndarray, np.ndarray]:
    """Total variation, or Kolmogorov's D, of shares [K, Y]; and the weight of each cell in it."""
    if not ordered:
        signs = np.sign(q - p) / 2
    else:
        gaps = np.cumsum(q - p, axis=1)
        top = np.abs(gaps).argmax(axis=1)[:, None]
        signs = (np.arange(p.shape[1])[None] <= top) * np.sign(np.take_along_axis(gaps, top, 1))
    return (signs * (q - p)).sum(axis=1), signs
