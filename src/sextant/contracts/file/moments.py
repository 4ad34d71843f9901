"""Moments of a period: a year, a month, a day or a time, and which of two comes first."""

from __future__ import annotations

import calendar
import math
import re
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from sextant.contracts.file.fields import add
from sextant.contracts.file.scalars import resolve
from sextant.contracts.model import Period

if TYPE_CHECKING:
    from sextant.contracts.file.fields import Problems
    from sextant.contracts.file.node import Node
    from sextant.contracts.model import Moment

MONTH = re.compile(r"([0-9]{4})-(0[1-9]|1[0-2])")


def as_moment(value: Any) -> Moment | None:
    """A moment from a value or its text: `2016`, `2016-03`, `2016-03-31`, `2016-03-31T12:00`.

    A month stays text, other dates in ISO 8601 become dates and times, numbers stay numbers.
    None where it is none of these.
    """
    if isinstance(value, str):
        text = value.strip()
        value = text if MONTH.fullmatch(text) else resolve(text)
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, int | float):
        return value if math.isfinite(value) else None
    if isinstance(value, str):
        return value if MONTH.fullmatch(value) else None
    return value if isinstance(value, date) else None


def read_period(start: Node | None, end: Node | None, problems: Problems) -> Period:
    """The period from two nodes; either may be absent. Problems are added."""
    first = _moment(start, "from", problems)
    last = _moment(end, "to", problems)
    if start is None or end is None or first is None or last is None:
        return Period(first, last)
    ordered = in_order(first, last)
    if ordered is None:
        what = f"The period runs from {start.raw} to {end.raw}: a number and a date."
        add(problems, end, what, "Write both the same way.")
    elif not ordered:
        add(problems, end, f"The period ends ({end.raw}) before it starts.", "Swap from and to.")
    return Period(first, last)


def _moment(node: Node | None, name: str, problems: Problems) -> Moment | None:
    if node is None:
        return None
    moment = as_moment(node.value) if node.kind == "scalar" else None
    if moment is None:
        remedy = "Write it like 2016, 2016-03, 2016-03-31 or 2016-03-31T12:00."
        add(problems, node, f"'{name}' is no year, month, day or time.", remedy)
    return moment


def in_order(start: Moment, end: Moment) -> bool | None:
    """Does the start come no later than the end? None where they cannot be compared.

    Two numbers compare as numbers. A whole number beside a date is a year.
    """
    if isinstance(start, int | float) and isinstance(end, int | float):
        return start <= end
    first, last = _edge(start, False), _edge(end, True)
    return None if first is None or last is None else first <= last


def _edge(moment: Moment, last: bool) -> datetime | None:
    """The first or last instant of a moment; times without a zone count as UTC."""
    if isinstance(moment, datetime):
        return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    if isinstance(moment, date):
        year, month, day = moment.year, moment.month, moment.day
    elif isinstance(moment, str) and (found := MONTH.fullmatch(moment)):
        year, month, day = int(found[1]), int(found[2]), 0
    elif isinstance(moment, int) and 1 <= moment <= 9999:
        year, month, day = moment, 0, 0
    else:
        return None
    if year < 1:
        return None
    month = month or (12 if last else 1)
    day = day or (calendar.monthrange(year, month)[1] if last else 1)
    clock = (23, 59, 59, 999_999) if last else (0, 0, 0, 0)
    return datetime(year, month, day, *clock, tzinfo=UTC)
