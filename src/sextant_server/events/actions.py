"""Everything that changes events: a program sends one, and takes one back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from sextant_server.accounts.acting import Acting
from sextant_server.audit.chain import instant
from sextant_server.core.errors import Conflict, Invalid
from sextant_server.core.storable import check_storable
from sextant_server.events.models import REF, TEXT, Event, Sort
from sextant_server.products.entering import need
from sextant_server.products.models import Product

MOST = 20_000
"""So many events a product may have: one an hour for two years."""
EARLIEST = datetime(2000, 1, 1, tzinfo=UTC)
AHEAD = timedelta(days=1)
"""Clocks differ; what lies further ahead has not happened."""


@dataclass(frozen=True, slots=True)
class Sent:
    """An event as it is sent; `at` names its zone."""

    sort: str
    what: str
    at: datetime
    ref: str = ""


@transaction.atomic
def send(by: Acting, product: Product, sent: Sent) -> tuple[Event, bool]:
    """Keep an event, and whether it is new: the same `ref` again gives the event that is there.

    Raises Conflict where that one says something else.
    """
    user = need(by, product, "events")
    what, ref = " ".join(sent.what.split()), sent.ref.strip()
    _check(sent, what, ref)
    Product.objects.select_for_update().get(pk=product.pk)
    if ref and (held := Event.objects.filter(product=product, ref=ref).first()):
        if (held.sort, held.what, held.at) != (sent.sort, what, sent.at):
            raise Conflict(f"'{ref}' was sent before and said “{held.what}”. Use another ref.")
        return held, False
    if Event.objects.filter(product=product).count() >= MOST:
        raise Conflict(f"A product has at most {MOST:,} events. Send releases, not every run.")
    made = Event.objects.create(
        product=product, sort=sent.sort, what=what, at=sent.at, ref=ref, sent_by=user
    )
    by.record("event.sent", made.subject, product=product.pk, sort=made.sort, what=what,
              at=instant(made.at), ref=ref)  # fmt: skip
    return made, True


@transaction.atomic
def withdraw(by: Acting, event: Event) -> None:
    """Take an event back that was sent in error; it stays on record and is shown no more."""
    need(by, event.product, "events")
    held = Event.objects.select_for_update(of=("self",)).get(pk=event.pk)
    if held.withdrawn_at is not None:
        raise Conflict("The event was taken back already.")
    held.withdrawn_at = timezone.now()
    held.save()
    by.record("event.withdrawn", held.subject, product=held.product_id, what=held.what)


def _check(sent: Sent, what: str, ref: str) -> None:
    check_storable(what, "what")
    check_storable(ref, "ref")
    if sent.sort not in Sort.values:
        raise Invalid(f"Choose one of {', '.join(Sort.values)}.", "sort")
    if not what:
        raise Invalid("Say what happened.", "what")
    if len(what) > TEXT:
        raise Invalid(f"At most {TEXT} characters.", "what")
    if len(ref) > REF:
        raise Invalid(f"At most {REF} characters.", "ref")
    if sent.at.tzinfo is None:
        raise Invalid("Name the zone: 2026-03-02T14:30:00Z.", "at")
    if not EARLIEST <= sent.at <= timezone.now() + AHEAD:
        raise Invalid("An event lies between the year 2000 and now.", "at")
