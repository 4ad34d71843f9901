"""What a record says, as its form or a program sends it; each checks itself whole.

`fields()` gives the checked values by the names of the record's columns, or raises Invalid with
the field that is at fault.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from sextant_server.accounts.models import User
from sextant_server.core.errors import Invalid
from sextant_server.products.models import Product
from sextant_server.strategy.bindings.grades import Grade
from sextant_server.strategy.opportunities.checking import (
    NONE,
    Range,
    between,
    level,
    line,
    money,
    one_of,
)
from sextant_server.strategy.opportunities.models import (
    AlternativeKind,
    DependencyKind,
    Fit,
    Goal,
    Impact,
    Period,
    Severity,
)


class Content(Protocol):
    """What a record says."""

    def fields(self) -> dict[str, Any]: ...


@dataclass(frozen=True, slots=True)
class Pain:
    """A pain point. Without a quote and its source it is kept, but proves no need."""

    segment: str
    pain: str
    often: Range
    period: str
    severity: int
    quote: str = ""
    source: str = ""
    grade: str = Grade.BELIEVED

    def fields(self) -> dict[str, Any]:
        low, high = between(self.often, "often_low", "How often is it met, at least and at most?")
        if not high:
            raise Invalid("A pain that is never met is none. Give how often, at most.", "often_low")
        quote, source = line(self.quote, "quote", 500), line(self.source, "source", 300)
        if quote and not source:
            raise Invalid("Say where that was said: an interview, a letter, a call.", "source")
        return {
            "segment": line(self.segment, "segment", 160, "Who has it? Name the people."),
            "pain": line(self.pain, "pain", 300, "What hurts? Say it in one sentence."),
            "often_low": low, "often_high": high,
            "period": one_of(self.period, Period.values, "period"),
            "severity": level(self.severity, Severity.values, "severity"),
            "quote": quote, "source": source,
            "grade": _graded(self.grade, source),
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Because:
    """Why it matters in one of three places, from which baseline."""

    impact: str
    says: str
    baseline: str
    source: str
    grade: str = Grade.BELIEVED

    def fields(self) -> dict[str, Any]:
        return {
            "impact": one_of(self.impact, Impact.values, "impact"),
            "says": line(self.says, "says", 400, "What does the problem do there?"),
            "baseline": line(self.baseline, "baseline", 160, "Where does it stand today?"),
            "source": line(self.source, "source", 300, "Where is that number from?"),
            "grade": one_of(self.grade, Grade.values, "grade"),
        }


@dataclass(frozen=True, slots=True)
class Other:
    """Something that could be done instead."""

    kind: str
    name: str
    measure: str = ""
    reach: Range = NONE
    grade: str = Grade.BELIEVED
    cost: Range = NONE
    currency: str = ""
    period: str = Period.MONTH
    lock_in: str = ""
    difference: str = ""
    source: str = ""

    def fields(self) -> dict[str, Any]:
        reach = between(self.reach, "reach_low")
        measure = line(self.measure, "measure", 160)
        if reach != NONE and not measure:
            raise Invalid("Say what those numbers count: tickets solved of 100.", "measure")
        cost, currency = money(self.cost, self.currency, "cost_low")
        source = line(self.source, "source", 300)
        return {
            "kind": one_of(self.kind, AlternativeKind.values, "kind"),
            "name": line(self.name, "name", 160, "What would be done? Name it."),
            "measure": measure, "reach_low": reach[0], "reach_high": reach[1],
            "grade": _graded(self.grade, source), "source": source,
            "cost_low": cost[0], "cost_high": cost[1], "currency": currency,
            "period": one_of(self.period, Period.values, "period"),
            "lock_in": line(self.lock_in, "lock_in", 300),
            "difference": line(self.difference, "difference", 300),
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Rests:
    """What the product rests on, or what rests on it; `on` where that is a product here."""

    kind: str
    noted_on: date
    name: str = ""
    on: Product | None = None
    noted_version: str = ""
    blocks: str = ""
    owner: User | None = None

    def fields(self) -> dict[str, Any]:
        kind = one_of(self.kind, DependencyKind.values, "kind")
        blocks = line(self.blocks, "blocks", 300)
        if blocks and self.owner is None:
            raise Invalid("It holds something up. Name who sees to it.", "owner")
        if (kind == DependencyKind.PRODUCT) != (self.on is not None):
            raise Invalid("Choose the product it rests on, and the kind “another product”.", "on")
        needed = "" if self.on else "Name it: the vendor, the model, the table."
        return {
            "kind": kind,
            "name": "" if self.on else line(self.name, "name", 160, needed),
            "on": self.on,
            "noted_version": line(self.noted_version, "noted_version", 80),
            "noted_on": self.noted_on,
            "blocks": blocks,
            "owner": self.owner,
        }


@dataclass(frozen=True, slots=True)
class Serves:
    """The goal that a product serves, and the metric of its AI that should move it."""

    goal: Goal
    fit: int
    metric: str
    how: str = ""

    def fields(self) -> dict[str, Any]:
        asked = "Which metric of the AI should move it? A criterion's text, or a metric's name."
        return {
            "goal": self.goal,
            "fit": level(self.fit, Fit.values, "fit"),
            "metric": line(self.metric, "metric", 200, asked),
            "how": line(self.how, "how", 300),
        }


def _graded(grade: str, source: str) -> str:
    """How far it is known; measured is only what a named record shows."""
    found = one_of(grade, Grade.values, "grade")
    if found == Grade.MEASURED and not source:
        raise Invalid(
            "Measured is what a record shows. Say which one, or call it estimated or believed.",
            "source",
        )
    return found
