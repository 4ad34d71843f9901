"""A first look at a table: per column its kind, gaps, values and range."""

from __future__ import annotations

from dataclasses import dataclass

import duckdb

from sextant.engines.errors import SourceError
from sextant.engines.reading import as_moment, as_number, is_empty
from sextant.engines.source import RELATION, Kind, Source, unreadable
from sextant.engines.sql import DIALECT, column, finite, sql, tidy

FEW = 12
"""So many values at the most are listed."""
TOGETHER = 16
"""Columns to one scan: the distinct values of each take memory."""


@dataclass(frozen=True, slots=True)
class ColumnProfile:
    """What a column holds. `distinct` is approximate; `values` is filled where there are few.

    `low` and `high` are None unless every value is a number; `moments`: every value is a time.
    """

    name: str
    kind: Kind
    rows: int
    missing: int
    distinct: int
    low: float | None
    high: float | None
    values: tuple[str, ...] = ()
    moments: bool = False

    @property
    def numeric(self) -> bool:
        return self.low is not None


def profile(source: Source) -> list[ColumnProfile]:
    """Profiles of all columns. Raises `SourceError` where the file breaks on reading."""
    names = [name for name, kind in source.columns.items() if kind != "other"]
    found: list[ColumnProfile] = []
    try:
        for at in range(0, len(names), TOGETHER):
            found += _profiled(source, names[at : at + TOGETHER])
    except duckdb.Error as error:
        raise SourceError([unreadable(source.name, error, source.remedy)]) from None
    return found


def _profiled(source: Source, names: list[str]) -> list[ColumnProfile]:
    rows, *cells = source.session.rows(_statement(source, names))[0]
    found = []
    for name in names:
        missing, distinct, numbers, low, high, times, values = (cells.pop(0) for _ in range(7))
        readable = numbers == rows - missing and numbers > 0
        listed = tuple(sorted(v for v in values or [] if v is not None))
        found.append(
            ColumnProfile(
                name,
                source.columns[name],
                rows,
                missing,
                distinct,
                low if readable else None,
                high if readable else None,
                listed if len(listed) <= FEW else (),
                times == rows - missing and times > 0,
            )
        )
    return found


def _statement(source: Source, names: list[str]) -> str:
    picked = ["count(*)"]
    for name in names:
        kind = source.columns[name]
        text = tidy(column(name)) if kind == "text" else sql("cast(:x as text)", x=column(name))
        none = sql("count(*) filter (where :e)", e=is_empty(source, name))
        distinct = sql("approx_count_distinct(:x)", x=text)
        values = sql("list(distinct :x) filter (where length(:x) < 40)", x=text)
        if kind in {"time", "boolean"} or (kind == "text" and source.typed):
            numbers = [sql("0"), sql("cast(null as double)"), sql("cast(null as double)")]
        else:
            value = as_number(source, name)
            usable = sql("case when :ok then :x end", ok=finite(value), x=value)
            numbers = [sql(f"{f}(:x)", x=usable) for f in ("count", "min", "max")]
        times = (
            sql("count(:x)", x=as_moment(source, name)) if kind in {"time", "text"} else sql("0")
        )
        few = sql("case when :d <= 64 then :v end", d=distinct, v=values)
        picked += [one.sql(dialect=DIALECT) for one in (none, distinct, *numbers, times, few)]
    return f'SELECT {", ".join(picked)} FROM "{RELATION}"'
