"""Which digits of an estimate are its own, and which are the order in which numbers were added.

A sum of floating-point numbers depends on their order, and no scan on several threads has one: two
scans of one table differ in the last digits of a mean, and so do a scan and the states of its days.
"""

from __future__ import annotations

import math
from dataclasses import replace

from sextant.stats.estimate import Estimate

OF_WIDTH, OF_VALUE = 1e-10, 2.0**-42
"""A number is told to 1e-10 of its interval, and no finer than 2e-13 of itself. Measured on
1,000,000 rows in other orders: means added with compensation differ by 1e-16 of themselves,
variances by 1e-14."""
OF_N = 12


def settled(estimate: Estimate) -> Estimate:
    """The estimate rounded far below what its interval leaves open.

    So equal rows give equal numbers, in whatever order they were added up.
    """
    value = estimate.value
    if value is None or not math.isfinite(value):
        return estimate
    ends = [end for end in (estimate.low, estimate.high) if math.isfinite(end)]
    width = max((abs(end - value) for end in ends), default=0.0)
    step = max(OF_WIDTH * width, OF_VALUE * abs(value))
    if not step or not math.isfinite(step):
        return estimate
    places = -math.floor(math.log10(step))
    return replace(
        estimate,
        value=round(value, places),
        low=_rounded(estimate.low, places),
        high=_rounded(estimate.high, places),
        n=_digits(estimate.n),
        worth=None if estimate.worth is None else _digits(estimate.worth),
    )


def _rounded(end: float, places: int) -> float:
    return round(end, places) if math.isfinite(end) else end


def _digits(n: float) -> float:
    """A number of rows that may be a fraction, to `OF_N` digits."""
    return n if not n or not math.isfinite(n) or n == int(n) else float(f"{n:.{OF_N}g}")
