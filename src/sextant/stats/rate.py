"""The share of rows (or of a subset of them) for which something is true, with its interval."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from scipy import special

from sextant.stats.critical import evidence_pieces, normal, student
from sextant.stats.estimate import Estimate, Level
from sextant.stats.sequential import log_mixture, log_threshold, mixture_limits, prior_strength

EXACT = "Clopper-Pearson"
ALWAYS = "beta-mixture confidence sequence"
NO_ROWS = "no row to count"
FEW_UNITS = 5
UNEQUAL = 4
"""Units worth fewer than a quarter as many equal ones: no variance can be estimated from them."""


def clopper_pearson(
    k: np.ndarray | float, n: np.ndarray | float, alpha: float
) -> tuple[np.ndarray, np.ndarray]:
    """Exact two-sided limits of a rate, alpha/2 a side; k and n may be fractional arrays.

    low = BetaInv(alpha/2; k, n-k+1), 0 at k = 0; high = BetaInv(1-alpha/2; k+1, n-k), 1 at k = n
    (Clopper and Pearson 1934). For independent rows the error is at most alpha/2 a side.
    """
    k, n = np.asarray(k, dtype=float), np.asarray(n, dtype=float)
    misses = np.maximum(n - k, 0.0)
    low = special.betaincinv(np.where(k > 0, k, 1.0), misses + 1, alpha / 2)
    high = special.betainccinv(k + 1, np.where(misses > 0, misses, 1.0), alpha / 2)
    return np.where(k > 0, low, 0.0), np.where(misses > 0, high, 1.0)


def above(k: np.ndarray | float, n: float, p: float, level: Level) -> np.ndarray:
    """Where the low limit of k/n reaches p: the rate is shown to be at least p."""
    k = np.asarray(k, dtype=float)
    misses = np.maximum(n - k, 0.0)
    if level.tuned_to is None:
        shown = special.betainc(np.where(k > 0, k, 1.0), misses + 1, p) <= level.alpha / 2
        return np.asarray((k > 0) & shown)
    return np.asarray((k > n * p) & _rejected(k, n, p, level, 1))


def below(k: np.ndarray | float, n: float, p: float, level: Level) -> np.ndarray:
    """Where the high limit of k/n stays under p: the rate is shown to be less than p."""
    k = np.asarray(k, dtype=float)
    misses = np.maximum(n - k, 0.0)
    if level.tuned_to is None:
        tail = special.betaincc(k + 1, np.where(misses > 0, misses, 1.0), p)
        return np.asarray((misses > 0) & (tail < level.alpha / 2))
    return np.asarray((k < n * p) & _rejected(k, n, p, level, -1))


def _rejected(k: np.ndarray, n: float, p: float, level: Level, side: int) -> np.ndarray:
    strength = prior_strength(level)
    return log_mixture(p, k, n, strength) >= log_threshold(p, level, strength, side)


def rate(k: float, n: float, level: Level) -> Estimate:
    """k of n rows: Clopper-Pearson when looked at once, then the beta mixture.

    Exact for independent rows at any n and any rate. k and n may be fractional. n = 0: undefined.
    """
    if n <= 0:
        return Estimate.undefined(NO_ROWS)
    k = min(max(k, 0.0), n)
    if level.tuned_to is not None:
        return Estimate(k / n, *mixture_limits(k, n, level), n, ALWAYS)
    low, high = clopper_pearson(k, n, level.alpha)
    return Estimate(k / n, float(low), float(high), n, EXACT)


@dataclass(frozen=True, slots=True)
class UnitRate:
    """A rate over units of dependent rows, and how many independent rows it is worth.

    `n` rows have the variance of `independent` rows; `effective` also pays for estimating that
    variance from few units. `residuals` = k_u - rate n_u, one per unit as given.
    """

    rate: float
    n: float
    independent: float
    effective: float
    nu: float
    units: float
    residuals: np.ndarray

    @property
    def design_effect(self) -> float:
        """How many times the variance exceeds that of as many independent rows (at least 1)."""
        return self.n / self.independent


def unit_rate(
    k_u: np.ndarray, n_u: np.ndarray, alpha: float, copies: float = 1.0
) -> UnitRate | None:
    """The rate sum(k)/sum(n) of units and how many independent rows it is worth; None if empty.

    Linearised variance V of the ratio, n0 = min(n, R(1-R)/V), then n0 (z/t_nu)^2 for the few
    units that carry the evidence, at least min(n0, G_e) with G_e = n^2/sum(n_u^2) (Korn and
    Graubard 1998, with nu in place of G - 1). G_e alone where V = 0 or with fewer than 5 units,
    and no more than G_e where that is under G/4. `copies` f stands for the units f times over.
    """
    x, y = np.asarray(n_u, dtype=float), np.asarray(k_u, dtype=float)
    total = float(x.sum())
    if total <= 0:
        return None
    share = min(max(float(y.sum()) / total, 0.0), 1.0)
    e = y - share * x
    n, g = total * copies, int(np.count_nonzero(x > 0)) * copies
    equal = min(copies * total**2 / float(np.square(x).sum()), n)
    spread = float(np.square(e).sum())
    nu = min(evidence_pieces(e) * copies, equal)
    if spread <= 1e-18 * total or g < FEW_UNITS:
        return UnitRate(share, n, equal, equal, nu, g, e)
    variance = g / (g - 1) * copies * spread / n**2
    n0 = min(n, share * (1 - share) / variance)
    effective = max(n0 * (normal(alpha) / student(nu, alpha)) ** 2, min(n0, equal))
    if equal < g / UNEQUAL:
        effective = min(effective, equal)
    return UnitRate(share, n, n0, effective, nu, g, e)


def rate_by_unit(k_u: np.ndarray, n_u: np.ndarray, level: Level, copies: float = 1.0) -> Estimate:
    """The rate of dependent rows from k and n per unit (or per bucket of units).

    `rate` at the effective size of `unit_rate`. Units are independent of each other; rows inside
    one may depend in any way. Holds best with 30 units that carry the evidence; with fewer it is
    wider. `n` is the number of rows.
    """
    unit = unit_rate(k_u, n_u, level.alpha, copies)
    if unit is None:
        return Estimate.undefined(NO_ROWS)
    return rate_of(unit, level)


def rate_of(unit: UnitRate, level: Level) -> Estimate:
    """The interval of a `UnitRate`; at later looks `tuned_to` shrinks with the effective size."""
    share = unit.effective / unit.n
    scaled = level
    if level.tuned_to is not None:
        scaled = replace(level, tuned_to=level.tuned_to * share)
    found = rate(unit.rate * unit.effective, unit.effective, scaled)
    return replace(found, n=unit.n, method=f"{found.method}, effective size of units")


def residual_correlation(units: list[UnitRate]) -> np.ndarray:
    """Correlation of several rates of the same units, from their residuals; shape [m, m]."""
    residuals = np.stack([u.residuals for u in units])
    norms = np.sqrt(np.square(residuals).sum(axis=1))
    scale = np.where(norms > 0, norms, 1.0)
    correlation = np.asarray((residuals @ residuals.T) / np.outer(scale, scale))
    np.fill_diagonal(correlation, 1.0)
    return correlation
