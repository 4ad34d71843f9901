"""A contract's period as a row filter: both ends included, a year stands for all of it."""

from __future__ import annotations

import re
from calendar import monthrange
from contextlib import suppress
from datetime import UTC, date, datetime
from math import isfinite

from sqlglot import exp

from sextant.contracts.model import Moment, Period
from sextant.engines.errors import SourceError
from sextant.engines.source import Kind
from sextant.engines.sql import number, sql

_PARTS = re.compile(r"(\d{4})(?:-(\d{1,2}))?(?:-(\d{1,2}))?")


def bounds(moment: exp.Expr, kind: Kind, period: Period | None) -> exp.Expr | None:
    """Rows inside the period, and those whose time is unknown: they are set aside, not dropped.

    Raises `SourceError` where an end of the period does not fit the time column, or comes first.
    """
    if period is None or (period.start is None and period.end is None):
        return None
    tests = []
    if kind in {"number", "single"}:
        low, high = _number(period.start), _number(period.end)
        ordered = low is None or high is None or low <= high
        if low is not None:
            tests.append(sql(":t >= :b", t=moment, b=number(low)))
        if high is not None:
            tests.append(sql(":t <= :b", t=moment, b=number(high)))
    else:
        first = None if period.start is None else first_instant(period.start)
        last = None if period.end is None else last_instant(period.end)
        ordered = first is None or last is None or first <= last
        if first is not None:
            tests.append(sql(":t >= :b", t=moment, b=_stamp(first)))
        if last is not None:
            tests.append(sql(":t <= :b", t=moment, b=_stamp(last)))
    if not ordered:
        both = f"The period ends ({period.end}) before it starts ({period.start})."
        raise SourceError([f"{both} Name both ends: --from and --to."])
    return sql("(:t is null or :inside)", t=moment, inside=exp.and_(*tests))


def _number(value: Moment | None) -> float | None:
    if value is None:
        return None
    with suppress(ValueError):
        if isfinite(found := float(str(value))):
            return found
    raise SourceError(
        [f"The period names {value}, but the time column holds numbers. Write a number."]
    )


def _stamp(instant: datetime) -> exp.Expr:
    return sql("cast(:s as timestamp)", s=instant.isoformat(sep=" "))


def shown(value: object) -> str:
    """A time as the database writes it: 2015.0 as 2015, midnight as its day."""
    return str(value).removesuffix(".0").removesuffix(" 00:00:00")


def first_instant(value: Moment) -> datetime:
    """The first instant of a year, a month, a day, or the moment itself; in UTC."""
    return _span(value)[0]


def last_instant(value: Moment) -> datetime:
    """The last microsecond of a year, a month or a day, or the moment itself; in UTC."""
    return _span(value)[1]


def _span(value: Moment) -> tuple[datetime, datetime]:
    if isinstance(value, datetime):
        plain = value.astimezone(UTC).replace(tzinfo=None) if value.tzinfo else value
        return plain, plain
    if isinstance(value, date):
        return _whole(value.year, value.month, value.day)
    text = str(value).strip()
    try:
        if not (match := _PARTS.fullmatch(text)):
            return _span(datetime.fromisoformat(text))
        year, month, day = (int(part) if part else None for part in match.groups())
        return _whole(year or 0, month, day)
    except (ValueError, OverflowError):
        raise SourceError(
            [f"The period's end '{text}' is no date. Write it as 2026, 2026-03 or 2026-03-31."]
        ) from None


def _whole(year: int, month: int | None, day: int | None) -> tuple[datetime, datetime]:
    """A year, a month or a day from its first to its last microsecond."""
    month_last = month or 12
    day_last = day or monthrange(year, month_last)[1]
    end = datetime(year, month_last, day_last, 23, 59, 59, 999_999)
    return datetime(year, month or 1, day or 1), end
