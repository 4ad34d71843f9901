"""Natural frequencies: "of 1,000 people about 7", with a denominator that fits the numbers.

People read counts of a fixed number of cases more reliably than percentages or probabilities
(Gigerenzer & Hoffrage 1995, Psychological Review 102:684-704).
"""

from __future__ import annotations

import math

from sextant.words.numbers import MOST_PLACES, Scale, consistent

DENOMINATORS = tuple(10**k for k in range(2, 8))


def frequency(
    value: float, low: float, high: float, bound: float, op: str, share: bool = True
) -> Scale:
    """The scale whose `factor` is the denominator: 100, 1,000, 10,000 … for rarer events.

    The first denominator serves at which the value (and its complement, where it is a share)
    counts at least about 1, the bound is a whole count, and no end contradicts the verdict.
    """
    for denominator in DENOMINATORS:
        scale = Scale(float(denominator))
        if (
            _counts(value, low, high, denominator, share)
            and _is_whole(bound, denominator)
            and consistent(scale, low, high, bound, op)
        ):
            return scale
    for places in range(1, MOST_PLACES):
        scale = Scale(100.0, places)
        if consistent(scale, low, high, bound, op):
            return scale
    return Scale(100.0, MOST_PLACES)


def frequency_of(bound: float) -> Scale:
    """The denominator at which a declared share is a whole count."""
    for denominator in DENOMINATORS:
        if _is_whole(bound, denominator):
            return Scale(float(denominator))
    return Scale(100.0, MOST_PLACES)


def of(scale: Scale) -> str:
    """The denominator as it is written: `100`, `10,000`."""
    return f"{scale.factor:,.0f}"


def _counts(value: float, low: float, high: float, denominator: int, share: bool) -> bool:
    sizes = [abs(value), 1 - value] if share else [abs(value)]
    if not value or (share and value == 1):
        sizes += [abs(end) for end in (low, high) if math.isfinite(end)]
        if share:
            sizes += [1 - end for end in (low, high) if math.isfinite(end)]
    smallest = min((size for size in sizes if size > 1e-12), default=1.0)
    return smallest * denominator >= 0.95


def _is_whole(bound: float, denominator: int) -> bool:
    count = bound * denominator
    return math.isinf(bound) or abs(count - round(count)) < 1e-6
