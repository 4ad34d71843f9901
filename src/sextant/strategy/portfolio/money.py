"""Values in several currencies: compared only at a rate that is dated and has a source."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from sextant.strategy.portfolio.bet import Value
from sextant.words.numbers import MINUS, PREFIXED

FRESH = timedelta(days=92)
"""A rate older than a quarter converts nothing. Proposed: no source gives a number."""
STEPS = ((1e9, " billion"), (1e6, " million"))


@dataclass(frozen=True, slots=True)
class Rate:
    """One `base` is worth `value` of `quote`, on a day, as somebody published it."""

    base: str
    quote: str
    value: float
    on: date
    source: str


@dataclass(frozen=True, slots=True)
class Converted:
    """A value in the portfolio's currency with the rate that was used, or why there is none."""

    value: Value | None
    rate: Rate | None = None
    why: str = ""


def converted(value: Value, to: str, rates: Iterable[Rate], today: date) -> Converted:
    """A value in another currency, by the newest rate of the two, read in either direction.

    Rates are never chained: two of them from different days and sources say less than either.
    """
    if value.currency == to:
        return Converted(value)
    pair = {value.currency, to}
    held = [one for one in rates if {one.base, one.quote} == pair and one.on <= today]
    if not held:
        why = f"It is valued in {value.currency}, and no rate to {to} is on record."
        return Converted(None, why=f"{why} Add one with its day and its source.")
    rate = max(held, key=lambda one: (one.on, one.base == value.currency))
    if today - rate.on > FRESH:
        day = f"{rate.on.day} {rate.on:%b %Y}"
        why = f"It is valued in {value.currency}, and the newest rate to {to} is of {day}:"
        return Converted(None, why=f"{why} older than {FRESH.days} days. Add a newer one.")
    factor = rate.value if rate.base == value.currency else 1 / rate.value
    return Converted(value.times(factor, to), rate)


def money(amount: float, currency: str) -> str:
    """An amount to three significant digits: `1.23 million EUR`, `−40,000 EUR`, `€850`."""
    size = abs(amount)
    step, word = next(((at, word) for at, word in STEPS if size >= at * 0.9995), (1.0, ""))
    digits = _digits(size / step)
    sign = MINUS if amount < 0 and digits != "0" else ""
    before, after = (currency, "") if currency in PREFIXED else ("", f" {currency}")
    return f"{sign}{before}{digits}{word}{after}"


def money_span(low: float, high: float, currency: str) -> str:
    """Two ends of an amount: `−40,000 to 1.20 million EUR`."""
    first = money(low, currency)
    if currency not in PREFIXED:
        first = first.removesuffix(f" {currency}")
    return f"{first} to {money(high, currency)}"


def axis_unit(amounts: Iterable[float], currency: str) -> tuple[float, str]:
    """What amounts along an axis are divided by, and how that reads: `million EUR`."""
    most = max(map(abs, amounts), default=0.0)
    steps = (*STEPS, (1e3, " thousand"))
    step, word = next(((at, word) for at, word in steps if most >= 2 * at), (1.0, ""))
    return step, f"{word.strip()} {currency}".strip()


def _digits(size: float) -> str:
    if size >= 100:
        step = 10 ** max(0, len(str(int(size))) - 3)
        return f"{round(size / step) * step:,}"
    digits = f"{size:.1f}" if size >= 10 else f"{size:.2f}"
    return digits if float(digits) else "0"
