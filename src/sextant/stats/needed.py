"""How much more data would decide: the smallest scale at which an interval leaves the bound."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Literal

from sextant.stats.estimate import Estimate

LARGEST = 1e4
Op = Literal[">=", "<="]
Decided = Literal["met", "missed"]


def decided(estimate: Estimate, bound: float, op: Op) -> Decided | None:
    """The verdict of an interval: met if all of it satisfies the bound, missed if none does."""
    if estimate.value is None:
        return None
    if op == ">=":
        return "met" if estimate.low >= bound else "missed" if estimate.high < bound else None
    return "met" if estimate.high <= bound else "missed" if estimate.low > bound else None


def factor_to_decide(
    interval: Callable[[float], Estimate], bound: float, op: Op, step: float = 1e-6
) -> tuple[float, Decided] | None:
    """The least factor f in (1, 10,000] at which `interval(f)` excludes the bound, and how.

    `interval(f)` is the estimate at the next look with all counts multiplied by f, the value
    staying as it is: even odds that so much data decides. Only the factors 1 + j step are tried,
    j = 1, 2, ...: with step = 1/rows, (f - 1) rows is a whole number of further rows. None where
    even 10,000 times the data would not decide, as on the bound itself. About 8 evaluations.
    """
    verdict = decided(interval(LARGEST), bound, op)
    if verdict is None:
        return None
    by_low = (verdict == "met") == (op == ">=")

    def overlap(f: float) -> float:
        """How far the interval still reaches over the bound; not above 0 once it decides."""
        found = interval(f)
        if decided(found, bound, op) is not None:
            return min(found.high - bound, bound - found.low, 0.0)
        reach = bound - found.low if by_low else found.high - bound
        return max(reach, math.ulp(1.0)) if found.assessable else math.inf

    undecided, deciding = 0, math.ceil((LARGEST - 1) / step)
    over, under = overlap(1.0), overlap(1 + deciding * step)
    last = 0.0
    while deciding - undecided > 1:
        middle = _guess(1 + undecided * step, 1 + deciding * step, over, under)
        j = min(max(round((middle - 1) / step), undecided + 1), deciding - 1)
        at = overlap(1 + j * step)
        if at > 0:
            undecided, over = j, at
            under /= 2 if last > 0 else 1
        else:
            deciding, under = j, at
            over /= 2 if last < 0 else 1
        last = 1.0 if at > 0 else -1.0
    return 1 + deciding * step, verdict


def _guess(low: float, high: float, over: float, under: float) -> float:
    """Where the overlap vanishes: widths shrink with 1/sqrt(f), so it is nearly linear in that.

    Together with halving the end that stays (the Illinois method) it closes in from both sides.
    """
    if not math.isfinite(over) or not math.isfinite(under) or over <= under:
        return math.sqrt(low * high) if high > 1.5 * low else 0.5 * (low + high)
    a, b = 1 / math.sqrt(low), 1 / math.sqrt(high)
    root = b + (a - b) * -under / (over - under)
    return 1 / root**2


def rounded(count: int) -> int:
    """A forecast count to two significant digits, upwards: 383 → 390.

    What is said to lack is counted from what is said to be needed, so that both add up.
    """
    step: int = 10 ** max(0, len(str(abs(count))) - 2)
    return -(-count // step) * step
