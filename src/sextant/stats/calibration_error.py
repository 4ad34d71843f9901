"""Expected calibration error: how far the scores of bins lie from what came true in them."""

from __future__ import annotations

import math
from dataclasses import replace
from itertools import product

import numpy as np
from scipy import special

from sextant.stats.critical import evidence_pieces, normal, student
from sextant.stats.estimate import Estimate, Level
from sextant.stats.rate import rate, rate_by_unit

METHOD = "binned, folded normal sums"
BOX = "box of the bins' exact limits"
FEWEST = 200.0
PIECES = 30.0
GRID = 4096
NO_ROWS = "no labelled row with a score"


def calibration_error(
    k: np.ndarray, n: np.ndarray, score: np.ndarray, slack: np.ndarray, level: Level
) -> Estimate:
    """S = Σ w_b |k_b/n_b − p̄_b|, w_b the share of the rows in bin b; independent rows.

    `k` of `n` rows came true, `score` is the bin's mean score p̄ and `slack` by how much it may be
    off. With σ_b² = w_b² ỹ(1−ỹ)/n_b and ỹ = (k_b+1)/(n_b+2): high = S + z √Σσ_b², low =
    max(0, S − q), q the 1 − α/2 quantile of Σ σ_b|Z_b|, since |Σ|a| − Σ|b|| <= Σ|a − b|. S itself
    lies above the truth by up to √(2/π) Σσ_b, which chance alone makes of perfect scores; `method`
    states that floor. Domain: 200 rows looked at once; else the box of the bins' exact limits at
    α/B, which holds always.
    """
    used = np.asarray(n) > 0
    k, n, score, slack = (np.asarray(a, dtype=float)[used] for a in (k, n, score, slack))
    total = float(n.sum())
    if total <= 0:
        return Estimate.undefined(NO_ROWS)
    w = n / total
    value = float(w @ np.abs(k / n - score))
    sigma = _sigma(k, n, w)
    if level.tuned_to is not None or total < FEWEST:
        at = level.split(n.size)
        limits = [rate(a, b, _tuned(at, b / total)) for a, b in zip(k, n, strict=True)]
        return _box(value, limits, w, score, slack, total)
    high = value + normal(level.alpha) * math.sqrt(float(sigma @ sigma))
    low = value - folded_quantile(sigma, level.alpha / 2)
    return _widened(value, low, high, float(w @ slack), total, f"{METHOD}; {_floor(sigma)}")


def calibration_error_by_unit(
    k_u: np.ndarray,
    n_u: np.ndarray,
    score: np.ndarray,
    slack: np.ndarray,
    level: Level,
    copies: float = 1.0,
) -> Estimate:
    """The same of dependent rows: k and n per unit (or bucket) and bin, shape [G, B].

    The bins' errors are correlated, so the variance of Σ±δ_b is taken at its largest over all
    signs, from the units' residuals (never below that of independent rows), with t of the units.
    Domain: 30 units that carry the evidence, looked at once, up to 12 bins; else the box.
    """
    used = n_u.sum(axis=0) > 0
    k_u, n_u, score, slack = k_u[:, used], n_u[:, used], score[used], slack[used]
    k, n = k_u.sum(axis=0), n_u.sum(axis=0)
    total = float(n.sum()) * copies
    if total <= 0:
        return Estimate.undefined(NO_ROWS)
    w = n * copies / total
    value = float(w @ np.abs(k / n - score))
    e = (k_u - k / n * n_u) * copies / total
    g = np.count_nonzero(n_u.sum(axis=1)) * copies
    spread = e.T @ e / copies * g / max(g - 1, 1.0)
    alone = np.square(_sigma(k * copies, n * copies, w))
    spread[np.diag_indices_from(spread)] = np.maximum(np.diag(spread), alone)
    signs = np.array(list(product((-1.0, 1.0), repeat=n.size - 1))) if n.size <= 12 else None
    if level.tuned_to is None and signs is not None:
        signs = np.c_[np.ones(len(signs)), signs]
        sizes = np.einsum("sb,bc,sc->s", signs, spread, signs)
        worst = int(np.argmax(sizes))
        nu = min(evidence_pieces(e @ signs[worst]) * copies, float(g))
        if nu >= PIECES:
            half = student(nu, level.alpha) * math.sqrt(float(sizes[worst]))
            sigma = np.sqrt(np.diag(spread))
            floor = math.sqrt(2 / math.pi) * float(sigma.sum())
            method = f"{METHOD} at the worst signs, units; {_floor(sigma)}"
            return _widened(
                value, value - floor - half, value + half, float(w @ slack), total, method
            )
    at = level.split(n.size)
    limits = [
        rate_by_unit(k_u[:, b], n_u[:, b], _tuned(at, float(w[b])), copies) for b in range(n.size)
    ]
    return _box(value, limits, w, score, slack, total)


def folded_quantile(sigma: np.ndarray, upper: float) -> float:
    """The 1 − `upper` quantile of Σ σ_b |Z_b|, Z_b independent standard normal.

    The sum's distribution on a grid of 4,096 steps, by the product of the Fourier transforms.
    """
    sigma = sigma[sigma > 0]
    if not sigma.size:
        return 0.0
    # beyond its mean by 6 of its largest deviations nothing is left of it (Lipschitz bound)
    reach = math.sqrt(2 / math.pi) * float(sigma.sum()) + 6 * math.sqrt(float(sigma @ sigma))
    step = reach / GRID
    edges = (np.arange(GRID + 1) - 0.5).clip(0) * step
    whole = np.ones(GRID + 1, dtype=complex)
    for one in sigma:
        cells = np.diff(special.erf(edges / (one * math.sqrt(2))))
        whole *= np.fft.rfft(cells, 2 * GRID)
    sums = np.cumsum(np.fft.irfft(whole, 2 * GRID)[:GRID])
    return float(np.searchsorted(sums, 1 - upper)) * step


def _sigma(k: np.ndarray, n: np.ndarray, w: np.ndarray) -> np.ndarray:
    smoothed = (k + 1) / (n + 2)
    return np.asarray(w * np.sqrt(smoothed * (1 - smoothed) / n))


def _floor(sigma: np.ndarray) -> str:
    return f"{math.sqrt(2 / math.pi) * float(sigma.sum()):.3g} by chance alone"


def _tuned(level: Level, share: float) -> Level:
    """The level in units of a bin that holds `share` of the rows."""
    if level.tuned_to is None:
        return level
    return replace(level, tuned_to=max(level.tuned_to * share, 1.0))


def _box(
    value: float,
    limits: list[Estimate],
    w: np.ndarray,
    score: np.ndarray,
    slack: np.ndarray,
    n: float,
) -> Estimate:
    """Every bin's rate anywhere in its limits: the least and the largest error that allows."""
    low, high = (np.array([getattr(one, end) for one in limits]) for end in ("low", "high"))
    nearest = np.maximum(np.maximum(low - score, score - high), 0.0)
    furthest = np.maximum(np.abs(low - score), np.abs(high - score))
    return _widened(value, float(w @ nearest), float(w @ furthest), float(w @ slack), n, BOX)


def _widened(
    value: float, low: float, high: float, slack: float, n: float, method: str
) -> Estimate:
    return Estimate(value, max(low - slack, 0.0), min(high + slack, 1.0), n, method)
