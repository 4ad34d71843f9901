"""The common scale of one criterion's interval bars."""

from __future__ import annotations

import math
from collections.abc import Iterable

from sextant.stats.estimate import Estimate

Domain = tuple[float, float]
PADDING = 0.12


def domain_of(
    estimates: Iterable[Estimate],
    bound: float,
    limits: Domain = (-math.inf, math.inf),
) -> Domain:
    """The stretch of numbers that shows the bound and every interval, with room around them.

    It zooms to their neighbourhood instead of showing 0 to 1, and never leaves `limits`, the
    metric's own range. All rows of one criterion share it, so that their bars can be compared.
    """
    numbers = [bound]
    for estimate in estimates:
        ends = (estimate.value, estimate.low, estimate.high)
        numbers += [x for x in ends if x is not None and math.isfinite(x)]
    low, high = min(numbers), max(numbers)
    width = high - low or abs(bound) * 0.2 or 1.0
    low, high = low - PADDING * width, high + PADDING * width
    return max(low, limits[0]), min(high, limits[1])
