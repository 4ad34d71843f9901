"""Bytes made small, and large again only up to a limit."""

from __future__ import annotations

import zlib

from sextant.states.columns import damaged
from sextant.states.state import StateError

FREE, RATIO = 2**20, 60
"""So many bytes may always come out, and so many more for each packed byte that went in.

Measured: the states of the demo's employment pack 5.5 to 1, by unit 3.3 to 1, their descriptions
3 to 1; 60,000 segments that are all alike pack 10 to 1. What packs better than 60 to 1 is made to
fill memory.
"""


def packed(data: bytes) -> bytes:
    """A zlib stream; the same one for the same bytes, as long as the same zlib packs them."""
    return zlib.compress(data, 6)


def allowed(stream_bytes: int, max_bytes: int) -> int:
    """How much so many packed bytes may unpack to: `max_bytes`, and less for a few."""
    return min(max_bytes, FREE + RATIO * stream_bytes)


def unpacked(stream: bytes, max_bytes: int) -> bytes:
    """What was packed. Raises StateError where it is damaged or larger than `max_bytes`.

    No more than `allowed` are ever unpacked: a few thousand bytes can stand for gigabytes.
    """
    most = allowed(len(stream), max_bytes)
    unpacking = zlib.decompressobj()
    try:
        data = unpacking.decompress(stream, most + 1)
    except zlib.error as error:
        raise damaged("unpacking failed", error) from error
    if len(data) > most:
        remedy = "Allow more bytes." if most == max_bytes else "No state packs so well: scan anew."
        raise StateError("The stored state unpacks to more than", most, remedy)
    if not unpacking.eof or unpacking.unused_data:
        what = "bytes after its end" if unpacking.eof else "cut off after"
        raise damaged(what, len(stream))
    return data
