"""The sources' rules of order, side by side, on levels instead of scores.

The sources name the factors and no arithmetic. Ours (proposed): of two bets that stands first whose
weakest factor is the stronger one; where these are equal, the next weakest decides, and so on. No
weights, nothing averaged away: brilliant impact does not make up for absent data, and who is at
least as good in everything never stands lower. A factor that is unknown makes the rank a range.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sextant.strategy.portfolio.bet import ENDS, LEVELS, Bet

WORDS: Mapping[str, str] = {
    "data": "data availability",
    "model": "model readiness",
    "impact": "business impact",
    "user": "user value",
    "feasibility": "feasibility",
    "ease": "low effort",
    "goal": "goal fit",
}


@dataclass(frozen=True, slots=True)
class Rule:
    """An order by factors that weigh the same; `source` names who proposes these factors."""

    key: str
    name: str
    factors: tuple[str, ...]
    source: str


@dataclass(frozen=True, slots=True)
class Place:
    """The best and the worst rank that the possible levels allow."""

    best: int
    worst: int

    @property
    def says(self) -> str:
        """`2`, or `1 to 4`."""
        return f"{self.best}" if self.best == self.worst else f"{self.best} to {self.worst}"


RULES = (
    Rule("three", "Three-factor", ("data", "model", "impact"), "003"),
    Rule("four", "Four-factor", ("user", "impact", "feasibility", "data"), "003"),
    Rule("effort_impact", "Effort–impact", ("ease", "impact"), "000"),
    Rule("need_goal", "Need × goal fit", ("user", "goal"), "004"),
)


def places(rule: Rule, bets: Iterable[Bet]) -> dict[int, Place]:
    """The rank of every bet under a rule; equal ones share the better rank.

    At its best a bet's own factors are as high as they can be and all others' as low; at its
    worst the other way about. Both can happen, so neither end is idle.
    """
    ends = {bet.key: _ends(rule, bet) for bet in bets}
    lows = sorted(low for low, _ in ends.values())
    highs = sorted(high for _, high in ends.values())
    count = len(ends)
    found = {}
    for key, (low, high) in ends.items():
        above_at_best = count - bisect_right(lows, high)
        above_at_worst = count - bisect_right(highs, low) - (high > low)
        found[key] = Place(1 + above_at_best, 1 + above_at_worst)
    return found


def known_places(rule: Rule, bets: Sequence[Bet]) -> int:
    """How many of the bets have every factor of a rule known."""
    return sum(all(bet.factor(key).known for key in rule.factors) for bet in bets)


def _ends(rule: Rule, bet: Bet) -> tuple[int, int]:
    ends = [ENDS[bet.factor(key).levels] for key in rule.factors]
    return _score(low for low, _ in ends), _score(high for _, high in ends)


def _score(levels: Iterable[int]) -> int:
    """Levels as a number that orders them: the weakest first, as the leading digit."""
    score = 0
    for level in sorted(levels):
        score = score * len(LEVELS) + level
    return score


def quadrants(bet: Bet) -> frozenset[str]:
    """Where a bet may stand between effort and impact; one name where both are settled.

    Effort is small where it is easy at its high level; impact counts from medium up.
    """
    easy = {level == "high" for level in bet.factor("ease").levels}
    worth = {level != "low" for level in bet.factor("impact").levels}
    return frozenset(QUADRANTS[small, much] for small in easy for much in worth)


QUADRANTS = {
    (True, True): "quick win",
    (False, True): "long bet",
    (True, False): "filler",
    (False, False): "thankless",
}
