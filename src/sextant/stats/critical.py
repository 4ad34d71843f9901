"""Quantiles that turn a standard error into an interval, whichever way it may be looked at."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
from scipy import special

from sextant.stats.estimate import Level

LATER_UNITS = 200.0
LATER_EVENTS = 10.0


def normal(alpha: float) -> float:
    """The 1 - alpha/2 quantile of the standard normal distribution."""
    return -float(special.ndtri(alpha / 2))


def student(nu: float, alpha: float) -> float:
    """The 1 - alpha/2 quantile of Student's t with max(nu - 1, 1) degrees of freedom."""
    if math.isinf(nu):
        return normal(alpha)
    return -float(special.stdtrit(max(nu - 1.0, 1.0), alpha / 2))


def evidence_pieces(d: np.ndarray, weights: np.ndarray | float = 1.0) -> float:
    """How many independent pieces carry the evidence: (sum w d^2)^2 / sum w d^4.

    `d` are the pieces' contributions to the estimate, `weights` how often each occurs. Infinite
    where no piece contributes. It is the Kish size of d^2, after Satterthwaite's idea.
    """
    squares = np.square(d)
    second = float(np.sum(weights * squares))
    fourth = float(np.sum(weights * np.square(squares)))
    return second * second / fourth if fourth > 0 else math.inf


def multiplier(n: float, level: Level) -> float:
    """Half-width of the always-valid interval in standard errors, after n units.

    Normal mixture of Waudby-Smith et al. (arXiv 2103.06476), tightest near `level.tuned_to`; it
    rests on the normal limit, hence `later_obstacle`.
    """
    if level.tuned_to is None:
        raise ValueError("an interval looked at once has no always-valid multiplier")
    log_alpha = math.log(level.alpha)
    rho2 = (-2 * log_alpha + math.log(1 - 2 * log_alpha)) / level.tuned_to
    r = n * rho2
    return math.sqrt(2 * (r + 1) / r * (0.5 * math.log(r + 1) - log_alpha))


def critical(n: float, nu: float, level: Level) -> float:
    """How many standard errors the interval extends: t_nu, at later looks times multiplier/z."""
    t = student(nu, level.alpha)
    if level.tuned_to is None:
        return t
    return multiplier(n, level) * t / normal(level.alpha)


def later_obstacle(level: Level, units: float, *outcomes: float) -> str:
    """Why an asymptotic rule may not be used at a later look; empty where it may.

    `outcomes` are the counts of events and of non-events. The normal mixture needs 200 units and
    10 of each: before that the sum is not yet normal at the small error each look is left with.
    """
    if level.tuned_to is None:
        return ""
    if units < LATER_UNITS:
        return f"a further look needs {LATER_UNITS:.0f} independent units, here are {units:.0f}"
    if outcomes and min(outcomes) < LATER_EVENTS:
        return f"a further look needs {LATER_EVENTS:.0f} of each outcome, here {min(outcomes):.0f}"
    return ""


def bisect(inside: Callable[[float], bool], good: float, bad: float, steps: int = 60) -> float:
    """The edge between `good`, where `inside` holds, and `bad`, where it does not (bad side)."""
    for _ in range(steps):
        middle = 0.5 * (good + bad)
        if middle in (good, bad):
            break
        if inside(middle):
            good = middle
        else:
            bad = middle
    return bad
