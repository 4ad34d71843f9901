"""A contract's period as a row filter: both ends included, a year stands for all of it."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

from sqlglot import exp

from sextant.contracts.model import Moment, Period
from sextant.engines.errors import SourceError
from sextant.engines.source import Kind
from sextant.engines.sql import number, sql

_PARTS = re.compile(r"(\d{4})(?:-(\d{1,2}))?(?:-(\d{1,2}))?")


def bounds(moment: exp.Expr, kind: Kind, period: Period | None) -> exp.Expr | None:
    """Rows inside the period, and those whose time is unknown: they are set aside, not dropped.

    Raises `SourceError` where an end of the period does not fit the time column.
    """
    if period is None or (period.start is None and period.end is None):
        return None
    numeric = kind in {"number", "single"}
    tests: list[exp.Expr] = []
    if period.start is not None:
        start = _number(period.start) if numeric else _stamp(first_instant(period.start))
        tests.append(sql(":t >= :b", t=moment, b=start))
    if period.end is not None:
        if numeric:
            tests.append(sql(":t <= :b", t=moment, b=_number(period.end)))
        else:
            tests.append(sql(":t < :b", t=moment, b=_stamp(after(period.end))))
    return sql("(:t is null or :inside)", t=moment, inside=exp.and_(*tests))


def _number(value: Moment) -> exp.Expr:
    try:
        return number(float(str(value)))
    except ValueError:
        raise SourceError(
            [f"The period names {value}, but the time column holds numbers. Write a number."]
        ) from None


def _stamp(instant: datetime) -> exp.Expr:
    return sql("cast(:s as timestamp)", s=instant.isoformat(sep=" "))


def first_instant(value: Moment) -> datetime:
    """The first instant of a year, a month, a day, or the moment itself."""
    return _span(value)[0]


def after(value: Moment) -> datetime:
    """The first instant after a year, a month or a day; after a moment, its next microsecond."""
    return _span(value)[1]


def _span(value: Moment) -> tuple[datetime, datetime]:
    if isinstance(value, datetime):
        plain = value.replace(tzinfo=None)
        return plain, plain + timedelta(microseconds=1)
    if isinstance(value, date):
        start = datetime(value.year, value.month, value.day)
        return start, start + timedelta(days=1)
    text = str(value).strip()
    try:
        if not (match := _PARTS.fullmatch(text)):
            return _span(datetime.fromisoformat(text))
        year, month, day = (int(part) if part else None for part in match.groups())
        start = datetime(year or 1, month or 1, day or 1)
    except ValueError:
        raise SourceError(
            [f"The period's end '{text}' is no date. Write it as 2026, 2026-03 or 2026-03-31."]
        ) from None
    if day:
        return start, start + timedelta(days=1)
    if month:
        return start, datetime(start.year + month // 12, month % 12 + 1, 1)
    return start, datetime(start.year + 1, 1, 1)
