"""The always-valid interval of one rate: the beta mixture."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
from scipy import special

from sextant.stats.estimate import Level

EDGE = 36.0
"""Logit of the outermost rates that are tried: 2e-16 from 0 and from 1."""

CLOSE = 1e-9
STEPS = 80


def prior_strength(level: Level) -> float:
    """Pseudo-observations c of the mixing Beta(pc, (1-p)c), tightest near n = `tuned_to`."""
    if level.tuned_to is None:
        raise ValueError("the beta mixture needs a level with `tuned_to`")
    log_inverse = 2 * math.log(1 / level.alpha)
    return max(level.tuned_to / (log_inverse + math.log1p(log_inverse)) - 1, 1e-3)


def log_mixture(p: float, k: np.ndarray | float, n: float, strength: float) -> np.ndarray:
    """ln M(p): the evidence against the rate `p` after k of n; M is a martingale where p is true.

    M(p) = B(pc + k, qc + n - k) / (B(pc, qc) p^k q^(n-k)), q = 1 - p (Robbins' mixture; Howard et
    al., arXiv 1810.08240, package confseq). 0 < p < 1; `k` may be an array.
    """
    q = 1 - p
    misses = n - np.asarray(k, dtype=float)
    mixture = special.betaln(p * strength + k, q * strength + misses)
    prior = special.betaln(p * strength, q * strength)
    return np.asarray(mixture - prior - k * math.log(p) - misses * math.log(q))


def log_threshold(p: float, level: Level, strength: float, side: int) -> float:
    """ln M(p) that rejects `p` from one side: 1 where the rate seen is above p, -1 below.

    1/alpha as long as the mixing distribution has at most 58 % of its mass on that side of p. Near
    0 and 1 nearly all of it lies on one side, and that side alone would spend the whole alpha: the
    threshold becomes 2 mass/alpha, which keeps its error at alpha/2; between 58 and 61 % it rises.
    """
    a, b = p * strength, (1 - p) * strength
    mass = float(special.betaincc(a, b, p) if side > 0 else special.betainc(a, b, p))
    return math.log(max(1.0, min(2 * mass, 1 + 8 * (mass - 0.58))) / level.alpha)


def mixture_limits(k: float, n: float, level: Level) -> tuple[float, float]:
    """All p with M(p) below its threshold: an interval that holds at every n at once.

    `level.tuned_to` is in units of n > 0. The two-sided error is at most alpha for independent
    rows (Ville's inequality). Solved on the logit scale, rounded outwards.
    """
    c = prior_strength(level)
    misses = max(n - k, 0.0)
    whole = math.lgamma(c + n) - math.lgamma(c)

    def evidence(x: float) -> float:
        log_p, log_q = -math.log1p(math.exp(-x)), -math.log1p(math.exp(x))
        a, b = c * math.exp(log_p), c * math.exp(log_q)
        hits = math.lgamma(a + k) - math.lgamma(a) - k * log_p
        return hits + math.lgamma(b + misses) - math.lgamma(b) - misses * log_q - whole

    def edge(step: float) -> float:
        side = 1 if step < 0 else -1
        found = _edge(lambda x: evidence(x) + math.log(level.alpha), centre, step)
        if not 0 < found < 1 or log_threshold(found, level, c, side) <= -math.log(level.alpha):
            return found  # the usual case; the threshold is slow to compute
        return _edge(
            lambda x: evidence(x) - log_threshold(1 / (1 + math.exp(-x)), level, c, side),
            centre,
            step,
        )

    share = min(max(k, 0.1) / n, 1 - min(0.1 / n, 0.1))
    share = min(share, 1 - max(misses, 0.1) / (n + 1))
    centre = math.log(share / (1 - share))
    step = 3.5 / math.sqrt(n * share * (1 - share))
    low = 0.0 if k <= 0 else edge(-step)
    high = 1.0 if misses <= 0 else edge(step)
    return low, high


def _edge(excess: Callable[[float], float], centre: float, step: float) -> float:
    """The rate at which `excess` turns positive, going from `centre` in the direction of `step`.

    Steps outwards until it is positive, then the Illinois method; the positive end is returned.
    """
    inside, f_inside = centre, excess(centre)
    outside = math.copysign(min(abs(centre + step), EDGE), centre + step)
    while (f_outside := excess(outside)) <= 0:
        if abs(outside) >= EDGE:
            return 0.0 if step < 0 else 1.0
        inside, f_inside, step = outside, f_outside, 2 * step
        outside = min(max(outside + step, -EDGE), EDGE)
    last = 0
    for _ in range(STEPS):
        if abs(outside - inside) < CLOSE:
            break
        x = outside - f_outside * (outside - inside) / (f_outside - f_inside)
        x += math.copysign(0.25 * CLOSE, outside - inside)
        f = excess(x)
        if f > 0:
            outside, f_outside = x, f
            f_inside /= 2 if last > 0 else 1
        else:
            inside, f_inside = x, f
            f_outside /= 2 if last < 0 else 1
        last = 1 if f > 0 else -1
    return 1 / (1 + math.exp(-outside))
