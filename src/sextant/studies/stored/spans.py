"""Days, months, years and whole numbers: which of them a period asks for."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

from sextant.contracts.model import Moment, Period
from sextant.engines.errors import SourceError
from sextant.engines.period import first_instant, last_instant
from sextant.states.state import StateError

SHOWN = {"day": "%Y-%m-%d", "month": "%Y-%m", "year": "%Y"}
WRITTEN = {"day": r"\d{4}-\d\d-\d\d", "month": r"\d{4}-\d\d", "year": r"\d{4}", "number": r"-?\d+"}
MOST = 40_000
"""So many whole numbers at the most between two ends."""


def is_span(name: str, by: str) -> bool:
    return re.fullmatch(WRITTEN[by], name) is not None


def edges_of(period: Period | None, by: str) -> tuple[str | None, str | None]:
    """The first and the last span of a period; None for an end that is open.

    Raises StateError where an end lies inside a span: states know no part of a day.
    """
    if period is None:
        return (None, None)
    start = None if period.start is None else _edge(period.start, by, first=True)
    end = None if period.end is None else _edge(period.end, by, first=False)
    if start is not None and end is not None and order(start, by) > order(end, by):
        both = f"The period ends ({period.end}) before it starts ({period.start})."
        raise SourceError([f"{both} Name both ends: --from and --to."])
    return (start, end)


def order(name: str, by: str) -> tuple[float, str]:
    """What spans are sorted by."""
    return (float(name), "") if by == "number" else (0.0, name)


def between(first: str, last: str, by: str) -> list[str]:
    """Every span from the first to the last. Raises StateError for too many."""
    if by in ("number", "year"):
        start, stop = int(first), int(last)
        if stop - start >= MOST:
            raise StateError("The spans between are too many", f"{first} to {last}", "Mend times.")
        found = [f"{at:04}" if by == "year" else str(at) for at in range(start, stop + 1)]
    elif by == "month":
        ends = [12 * int(one[:4]) + int(one[5:7]) - 1 for one in (first, last)]
        found = [f"{at // 12:04}-{at % 12 + 1:02}" for at in range(ends[0], ends[1] + 1)]
    else:
        day = date.fromisoformat(first)
        days = (date.fromisoformat(last) - day).days + 1
        found = [(day + timedelta(days=at)).isoformat() for at in range(days)]
    return found


def _edge(value: Moment, by: str, first: bool) -> str:
    if by == "number":
        try:
            number = float(str(value))
        except ValueError:
            number = float("nan")
        if number != number or number != int(number):
            remedy = "Name whole numbers, or check the rows."
            raise StateError("States are kept by whole numbers, the period has", value, remedy)
        return str(int(number))
    moment = first_instant(value) if first else last_instant(value)
    name = moment.strftime(SHOWN[by])
    bound = _bound(name, by, first)
    if moment != bound:
        remedy = f"Name whole {by}s of UTC, or check the rows."
        raise StateError(f"States of a {by} cannot be cut", value, remedy)
    return name


def _bound(name: str, by: str, first: bool) -> datetime:
    return first_instant(name) if first else last_instant(name)
