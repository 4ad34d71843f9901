"""What somebody knows of a number: from, to, perhaps the likeliest, and how far it is known.

A range is never collapsed to its middle: whatever is computed uses the distribution it stands for.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from sextant.strategy.economics.distributions import (
    Distribution,
    Point,
    Triangular,
    TwoPiece,
    Uniform,
)
from sextant.strategy.economics.faults import Fault, ValueModelError
from sextant.strategy.grades import GRADES, Grade


@dataclass(frozen=True)
class Range:
    """From `low` to `high`, `likely` where one number between them is likelier than the others.

    Believed and estimated: hard limits, triangular with `likely`, uniform without. Measured:
    `likely` is the estimate and the limits are its 95 % interval; only a measured number may be a
    single one. `within`: what such a number can be at all. Raises ValueModelError.
    """

    low: float
    likely: float | None
    high: float
    grade: Grade
    within: tuple[float, float] = (0.0, math.inf)

    def __post_init__(self) -> None:
        if problem := self._problem():
            raise ValueModelError([Fault("", problem)])

    @classmethod
    def exactly(cls, value: float) -> Range:
        """A number that was counted."""
        return cls(value, value, value, "measured")

    @cached_property
    def distribution(self) -> Distribution:
        """What is computed with."""
        if self.low == self.high:
            return Point(self.low)
        if self.likely is None:
            return Uniform(self.low, self.high)
        if self.grade == "measured":
            return TwoPiece.of(self.low, self.likely, self.high, *self.within)
        return Triangular(self.low, self.likely, self.high)

    @property
    def mean(self) -> float:
        return self.distribution.mean

    def inside(self, least: float, most: float) -> Range:
        """The same for a number that can only lie between these."""
        return replace(self, within=(least, most))

    def plain(self) -> dict[str, Any]:
        """As JSON keeps it."""
        return {"low": self.low, "likely": self.likely, "high": self.high, "grade": self.grade}

    def _problem(self) -> str:
        given = [x for x in (self.low, self.likely, self.high) if x is not None]
        if self.grade not in GRADES:
            return f"{self.grade!r} is no grade. Use {', '.join(GRADES)}."
        if odd := [x for x in given if not math.isfinite(x)]:
            return f"{odd[0]} is not a number that can be counted with. Give a finite one."
        if self.low > self.high:
            return f"It goes from {self.low:g} to {self.high:g}. Put the smaller number first."
        if not all(self.low <= x <= self.high for x in given):
            return (
                f"The likeliest number, {self.likely:g}, does not lie between {self.low:g} and"
                f" {self.high:g}. Widen the range or mend the number."
            )
        if outside := [x for x in given if not self.within[0] <= x <= self.within[1]]:
            return _outside(outside[0], *self.within)
        if self.grade != "measured" and self.low == self.high:
            return (
                f"{self.low:g} alone is a single number, and nobody has measured it. Give a range"
                " that you would be surprised to see left."
            )
        if self.grade == "measured" and self.likely is None and self.low < self.high:
            return "A measured range needs its estimate, and its 95 % interval as the limits."
        return ""


def _outside(x: float, least: float, most: float) -> str:
    if most == 1.0:
        return f"{100 * x:g} % is no share. Shares lie between 0 and 100 %."
    if x < least:
        return f"{x:g} is below {least:g}. Costs and benefits are written without a sign."
    return f"{x:g} is more than can be counted with; the most is {most:g}. Check the zeros."
