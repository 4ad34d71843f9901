"""Groups too small to be judged: what they could tell at best, and how many rows are missing."""

from __future__ import annotations

import math

from sextant.stats.estimate import Estimate, Level
from sextant.stats.rate import clopper_pearson
from sextant.studies.fairness.counted import Counted
from sextant.studies.fairness.measures import BIAS, Measure
from sextant.studies.fairness.result import Small

MOST = 10_000_000


def small(
    group: Counted, measure: Measure, pooled: Estimate, bound: float, level: Level
) -> Small | None:
    """Whether a group could not be told within `bound` of the others though it were as they are.

    At the pooled rate and the group's n its limits must lie within the bound. That rests on how
    many rows there are and not on what they say, so that it picks no group by its outcome. The
    missing rows are all rows of the group, of which those that count are so large a part.
    """
    own = measure.estimate(group, level)
    if pooled.value is None:
        return None
    rate, own_rate = pooled.value, own.value
    if measure is BIAS:  # a bias has no rate: its limits are taken where they are widest
        rate, own_rate = 0.5, None if own.value is None else 0.5
    n = _effective(own, own_rate, group, level)
    if own.value is not None and _reach(n, rate, level.alpha) <= bound:
        return None
    needed = enough(rate, bound, level.alpha)
    if needed is None or not own.n or not n:
        part = _part(measure, group)
        return Small(measure.name, own.n, None if needed is None or not part else
                     math.ceil(needed / part))  # fmt: skip
    return Small(measure.name, own.n, math.ceil((needed / n - 1) * group.rows))


def enough(rate: float, bound: float, alpha: float) -> int | None:
    """The least n at which the exact limits of a rate lie within `bound` of it."""
    low, high = 1, 2
    while _reach(high, rate, alpha) > bound:
        low, high = high, high * 2
        if high > MOST:
            return None
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if _reach(middle, rate, alpha) <= bound else (middle, high)
    return high


def _reach(n: float, rate: float, alpha: float) -> float:
    """How far the exact limits reach from the rate, on the wider side."""
    if n <= 0:
        return math.inf
    low, high = clopper_pearson(rate * n, n, alpha)
    return max(float(high) - rate, rate - float(low))


def _effective(own: Estimate, rate: float | None, group: Counted, level: Level) -> float:
    """The n of independent rows; of dependent ones the n that the width of the interval tells."""
    if own.value is None or rate is None or not group.by_unit:
        return own.n
    reach = max(own.high - own.value, own.value - own.low)
    found = enough(rate, max(reach, 1e-3), level.alpha)
    return own.n if found is None else min(float(found), own.n)


def _part(measure: Measure, group: Counted) -> float:
    """The part of a group's rows that a measure counts."""
    return group.labelled / group.rows if group.rows and measure.rows == "labelled" else 0.0
