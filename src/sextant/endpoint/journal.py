"""The journal of a judge: one line per answer, appended and never changed.

What stands in it was paid and is not asked again. A line that a killed run left half written is
cut off when the journal is opened.
"""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sextant.endpoint.answers import Reply


class JournalError(Exception):
    """The journal cannot be used: the problem with its remedy."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One answer: the digest of what was asked, verdict or problem, what it cost."""

    digest: str
    order: str
    verdict: str
    problem: str
    cost: float
    input_tokens: int | None
    output_tokens: int | None
    text: str


class Journal:
    """An open journal; `entries` by digest, `spent` over all runs."""

    def __init__(self, path: Path, descriptor: int) -> None:
        self.path, self._descriptor = path, descriptor
        self.entries: dict[str, Entry] = {}
        self.spent = 0.0
        self._read()

    def _read(self) -> None:
        held = self.path.read_bytes()
        whole = held.rfind(b"\n") + 1
        if whole < len(held):
            os.ftruncate(self._descriptor, whole)
        for number, line in enumerate(held[:whole].splitlines(), 1):
            try:
                entry = _entry(json.loads(line))
            except (ValueError, KeyError, TypeError):
                remedy = "Name another file, or take that line out."
                raise JournalError(
                    f"{self.path}, line {number}, is no line of a judge's journal. {remedy}"
                ) from None
            self.spent += entry.cost
            if entry.verdict or entry.problem != "no answer":
                self.entries[entry.digest] = entry

    def add(self, digest: str, order: str, reply: Reply, cost: float) -> Entry:
        """Append an answer; it is on the disk when this returns."""
        entry = Entry(
            digest, order, reply.verdict, reply.problem, cost,
            reply.input_tokens, reply.output_tokens, reply.text,
        )  # fmt: skip
        self.entries[digest] = entry
        self._write(entry)
        return entry

    def lost(self, digest: str, order: str, cost: float, why: str) -> None:
        """Append what a question without an answer may have cost; it will be asked again."""
        self._write(Entry(digest, order, "", "no answer", cost, None, None, why[:500]))

    def _write(self, entry: Entry) -> None:
        self.spent += entry.cost
        form = {name: getattr(entry, name) for name in Entry.__slots__}
        line = json.dumps(form, ensure_ascii=False, separators=(",", ":")) + "\n"
        os.write(self._descriptor, line.encode("utf-8", "replace"))
        os.fsync(self._descriptor)


def _entry(held: Any) -> Entry:
    cost = float(held["cost"])
    if not isinstance(held["digest"], str) or not cost >= 0:
        raise ValueError("no entry")
    return Entry(
        held["digest"], str(held["order"]), str(held["verdict"]), str(held["problem"]), cost,
        held["input_tokens"], held["output_tokens"], str(held["text"]),
    )  # fmt: skip


@contextmanager
def open_journal(path: Path) -> Iterator[Journal]:
    """The journal for this run alone. Raises `JournalError` where another run holds it."""
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o600)
    except OSError as error:
        raise JournalError(
            f"{path} cannot be written: {error.strerror}. Name another file."
        ) from None
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise JournalError(f"Another run writes {path}. Wait for it to end.") from None
        yield Journal(path, descriptor)
    finally:
        os.close(descriptor)
