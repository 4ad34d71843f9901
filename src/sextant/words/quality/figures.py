"""Counts and shares of a profile as people say them."""

from __future__ import annotations

from sextant.stats.estimate import Estimate
from sextant.words.frequency import DENOMINATORS
from sextant.words.numbers import percent, whole


def of(count: int, total: int, noun: str = "rows") -> str:
    """`12 of 1,000 rows`, `1 of 1 row`, `all 20 rows`."""
    if count == total:
        return f"all {whole(total)} {noun}" if total != 1 else f"the one {noun.removesuffix('s')}"
    return f"{whole(count)} of {whole(total)} {noun}"


def verb(count: int, one: str, many: str) -> str:
    return one if count == 1 else many


def in_so_many(estimate: Estimate) -> str:
    """`about 12 (10 to 14) of 100`, of a share, with a denominator that fits."""
    value, low, high = estimate.value or 0.0, estimate.low, estimate.high
    if times := denominator(estimate):
        ends = f"{low * times:,.0f} to {high * times:,.0f}"
        return f"about {value * times:,.0f} ({ends}) of {times:,}"
    return f"{value:.3g} ({low:.3g} to {high:.3g})"


def denominator(estimate: Estimate) -> int | None:
    """Of how many a share is said, so that it and its ends can be told apart; None: of none."""
    seen = estimate.value or estimate.high
    for times in DENOMINATORS:
        ends = {f"{x * times:,.0f}" for x in (estimate.low, estimate.high)}
        if seen * times >= 0.95 and (len(ends) > 1 or times >= 10_000):
            return int(times)
    return None


def declared_in(value: float, times: int | None) -> str:
    """A declared share in the same so many: `480 of 1,000`; without them `48 %`."""
    if times is None:
        return percent(round(value, 6))
    shown = f"{value * times:,.1f}".removesuffix(".0")
    return f"{shown} of {times:,}"


def at_least(estimate: Estimate) -> str:
    """`at least 93 of 100`: the lower end, rounded down."""
    for times in DENOMINATORS:
        if estimate.low * times >= 1:
            return f"at least {int(estimate.low * times + 1e-9):,} of {times:,}"
    return "some"


def at_most(estimate: Estimate) -> str:
    """`at most 2 of 1,000`: the upper end, rounded up."""
    for times in DENOMINATORS:
        if estimate.high * times >= 1:
            return f"at most {-int(-estimate.high * times // 1):,} of {times:,}"
    return "fewer than 1 of 10,000,000"
