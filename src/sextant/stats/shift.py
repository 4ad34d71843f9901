"""Have two samples the same distribution: tests, distances and what could have been seen.

Both samples are random; neither is taken for the truth. Counts are of rows in shared bins.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from scipy import special

from sextant.stats.estimate import Estimate
from sextant.stats.permuted import CELLS, DVORETZKY, SURE, draws_for, ordered_p, values_p

LEAST_EXPECTED = 5.0
"""Values expected more rarely than this in the smaller sample are counted together."""
MOST_CELLS = 200
"""So many of the most frequent values stand by themselves."""
KOLMOGOROV_MEAN = 0.8687
"""E sup|Brownian bridge|: the mean of D / sqrt(1/n + 1/m) where nothing changed."""
ORDERED = "ranks and Kolmogorov-Smirnov, two samples, by permutation"
VALUES = "chi-squared, two samples, by permutation"


@dataclass(frozen=True, slots=True)
class Shift:
    """How far two samples lie apart.

    `distance`: the share of rows that would have to differ (total variation), of ordered values
    the largest difference of the shares up to a value (Kolmogorov's D); its interval has
    alpha/2 a side. `p`: of a sample as far off if nothing changed. `detectable`: any change of
    this distance is shown at `p <= at` in at least 80 of 100 tries.
    """

    distance: Estimate
    p: float
    detectable: float


def ordered_shift(a: np.ndarray, b: np.ndarray, alpha: float, at: float) -> Shift:
    """Two samples counted in the same ordered bins, shape [B] each.

    Binning can only lower D, so that the p of its bound stays one. Raises ValueError for an empty
    sample.
    """
    distance = ordered_distance(a, b, alpha)
    p = ordered_p(a, b, at) if distance.value else 1.0
    h = _sizes(a, b)[2]
    return Shift(distance, p, min(1.0, _seen(h, at, a.size > CELLS)))


def ordered_distance(a: np.ndarray, b: np.ndarray, alpha: float) -> Estimate:
    """Kolmogorov's D of two samples in the same ordered bins, shape [B] each."""
    n, m, h = _sizes(a, b)
    d = float(np.abs(np.cumsum(a) / n - np.cumsum(b) / m).max())
    return _distance(d, KOLMOGOROV_MEAN * math.sqrt(h), h, alpha, n + m, ORDERED)


def _seen(h: float, at: float, cells: bool) -> float:
    """D that is shown in 80 of 100 tries: by the bound, or by the permutation.

    The smaller of two p is permuted: at most twice D's own. Cells can hide one cell's rows.
    """

    def shown(level: float) -> float:
        power = float(special.ndtri(0.8)) * math.sqrt(h) / 2
        return math.sqrt(math.log(DVORETZKY / level) * h / 2) + power

    if not draws_for(at):
        return shown(at)
    return min(shown(at * SURE), shown(at * (1 - SURE) / 2) + (1 / CELLS if cells else 0))


def values_shift(a: np.ndarray, b: np.ndarray, alpha: float, at: float) -> Shift:
    """Two samples counted by the same values, shape [K] each, whole numbers.

    Rare values are counted together by what both samples hold, so that the permutation
    distribution of chi-squared, given that, is exact. Raises ValueError for an empty sample.
    """
    a, b = folded(np.asarray(a, np.float64), np.asarray(b, np.float64))
    distance, h = values_distance(a, b, alpha), _sizes(a, b)[2]
    free = max(a.size - 1, 1)
    if draws_for(at):
        cut = special.chdtri(free, at * (1 - SURE))
        seen = math.sqrt(max(float(special.chndtrinc(cut, free, 0.2)), 0.0) * h) / 2
    else:
        seen = -float(special.ndtri(at / 2 / a.size) + special.ndtri(0.2)) * a.size * h**0.5 / 4
    p = values_p(a, b, at)
    return Shift(distance, p, min(1.0, seen))


def values_distance(a: np.ndarray, b: np.ndarray, alpha: float) -> Estimate:
    """Total variation of two samples by the same values, shape [K] each."""
    n, m, h = _sizes(a, b)
    d = float(np.abs(a / n - b / m).sum() / 2)
    pooled = (a + b) / (n + m)
    noise = float(np.sqrt(pooled * (1 - pooled) * h).sum()) * math.sqrt(2 / math.pi) / 2
    return _distance(d, noise, h, alpha, n + m, VALUES)


def rows_needed(shift: Shift, n: float, m: float, margin: float, alpha: float) -> float | None:
    """Rows of the second sample from which no change at all shows as less than `margin`.

    None where the first sample is too small for any number. The noise is taken to be what it is.
    """
    h = 1 / n + 1 / m
    half = math.sqrt(math.log(2 / alpha) / 2)
    noise = (shift.distance.high - shift.distance.value) if shift.distance.value is not None else 0
    floor = max(half, noise / math.sqrt(h)) + _floor(shift, h)
    left = (margin / floor) ** 2 - 1 / n
    return math.ceil(1 / left) if left > 0 else None


def folded(a: np.ndarray, b: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Frequent values by themselves, all others as one, by what both samples hold together."""
    pooled = a + b
    kept = frequent(a, b)
    rest = ~kept & (pooled > 0)
    if not rest.any():
        return a[kept], b[kept]
    return np.append(a[kept], a[rest].sum()), np.append(b[kept], b[rest].sum())


def frequent(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """Which values stand by themselves, shape [K]."""
    pooled = a + b
    smaller = min(a.sum(), b.sum()) / pooled.sum()
    kept: np.ndarray = pooled * smaller >= LEAST_EXPECTED
    if np.count_nonzero(kept) > MOST_CELLS:
        least = np.sort(pooled)[-MOST_CELLS]
        kept &= pooled > least
    return kept


def _sizes(a: np.ndarray, b: np.ndarray) -> tuple[float, float, float]:
    n, m = float(a.sum()), float(b.sum())
    if not (n and m):
        raise ValueError(f"Both samples need rows, here are {n:g} and {m:g}.")
    return n, m, 1 / n + 1 / m


def _distance(d: float, noise: float, h: float, alpha: float, n: float, method: str) -> Estimate:
    """Another row in a row's place moves d by at most 1/n or 1/m (McDiarmid 1989).

    The mean of d lies at or above the true distance (Jensen), so the upper end is proven; the
    lower one takes off the mean that d has where nothing changed.
    """
    off = math.sqrt(math.log(2 / alpha) * h / 2)
    return Estimate(d, max(0.0, d - noise - off), min(1.0, d + off), n, method)


def _floor(shift: Shift, h: float) -> float:
    """The distance that chance makes, in units of sqrt(1/n + 1/m)."""
    if shift.distance.method == ORDERED:
        return KOLMOGOROV_MEAN
    return shift.distance.value / math.sqrt(h) if shift.distance.value else 0.0


def holm(p: np.ndarray) -> np.ndarray:
    """Adjusted p of a family: none at or below alpha is false with probability 1 - alpha.

    Holm (1979); holds however the columns hang together.
    """
    order = np.argsort(p, kind="stable")
    steps = np.maximum.accumulate(p[order] * np.arange(p.size, 0, -1))
    found = np.empty(p.size)
    found[order] = np.minimum(steps, 1.0)
    return found
