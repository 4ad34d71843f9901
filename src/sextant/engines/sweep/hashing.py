"""A 64-bit hash of every cell, and of every row: the same in every process and on every day.

A cell's hash is MurmurHash3's finaliser of the bits of its number, or the lower half of the MD5 of
its text. A row's is the finaliser of the sum of its cells' hashes, each times an odd number that
is made of the column's name: no matter in which order columns or rows come. Two different rows
have one hash by chance about once in 2^64; none of this protects against people who forge rows.
"""

from __future__ import annotations

from hashlib import md5

import numpy as np
from numpy.typing import NDArray

from sextant.states.snapshot import MODULUS, Snapshot

Hashes = NDArray[np.uint64]
FIRST, SECOND, SHIFT = np.uint64(0xFF51AFD7ED558CCD), np.uint64(0xC4CEB9FE1A85EC53), np.uint64(33)
"""Constants of fmix64. Source: Appleby, MurmurHash3 (public domain)."""
APART = np.uint64(0x9E3779B97F4A7C15)
EMPTY = np.uint64(0x7FF8000000000000)
"""The hash of an empty cell, before it is mixed: the bits of NaN."""
AT_ONCE = 16_384
"""Numbers to a step: they stay in the processor's own memory."""


def mixed(bits: Hashes) -> Hashes:
    """fmix64 of each; the array itself is changed and returned."""
    other = np.empty(min(AT_ONCE, bits.size), np.uint64)
    for at in range(0, bits.size, AT_ONCE):
        part = bits[at : at + AT_ONCE]
        spare = other[: part.size]
        for times in (FIRST, SECOND):
            np.right_shift(part, SHIFT, out=spare)
            np.bitwise_xor(part, spare, out=part)
            np.multiply(part, times, out=part)
        np.right_shift(part, SHIFT, out=spare)
        np.bitwise_xor(part, spare, out=part)
    return bits


def of_text(text: str) -> int:
    """As `md5_number_lower` of the database."""
    return int.from_bytes(md5(text.encode(), usedforsecurity=False).digest()[8:], "little")


def weight_of(column: str) -> np.uint64:
    """An odd number of 64 bits for a column's name."""
    return np.uint64(of_text(column) | 1)


class RowHashes:
    """Sums up the rows of a table: their number and both sums of its snapshot."""

    def __init__(self) -> None:
        self.rows = self.upper = self.lower = 0

    def add(self, sums: Hashes) -> Hashes:
        """The hashes of a batch's rows, from the weighted sums of their cells' hashes."""
        rows = mixed(sums)
        again = mixed(rows + APART)
        self.rows += rows.size
        self.upper = (self.upper + int(rows.sum(dtype=np.uint64))) % MODULUS
        self.lower = (self.lower + int(again.sum(dtype=np.uint64))) % MODULUS
        return rows

    @property
    def snapshot(self) -> Snapshot:
        return Snapshot(self.rows, self.upper, self.lower)
