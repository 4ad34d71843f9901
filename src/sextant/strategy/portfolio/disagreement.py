"""Where two rules contradict each other about a bet, and why, in plain words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from sextant.strategy.portfolio.bet import Bet
from sextant.strategy.portfolio.draws import Ranked
from sextant.strategy.portfolio.rules import RULES, Place, Rule, places
from sextant.words.numbers import whole

BY_VALUE = Rule("value", "Expected value", ("worth",), "")
BECAUSE: Mapping[str, tuple[str, str, str]] = {
    "data": ("its data are not there", "its data are half there", "its data are there"),
    "model": ("no model keeps its promise", "its model is not proven", "its model is ready"),
    "impact": ("it is worth little", "it is worth something", "it is worth much"),
    "user": (
        "its users have not asked for it", "its users ask for it a little", "its users ask for it"
    ),
    "feasibility": ("it may not be feasible", "it is hard to do", "it can be done"),
    "ease": ("it takes much", "it takes a while", "it takes little"),
    "goal": ("it serves no goal", "it serves a goal from afar", "it serves a goal"),
}  # fmt: skip
ORDINALS = (
    "", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth",
    "tenth",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Two rules whose ranks of a bet exclude each other: `above` is certainly the better one."""

    bet: Bet
    above: Rule
    below: Rule
    high: Place
    low: Place

    @property
    def says(self) -> str:
        """`Three-factor puts Fraud first, four-factor fourth: its data are there, …`."""
        where = f"{self.above.name} puts {self.bet.name} {spoken(self.high)}"
        why = _because(self.bet, self.above, self.below)
        below = f"{_lowered(self.below)} {spoken(self.low)}"
        return f"{where}, {below}{': ' + why if why else ''}."

    @property
    def gap(self) -> int:
        """How many places lie between them at least."""
        return self.low.best - self.high.worst


def disagreements(
    bets: Sequence[Bet],
    ranking: Sequence[Ranked] = (),
    held: Mapping[str, Mapping[int, Place]] | None = None,
    rules: Sequence[Rule] = RULES,
) -> list[Disagreement]:
    """Every bet and pair of rules that certainly disagree, the widest gap first.

    Only what the ranges leave no doubt about is one. The order by value is compared with a rule
    among those bets alone that have a value. `held` are the places by rule, where they are known.
    """
    found = []
    held = held or {rule.key: places(rule, bets) for rule in rules}
    for one, other in combinations(rules, 2):
        found += [_told(bet, one, other, held[one.key][bet.key], held[other.key][bet.key])
                  for bet in bets]  # fmt: skip
    valued = [row.bet for row in ranking]
    by_value = {row.bet.key: Place(row.low, row.high) for row in ranking}
    for rule in rules if valued else ():
        among = held[rule.key] if len(valued) == len(bets) else places(rule, valued)
        found += [_told(bet, BY_VALUE, rule, by_value[bet.key], among[bet.key]) for bet in valued]
    certain = [one for one in found if one is not None]
    return sorted(certain, key=lambda one: (-one.gap, one.bet.name, one.bet.key))


def _told(bet: Bet, one: Rule, other: Rule, first: Place, second: Place) -> Disagreement | None:
    """The two in the order of their ranks; None where both can be right."""
    if first.worst >= second.best and second.worst >= first.best:
        return None
    if second.worst < first.best:
        one, other, first, second = other, one, second, first
    return Disagreement(bet, one, other, first, second)


def spoken(place: Place) -> str:
    """`first`, `fourth`, `second to fourth`, `12th`."""
    ends = [_ordinal(place.best), _ordinal(place.worst)]
    return " to ".join(dict.fromkeys(ends))


def _ordinal(rank: int) -> str:
    if rank < len(ORDINALS):
        return ORDINALS[rank]
    teens = 10 < rank % 100 < 14
    return f"{whole(rank)}{'th' if teens else {1: 'st', 2: 'nd', 3: 'rd'}.get(rank % 10, 'th')}"


def _lowered(rule: Rule) -> str:
    return rule.name[0].lower() + rule.name[1:]


def _because(bet: Bet, above: Rule, below: Rule) -> str:
    """What lifts it under the one, then what holds it down under the other."""
    lifts = _clauses(bet, above, below, 2)
    drags = _clauses(bet, below, above, 0) or _clauses(bet, below, above, 1)
    return ", ".join([*lifts[:1], *drags[:1]])


def _clauses(bet: Bet, rule: Rule, other: Rule, level: int) -> list[str]:
    """The factors of a rule that are certainly at a level, those first that the other lacks."""
    held = [key for key in rule.factors if key in BECAUSE]
    held = [key for key in held if bet.factor(key).least == bet.factor(key).most == level]
    return [BECAUSE[key][level] for key in sorted(held, key=lambda key: key in other.factors)]
