"""The head outside the database: a line in an append-only file and a line in the log.

Whoever can write the database could write a whole new chain; he cannot make it agree with heads
that already left it. A head that could not be written is no loss: the next one covers it.
"""

from __future__ import annotations

import json
import logging
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from sextant_server.audit.chain import instant
from sextant_server.audit.models import Entry

log = logging.getLogger("sextant.audit")


@dataclass(frozen=True, slots=True)
class Published:
    """A head as it left the database."""

    sequence: int
    digest: str


def publish(entry: Entry) -> None:
    """Append the head to the file, durably, and log it."""
    head = {"sequence": entry.sequence, "digest": entry.digest}
    log.info("audit.head", extra=head)
    line = json.dumps({"at": instant(entry.at), **head}) + "\n"
    try:
        append(settings.SEXTANT.audit_heads, line)
    except OSError:
        log.exception("audit.head.unpublished", extra=head)


def append(path: Path, line: str) -> None:
    """One write, so that lines of several workers do not mix; on the disk when it returns."""
    handle = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o640)
    try:
        os.write(handle, line.encode())
        os.fsync(handle)
    finally:
        os.close(handle)


def published(path: Path) -> Iterator[Published]:
    """The heads of a file, in its order; raises ValueError with the line that is none."""
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, start=1):
            try:
                head = json.loads(line)
                yield Published(int(head["sequence"]), str(head["digest"]))
            except (ValueError, KeyError, TypeError) as error:
                raise ValueError(f"line {number} of {path.name} is no head") from error
