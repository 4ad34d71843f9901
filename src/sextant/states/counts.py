"""Rows per category."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

from sextant.states.state import count, factor


@dataclass(frozen=True, slots=True)
class Counts:
    """Number of rows per key, as pairs in the order of the keys; merge with `+`.

    A key without rows is left out, so that equal counts have equal items. Raises ValueError for
    a key that stands twice and for a count that is negative or not finite.
    """

    items: tuple[tuple[str, float], ...] = ()

    def __post_init__(self) -> None:
        items = sorted((key, count(n, f"The count of {key!r}")) for key, n in self.items)
        for (key, _), (after, _) in pairwise(items):
            if key == after:
                raise ValueError(f"The key {key!r} stands twice. Add its counts first.")
        object.__setattr__(self, "items", tuple(item for item in items if item[1]))

    @classmethod
    def of(cls, counts: Mapping[str, float]) -> Counts:
        return cls(tuple(counts.items()))

    def __add__(self, other: Counts) -> Counts:
        merged = dict(self.items)
        for key, n in other.items:
            merged[key] = merged.get(key, 0.0) + n
        return Counts.of(merged)

    def scaled(self, f: float) -> Counts:
        """The counts if each row stood `f` times."""
        f = factor(f)
        return Counts(tuple((key, n * f) for key, n in self.items))

    def get(self, key: str) -> float:
        """The rows of `key`; 0 where it was never seen."""
        place = bisect_left(self.items, (key,))
        if place < len(self.items) and self.items[place][0] == key:
            return self.items[place][1]
        return 0.0

    @property
    def total(self) -> float:
        return sum((n for _, n in self.items), 0.0)
