"""Seals: the digest of a record that must never change, kept in the audit log as well.

A record whose digest is no longer the one in the log was changed, and a log entry whose record is
gone says that it was deleted: `sextant verify` finds both.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol

from sextant_server.audit.chain import Plain, canonical
from sextant_server.audit.models import Entry

UNREADABLE = (ValueError, TypeError, LookupError, AttributeError, ArithmeticError)
"""What reading a record that was damaged may raise."""


class Sealed(Protocol):
    """A record with a seal; `sealed()` is what the seal covers."""

    seal: str

    @property
    def subject(self) -> str: ...

    def sealed(self) -> Mapping[str, Plain]: ...


@dataclass(frozen=True, slots=True)
class Kind:
    """One sort of sealed record: its name, the audit action that carries the seal, its rows.

    `deep` finds further faults of one row, where more than its seal can be checked; `beside` those
    of what belongs to the records and has no seal of its own.
    """

    name: str
    action: str
    rows: Callable[[], Iterable[Sealed]]
    deep: Callable[[Sealed], Iterable[str]] = lambda _: ()
    beside: Callable[[], Iterable[str]] = tuple


def seal_of(record: Sealed) -> str:
    """SHA-256 over the canonical JSON of what the seal covers."""
    return text_digest(canonical(record.sealed()))


def text_digest(text: str) -> str:
    """SHA-256 of a text that is too long to stand in an entry."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def json_digest(value: object) -> str:
    """SHA-256 of a value's JSON, the same before and after it was kept."""
    return text_digest(json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False))


def check(kind: Kind) -> tuple[int, list[str]]:
    """How many records of a kind the log seals, and what is wrong with them."""
    sealed = Entry.objects.filter(action=kind.action).count()
    return sealed, list(faults(kind))


def faults(kind: Kind) -> Iterator[str]:
    """What is wrong with the records of a kind; each sealed record is read once."""
    entries = Entry.objects.filter(action=kind.action).order_by("sequence")
    logged = {entry.subject: told(entry, "seal") for entry in entries.iterator()}
    for record in kind.rows():
        yield from _of_one(kind, record, logged.pop(record.subject, None))
    yield from (f"{subject}, which the log records, is missing" for subject in sorted(logged))
    yield from kind.beside()


def told(entry: Entry, name: str) -> Plain:
    """A detail of an entry; None where it has none, or where the entry was damaged."""
    try:
        found: Plain = entry.details.get(name)
    except (ValueError, AssertionError):
        return None
    return found


def _of_one(kind: Kind, record: Sealed, seal: Plain) -> list[str]:
    """The faults of one record; one that cannot be read is at fault, and keeps no other away."""
    if seal is None:
        return [f"{record.subject} stands in no entry of the log"]
    try:
        if seal != record.seal or seal_of(record) != seal:
            return [f"{record.subject} was changed"]
        return [f"{record.subject}: {fault}" for fault in kind.deep(record)]
    except UNREADABLE as error:
        why = " ".join(str(error).split()) or type(error).__name__
        return [f"{record.subject} cannot be checked: {why}"]
