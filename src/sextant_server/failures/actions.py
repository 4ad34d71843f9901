"""Everything that changes failure modes: writing one, taking those of a pattern, giving one up."""

from __future__ import annotations

import math
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from sextant.stats.bands import Bands
from sextant.strategy.opportunities.patterns import shipped_pattern
from sextant_server.accounts.acting import Acting
from sextant_server.accounts.models import User
from sextant_server.audit.chain import Plain
from sextant_server.core.errors import Conflict, Invalid
from sextant_server.core.storable import check_storable
from sextant_server.failures import queries
from sextant_server.failures.models import TEXT, FailureMode, Response
from sextant_server.products.entering import need
from sextant_server.products.models import Membership, Product
from sextant_server.strategy.opportunities.models import Bet

MOST = 40
"""So many modes a product may have: a register that nobody can read guards nothing."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A mode as it is sent. `criterion` and `group` name one number; without them none watches."""

    how: str
    shows: str = ""
    answer: str = ""
    severe: bool = True
    criterion: str = ""
    group: tuple[tuple[str, str], ...] = ()
    green: float | None = None
    red: float | None = None
    amber_response: str = ""
    amber_owner: User | None = None
    red_response: str = ""
    red_owner: User | None = None


@transaction.atomic
def write(by: Acting, product: Product, wanted: Wanted) -> FailureMode:
    """Write a failure mode down."""
    user = need(by, product, "guard")
    Product.objects.select_for_update().get(pk=product.pk)
    _room(product, 1)
    _check(product, wanted, None)
    made = FailureMode(product=product, written_by=user)
    _fill(made, wanted)
    made.save()
    by.record("failure.written", made.subject, product=product.pk, **_told(made))
    return made


@transaction.atomic
def change(by: Acting, mode: FailureMode, wanted: Wanted, version: int) -> FailureMode:
    """Change a mode; what it said before is in the log."""
    need(by, mode.product, "guard")
    held = _held(mode, version)
    _check(held.product, wanted, held)
    _fill(held, wanted)
    held.version += 1
    held.save()
    by.record("failure.changed", held.subject, product=held.product_id, **_told(held))
    return held


@transaction.atomic
def withdraw(by: Acting, mode: FailureMode, version: int) -> FailureMode:
    """Give a mode up: nothing asks for it any more, and it stays on record."""
    need(by, mode.product, "guard")
    held = _held(mode, version)
    held.withdrawn_at = timezone.now()
    held.version += 1
    held.save()
    by.record("failure.withdrawn", held.subject, product=held.product_id, how=held.how)
    return held


@transaction.atomic
def take_pattern(by: Acting, product: Product) -> list[FailureMode]:
    """Write down how products of the bet's pattern fail, where it is not on record yet.

    They are severe until somebody says otherwise, and lack what only the team knows.
    """
    user = need(by, product, "guard")
    Product.objects.select_for_update().get(pk=product.pk)
    key = Bet.objects.filter(product=product).values_list("pattern", flat=True).first()
    pattern = shipped_pattern(key) if key else None
    if pattern is None:
        raise Conflict("The bet follows no pattern. Choose one on the page of the opportunity.")
    known = set(FailureMode.objects.filter(product=product).values_list("how", flat=True))
    new = [one for one in pattern.failures if one.how[:TEXT] not in known]
    _room(product, len(new))
    made = []
    for one in new:
        mode = FailureMode.objects.create(
            product=product, written_by=user, how=one.how[:TEXT], shows=one.shows[:TEXT],
            answer=one.answer[:TEXT],
        )  # fmt: skip
        by.record("failure.written", mode.subject, product=product.pk, **_told(mode))
        made.append(mode)
    return made


def _held(mode: FailureMode, version: int) -> FailureMode:
    rows = FailureMode.objects.select_for_update(of=("self",)).select_related("product")
    held = rows.get(pk=mode.pk)
    if held.withdrawn_at is not None:
        raise Conflict("The failure mode was given up.")
    if held.version != version:
        raise Conflict("Somebody changed this since you opened the page. Load it again.")
    return held


def _room(product: Product, more: int) -> None:
    if queries.modes_of([product.pk]).count() + more > MOST:
        raise Conflict(f"A product has at most {MOST} failure modes. Give up one that is none.")


def _check(product: Product, wanted: Wanted, held: FailureMode | None) -> None:
    for name in ("how", "shows", "answer"):
        text = getattr(wanted, name)
        check_storable(text)
        if len(_plain(text)) > TEXT:
            raise Invalid(f"At most {TEXT} characters.", name)
    if not _plain(wanted.how):
        raise Invalid("Say how it fails.", "how")
    _check_watch(product, wanted, held)
    for name in ("amber", "red"):
        response, owner = getattr(wanted, f"{name}_response"), getattr(wanted, f"{name}_owner")
        if response and response not in Response.values:
            raise Invalid(f"Choose one of {', '.join(Response.labels)}.", f"{name}_response")
        if owner is not None and not _has_part(product, owner):
            raise Invalid(f"{owner} has no part here, or a closed account. Choose somebody else.",
                          f"{name}_owner")  # fmt: skip


def _check_watch(product: Product, wanted: Wanted, held: FailureMode | None) -> None:
    """One number that is there, and bounds on the right sides of each other."""
    for name in ("green", "red"):
        bound = getattr(wanted, name)
        if bound is not None and not math.isfinite(bound):
            raise Invalid("Give a finite number.", name)
    if not wanted.criterion:
        if wanted.red is not None or wanted.green is not None:
            raise Invalid("Choose the number that these bounds are for.", "watched")
        return
    if wanted.red is None:
        raise Invalid("Say from which value on it fails.", "red")
    group = [list(pair) for pair in wanted.group]
    found = next((one for one in queries.offered(product) if one.key == _key(wanted)), None)
    if found is None:
        if held is not None and (held.criterion, held.group) == (wanted.criterion, group):
            return
        raise Invalid("No evidence and no contract has this number. Choose one of the list.",
                      "watched")  # fmt: skip
    green = found.row["limit"] if wanted.green is None else wanted.green
    try:
        Bands(found.row["op"], green, wanted.red)
    except ValueError as error:
        raise Invalid(str(error), "red") from None


def _key(wanted: Wanted) -> tuple[str, tuple[tuple[str, str], ...]]:
    return wanted.criterion, tuple(sorted(wanted.group))


def _has_part(product: Product, user: User) -> bool:
    rows = Membership.objects.filter(product=product, user=user, user__is_active=True)
    return bool(rows.exists())


def _plain(text: str) -> str:
    return " ".join(text.split())


def _fill(mode: FailureMode, wanted: Wanted) -> None:
    mode.how, mode.shows = _plain(wanted.how), _plain(wanted.shows)
    mode.answer, mode.severe = _plain(wanted.answer), wanted.severe
    mode.criterion, mode.group = wanted.criterion, [list(pair) for pair in wanted.group]
    mode.green, mode.red = wanted.green, wanted.red
    mode.amber_response, mode.amber_owner = wanted.amber_response, wanted.amber_owner
    mode.red_response, mode.red_owner = wanted.red_response, wanted.red_owner


def _told(mode: FailureMode) -> dict[str, Plain]:
    """All that a mode says, for the log."""
    return {
        "how": mode.how,
        "severe": mode.severe,
        "watched": [mode.criterion, *(value for _, value in mode.group)],
        "bounds": [None if one is None else repr(one) for one in (mode.green, mode.red)],
        "amber": [mode.amber_response, _person(mode.amber_owner)],
        "red": [mode.red_response, _person(mode.red_owner)],
    }


def _person(user: User | None) -> str:
    return f"person:{user.pk}" if user else ""
