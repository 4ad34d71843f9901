"""Seals: the digest of a record that must never change, kept in the audit log as well.

A record whose digest is no longer the one in the log was changed, and a log entry whose record is
gone says that it was deleted: `sextant verify` finds both.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol

from sextant_server.audit.chain import Plain, canonical
from sextant_server.audit.models import Entry


class Sealed(Protocol):
    """A record with a seal; `sealed()` is what the seal covers."""

    seal: str

    @property
    def subject(self) -> str: ...

    def sealed(self) -> Mapping[str, Plain]: ...


@dataclass(frozen=True, slots=True)
class Kind:
    """One sort of sealed record: its name, the audit action that carries the seal, its rows.

    `deep` finds further faults of one row, where more than its seal can be checked.
    """

    name: str
    action: str
    rows: Callable[[], Iterable[Sealed]]
    deep: Callable[[Sealed], Iterable[str]] = lambda _: ()


def seal_of(record: Sealed) -> str:
    """SHA-256 over the canonical JSON of what the seal covers."""
    return hashlib.sha256(canonical(record.sealed()).encode()).hexdigest()


def check(kind: Kind) -> tuple[int, list[str]]:
    """How many records of a kind the log seals, and what is wrong with them."""
    sealed = Entry.objects.filter(action=kind.action).count()
    return sealed, list(faults(kind))


def faults(kind: Kind) -> Iterator[str]:
    """What is wrong with the records of a kind; each sealed record is read once."""
    entries = Entry.objects.filter(action=kind.action).order_by("sequence")
    logged = {entry.subject: entry.details.get("seal") for entry in entries.iterator()}
    for record in kind.rows():
        seal = logged.pop(record.subject, None)
        if seal is None:
            yield f"{record.subject} stands in no entry of the log"
        elif seal != record.seal or seal_of(record) != seal:
            yield f"{record.subject} was changed"
        else:
            yield from (f"{record.subject}: {fault}" for fault in kind.deep(record))
    yield from (f"{subject}, which the log records, is missing" for subject in sorted(logged))
