"""Appending an entry, inside the transaction of the change that it records."""

from __future__ import annotations

from functools import partial

from django.db import transaction
from django.utils import timezone

from sextant_server.audit.chain import Plain, canonical, digest_of
from sextant_server.audit.heads import publish
from sextant_server.audit.models import Entry, Head
from sextant_server.core.logs import request_id


def record(actor: str, action: str, subject: str, *, address: str = "", **details: Plain) -> Entry:
    """Append an entry and, once the transaction is committed, publish the new head.

    Must run inside a transaction: an entry without its change, or a change without its entry,
    must not be possible. Writers take turns on the head's row until they commit.
    """
    connection = transaction.get_connection()
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("an audit entry stands in a transaction")
    head = Head.objects.select_for_update().get(id=1)
    entry = Entry(
        sequence=head.sequence + 1,
        at=timezone.now(),
        actor=actor,
        action=action,
        subject=subject,
        address=address,
        request=request_id.get(),
        detail=canonical(details),
        previous=head.digest,
    )
    entry.digest = digest_of(entry)
    entry.save(force_insert=True)
    Head.objects.filter(id=1).update(sequence=entry.sequence, digest=entry.digest)
    transaction.on_commit(partial(publish, entry))
    return entry
