"""Whether the log is whole: every digest, every link, no gap, and the heads that left."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sextant_server.audit.chain import digest_of
from sextant_server.audit.heads import published
from sextant_server.audit.models import GENESIS, Entry, Head

CHUNK = 2000


@dataclass(frozen=True, slots=True)
class Verification:
    """What was found; `faults` is empty where the log is whole."""

    entries: int
    heads: int
    digest: str
    faults: tuple[str, ...]

    @property
    def whole(self) -> bool:
        return not self.faults


def verify(heads_file: Path) -> Verification:
    """Walk the whole chain once and compare it with the published heads.

    The heads are read first, the end of the chain after them: so every head read must be there,
    and writers need not wait.
    """
    faults: list[str] = []
    heads = _published(heads_file, faults)
    sequence, previous = 0, GENESIS
    head = Head.objects.get(id=1)
    entries = Entry.objects.filter(sequence__lte=head.sequence).order_by("sequence")
    for entry in entries.iterator(chunk_size=CHUNK):
        faults += _faults(entry, sequence + 1, previous)
        if heads.pop(entry.sequence, entry.digest) != entry.digest:
            faults.append(f"entry {entry.sequence} is not the one whose head was published")
        sequence, previous = entry.sequence, entry.digest
    if (sequence, previous) != (head.sequence, head.digest):
        faults.append(f"the log ends at entry {sequence}, its head says {head.sequence}")
    heads = {at: digest for at, digest in heads.items() if at > sequence}
    faults += _later(heads)
    return Verification(sequence, _count(heads_file), previous, tuple(faults))


def _faults(entry: Entry, expected: int, previous: str) -> Iterator[str]:
    if entry.sequence != expected:
        yield f"entries {expected} to {entry.sequence - 1} are missing"
    if digest_of(entry) != entry.digest:
        yield f"entry {entry.sequence} was changed"
    if entry.previous != previous:
        yield f"entry {entry.sequence} does not follow the one before it"


def _published(path: Path, faults: list[str]) -> dict[int, str]:
    """Digests by sequence; one sequence published with two digests is a fault."""
    found: dict[int, str] = {}
    if not path.exists():
        return found
    twice: set[int] = set()
    try:
        for head in published(path):
            if found.setdefault(head.sequence, head.digest) != head.digest:
                twice.add(head.sequence)
    except ValueError as error:
        faults.append(str(error))
    faults += [f"two different heads of entry {at} were published" for at in sorted(twice)]
    return found


def _later(heads: dict[int, str]) -> list[str]:
    return [f"entry {at}, whose head was published, is missing" for at in sorted(heads)]


def _count(path: Path) -> int:
    if not path.exists():
        return 0
    with path.open("rb") as lines:
        return sum(1 for _ in lines)
