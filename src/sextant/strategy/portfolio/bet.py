"""A bet as the portfolio sees it: what it is worth, what it takes, and what is known of it.

Everything uncertain is a range: a value is a distribution, an effort two ends, a factor the levels
that are still possible. What nobody has said is unknown, never the middle.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import combinations
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray

from sextant.strategy.grades import Grade

Level = Literal["low", "medium", "high"]
LEVELS: tuple[Level, ...] = get_args(Level)
ANY = frozenset(LEVELS)
ENDS: Mapping[frozenset[Level], tuple[int, int]] = {
    frozenset(some): (min(map(LEVELS.index, some)), max(map(LEVELS.index, some)))
    for count in range(1, len(LEVELS) + 1)
    for some in combinations(LEVELS, count)
}
"""The lowest and the highest of every set of levels, counted from 0: a page asks for thousands."""


@dataclass(frozen=True, slots=True)
class Span:
    """Two ends of what is possible. Raises ValueError where they are no numbers or cross."""

    low: float
    high: float

    def __post_init__(self) -> None:
        if not (math.isfinite(self.low) and math.isfinite(self.high) and self.low <= self.high):
            raise ValueError(f"{self.low} to {self.high} is no range. Give the lower end first.")

    def __add__(self, other: Span) -> Span:
        return Span(self.low + other.low, self.high + other.high)

    def times(self, by: float) -> Span:
        """The range of so many times as much; `by` is not negative."""
        return Span(self.low * by, self.high * by)


NOTHING = Span(0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Factor:
    """One thing that a rule asks of a bet: the levels still possible, why, and how it is known."""

    levels: frozenset[Level] = ANY
    why: str = "Nothing is on record."
    grade: Grade | Literal[""] = ""

    @property
    def known(self) -> bool:
        """Whether one level alone is possible."""
        return len(self.levels) == 1

    @property
    def least(self) -> int:
        """The lowest possible level, counted from 0."""
        return ENDS[self.levels][0]

    @property
    def most(self) -> int:
        """The highest possible level, counted from 0."""
        return ENDS[self.levels][1]

    @property
    def says(self) -> str:
        """`high`, `low or medium`, `unknown`."""
        if self.levels == ANY:
            return "unknown"
        return " or ".join(level for level in LEVELS if level in self.levels)


UNKNOWN = Factor()


@dataclass(frozen=True, slots=True)
class Value:
    """What a bet is worth over its horizon, as its value model says.

    `low` to `high` holds nine of ten draws; `sketch` are ascending quantiles of equal weight;
    `grade` is the weakest that the inputs have.
    """

    currency: str
    expected: float
    low: float
    high: float
    sketch: NDArray[np.float32]
    grade: Grade = "believed"

    def times(self, rate: float, currency: str) -> Value:
        """The same value in another currency."""
        return Value(
            currency, self.expected * rate, self.low * rate, self.high * rate,
            np.asarray(self.sketch * np.float32(rate), dtype=np.float32), self.grade,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Bet:
    """One product that could be built next. `apart`: why its value cannot be ranked."""

    key: int
    name: str
    value: Value | None = None
    apart: str = ""
    effort: Span | None = None
    factors: Mapping[str, Factor] = field(default_factory=dict)

    def factor(self, key: str) -> Factor:
        """What is known of one factor."""
        return self.factors.get(key, UNKNOWN)

    @property
    def per_effort(self) -> Span | None:
        """Value for each person-month, worst to best; None where one of the two is not known.

        A gain is least where the effort is most; a loss is worst where the effort is least.
        """
        if self.value is None or self.effort is None or self.effort.low <= 0:
            return None
        least, most = self.effort.low, self.effort.high
        low, high = self.value.low, self.value.high
        return Span(low / (most if low > 0 else least), high / (least if high > 0 else most))
