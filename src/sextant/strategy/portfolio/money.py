"""Values in several currencies: compared only at a rate that is dated and has a source."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from sextant.strategy.economics.money import amount
from sextant.strategy.portfolio.bet import Value

FRESH = timedelta(days=92)
"""A rate older than a quarter converts nothing. Proposed: no source gives a number."""
STEPS = ((1e9, "billion"), (1e6, "million"), (1e3, "thousand"))


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


def money(x: float, currency: str) -> str:
    """A computed amount, as the value model writes it: `€1.2 million`, `−€40,000`."""
    return amount(x, currency)


def money_span(low: float, high: float, currency: str) -> str:
    """Two ends of an amount: `−€40,000 to €1.2 million`."""
    return f"{amount(low, currency)} to {amount(high, currency)}"


def axis_unit(amounts: Iterable[float], currency: str) -> tuple[float, str]:
    """What amounts along an axis are divided by, and how that reads: `million EUR`."""
    most = max(map(abs, amounts), default=0.0)
    step, word = next(((at, word) for at, word in STEPS if most >= 2 * at), (1.0, ""))
    return step, f"{word} {currency}".strip()
