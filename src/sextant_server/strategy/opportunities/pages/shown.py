"""Records as the page of a bet shows them: a sentence, what is said of it, how far it is known."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sextant.strategy.opportunities.kinds import FAMILIES, SCOPES, TECHNIQUES, understated
from sextant_server.accounts.models import User
from sextant_server.products.models import Product
from sextant_server.strategy.opportunities.known import Known, Money
from sextant_server.strategy.opportunities.models import (
    Alternative,
    Bet,
    Dependency,
    DependencyKind,
    GoalLink,
    Impact,
    PainPoint,
    Role,
    Severity,
    Why,
)
from sextant_server.strategy.opportunities.words import amount, day, span

KILLS = {
    "holds": "it stands", "due": "its day has come, and nobody has said",
    "passed": "the bet has passed it", "struck": "it has come true",
}  # fmt: skip
KIND_NAMES = {
    DependencyKind.VENDOR: "Vendors", DependencyKind.MODEL: "Models",
    DependencyKind.DATA: "Providers of data",
    DependencyKind.INFRASTRUCTURE: "Infrastructure and tooling",
    DependencyKind.PRODUCT: "Other products here",
    DependencyKind.CONSUMER: "Who uses its answers",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Entry:
    """One record: what it says, notes on it, what somebody said, its grade, where it is changed."""

    key: int
    says: str
    notes: tuple[str, ...] = ()
    quote: str = ""
    source: str = ""
    grade: str = ""
    warning: str = ""
    href: str = ""


@dataclass(frozen=True, slots=True)
class Fact:
    """A term of the bet with its value, or what is missing."""

    term: str
    value: str
    note: str = ""


def person(user: User | None) -> str:
    """Somebody by name; who is gone is shown as gone."""
    if user is None:
        return ""
    return str(user) if user.is_active else f"{user} (account closed)"


def pains(rows: Iterable[PainPoint]) -> list[Entry]:
    """Who hurts, in whose words."""
    return [
        Entry(
            one.pk, f"{one.segment}: {one.pain}",
            (f"{span(one.often_low, one.often_high)} times {one.get_period_display()}",
             Severity(one.severity).label),
            one.quote, one.source, one.grade,
            "" if one.is_sourced else "Nobody is quoted, so it proves no need.",
        )
        for one in rows
    ]  # fmt: skip


def whys(rows: Iterable[Why]) -> list[tuple[str, str, Entry | None]]:
    """The three places where a problem shows, each with what is known of it, if anything."""
    held = {one.impact: one for one in rows}
    return [(str(impact), str(impact.label), _why(held.get(impact))) for impact in Impact]


def _why(one: Why | None) -> Entry | None:
    if one is None:
        return None
    return Entry(one.pk, one.says, (f"Today: {one.baseline}",), "", one.source, one.grade)


def alternatives(rows: Iterable[Alternative]) -> list[tuple[Alternative, str, str]]:
    """What else there is, with what it reaches and what it costs in words."""
    return [
        (one, span(one.reach_low, one.reach_high, one.measure) or "not said", _cost(one))
        for one in rows
    ]


def _cost(one: Alternative) -> str:
    if one.cost_low is None or one.cost_high is None:
        return "not said"
    return f"{amount(Money(one.cost_low, one.cost_high, one.currency))} {one.get_period_display()}"


def dependencies(
    rows: Iterable[Dependency], visible: Mapping[int, Product]
) -> list[tuple[str, list[Entry]]]:
    """What it rests on, by kind; a product that this person may not see is not named."""
    groups: dict[str, list[Entry]] = {}
    for one in rows:
        seen = visible.get(one.on_id) if one.on_id else None
        name = str(seen) if seen else "a product that is not open to you" if one.on_id else one.name
        at = f"version {one.noted_version}, " if one.noted_version else ""
        notes = [f"{at}noted on {day(one.noted_on)}"]
        if one.blocks:
            notes.append(f"Waits for it: {one.blocks}. {person(one.owner)} sees to it.")
        gone = bool(one.blocks and one.owner and not one.owner.is_active)
        groups.setdefault(one.kind, []).append(
            Entry(
                one.pk, name, tuple(notes),
                warning="Nobody who is here sees to it. Name somebody." if gone else "",
                href=seen.get_absolute_url() if seen else "",
            )
        )  # fmt: skip
    return [(KIND_NAMES[kind], groups[kind]) for kind in DependencyKind if kind in groups]


def links(rows: Iterable[GoalLink]) -> list[Entry]:
    """The goals it serves: the business's number, and the AI's that should move it."""
    return [
        Entry(
            one.pk, str(one.goal),
            (
                f"{one.goal.metric or 'no number of the business is named'} ← {one.metric}",
                f"It serves it {one.get_fit_display()}.",
                *([one.how] if one.how else []),
            ),
        )
        for one in rows
    ]  # fmt: skip


def bet(known: Known, held: Bet | None) -> list[Fact]:
    """The bet in its own terms, in ranges."""
    kill, learning = known.kill, known.learning
    weeks = span(*known.weeks, "weeks") if known.weeks else ""
    said = held and held.kill_said_by
    reported = f" {kill.note}. {person(said)}, {day(held.kill_said_on)}." if (
        held and said and kill and kill.note) else ""  # fmt: skip
    return [
        Fact("Stake", amount(known.stake) or "not said", weeks and f"shows within {weeks}"),
        Fact(
            "It ends if", kill.text if kill else "not said",
            f"{KILLS[kill.state]}{f', by {day(kill.by)}' if kill.by else ''}.{reported}"
            if kill else "",
        ),
        Fact(
            "Learned next", learning.question if learning else "not said",
            " ".join(filter(None, [
                amount(learning.cost) and f"Costs {amount(learning.cost)}.",
                learning.decides and f"Decides {learning.decides}.",
            ])) if learning else "",
        ),
        Fact("Effort", _effort(known), _roles(known)),
        Fact("Time", _time(known)),
    ]  # fmt: skip


def kinds(known: Known, product: Product) -> list[Fact]:
    """What kind of bet it is, as far as it has been said."""
    family, technique = FAMILIES.get(known.family), TECHNIQUES.get(known.technique)
    scope = SCOPES.get(known.scope)
    found = []
    if family:
        how = " or ".join(family.learning)
        found.append(Fact("Task", family.name.lower(), f"{how}; needs {family.needs}"))
    if technique:
        note = f"Typical risk: {technique.risk} Watch for {technique.watch}."
        found.append(Fact("Technique", technique.name, note))
    if scope:
        found.append(Fact("As an agent, it", scope.name,
                          understated(known.scope, product.risk, product.automation)
                          or scope.asks))  # fmt: skip
    return found


def _effort(known: Known) -> str:
    total = known.person_months
    return span(*total, "person-months") if total else "not said"


def _roles(known: Known) -> str:
    effort = known.effort or {}
    return "; ".join(f"{Role(role).label} {span(*ends)}" for role, ends in effort.items())


def _time(known: Known) -> str:
    begins = f"from {day(known.starts_on)}" if known.starts_on else ""
    months = span(*known.months, "months") if known.months else ""
    return ", ".join(filter(None, [months, begins])) or "not said"
