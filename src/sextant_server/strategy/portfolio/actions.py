"""Everything that changes what the portfolio is measured with.

Rates and people who are there are facts with a source: every member may keep them. The yardsticks
move every bet's place at once: administrators set them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from sextant.strategy.portfolio import later
from sextant_server.accounts.acting import Acting
from sextant_server.accounts.models import User
from sextant_server.core.errors import Conflict, Invalid, NotAllowed
from sextant_server.strategy.opportunities.checking import CURRENCY, between, line, one_of
from sextant_server.strategy.opportunities.models import Role
from sextant_server.strategy.portfolio.models import Capacity, Rate, Yardstick

STALE = (
    "Somebody else changed this since you opened the page. Load it again; what you typed is still"
    " in the form."
)
MOST_MONTHS = 24
MOST_PEOPLE = 10_000
MOST_RATE = Decimal(10) ** 9


@dataclass(frozen=True, slots=True)
class Marks:
    """The yardsticks as their form sends them."""

    currency: str
    small_value: Decimal
    large_value: Decimal
    small_effort: Decimal
    large_effort: Decimal
    quick_low: int
    quick_high: int


@transaction.atomic
def set_yardsticks(by: Acting, marks: Marks, version: int) -> Yardstick:
    """Say what is small and large here, and which mix is aimed at. `version` 0: none is set."""
    by.need_admin()
    currency = _currency(marks.currency, "currency")
    value = between((marks.small_value, marks.large_value), "small_value", "Give both marks.")
    effort = between((marks.small_effort, marks.large_effort), "small_effort", "Give both marks.")
    if not effort[0]:
        raise Invalid("No bet takes nothing. Give a number of months above 0.", "small_effort")
    if not 0 <= marks.quick_low <= marks.quick_high <= 100:
        raise Invalid("Give two shares between 0 and 100, the smaller one first.", "quick_low")
    held = Yardstick.objects.select_for_update().filter(pk=1).first()
    if (held.version if held else 0) != version:
        raise Conflict(STALE)
    made = held or Yardstick(pk=1, version=0)
    made.currency = currency
    made.small_value, made.large_value = value[0] or Decimal(0), value[1] or Decimal(0)
    made.small_effort, made.large_effort = effort[0], effort[1] or Decimal(0)
    made.quick_low, made.quick_high = marks.quick_low, marks.quick_high
    made.version += 1
    made.edited_by = by.user
    made.save(force_insert=held is None)
    by.record(
        "yardsticks.set", made.subject, currency=currency,
        value=[f"{one:f}" for one in (made.small_value, made.large_value)],
        effort=[f"{one:f}" for one in (made.small_effort, made.large_effort)],
        quick=[made.quick_low, made.quick_high],
    )  # fmt: skip
    return made


@transaction.atomic
def keep_rate(by: Acting, base: str, quote: str, value: Decimal, on: date, source: str) -> Rate:
    """Keep what one currency was worth in another, on a day, by whom it was published."""
    user = _member(by)
    pair = _currency(base, "base"), _currency(quote, "quote")
    if pair[0] == pair[1]:
        raise Invalid("A currency is worth itself. Give two that differ.", "quote")
    if not (value.is_finite() and 0 < value <= MOST_RATE):
        raise Invalid(f"'{str(value)[:40]}' is no rate. Give a number above 0.", "value")
    if on > timezone.localdate():
        raise Invalid("That day is still to come. Give the day it was published for.", "on")
    said = line(source, "source", 200, "Who published it? Name the source.")
    held = Rate.objects.select_for_update().filter(base=pair[0], quote=pair[1], on=on).first()
    if held is not None:
        raise Conflict(f"There is one of that day: {held}. Take it back first.", "on")
    made = Rate.objects.create(
        base=pair[0], quote=pair[1], value=value, on=on, source=said, edited_by=user
    )
    by.record("rate.kept", made.subject, rate=str(made), on=on.isoformat(), source=said)
    return made


@transaction.atomic
def drop_rate(by: Acting, pk: int) -> None:
    """Take a rate back that was wrong. It stays in the audit log."""
    _member(by)
    held = Rate.objects.select_for_update().filter(pk=pk).first()
    if held is None:
        raise Conflict("That rate has been taken back already.")
    says = {"rate": str(held), "on": held.on.isoformat(), "source": held.source}
    subject = held.subject
    held.delete()
    by.record("rate.dropped", subject, **says)


@dataclass(frozen=True, slots=True)
class Staffing:
    """People of a role from a month on, for so many months, at least and at most."""

    role: str
    month: date
    months: int
    low: Decimal
    high: Decimal


@transaction.atomic
def set_capacity(by: Acting, said: Staffing, version: int) -> list[Capacity]:
    """Say how many people of a role are there. `version` is that of the whole role, as it was seen.

    Two people who staff the same role at once are told, even where their months differ: either has
    seen a plan without the other's.
    """
    user = _member(by)
    role = one_of(said.role, Role.values, "role")
    low, high = between((said.low, said.high), "low", "How many people, at least and at most?")
    if high is None or low is None or high > MOST_PEOPLE:
        raise Invalid(f"At most {MOST_PEOPLE:,} people. Give a smaller number.", "low")
    if not 1 <= said.months <= MOST_MONTHS:
        raise Invalid(f"Between 1 and {MOST_MONTHS} months, not {said.months}.", "months")
    held = {one.month: one for one in Capacity.objects.select_for_update().filter(role=role)}
    if version_of(held.values()) != version:
        raise Conflict(STALE)
    first = said.month.replace(day=1)
    made = []
    for step in range(said.months):
        month = later(first, step)
        row = held.get(month) or Capacity(role=role, month=month, version=0)
        row.low, row.high, row.edited_by = low, high, user
        row.version += 1
        row.save()
        made.append(row)
    by.record(
        "capacity.set", f"role:{role}", month=first.isoformat(), months=said.months,
        people=[f"{low:f}", f"{high:f}"],
    )  # fmt: skip
    return made


def version_of(rows: object) -> int:
    """The version of a role's whole plan: every edit of a month counts one."""
    assert hasattr(rows, "__iter__")
    return sum(one.version for one in rows)


def _member(by: Acting) -> User:
    user = by.person()
    if not (user.is_active and user.is_member):
        raise NotAllowed("Only a member may do this. Ask an administrator for the role.")
    return user


def _currency(text: str, field: str) -> str:
    code = text.strip().upper()
    if not CURRENCY.fullmatch(code):
        raise Invalid(f"'{text[:10]}' is no currency. Use three letters: EUR, USD, CHF.", field)
    return code
