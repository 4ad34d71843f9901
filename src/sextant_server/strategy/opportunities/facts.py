"""The columns of bets, pains and links to goals that are weighed, and no more of each row.

A ranking reads them of hundreds of products: as plain values, which cost a tenth of a record.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from decimal import Decimal
from typing import Any

from sextant_server.strategy.opportunities.models import Bet, GoalLink, PainPoint


@dataclass(frozen=True, slots=True)
class BetFacts:
    """What is weighed of a `Bet`, under the names of its fields; by default nothing is said."""

    currency: str = ""
    stake_low: Decimal | None = None
    stake_high: Decimal | None = None
    weeks_low: Decimal | None = None
    weeks_high: Decimal | None = None
    kill: str = ""
    kill_by: date | None = None
    kill_state: str = ""
    kill_note: str = ""
    learning: str = ""
    learning_low: Decimal | None = None
    learning_high: Decimal | None = None
    learning_decides: str = ""
    technique: str = ""
    family: str = ""
    pattern: str = ""
    industry: str = ""
    scope: str = ""
    effort: Mapping[str, Any] = field(default_factory=dict)
    starts_on: date | None = None
    months_low: Decimal | None = None
    months_high: Decimal | None = None


@dataclass(frozen=True, slots=True)
class PainFacts:
    """What is weighed of a `PainPoint`, under the names of its fields."""

    segment: str
    pain: str
    often_low: Decimal
    often_high: Decimal
    period: str
    severity: int
    quote: str
    source: str

    @property
    def is_sourced(self) -> bool:
        """Whether somebody said so, and where."""
        return bool(self.quote and self.source)


@dataclass(frozen=True, slots=True)
class LinkFacts:
    """What is weighed of a `GoalLink`; `goal` is the goal's text."""

    goal: str
    fit: int
    metric: str


BET = tuple(one.name for one in fields(BetFacts))
PAIN = tuple(one.name for one in fields(PainFacts))
LINK = ("goal__text", "fit", "metric")


def of_bet(row: Bet | None) -> BetFacts | None:
    """The same of a record."""
    return None if row is None else BetFacts(*(getattr(row, name) for name in BET))


def of_pain(row: PainPoint) -> PainFacts:
    """The same of a record."""
    return PainFacts(*(getattr(row, name) for name in PAIN))


def of_link(row: GoalLink) -> LinkFacts:
    """The same of a record, whose goal was read with it."""
    return LinkFacts(row.goal.text, row.fit, row.metric)
