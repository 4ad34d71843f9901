"""Groups compared: the difference of two, the largest gap and the smallest ratio of several."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from itertools import permutations

from sextant.stats.estimate import Estimate

SQUARE_AND_ADD = "square-and-add on the groups' limits"
ALL_PAIRS = "worst of all pairs, square-and-add"
ALL_RATIOS = "worst of all pairs, Donner-Zou"


def pairs_of(groups: int) -> int:
    """How many pairs share the error of a *missed*: `level.split(pairs_of(k))` of the groups."""
    return max(groups * (groups - 1) // 2, 1)


def difference(a: Estimate, b: Estimate) -> Estimate:
    """a - b of two independent groups, square-and-add on their own limits (Zou and Donner 2008).

    Takes any two estimates at the same level, looked at once or again. A side on which a group is
    unbounded stays unbounded; a group without value makes the difference undefined.
    """
    if a.value is None or b.value is None:
        empty = a if a.value is None else b
        return Estimate.undefined(empty.reason, a.n + b.n)
    value = a.value - b.value
    low = value - math.hypot(a.value - a.low, b.high - b.value)
    high = value + math.hypot(a.high - a.value, b.value - b.low)
    reason = "; ".join(dict.fromkeys(e.reason for e in (a, b) if e.reason))
    return Estimate(value, low, high, a.n + b.n, SQUARE_AND_ADD, reason)


def contrast(names: tuple[str, str], of: Estimate, against: Estimate) -> Estimate:
    """The `difference` of two named groups; a group that hinders it is named in the reason."""
    found = difference(of, against)
    said = [f"{name}: {e.reason}" for name, e in zip(names, (of, against), strict=True) if e.reason]
    return replace(found, between=names, reason="; ".join(said))


def largest_gap(
    names: Sequence[str], at_alpha: Sequence[Estimate], at_split: Sequence[Estimate]
) -> Estimate:
    """The largest difference between any two groups, with the worst pair's names (higher first).

    `at_alpha` are the groups' estimates at the level, `at_split` at level.split(pairs_of(K)).
    high = largest high of an ordered pair, uncorrected, since *gap <= b* says that every pair is
    within b (intersection-union, Berger 1982); low = largest low of a pair at alpha/m, at least
    0. With a group that cannot be assessed nothing bounds the gap from above; the others may
    still prove it large. Near b = 0 the false *missed* approaches alpha (both signs count).
    """
    known = [i for i, e in enumerate(at_alpha) if e.value is not None]
    reason = _hindered(names, at_alpha)
    n = sum(e.n for e in at_alpha)
    if len(known) < 2:
        return Estimate.undefined(reason or "fewer than two groups", n)
    pairs = list(permutations(known, 2))
    worst = max(pairs, key=lambda p: _value(at_alpha[p[0]]) - _value(at_alpha[p[1]]))
    highs = [difference(at_alpha[i], at_alpha[j]).high for i, j in pairs]
    lows = [difference(at_split[i], at_split[j]).low for i, j in pairs]
    return Estimate(
        value=_value(at_alpha[worst[0]]) - _value(at_alpha[worst[1]]),
        low=max(0.0, *lows),
        high=math.inf if len(known) < len(at_alpha) else max(highs),
        n=n,
        method=ALL_PAIRS,
        reason=reason,
        between=(names[worst[0]], names[worst[1]]),
    )


def smallest_ratio(
    names: Sequence[str], at_alpha: Sequence[Estimate], at_split: Sequence[Estimate]
) -> Estimate:
    """The smallest ratio p/q between any two groups (the 80 % rule), with the pair's names.

    For quantities that cannot be negative. low = smallest low of a pair, uncorrected; high =
    smallest high of a pair at alpha/m, at most 1 (Donner and Zou 2012 on the groups' own limits).
    `between` names the group of p first. Arguments as for `largest_gap`.
    """
    known = [i for i, e in enumerate(at_alpha) if e.value is not None]
    reason = _hindered(names, at_alpha)
    n = sum(e.n for e in at_alpha)
    if len(known) < 2:
        return Estimate.undefined(reason or "fewer than two groups", n)
    values = {i: _value(at_alpha[i]) for i in known}
    if min(values.values()) < 0:
        return Estimate.undefined("a ratio of groups needs values that are not negative", n)
    if max(values.values()) == 0:
        return Estimate.undefined("every group is at 0, so they have no ratio", n)
    pairs = list(permutations(known, 2))
    worst = (min(known, key=values.__getitem__), max(reversed(known), key=values.__getitem__))
    lows = [_ratio_low(at_alpha[i], at_alpha[j]) for i, j in pairs]
    highs = [_ratio_high(at_split[i], at_split[j]) for i, j in pairs]
    return Estimate(
        value=values[worst[0]] / values[worst[1]],
        low=-math.inf if len(known) < len(at_alpha) else min(1.0, *lows),
        high=min(1.0, *highs),
        n=n,
        method=ALL_RATIOS,
        reason=reason,
        between=(names[worst[0]], names[worst[1]]),
    )


def _value(estimate: Estimate) -> float:
    return math.nan if estimate.value is None else estimate.value


def _hindered(names: Sequence[str], estimates: Sequence[Estimate]) -> str:
    return "; ".join(
        f"{name}: {e.reason}" for name, e in zip(names, estimates, strict=True) if e.reason
    )


def _ratio_low(p: Estimate, q: Estimate) -> float:
    a_value, b_value, low, high = _value(p), _value(q), max(p.low, 0.0), q.high
    if math.isinf(high):
        return 0.0
    c = low * (2 * a_value - low)
    a = high * (2 * b_value - high)
    product = a_value * b_value
    root = product + math.sqrt(max(product**2 - a * c, 0.0))
    return c / root if root > 0 else 0.0


def _ratio_high(p: Estimate, q: Estimate) -> float:
    a_value, b_value, high, low = _value(p), _value(q), p.high, max(q.low, 0.0)
    if low <= 0 or math.isinf(high):
        return math.inf
    c = high * (2 * a_value - high)
    a = low * (2 * b_value - low)
    product = a_value * b_value
    return (product + math.sqrt(max(product**2 - a * c, 0.0))) / a
