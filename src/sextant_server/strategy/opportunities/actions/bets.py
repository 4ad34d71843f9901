"""What happens to a bet: its stake, its kill criterion, what is learned next, what it takes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from sextant.strategy.opportunities.industries import industries
from sextant.strategy.opportunities.kinds import FAMILIES, SCOPES, TECHNIQUES
from sextant.strategy.opportunities.patterns import patterns
from sextant_server.accounts.acting import Acting
from sextant_server.accounts.models import User
from sextant_server.core.errors import Conflict, Invalid
from sextant_server.products.entering import need
from sextant_server.products.models import Product
from sextant_server.strategy.opportunities.actions.records import STALE
from sextant_server.strategy.opportunities.checking import (
    NONE,
    Range,
    between,
    line,
    money,
    one_of,
)
from sextant_server.strategy.opportunities.models import Bet, KillState, Role

REPORTS = (str(KillState.PASSED), str(KillState.STRUCK))


@dataclass(frozen=True, slots=True)
class Stake:
    """What is put at risk, what would end it, and what is learned next at which cost."""

    stake: Range = NONE
    currency: str = ""
    weeks: Range = NONE
    kill: str = ""
    kill_by: date | None = None
    learning: str = ""
    learning_cost: Range = NONE
    learning_decides: str = ""


@dataclass(frozen=True, slots=True)
class Kind:
    """By which technique, which family of task, after which pattern, in which industry."""

    technique: str = ""
    family: str = ""
    pattern: str = ""
    industry: str = ""
    scope: str = ""


@dataclass(frozen=True, slots=True)
class Effort:
    """Person-months by role, from when, over how many months."""

    by_role: Mapping[str, Range]
    starts_on: date | None = None
    months: Range = NONE


@transaction.atomic
def set_stake(by: Acting, product: Product, said: Stake, version: int) -> Bet:
    """Say what is staked. Another kill criterion is open again, whatever was reported."""
    user = need(by, product, "explore")
    stake = between(said.stake, "stake_low")
    cost = between(said.learning_cost, "learning_low")
    _, currency = money(stake if stake != NONE else cost, said.currency, "stake_low")
    fields: dict[str, Any] = {
        "currency": currency,
        "stake_low": stake[0], "stake_high": stake[1],
        "learning_low": cost[0], "learning_high": cost[1],
        "kill": line(said.kill, "kill", 400), "kill_by": said.kill_by,
        "learning": line(said.learning, "learning", 300),
        "learning_decides": line(said.learning_decides, "learning_decides", 300),
    }  # fmt: skip
    fields["weeks_low"], fields["weeks_high"] = between(said.weeks, "weeks_low")
    if said.kill_by and not fields["kill"]:
        raise Invalid("Say what would end the bet by that day.", "kill")
    if cost != NONE and not fields["learning"]:
        raise Invalid("Say which question that money would answer.", "learning")

    def reopened(held: Bet) -> dict[str, Any]:
        if (held.kill, held.kill_by) == (fields["kill"], fields["kill_by"]):
            return fields
        silent = {"kill_state": "", "kill_note": "", "kill_said_on": None, "kill_said_by": None}
        return {**fields, **silent}

    return _set(by, user, product, "bet.staked", reopened, version)


@transaction.atomic
def report_kill(by: Acting, product: Product, state: str, note: str, version: int) -> Bet:
    """Report that the bet has passed its kill criterion, or that it has come true, and why."""
    user = need(by, product, "explore")
    fields = {
        "kill_state": one_of(state, REPORTS, "kill_state"),
        "kill_note": line(note, "kill_note", 500, "Say what shows it: a number, a record."),
        "kill_said_on": timezone.localdate(),
        "kill_said_by": user,
    }

    def reported(held: Bet) -> dict[str, Any]:
        if not held.kill:
            raise Conflict("No kill criterion is on record. Say first what would end the bet.")
        return fields

    return _set(by, user, product, "bet.reported", reported, version)


@transaction.atomic
def set_kind(by: Acting, product: Product, said: Kind, version: int) -> Bet:
    """Say what kind of bet it is."""
    user = need(by, product, "explore")
    fields = {
        "technique": one_of(said.technique, tuple(TECHNIQUES), "technique", optional=True),
        "family": one_of(said.family, tuple(FAMILIES), "family", optional=True),
        "pattern": one_of(said.pattern, tuple(patterns()), "pattern", optional=True),
        "industry": one_of(said.industry, tuple(industries()), "industry", optional=True),
        "scope": one_of(said.scope, tuple(SCOPES), "scope", optional=True),
    }
    return _set(by, user, product, "bet.kind", lambda _: fields, version)


@transaction.atomic
def set_effort(by: Acting, product: Product, said: Effort, version: int) -> Bet:
    """Say what it takes, in ranges; a role that is not named takes nothing."""
    user = need(by, product, "explore")
    effort = {}
    for role, given in said.by_role.items():
        one_of(role, Role.values, "role")
        low, high = between(given, f"{role}_low")
        if high:
            effort[role] = [f"{low.normalize():f}" if low else "0", f"{high.normalize():f}"]
    months = between(said.months, "months_low")
    if months != NONE and not months[1]:
        raise Invalid("It takes some time. Give how many months, at most.", "months_low")
    fields = {"effort": effort, "starts_on": said.starts_on,
              "months_low": months[0], "months_high": months[1]}  # fmt: skip
    return _set(by, user, product, "bet.effort", lambda _: fields, version)


def _set(
    by: Acting,
    user: User,
    product: Product,
    action: str,
    fields_of: Callable[[Bet], dict[str, Any]],
    version: int,
) -> Bet:
    """Change the bet of a product; version 0 is that of a bet of which nothing is said yet."""
    Product.objects.select_for_update().get(pk=product.pk)
    held = Bet.objects.filter(product=product).first() or Bet(product=product)
    fields = fields_of(held)
    changed = sorted(name for name, value in fields.items() if getattr(held, name) != value)
    if held.version != version and (changed or held.version != version + 1):
        raise Conflict(STALE)
    if not changed:
        return held
    for name in changed:
        setattr(held, name, fields[name])
    held.version += 1
    held.edited_by = user
    held.save()
    by.record(action, held.subject, product=product.pk, changed=[str(one) for one in changed])
    return held
