"""How ranges, money, days and what is missing read."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from sextant_server.products.models import plain
from sextant_server.strategy.opportunities.known import Known, Money

COUNTS = ("none", "one", "two", "three", "four", "five", "six", "seven")


def span(low: Decimal | None, high: Decimal | None, unit: str = "") -> str:
    """`2 to 3 months`; `2 months` where both ends are the same; empty where there is none."""
    if low is None or high is None:
        return ""
    ends = plain(low) if low == high else f"{plain(low)} to {plain(high)}"
    return f"{ends} {unit}".strip()


def amount(money: Money | None) -> str:
    """`20,000 to 35,000 EUR`."""
    return span(money.low, money.high, money.currency) if money else ""


def day(on: date | None) -> str:
    """`2 Nov 2026`."""
    return f"{on.day} {on:%b %Y}" if on else ""


def listed(names: Sequence[str]) -> str:
    """`a stake, a goal and an effort`."""
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} and {names[-1]}"


def headline(known: Known, of: int = 7) -> str:
    """What is known of a bet and what is missing, as one sentence."""
    lacking = known.lacking
    if not lacking:
        return "All that a bet needs is on record."
    if len(lacking) == of:
        return "Nothing is known of this bet yet."
    shown = listed(lacking[:3]) if len(lacking) <= 3 else f"{', '.join(lacking[:3])} and more"
    verb = "is" if len(lacking) == 1 else "are"
    return f"Of {COUNTS[of]} things {COUNTS[of - len(lacking)]} are known; {shown} {verb} missing."
