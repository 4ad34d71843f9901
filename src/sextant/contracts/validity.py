"""How long evidence counts."""

from __future__ import annotations

import calendar
from datetime import date, timedelta

DAYS = {"day": 1, "week": 7}
MONTHS = {"month": 1, "year": 12}


def expires_on(checked_on: date, valid_for: str) -> date | None:
    """The last day on which evidence of `checked_on` counts; None where it does not expire.

    `valid_for` is what a contract holds: `90 days`, `6 weeks`, `3 months`, `1 year`. A month that
    has no such day ends on its last one. Raises ValueError for anything else.
    """
    if not valid_for:
        return None
    count, _, unit = valid_for.partition(" ")
    unit = unit.removesuffix("s")
    if not (count.isascii() and count.isdigit()) or unit not in DAYS | MONTHS:
        raise ValueError(f"{valid_for!r} is no length of time. Write it like 90 days.")
    try:
        if unit in DAYS:
            return checked_on + timedelta(days=int(count) * DAYS[unit])
        return _months_later(checked_on, int(count) * MONTHS[unit])
    except (OverflowError, ValueError):
        return date.max


def _months_later(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))
