"""One span's states as bytes: what was counted, of which rows, and the tally.

Layout: b"SXPART", one byte of version, 16 bytes that tell damage (BLAKE2b of the rest), the length
of the header (four bytes, little endian), the header (JSON), the tally as `metrics/tally_codec`
stores it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from hashlib import blake2b
from typing import Any

from sextant.metrics.tally import Tally
from sextant.metrics.tally_codec import dump_tally, load_tally
from sextant.states.state import StateError

MAGIC, VERSION = b"SXPART", 1
CHECK, LENGTH = 16, 4
HEAD = len(MAGIC) + 1 + CHECK
AGAIN = "Restore the file, or tally its rows again."
Few = Mapping[str, tuple[float, ...] | None]


@dataclass(frozen=True, slots=True)
class Seen:
    """Rows that states have seen: the source's name, how many, their snapshot, on which day."""

    source: str
    rows: int
    snapshot: str
    on: str


@dataclass(frozen=True, slots=True)
class Header:
    """What the states of one span are of.

    `name`: the span, "" for rows without a time, which are kept per source. `version` counts up
    from 1 each time the span is tallied anew. `counted`: the digest of the layout. `codes`: which
    class codes label, decision and yes/no columns used. `few`: the values that a column was
    counted by, one by one; None for a column counted in buckets. `reasons`: why rows can be set
    aside, in the order of a scan.
    """

    name: str
    version: int
    counted: str
    contract: str
    rows: int
    snapshot: str
    seen: tuple[Seen, ...]
    codes: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    few: Few = field(default_factory=dict)
    reasons: tuple[str, ...] = ()
    code: str = ""


def part_bytes(header: Header, tally: Tally) -> bytes:
    """A span as bytes; the same ones for the same span."""
    text = json.dumps(asdict(header), sort_keys=True, separators=(",", ":")).encode("ascii")
    body = len(text).to_bytes(LENGTH, "little") + text + dump_tally(tally)
    return MAGIC + bytes([VERSION]) + _check(body) + body


def part_from(data: bytes, name: str) -> tuple[Header, Tally]:
    """The span that `part_bytes` wrote. Raises StateError for anything else."""
    header, states = opened(data, name)
    return header, load_tally(states)


def opened(data: bytes, name: str) -> tuple[Header, bytes]:
    """Header and tally, the latter still packed. Raises StateError for foreign or damaged bytes."""
    if not data.startswith(MAGIC) or len(data) < HEAD + LENGTH:
        raise StateError(f"{name} holds no states, it begins with", data[:6], AGAIN)
    version = data[len(MAGIC)]
    if version > VERSION:
        raise StateError(f"{name} is of a newer version", version, "Update Sextant.")
    if version != VERSION:
        raise StateError(f"{name} is of an unknown version", version, AGAIN)
    body = data[HEAD:]
    if _check(body) != data[len(MAGIC) + 1 : HEAD]:
        problem = f"{name} is damaged or was changed, its checksum does not fit, bytes"
        raise StateError(problem, len(data), AGAIN)
    size = int.from_bytes(body[:LENGTH], "little")
    try:
        held = json.loads(body[LENGTH : LENGTH + size])
        return _header(held), body[LENGTH + size :]
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise StateError(f"{name} has a header that cannot be read", error, AGAIN) from None


def _header(held: Any) -> Header:
    return Header(
        name=str(held["name"]),
        version=int(held["version"]),
        counted=str(held["counted"]),
        contract=str(held["contract"]),
        rows=int(held["rows"]),
        snapshot=str(held["snapshot"]),
        seen=tuple(Seen(**one) for one in held["seen"]),
        codes={name: tuple(map(int, codes)) for name, codes in held["codes"].items()},
        few={
            name: None if values is None else tuple(map(float, values))
            for name, values in held["few"].items()
        },
        reasons=tuple(map(str, held["reasons"])),
        code=str(held["code"]),
    )


def _check(body: bytes) -> bytes:
    return blake2b(body, digest_size=CHECK).digest()
