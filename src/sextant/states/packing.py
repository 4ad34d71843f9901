"""Bytes made small, and large again only up to a limit."""

from __future__ import annotations

import zlib

from sextant.states.columns import damaged
from sextant.states.state import StateError


def packed(data: bytes) -> bytes:
    """A zlib stream; the same one for the same bytes, as long as the same zlib packs them."""
    return zlib.compress(data, 6)


def unpacked(stream: bytes, max_bytes: int) -> bytes:
    """What was packed. Raises StateError where it is damaged or larger than `max_bytes`.

    No more than `max_bytes` are ever unpacked: a few thousand bytes can stand for gigabytes.
    """
    unpacking = zlib.decompressobj()
    try:
        data = unpacking.decompress(stream, max_bytes + 1)
    except zlib.error as error:
        raise damaged("unpacking failed", error) from error
    if len(data) > max_bytes:
        raise StateError("The stored state unpacks to more than", max_bytes, "Allow more bytes.")
    if not unpacking.eof or unpacking.unused_data:
        what = "bytes after its end" if unpacking.eof else "cut off after"
        raise damaged(what, len(stream))
    return data
