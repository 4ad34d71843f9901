"""What is known of a bet, as values that a ranking, a gate and a page read alike.

The rules are proposals of ours, said here once: what makes a need, and a goal's fit.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Literal

from sextant_server.strategy.opportunities.facts import BetFacts, LinkFacts, PainFacts
from sextant_server.strategy.opportunities.models import Fit, KillState, Severity
from sextant_server.strategy.opportunities.models.choices import A_YEAR

GRAVEST, CLOSEST = max(Severity.values), max(Fit.values)
SELDOM = 12
"""Proposed: what is met less often than once a month counts one level less."""

Span = tuple[Decimal, Decimal]


@dataclass(frozen=True, slots=True)
class Level:
    """A level of an anchored scale from 1 to `of`; None, with the reason, where nothing shows it.

    Where a range leaves two levels possible, `level` is the lower and `upto` the higher one.
    """

    level: int | None
    why: str
    of: int
    upto: int | None = None


@dataclass(frozen=True, slots=True)
class Money:
    """An amount from low to high."""

    low: Decimal
    high: Decimal
    currency: str


@dataclass(frozen=True, slots=True)
class Kill:
    """What would end the bet, and how that stands.

    holds: it stands, and its day is ahead or there is none. due: its day has come, and nobody has
    said. passed, struck: what people have reported, with what showed it.
    """

    text: str
    by: date | None
    state: Literal["holds", "due", "passed", "struck"]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Learning:
    """The question that is answered next, what that costs, and what it would decide."""

    question: str
    cost: Money | None
    decides: str


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of one product as a bet. `effort` is in person-months by role."""

    need: Level
    goal_fit: Level
    baseline: bool
    effort: Mapping[str, Span] | None = None
    starts_on: date | None = None
    months: Span | None = None
    stake: Money | None = None
    weeks: Span | None = None
    kill: Kill | None = None
    learning: Learning | None = None
    technique: str = ""
    family: str = ""
    pattern: str = ""
    industry: str = ""
    scope: str = ""
    lacking: tuple[str, ...] = ()

    @property
    def person_months(self) -> Span | None:
        """The effort of all roles together; the ends are added, so it is as wide as it can be."""
        if not self.effort:
            return None
        spans = self.effort.values()
        return sum((low for low, _ in spans), Decimal(0)), sum((h for _, h in spans), Decimal(0))


def known_of(
    bet: BetFacts | None,
    pains: Sequence[PainFacts],
    links: Sequence[LinkFacts],
    baseline: bool,
    today: date,
) -> Known:
    """What the records of one product say together."""
    need, fit = need_of(pains), fit_of(links)
    held = bet or BetFacts()
    stake = _money(held.stake_low, held.stake_high, held.currency)
    effort = {role: (Decimal(low), Decimal(high)) for role, (low, high) in held.effort.items()}
    kill, learning = _kill(held, today), _learning(held)
    found = Known(
        need, fit, baseline,
        effort=effort or None, starts_on=held.starts_on,
        months=_span(held.months_low, held.months_high),
        stake=stake, weeks=_span(held.weeks_low, held.weeks_high), kill=kill, learning=learning,
        technique=held.technique, family=held.family, pattern=held.pattern,
        industry=held.industry, scope=held.scope,
    )  # fmt: skip
    return _with_lacking(found)


def need_of(pains: Iterable[PainFacts]) -> Level:
    """The gravest pain that somebody told of, one level less where it is seldom met."""
    sourced = [one for one in pains if one.is_sourced]
    if not sourced:
        return Level(None, "No pain point has a quote with its source.", GRAVEST)
    worst = max(sourced, key=_levels)
    low, high = _levels(worst)
    seldom = f" Met less than {SELDOM} times a year, it counts one level less."
    says = f"{worst.segment}: {worst.pain} ({Severity(worst.severity).label}).".replace("..", ".")
    why = says + (seldom if low < worst.severity else "")
    return Level(low, why, GRAVEST, high if high > low else None)


def _levels(pain: PainFacts) -> tuple[int, int]:
    """The lowest and the highest level that the range of its frequency leaves possible."""
    a_year = [end * A_YEAR[pain.period] for end in (pain.often_low, pain.often_high)]
    low, high = (max(1, pain.severity - (often < SELDOM)) for often in a_year)
    return low, high


def fit_of(links: Iterable[LinkFacts]) -> Level:
    """The closest that the product comes to a goal."""
    best = max(links, key=lambda one: one.fit, default=None)
    if best is None:
        return Level(None, "It serves no goal of the tree.", CLOSEST)
    label = Fit(best.fit).label.partition(":")[0]
    return Level(best.fit, f"It serves “{best.goal}” {label}, by {best.metric}.", CLOSEST)


def _kill(held: BetFacts, today: date) -> Kill | None:
    if not held.kill:
        return None
    due = held.kill_by is not None and held.kill_by <= today
    states: dict[str, Literal["passed", "struck"]] = {
        KillState.PASSED: "passed", KillState.STRUCK: "struck",
    }  # fmt: skip
    state = states.get(held.kill_state) or ("due" if due else "holds")
    return Kill(held.kill, held.kill_by, state, held.kill_note)


def _learning(held: BetFacts) -> Learning | None:
    if not held.learning:
        return None
    cost = _money(held.learning_low, held.learning_high, held.currency)
    return Learning(held.learning, cost, held.learning_decides)


def _money(low: Decimal | None, high: Decimal | None, currency: str) -> Money | None:
    return None if low is None or high is None else Money(low, high, currency)


def _span(low: Decimal | None, high: Decimal | None) -> Span | None:
    return None if low is None or high is None else (low, high)


def _with_lacking(found: Known) -> Known:
    """With the names of what nobody has written down yet, in the order in which it is asked."""
    asked = {
        "a pain point with its source": found.need.level is not None,
        "a goal that it serves": found.goal_fit.level is not None,
        "a baseline without AI": found.baseline,
        "a stake": found.stake is not None,
        "a kill criterion": found.kill is not None,
        "what is learned next": found.learning is not None,
        "an effort": found.effort is not None and found.months is not None,
    }
    return replace(found, lacking=tuple(name for name, there in asked.items() if not there))
