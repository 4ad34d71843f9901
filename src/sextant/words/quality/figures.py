"""Counts and shares of a profile as people say them."""

from __future__ import annotations

from sextant.stats.estimate import Estimate
from sextant.words.frequency import DENOMINATORS
from sextant.words.numbers import whole


def of(count: int, total: int, noun: str = "rows") -> str:
    """`12 of 1,000 rows`, `1 of 1 row`, `all 20 rows`."""
    if count == total:
        return f"all {whole(total)} {noun}" if total != 1 else f"the one {noun.removesuffix('s')}"
    return f"{whole(count)} of {whole(total)} {noun}"


def verb(count: int, one: str, many: str) -> str:
    return one if count == 1 else many


def in_so_many(estimate: Estimate) -> str:
    """`about 12 (10 to 14) of 100`, of a share, with a denominator that fits."""
    value = estimate.value or 0.0
    seen = value or estimate.high
    for times in DENOMINATORS:
        rounded = [f"{x * times:,.0f}" for x in (estimate.low, estimate.high)]
        if seen * times >= 0.95 and (rounded[0] != rounded[1] or times >= 10_000):
            return f"about {value * times:,.0f} ({rounded[0]} to {rounded[1]}) of {times:,}"
    return f"{value:.3g} ({estimate.low:.3g} to {estimate.high:.3g})"


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
