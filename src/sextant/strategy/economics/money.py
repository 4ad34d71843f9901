"""How amounts, shares and chances of a value model are written: without false precision."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache

from sextant.strategy.economics.currencies import SIGNS
from sextant.strategy.economics.draws import Frequency
from sextant.strategy.economics.inputs import Unit
from sextant.strategy.economics.ranges import Range
from sextant.words.numbers import MINUS, whole

DIGITS = 2
"""Of a computed amount: more would claim more than ranges can give."""


def amount(x: float, currency: str) -> str:
    """A computed amount to two digits: `€120,000`, `−€40,000`, `CHF 1.2 million`."""
    return _written(rough(x), currency)


def stated(x: float, currency: str) -> str:
    """An amount as somebody gave it, with all its digits: `€12.50`."""
    return _written(x, currency)


def rough(x: float) -> float:
    """To two significant digits; halves away from zero."""
    if x == 0 or not math.isfinite(x):
        return x
    step = 10.0 ** (math.floor(math.log10(abs(x))) - DIGITS + 1)
    return math.copysign(math.floor(abs(x) / step + 0.5) * step, x)


def percent(share: float, places: int = 1) -> str:
    """`87 %`, `2.5 %`, `0.08 %`: as many decimals as its size needs."""
    x = 100 * share
    while 0 < abs(x) < 10**-places and places < 6:
        places += 1
    return f"{x:.{places}f}".rstrip("0").rstrip(".") + " %" if places else f"{x:.0f} %"


def of_hundred(chance: Frequency) -> str:
    """`62 of 100 draws`, `fewer than 1 of 100 draws`, `none of the draws`."""
    share = chance.share
    if share in (0, 1):
        return "no draw" if share == 0 else "every draw"
    if share < 0.01:
        return "fewer than 1 of 100 draws"
    if share > 0.99:
        return "more than 99 of 100 draws"
    return f"{100 * share:.0f} of 100 draws"


def range_text(held: Range, unit: Unit, currency: str) -> str:
    """`€20 to €60, likely €40`; a measured one `0.87 (0.85 to 0.90)` in its unit."""
    if held.low == held.high:
        return number(held.low, unit, currency)
    ends = span(held.low, held.high, unit, currency)
    likely = "" if held.likely is None else number(held.likely, unit, currency)
    if held.grade == "measured":
        return f"{likely} ({ends})"
    return ends + (f", likely {likely}" if likely else "")


def span(low: float, high: float, unit: Unit, currency: str) -> str:
    """`€5 to €30`, `20 % to 40 %`, `3 to 9 months`."""
    first = plain(low) if unit == "months" else number(low, unit, currency)
    return f"{first} to {number(high, unit, currency)}"


def number(x: float, unit: Unit, currency: str) -> str:
    """One number of an input in its unit."""
    match unit:
        case "money":
            return stated(x, currency)
        case "share":
            return percent(x)
        case "months":
            return f"{plain(x)} month" if x == 1 else f"{plain(x)} months"
    return plain(x)


def plain(x: float) -> str:
    """A number with its thousands apart and no needless zeros."""
    return whole(x) if float(x).is_integer() else f"{x:,.4f}".rstrip("0").rstrip(".")


def listed(words: Sequence[str], joint: str = "and") -> str:
    """`a`, `a and b`, `a, b and c`."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {joint} {words[-1]}"


@lru_cache(maxsize=4_096)
def _written(x: float, currency: str) -> str:
    before = SIGNS.get(currency, f"{currency} ")
    size = abs(x)
    if size >= 1e6:
        power, name = (1e9, "billion") if size >= 1e9 else (1e6, "million")
        digits = f"{size / power:,.2f}".rstrip("0").rstrip(".") + f" {name}"
    elif size >= 100 or size == int(size):
        digits = f"{size:,.0f}"
    else:
        digits = f"{size:,.2f}" if size >= 0.01 else f"{size:.2g}"
    return f"{MINUS if x < 0 else ''}{before}{digits}"
