"""In which band of a graceful failure a number lies: green, amber or red, as far as is known.

Two bounds part the values of a number: where it works as promised, where less well, where wrongly.
An interval lies in one band or reaches over several; then the band is not known yet.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

from sextant.stats.needed import Op

Band = Literal["green", "amber", "red"]
BANDS: tuple[Band, ...] = ("green", "amber", "red")


@dataclass(frozen=True, slots=True)
class Bands:
    """Green up to `green`, red beyond `red`, amber between; the bounds belong to the better side.

    With ">=" green is `x >= green` and red is `x < red`; with "<=" green is `x <= green` and red is
    `x > red`. Equal bounds leave no amber. Raises ValueError where the bounds cross or are no
    finite numbers.
    """

    op: Op
    green: float
    red: float

    def __post_init__(self) -> None:
        if not (math.isfinite(self.green) and math.isfinite(self.red)):
            raise ValueError(f"The bounds are {self.green} and {self.red}. Give finite numbers.")
        if (self.red > self.green) if self.op == ">=" else (self.red < self.green):
            side = "above" if self.op == ">=" else "below"
            raise ValueError(
                f"Red would begin at {self.red:g}, {side} green at {self.green:g}. Red must be the"
                " worse side."
            )

    def band(self, x: float) -> Band:
        """The band of one value."""
        sign = 1.0 if self.op == ">=" else -1.0
        if sign * x >= sign * self.green:
            return "green"
        return "red" if sign * x < sign * self.red else "amber"

    def possible(self, low: float, high: float) -> tuple[Band, ...]:
        """The bands that an interval reaches into, the best first; one of them: it lies there."""
        ends = {BANDS.index(self.band(low)), BANDS.index(self.band(high))}
        reached = BANDS[min(ends) : max(ends) + 1]
        if self.green == self.red:
            return tuple(one for one in reached if one != "amber")
        return reached

    def more_to_decide(self, value: float, low: float, high: float, n: float) -> int | None:
        """About how many further cases leave only one band, if the estimate stays as it is.

        Cases are what n counts: with recall the positive rows alone. The ends of an interval near
        the estimate with 1/sqrt(n): each bound inside must come to lie outside. So it is a forecast
        at even odds, coarse for few cases, and too low at later looks, whose intervals shrink more
        slowly: say *at least*. None where the estimate lies on a bound, or n is 0.
        """
        factor = 1.0
        for bound in {self.green, self.red}:
            if not low <= bound <= high:
                continue
            reach = bound - value
            end = high - value if reach > 0 else value - low
            if not reach or not math.isfinite(end):
                return None
            factor = max(factor, (end / abs(reach)) ** 2)
        return math.ceil(n * (factor - 1)) if n > 0 else None
