"""The digest of an entry: SHA-256 over its canonical JSON, the digest before it included."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from sextant_server.audit.models import Entry

Plain: TypeAlias = "str | int | bool | list[Plain] | dict[str, Plain] | None"
"""What a detail may hold: no float, whose text differs between databases."""

VERSION = 1


def canonical(value: Mapping[str, Plain]) -> str:
    """JSON with sorted names and no space: the same text for the same value."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def digest_of(entry: Entry) -> str:
    """What `entry.digest` must be, in hexadecimal."""
    fields: dict[str, Plain] = {
        "version": VERSION,
        "sequence": entry.sequence,
        "at": instant(entry.at),
        "actor": entry.actor,
        "action": entry.action,
        "subject": entry.subject,
        "address": entry.address,
        "request": entry.request,
        "detail": entry.detail,
        "previous": entry.previous,
    }
    return hashlib.sha256(canonical(fields).encode()).hexdigest()


def instant(at: datetime) -> str:
    """A moment to the microsecond in UTC."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")
