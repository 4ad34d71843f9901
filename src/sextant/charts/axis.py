"""Round numbers along an axis."""

from __future__ import annotations

import math

STEPS = (1, 2, 5, 10)


def linear_ticks(low: float, high: float, most: int = 6) -> list[float]:
    """At most `most` round numbers between two ends, a step of 1, 2 or 5 apart."""
    width = high - low
    if not width > 0:
        return [low]
    size = 10.0 ** math.floor(math.log10(width / most))
    step = next(size * one for one in (*STEPS, 20, 50) if width / (size * one) < most)
    first = math.ceil(low / step)
    return [round(at * step, 12) for at in range(first, math.floor(high / step) + 1)]


def log_ticks(low: float, high: float) -> list[float]:
    """1, 2, 5, 10, 20 … between two positive ends."""
    decades = range(math.floor(math.log10(low)) - 1, math.ceil(math.log10(high)) + 1)
    marks = [one * 10.0**decade for decade in decades for one in STEPS[:3]]
    return [mark for mark in marks if low <= mark <= high]
