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
    even 10,000 times the data would not decide, as on the bound itself. About 15 evaluations.
    """
    verdict = decided(interval(LARGEST), bound, op)
    if verdict is None:
        return None
    low, high = _bracket(interval, bound, op)
    undecided, deciding = math.floor((low - 1) / step), math.ceil((high - 1) / step)
    while deciding - undecided > 1:
        middle = (undecided + deciding) // 2
        if undecided > 0 and deciding > 4 * undecided:
            middle = math.isqrt(undecided * deciding)
        if decided(interval(1 + middle * step), bound, op) is None:
            undecided = middle
        else:
            deciding = middle
    return 1 + deciding * step, verdict


def _bracket(interval: Callable[[float], Estimate], bound: float, op: Op) -> tuple[float, float]:
    """Factors (undecided, deciding) around the answer, from the square-root law of widths."""
    low, high = 1.0, LARGEST
    at_one = interval(1.0)
    if at_one.value is None or not at_one.assessable:
        return low, high
    towards = at_one.low if at_one.value > bound else at_one.high
    distance = abs(at_one.value - bound)
    if not math.isfinite(towards) or distance == 0:
        return low, high
    guess = (abs(towards - at_one.value) / distance) ** 2
    for factor in (0.9 * guess, 1.15 * guess, 0.7 * guess, 1.6 * guess):
        if low < factor < high:
            if decided(interval(factor), bound, op) is None:
                low = factor
            else:
                high = factor
    return low, high
