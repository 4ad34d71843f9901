"""The always-valid interval of one rate: the beta mixture."""

from __future__ import annotations

import math

import numpy as np
from scipy import special

from sextant.stats.estimate import Level

STEPS = 52
EDGE = 36.0  # logit of the outermost rate tried: 2e-16


def prior_strength(alpha: float, tuned_to: float) -> float:
    """Pseudo-observations of the mixing Beta(p c, (1-p) c), tightest near n = `tuned_to`."""
    log_inverse = 2 * math.log(1 / alpha)
    return max(tuned_to / (log_inverse + math.log1p(log_inverse)) - 1, 1e-3)


def log_mixture(
    p: np.ndarray | float, k: np.ndarray | float, n: np.ndarray | float, strength: float
) -> np.ndarray:
    """ln M(p): the evidence against the rate `p` after k of n; a martingale where p is true.

    M(p) = B(pc + k, qc + n - k) / (B(pc, qc) p^k q^(n-k)), q = 1 - p (Robbins' mixture; Howard et
    al., arXiv 1810.08240, package confseq). Broadcasts; p strictly between 0 and 1.
    """
    q = 1 - np.asarray(p, dtype=float)
    a, b = p * strength, q * strength
    misses = np.asarray(n, dtype=float) - k
    mixture = special.betaln(a + k, b + misses) - special.betaln(a, b)
    return np.asarray(mixture - special.xlogy(k, p) - special.xlog1py(misses, -np.asarray(p)))


def mixture_limits(
    k: np.ndarray | float, n: np.ndarray | float, level: Level
) -> tuple[np.ndarray, np.ndarray]:
    """All p with M(p) < 1/alpha: an interval that holds at every n at once with 1 - alpha.

    `level.tuned_to` is in units of n, and n > 0. Exact for independent rows (Ville's inequality).
    Bisection on the logit scale, rounded outwards; arrays broadcast.
    """
    if level.tuned_to is None:
        raise ValueError("the beta mixture needs a level with `tuned_to`")
    strength = prior_strength(level.alpha, level.tuned_to)
    limit = math.log(1 / level.alpha)
    k, n = np.broadcast_arrays(np.asarray(k, dtype=float), np.asarray(n, dtype=float))
    centre = special.logit(np.clip(k / n, 1e-15, 1 - 1e-15))
    inside = np.stack([centre, centre])
    outside = np.stack([np.full_like(centre, -EDGE), np.full_like(centre, EDGE)])
    for _ in range(STEPS):
        middle = 0.5 * (inside + outside)
        kept = log_mixture(special.expit(middle), k, n, strength) < limit
        inside, outside = np.where(kept, middle, inside), np.where(kept, outside, middle)
    low, high = special.expit(outside)
    return np.where(k <= 0, 0.0, low), np.where(k >= n, 1.0, high)
