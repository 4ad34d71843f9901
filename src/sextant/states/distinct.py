"""How many different values there are: the smallest of their hashes."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import ArrayLike, NDArray

Hashes = NDArray[np.uint64]
KEPT = 2_048
"""Hashes that are kept; the relative standard error is 1 / sqrt(KEPT - 2): 2.2 %."""


def _none() -> Hashes:
    return np.zeros(0, np.uint64)


@dataclass(frozen=True, slots=True, eq=False)
class Distinct:
    """The `KEPT` smallest different 64-bit hashes of values, ascending; merge with `+`.

    Exact up to so many different values; beyond it (KEPT - 1) / (largest kept, as a share of
    2^64), which is unbiased. Source: Bar-Yossef, Jayram, Kumar, Sivakumar, Trevisan, "Counting
    distinct elements in a data stream" (2002); Beyer et al., "On synopses for distinct-value
    estimation under multiset operations" (2007). Raises ValueError for hashes that do not ascend.
    """

    hashes: Hashes = field(default_factory=_none)

    def __post_init__(self) -> None:
        held = np.asarray(self.hashes, np.uint64).copy()
        if held.ndim != 1 or held.size > KEPT or not (held[1:] > held[:-1]).all():
            raise ValueError(f"A sketch holds up to {KEPT} hashes, each above the one before.")
        held.flags.writeable = False
        object.__setattr__(self, "hashes", held)

    @classmethod
    def of(cls, hashes: ArrayLike) -> Distinct:
        """The sketch of these hashes, in any order, alike ones among them."""
        given = np.asarray(hashes, np.uint64).ravel()
        if given.size > 8 * KEPT:  # what is kept mostly lies among the smallest
            least = _different(np.partition(given, 4 * KEPT)[: 4 * KEPT])
            if least.size >= KEPT:
                return cls(least[:KEPT])
        return cls(_different(given)[:KEPT])

    def __add__(self, other: Distinct) -> Distinct:
        if not other.hashes.size:
            return self
        return Distinct(_different(np.concatenate([self.hashes, other.hashes]))[:KEPT])

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Distinct) and np.array_equal(self.hashes, other.hashes)

    def __hash__(self) -> int:
        return hash(self.hashes.tobytes())

    @property
    def below(self) -> int:
        """A hash from here on changes nothing."""
        return int(self.hashes[-1]) if self.hashes.size == KEPT else 2**64 - 1

    @property
    def exact(self) -> bool:
        """Whether every different value has its hash here."""
        return self.hashes.size < KEPT

    @property
    def estimate(self) -> int:
        """How many different values there are, about."""
        if self.exact:
            return int(self.hashes.size)
        return round((KEPT - 1) / (float(self.hashes[-1]) / 2.0**64))


def _different(hashes: Hashes) -> Hashes:
    """Each once, ascending: sorting is faster here than the table that np.unique makes."""
    ascending = np.sort(hashes)
    keep = np.ones(ascending.size, np.bool_)
    np.not_equal(ascending[1:], ascending[:-1], out=keep[1:])
    return ascending[keep]
