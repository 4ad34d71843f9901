"""The API of events: what happened to a product, and one more that a pipeline sends."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from django.http import Http404
from django.utils import timezone
from ninja import Router, Schema, Status

from sextant_server.accounts.bearer import Bearer
from sextant_server.core.errors import Invalid
from sextant_server.events import actions
from sextant_server.events.actions import AHEAD, EARLIEST, Sent
from sextant_server.events.happened import happened
from sextant_server.events.models import Event
from sextant_server.products.api import AuthedRequest, standing

router = Router(tags=["events"])
READS = "products:read"
WRITES = "runs:write"
MOST = 200


class NewEvent(Schema):
    """What happened, and when, with its zone: `2026-03-02T14:30:00Z`.

    `sort`: release, rollback, pipeline, incident or other. `ref`: the sender's own name for it,
    such as the number of a build; the same one again changes nothing.
    """

    sort: str
    what: str
    at: datetime
    ref: str = ""


class EventOut(Schema):
    """An event that was sent."""

    id: int
    sort: str
    what: str
    at: datetime
    ref: str


class HappenedOut(Schema):
    """What happened, whether it was sent or is recorded here. `page` is empty where it has none."""

    at: datetime
    sort: str
    what: str
    page: str


@router.get(
    "/products/{slug}/events", response=list[HappenedOut], auth=Bearer(READS), summary="Events"
)
def events(
    request: AuthedRequest, slug: str, since: datetime | None = None, until: datetime | None = None
) -> list[dict[str, Any]]:
    """The newest 200 of a stretch of time, the newest first: sent ones, and those recorded here."""
    product = standing(request, slug).product
    start, end = since or EARLIEST, until or timezone.now() + AHEAD
    for name, one in (("since", start), ("until", end)):
        if one.tzinfo is None:
            raise Invalid("Name the zone: 2026-03-02T14:30:00Z.", name)
    found = happened(product, start.astimezone(UTC), end.astimezone(UTC), MOST)
    return [
        {"at": one.at, "sort": one.sort, "what": one.what, "page": one.href} for one in found[::-1]
    ]


@router.post(
    "/products/{slug}/events", response={200: EventOut, 201: EventOut}, auth=Bearer(WRITES),
    summary="Send an event",
)  # fmt: skip
def send(request: AuthedRequest, slug: str, new: NewEvent) -> Status[dict[str, Any]]:
    """Say that something happened. 201 for a new event, 200 where its `ref` was sent before."""
    here = standing(request, slug)
    sent = Sent(new.sort, new.what, new.at, new.ref)
    made, fresh = actions.send(request.auth, here.product, sent)
    return Status(201 if fresh else 200, _plain(made))


@router.delete(
    "/products/{slug}/events/{event_id}", response={204: None}, auth=Bearer(WRITES),
    summary="Take an event back",
)  # fmt: skip
def withdraw(request: AuthedRequest, slug: str, event_id: int) -> Status[None]:
    """Take an event back that was sent in error; it stays in the log."""
    here = standing(request, slug)
    rows = Event.objects.filter(product=here.product, pk=event_id).select_related("product")
    if (found := rows.first()) is None:
        raise Http404
    actions.withdraw(request.auth, found)
    return Status(204, None)


def _plain(one: Event) -> dict[str, Any]:
    return {"id": one.pk, "sort": one.sort, "what": one.what, "at": one.at, "ref": one.ref}
