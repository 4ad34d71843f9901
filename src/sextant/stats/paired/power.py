"""The smallest difference that the data at hand could have shown."""

from __future__ import annotations

import math

import numpy as np
from scipy import special

from sextant.stats.critical import multiplier, normal
from sextant.stats.estimate import Estimate, Level
from sextant.stats.rate import above

POWER = 0.8


def detectable_share(discordant: float, n: float, level: Level) -> float | None:
    """The difference that a sign test on the rows that differ would find in 80 of 100 tries.

    With m of n rows different, k the least count on one side that the exact test (at later looks
    the always-valid one) takes for a difference, and theta the share at which P(Bin(m, theta) >=
    k) = .8, it is (2 theta - 1) m / n. None where no count would do: too few rows differ.
    """
    m = math.floor(discordant + 1e-9)
    if m < 1 or n <= 0:
        return None
    first = _first_shown(m, level)
    if first is None:
        return None
    theta = float(special.betaincinv(first, m - first + 1, POWER))
    return (2 * theta - 1) * m / n


def _first_shown(m: int, level: Level) -> int | None:
    """The least k of m that shows more than one half; by halving, for shown stays shown."""
    low, high = m // 2, m
    if not bool(above(float(m), m, 0.5, level)):
        return None
    while high - low > 1:
        middle = (low + high) // 2
        if bool(above(np.float64(middle), m, 0.5, level)):
            high = middle
        else:
            low = middle
    return high


def detectable(estimate: Estimate, level: Level, units: float) -> float | None:
    """The same from an interval: half of it is so many standard errors, 0.84 more give power 80 %.

    `units`: independent rows, for the later looks. None where there is no interval.
    """
    width = estimate.high - estimate.low
    if not math.isfinite(width) or width <= 0:
        return None
    times = normal(level.alpha) if level.tuned_to is None else multiplier(units, level)
    return 0.5 * width * (1 + float(special.ndtri(POWER)) / times)
