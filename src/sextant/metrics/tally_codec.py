"""A tally as bytes and back: what a scan yielded, kept without a row and judged again later.

Layout: b"TALLY", one byte of version, 16 bytes that tell damage (BLAKE2b of the rest), the length
of the packed description (four bytes, little endian), the description (JSON: groupings, requests,
segment values, counts, facts) and the states as `states/codec.py` stores them. Equal tallies give
equal bytes, as long as the same zlib packs them.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from hashlib import blake2b
from typing import Any

from sextant.metrics.request_codec import answers, plain, plain_request, shown
from sextant.metrics.requests import Request
from sextant.metrics.tally import Cell, Tally, Values
from sextant.metrics.tally_reading import tally_from
from sextant.states.codec import MAX_BYTES, dump, load
from sextant.states.columns import damaged
from sextant.states.kinds import MAX_STATES
from sextant.states.packing import allowed, packed, unpacked
from sextant.states.state import StateError

MAGIC, VERSION = b"TALLY", 1
CHECK, LENGTH = 16, 4
HEAD = len(MAGIC) + 1 + CHECK

Named = dict[str, Any]


def dump_tally(tally: Tally) -> bytes:
    """The bytes of a tally. Raises StateError for what `load_tally` would refuse."""
    states: Named = {"snapshot": tally.snapshot, "sample": tally.sample, "whole": {}, "units": {}}
    known = {shown_as(one): one for held in tally.cells.values() for one in held}
    requests = [known[text] for text in sorted(known)]
    description = {
        "requests": [plain_request(one) for one in requests],
        "cells": [
            [
                list(grouping),
                [
                    [requests.index(request), _plain_cells(cells, request, states)]
                    for request, cells in sorted(held.items(), key=lambda one: shown_as(one[0]))
                ],
            ]
            for grouping, held in sorted(tally.cells.items())
        ],
        "counts": [
            [
                list(grouping),
                [[list(values), *map(plain, n)] for values, n in sorted(held.items())],
            ]
            for grouping, held in sorted(tally.counts.items())
        ],
        "rows": tally.rows,
        "labelled": tally.labelled,
        "set_aside": [list(one) for one in tally.set_aside],
        "period": list(tally.period),
        "notes": list(tally.notes),
    }
    text = json.dumps(description, separators=(",", ":"), sort_keys=True).encode("ascii")
    if len(text) > described_bytes(MAX_BYTES):
        raise StateError("The tally is too large to store, bytes", len(text), "Fold segments.")
    first = packed(text)
    if len(text) > allowed(len(first), MAX_BYTES):
        raise StateError("The tally is too alike to store, bytes", len(text), "Fold segments.")
    body = len(first).to_bytes(LENGTH, "little") + first + dump(states)
    return MAGIC + bytes([VERSION]) + _check(body) + body


def load_tally(data: bytes, max_bytes: int = MAX_BYTES, max_states: int = MAX_STATES) -> Tally:
    """The tally that `dump_tally` stored.

    Raises StateError for anything else: foreign or damaged bytes, a newer version, more than
    `max_bytes` unpacked (and less of few bytes, see `packing.RATIO`), more than `max_states`
    states with those of units, states that do not answer their requests. What it holds is
    not thereby true: whoever sends a tally can have made it up.
    """
    body = _body(data)
    size = int.from_bytes(body[:LENGTH], "little")
    first, stored = body[LENGTH : LENGTH + size], body[LENGTH + size :]
    text = unpacked(first, described_bytes(max_bytes))
    try:
        description = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise damaged("its description is unreadable", error) from error
    return tally_from(description, load(stored, max_bytes, max_states))


def described_bytes(max_bytes: int) -> int:
    """How much of the bytes the description may take: as objects it is many times as large."""
    return max_bytes // 4


def shown_as(request: Request) -> str:
    return json.dumps(plain_request(request))


def _check(body: bytes) -> bytes:
    return blake2b(body, digest_size=CHECK).digest()


def _body(data: bytes) -> bytes:
    if not data.startswith(MAGIC) or len(data) < HEAD + LENGTH:
        raise StateError(
            "These bytes are no stored tally, they begin with", data[:5], "Check the file."
        )
    version = data[len(MAGIC)]
    if version != VERSION:
        raise StateError(
            "The tally was stored in a format unknown here, version", version, "Update Sextant."
        )
    body = data[HEAD:]
    if _check(body) != data[len(MAGIC) + 1 : HEAD]:
        raise damaged("its check does not fit, bytes", len(data))
    return body


def _plain_cells(cells: Mapping[Values, Cell], request: Request, states: Named) -> list[Any]:
    """The cells of one request, their states put among `states` under the next free name."""
    written = []
    for values, cell in sorted(cells.items()):
        parts = [] if cell.by_unit is None else [part for _, part in cell.by_unit.parts]
        if not all(answers(state, request) for state in (cell.whole, *parts)):
            raise StateError("A state does not answer its request", shown(request), "Scan anew.")
        name = f"{len(states['whole']):06x}"
        states["whole"][name] = cell.whole
        if cell.by_unit is not None:
            states["units"][name] = cell.by_unit
        sizes = [plain(n) for n in (cell.rows, cell.labelled, cell.aside)]
        written.append([list(values), *sizes, cell.by_unit is not None])
    return written
