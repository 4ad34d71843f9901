"""Which rows a number was computed from: a fingerprint of them all, and a sample of their hashes.

Both come from the MD5 of each row's canonical text, and neither depends on the order of the rows.
MD5 tells rows apart here; it protects nothing against somebody who forges rows to collide.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import md5

from sextant.states.state import factor, whole

MODULUS = 2**64


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Number of rows and the sums mod 2^64 of the upper and lower halves of their MD5.

    Merge with `+`. Equal sets of rows (counted with repetition) have equal snapshots; different
    ones have equal snapshots by chance about once in 2^128. Raises ValueError for sums outside
    64 bits.
    """

    rows: int = 0
    upper: int = 0
    lower: int = 0

    def __post_init__(self) -> None:
        for name in ("rows", "upper", "lower"):
            object.__setattr__(self, name, whole(getattr(self, name), name))
        if self.upper >= MODULUS or self.lower >= MODULUS:
            raise ValueError("The sums of a snapshot must be taken mod 2^64.")

    @classmethod
    def of(cls, rows: Iterable[bytes]) -> Snapshot:
        """The snapshot of rows in their canonical text."""
        number = upper = lower = 0
        for row in rows:
            digest = md5(row, usedforsecurity=False).digest()
            number += 1
            upper += int.from_bytes(digest[:8], "big")
            lower += int.from_bytes(digest[8:], "big")
        return cls(number, upper % MODULUS, lower % MODULUS)

    def __add__(self, other: Snapshot) -> Snapshot:
        return Snapshot(
            self.rows + other.rows,
            (self.upper + other.upper) % MODULUS,
            (self.lower + other.lower) % MODULUS,
        )

    def scaled(self, f: float) -> Snapshot:
        """The snapshot if each row stood `f` times, a whole number (else ValueError)."""
        times = whole(factor(f), "The factor of a snapshot")
        upper, lower = self.upper * times % MODULUS, self.lower * times % MODULUS
        return Snapshot(self.rows * times, upper, lower)

    @property
    def hex(self) -> str:
        """Both sums as 32 hexadecimal digits."""
        return f"{self.upper:016x}{self.lower:016x}"


@dataclass(frozen=True, slots=True)
class RowSample:
    """All 64-bit row hashes below `threshold` with how often each row stands; merge with `+`.

    About threshold / 2^64 of the different rows, the same ones in every table that holds them, so
    that two samples tell how far one table contains the other. The default threshold, 2^64, keeps
    every row. Raises ValueError for a hash at or above the threshold or standing twice.
    """

    threshold: int = MODULUS
    items: tuple[tuple[int, int], ...] = ()

    def __post_init__(self) -> None:
        threshold = whole(self.threshold, "The threshold of a sample")
        items = sorted((whole(h, "A row hash"), whole(n, "A row count")) for h, n in self.items)
        hashes = [item[0] for item in items]
        if threshold > MODULUS or (hashes and hashes[-1] >= threshold):
            raise ValueError("Row hashes must lie below the threshold, and that at most at 2^64.")
        if len(set(hashes)) < len(hashes):
            raise ValueError("A row hash stands twice. Add its counts first.")
        object.__setattr__(self, "threshold", threshold)
        object.__setattr__(self, "items", tuple(item for item in items if item[1]))

    def __add__(self, other: RowSample) -> RowSample:
        threshold = min(self.threshold, other.threshold)
        merged = dict(self.items)
        for row, n in other.items:
            merged[row] = merged.get(row, 0) + n
        kept = tuple((row, n) for row, n in merged.items() if row < threshold)
        return RowSample(threshold, kept)

    def scaled(self, f: float) -> RowSample:
        """The sample if each row stood `f` times, a whole number (else ValueError)."""
        times = whole(factor(f), "The factor of a sample")
        return RowSample(self.threshold, tuple((row, n * times) for row, n in self.items))

    def contained_in(self, other: RowSample) -> float | None:
        """Share of this sample's rows that `other` holds too; None where there is none to compare.

        Only hashes below both thresholds are compared; a row that stands n times here and k times
        there counts min(n, k) of n.
        """
        threshold = min(self.threshold, other.threshold)
        mine = [(row, n) for row, n in self.items if row < threshold]
        rows = sum(n for _, n in mine)
        if not rows:
            return None
        theirs = dict(other.items)
        return sum(min(n, theirs.get(row, 0)) for row, n in mine) / rows
