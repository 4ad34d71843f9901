"""The ranking in sentences: the headline of the page, and what the draws say of one bet."""

from __future__ import annotations

from collections.abc import Sequence

from sextant.strategy.portfolio.disagreement import spoken
from sextant.strategy.portfolio.draws import Ranked
from sextant.strategy.portfolio.rules import Place

EVEN = 0.5


def headline(ranking: Sequence[Ranked], reason: str) -> str:
    """`Fraud check is the best next bet in 62 of 100 draws.`; or why nothing can be ranked."""
    if not ranking:
        return f"No bet can be ranked yet: {reason}"
    if len(ranking) == 1:
        name = ranking[0].bet.name
        return f"{name} is the only bet with a value: there is nothing to rank it against."
    best = max(ranking, key=lambda row: (row.first, -row.place))
    share = of_hundred(best.first)
    if best.first >= EVEN:
        return f"{best.bet.name} is the best next bet in {share} draws."
    return f"No bet stands out: {best.bet.name} is first most often, in {share} draws."


def stands(row: Ranked) -> str:
    """`First in 62 of 100 draws; between first and fourth in nine of ten.`"""
    return f"First in {of_hundred(row.first)} draws; {between(row)} in nine of ten."


def between(row: Ranked) -> str:
    """`between first and fourth`, or the one rank."""
    if row.low == row.high:
        return spoken(Place(row.low, row.low))
    ends = spoken(Place(row.low, row.low)), spoken(Place(row.high, row.high))
    return f"between {ends[0]} and {ends[1]}"


def of_hundred(share: float) -> str:
    """A share of draws as a frequency that never claims all or nothing by rounding."""
    if 0 < share < 0.005:
        return "fewer than 1 of 100"
    if 0.995 <= share < 1:
        return "more than 99 of 100"
    return f"{100 * share:.0f} of 100"
