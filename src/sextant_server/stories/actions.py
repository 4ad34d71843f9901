"""What Today remembers: when a person last came. It is bookkeeping and stands in no audit log."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from sextant_server.accounts.models import User
from sextant_server.stories.models import Visit

ONE_VISIT = timedelta(minutes=30)
NOTED = timedelta(minutes=1)


def note_visit(user: User, now: datetime) -> datetime | None:
    """Note that somebody is here; returns when the visit before this one ended, if there was one.

    Pages opened within half an hour of each other are one visit.
    """
    held = Visit.objects.filter(user=user).first()
    if held and now - held.at < NOTED:
        return held.before
    with transaction.atomic():
        if held is None:
            Visit.objects.get_or_create(user=user, defaults={"at": now})
            return None
        before = held.at if now - held.at > ONE_VISIT else held.before
        Visit.objects.filter(pk=held.pk).update(at=now, before=before)
    return before
