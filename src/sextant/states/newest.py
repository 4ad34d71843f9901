"""The newest day of a column of times."""

from __future__ import annotations

import math
from dataclasses import dataclass

from sextant.states.state import count, factor


@dataclass(frozen=True, slots=True)
class Newest:
    """`n` cells that hold a time, the newest of them on `day`, counted from 1970-01-01.

    Merge with `+`. Without a cell the day is 0. Raises ValueError for a day that is not finite.
    """

    n: float = 0.0
    day: float = 0.0

    def __post_init__(self) -> None:
        n = count(self.n, "n")
        if not math.isfinite(self.day):
            raise ValueError(f"A day must be a finite number, not {self.day!r}.")
        object.__setattr__(self, "n", n)
        object.__setattr__(self, "day", float(self.day) if n else 0.0)

    def __add__(self, other: Newest) -> Newest:
        if not (self.n and other.n):
            return self if self.n else other
        return Newest(self.n + other.n, max(self.day, other.day))

    def scaled(self, f: float) -> Newest:
        """More rows of the kind are no newer."""
        return Newest(self.n * factor(f), self.day)
