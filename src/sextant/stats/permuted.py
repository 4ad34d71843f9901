"""Tests of two samples that keep their level at any size: by permutation, by bounds below it.

Conditional on what both samples hold together, every split of it is as likely where nothing
changed. So a permutation test keeps its level whatever the distribution and however often it is
asked, and with a reference that is drawn once and compared many times it does so on the average
over references (`Shift` says what that means for a monitor).
"""

from __future__ import annotations

import math
import zlib
from collections.abc import Callable

import numpy as np
from scipy import special

from sextant.stats.hypergeometric import tails

BATCH, ENOUGH = 1_000, 20
DRAWS, MOST_DRAWS = 20_000, 50_000
"""Samples drawn at the most: 20,000; up to 50,000 where a level asks for it."""
LEAST = 5
"""A level at which fewer of all draws may lie as far off is left to the bound."""
SURE = 0.05
"""The part of the error that the bound has, which can say less than one in so many draws."""
PLAIN = 0.2
"""An asymptotic p above it is told as it is, or doubled: no level is that high."""
CELLS = 64
"""Ordered values are permuted in at most so many cells of about as many rows."""
WAVES = 8
"""Legendre polynomials of the ranks: where, how wide, how skewed, how heavy in the tails, ..."""
DVORETZKY = 2.16863
"""P(D >= d) <= C exp(-2 d^2 nm/(n+m)) for two samples of at least 4.

Wei and Dudley (2012, arXiv 1107.5356): for n = m the best constant falls from 2.16863 at n = 4 to
2 at 458 (their theorem; recomputed here from the exact distribution for n up to 10,000, see the
tests); for unequal samples C = 2 holds for all pairs up to 200 and for m = 2n up to 300 by their
computer search, and beyond that it is their conjecture.
"""
SMALLEST = math.e
"""The same for any n = m (their theorem 1); samples under 4 are given this."""

Far = Callable[[np.ndarray], np.ndarray]


def draws_for(at: float) -> int:
    """How many samples are drawn for a level; 0 where drawing cannot reach it."""
    draws = int(min(max(DRAWS, 1.1 * LEAST / at), MOST_DRAWS))
    return draws if at * (1 - SURE) * draws >= LEAST else 0


def dvoretzky(d: float, n: float, m: float) -> float:
    """A bound on P(D >= d) where nothing changed; ties and bins only lower D."""
    constant = DVORETZKY if min(n, m) >= 4 else SMALLEST
    return min(1.0, constant * math.exp(-2 * d * d * n * m / (n + m)))


def ordered_p(a: np.ndarray, b: np.ndarray, at: float) -> float:
    """Two samples in the same ordered bins, shape [B] each.

    The smaller p of Kolmogorov's D, which sees any change, and of a smooth test of the ranks
    (Neyman 1937: squared Legendre components, the j-th weighed by 1/j), which sees a change of
    place or spread sooner; the smaller of the two is permuted as one statistic. Together with the
    bound of D, which needs no draws.
    """
    n, m = float(a.sum()), float(b.sum())
    d = float(np.abs(np.cumsum(a) / n - np.cumsum(b) / m).max())
    bound = dvoretzky(d, n, m)
    a, b = coarse(a, b)
    if a.size < 2:
        return 1.0
    pooled = a + b
    far = smooth(pooled, n, m)
    plain = math.exp(-float(far(b)))
    if plain >= PLAIN:
        return min(1.0, 2 * plain)
    return _both(bound, b, pooled, far, at)


def values_p(a: np.ndarray, b: np.ndarray, at: float) -> float:
    """Two samples by the same values, shape [K] each: chi-squared, or the value that moved most.

    The latter exactly, by its hypergeometric distribution, for all values together (Bonferroni).
    """
    n, m, pooled = float(a.sum()), float(b.sum()), a + b
    if a.size < 2:
        return 1.0

    def far(drawn: np.ndarray) -> np.ndarray:
        return chi2(drawn, pooled, n, m)

    plain = float(special.chdtrc(a.size - 1, far(b)))
    if plain >= PLAIN:
        return plain
    total = int(n + m)
    low, high = tails(b, total, pooled, int(m))
    single = float(np.minimum(low, high).min()) * 2 * a.size
    return _both(single, b, pooled, far, at)


def chi2(b: np.ndarray, pooled: np.ndarray, n: float, m: float) -> np.ndarray:
    """Pearson's chi-squared of second samples `b` [..., K] given what both hold [K]."""
    expected = pooled * m / (n + m)
    found: np.ndarray = (np.square(b - expected) / expected).sum(axis=-1) * (n + m) / n
    return found


def coarse(a: np.ndarray, b: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Ordered bins as at most `CELLS` cells, cut by the rank among both samples together."""
    pooled = a + b
    middle = (np.cumsum(pooled) - pooled / 2) / pooled.sum()
    cell = np.minimum((middle * CELLS).astype(np.int64), CELLS - 1)
    x, y = (np.bincount(cell, one, CELLS) for one in (a, b))
    held = x + y > 0
    return x[held], y[held]


def smooth(pooled: np.ndarray, n: float, m: float) -> Far:
    """How far second samples lie off: -log of the smaller asymptotic p, shape [...]."""
    share = pooled / (n + m)
    middle = 2 * (np.cumsum(share) - share / 2) - 1
    count = min(WAVES, pooled.size - 1)
    waves = np.polynomial.legendre.legvander(middle, count)
    basis = np.linalg.qr(waves * np.sqrt(share)[:, None])[0][:, 1:] / np.sqrt(share)[:, None]
    basis *= math.sqrt((n + m - 1) / (n * m))
    weights = 1 / np.arange(1, count + 1)
    scale, free = (weights**2).sum() / weights.sum(), weights.sum() ** 2 / (weights**2).sum()
    expected, h = pooled * m / (n + m), 1 / n + 1 / m

    def far(drawn: np.ndarray) -> np.ndarray:
        gap = drawn - expected
        smooth = special.chdtrc(free, np.square(gap @ basis) @ weights / scale)
        most = np.abs(np.cumsum(gap, axis=-1)[..., :-1]).max(axis=-1) * h
        with np.errstate(divide="ignore"):
            found: np.ndarray = -np.log(np.minimum(smooth, special.kolmogorov(most / h**0.5)))
        return found

    return far


def _both(bound: float, b: np.ndarray, pooled: np.ndarray, far: Far, at: float) -> float:
    """The p of the bound and of the permutation, which share the error by `SURE`."""
    draws = draws_for(at)
    if not draws:
        return min(1.0, bound)
    single = min(1.0, bound / SURE)
    if single <= at:  # the bound alone decides; nothing need be drawn
        return single
    return min(single, _drawn(b, pooled, far, draws))


def _drawn(b: np.ndarray, pooled: np.ndarray, far: Far, draws: int) -> float:
    """Besag and Clifford (1991): draw until 100 samples lie as far off, or all are drawn.

    The seed is made of the counts: the same counts have the same p, and others other draws.
    """
    rng = np.random.default_rng(zlib.crc32(np.concatenate([pooled, b]).tobytes()))
    colours, size = pooled.astype(np.int64), int(b.sum())
    seen = far(b) * (1 - 1e-9)
    beyond, done = 0, 0
    while done < draws:
        batch = BATCH if done else ENOUGH * 2
        drawn = rng.multivariate_hypergeometric(colours, size, batch, method="marginals")
        hits = np.flatnonzero(far(drawn) >= seen)
        if beyond + hits.size >= ENOUGH:
            p = ENOUGH / (done + int(hits[ENOUGH - beyond - 1]) + 1)
            return min(1.0, p / (1 - SURE))
        beyond += hits.size
        done += batch
    return min(1.0, (beyond + 1) / (done + 1) / (1 - SURE))
