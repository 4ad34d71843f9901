"""How numbers are written: digits, separators, per cent signs and currencies, in one place.

A shown number may never contradict the verdict beside it: an interval end that violates the bound
is given as many digits as it takes to be seen to violate it.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import Literal

from sextant.stats.needed import rounded

Unit = Literal["share", "percent", "score", "value", "money", "points", "ratio"]

PARTS = ("share", "percent", "points")
"""What is written in hundredths."""
MOST_PLACES = 12
DECLARED = 10
WIDE = Context(prec=400)
MINUS = "−"
SMALL_WORDS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
PREFIXED = "€$£¥"


@dataclass(frozen=True, slots=True)
class Scale:
    """A unit as it is written: `factor` times the number, `places` decimals, then `after`.

    `pad`: the least decimals of a declared number that is not whole: `4.50 EUR`.
    """

    factor: float = 1.0
    places: int = 0
    before: str = ""
    after: str = ""
    pad: int = 0

    def shown(self, x: float) -> float:
        """The number that a reader of the digits would take it for; halves are rounded up."""
        if math.isinf(x):
            return x
        exact = Decimal(repr(float(x))) * Decimal(self.factor)
        return float(exact.quantize(Decimal(1).scaleb(-self.places), ROUND_HALF_UP, WIDE))

    def edge(self, bound: float) -> float:
        """The number that a reader would take a declared bound for: all its digits are shown."""
        return round(bound * self.factor, DECLARED)

    def bare(self, x: float) -> str:
        """The digits without the unit: `84.5`, `−1,204`, `∞`."""
        if math.isinf(x):
            return f"{MINUS if x < 0 else ''}∞"
        digits = f"{abs(self.shown(x)):,.{self.places}f}"
        return f"{MINUS}{digits}" if self.shown(x) < 0 else digits

    def full(self, x: float) -> str:
        """The digits with the unit: `84.5 %`, `3.20 EUR`, `−€1.10`."""
        digits = self.bare(x)
        sign, size = (MINUS, digits[1:]) if digits.startswith(MINUS) else ("", digits)
        return f"{sign}{self.before}{size}{self.unit(size)}"

    def exact(self, x: float) -> str:
        """A declared number with its unit, without padding: `80 %`, `0.85`, `1,200 EUR`."""
        plain, _, decimals = f"{abs(x) * self.factor:,.{DECLARED}f}".partition(".")
        if decimals := decimals.rstrip("0"):
            plain = f"{plain}.{decimals:0<{self.pad}}"
        return f"{MINUS if x < 0 else ''}{self.before}{plain}{self.unit(plain)}"

    def unit(self, size: str) -> str:
        """What stands after the digits: `1 point`, `1.0 points`."""
        return " point" if size == "1" and self.after == " points" else self.after


def whole(x: float) -> str:
    """A count with thousands separators; a fractional one with one decimal."""
    return f"{x:,.0f}" if float(x).is_integer() else f"{x:,.1f}"


def word(count: int) -> str:
    """Small counts as words: `two`, `17`."""
    return SMALL_WORDS[count] if 0 <= count < len(SMALL_WORDS) else whole(count)


def about(count: int) -> str:
    """A forecast count to two significant digits, rounded up so that it suffices: 383 → `390`."""
    return f"{rounded(count):,}"


def percent(x: float) -> str:
    """A declared share such as a confidence: .95 → `95 %`, .999 → `99.9 %`."""
    return Scale(100.0, after=" %").exact(x)


def consistent(scale: Scale, low: float, high: float, bound: float, op: str) -> bool:
    """Do the shown ends stand to the shown bound as the true ones do, and apart if they are?"""
    show, edge = scale.shown, scale.edge(bound)
    for end in (low, high):
        if math.isinf(end):
            continue
        violates = end < bound if op == ">=" else end > bound
        shown_violates = show(end) < edge if op == ">=" else show(end) > edge
        if violates != shown_violates:
            return False
    return low == high or math.isinf(low) or math.isinf(high) or show(low) < show(high)


def scale_for(
    unit: Unit,
    value: float,
    low: float,
    high: float,
    bound: float,
    op: str,
    currency: str = "",
    times: float = 1.0,
) -> Scale:
    """The unit's scale with the fewest decimals that show value and interval well and honestly.

    Whole numbers, such as a quantile of counts, are written without decimals.

    `times` multiplies what is shown: a sum over 10,000 rows instead of a mean.
    """
    factor = 100.0 if unit in PARTS else times
    least = {"share": 1, "percent": 1, "points": 1, "score": 3, "ratio": 2, "money": 2, "value": 0}
    steps = {"value": 10, "share": 5, "percent": 5, "points": 5}.get(unit, 2)
    before, after = affixes(unit, currency)
    pad = 2 if unit == "money" else 0
    width = (high - low) * factor
    counts = unit == "value" and all(
        math.isinf(one) or float(one * factor).is_integer() for one in (value, low, high)
    )
    for places in range(least[unit], MOST_PLACES + 1):
        scale = Scale(factor, places, before, after, pad)
        wide = counts or math.isinf(width) or width == 0 or width * 10**places >= steps
        seen = value == 0 or abs(value) * factor * 10**places >= 3
        if wide and seen and consistent(scale, low, high, bound, op):
            return scale
    return Scale(factor, MOST_PLACES, before, after, pad)


def declared(unit: Unit, currency: str = "") -> Scale:
    """The unit's scale for a number that was declared, not measured."""
    before, after = affixes(unit, currency)
    factor = 100.0 if unit in PARTS else 1.0
    return Scale(factor, 0, before, after, 2 if unit == "money" else 0)


def affixes(unit: Unit, currency: str) -> tuple[str, str]:
    """What stands before and after the digits."""
    match unit:
        case "share" | "percent":
            return "", " %"
        case "points":
            return "", " points"
        case "money" if currency:
            return (currency, "") if currency in PREFIXED else ("", f" {currency}")
        case _:
            return "", ""


def span(scale: Scale, low: float, high: float, joint: str = " to ") -> str:
    """An interval: `281 to 294`, `281 or more`, `294 or less`."""
    if math.isinf(high):
        return f"{scale.bare(low)} or more"
    if math.isinf(low):
        return f"{scale.bare(high)} or less"
    return f"{scale.bare(low)}{joint}{scale.bare(high)}"
