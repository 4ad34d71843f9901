"""What a column holds, told before a scan: its values where they are few, or numbers."""

from __future__ import annotations

from typing import Any

import duckdb
from sqlglot import exp

from sextant.engines.errors import SourceError
from sextant.engines.many import as_name
from sextant.engines.reading import as_number, is_empty
from sextant.engines.source import RELATION, Source, unreadable
from sextant.engines.sql import DIALECT, column, sql

TABLE = exp.to_table(RELATION, quoted=True)


def values_of(source: Source, name: str, most: int) -> list[str]:
    """Up to `most` of a column's different values, in their order; more are not looked for."""
    query = exp.select(as_name(source, name).as_("v")).distinct().from_(TABLE.copy())
    query = query.where(sql("not :e", e=is_empty(source, name))).limit(most)
    return sorted(str(row[0]) for row in _rows(source, query))


def numeric(source: Source, name: str) -> bool:
    """Whether the first values of a column are all numbers."""
    if source.columns[name] in {"number", "single"}:
        return True
    if source.columns[name] != "text":
        return False
    value = as_number(source, name)
    first = exp.select(value.as_("v")).from_(TABLE.copy())
    first = first.where(sql("not :e", e=is_empty(source, name))).limit(1_000)
    every = exp.select(sql("coalesce(bool_and(v is not null), false)")).from_(first.subquery("f"))
    return bool(_rows(source, every)[0][0])


def _rows(source: Source, query: exp.Select) -> list[tuple[Any, ...]]:
    try:
        return source.session.rows(query.sql(dialect=DIALECT))
    except duckdb.Error as error:
        raise SourceError([unreadable(source.name, error, source.remedy)]) from None


def texts_of(source: Source, names: list[str]) -> list[dict[str, str]]:
    """These columns of every row as text, in the order of the file; an empty cell is ""."""
    cells = [sql("coalesce(cast(:x as text), '')", x=column(name)) for name in names]
    picked = [cell.as_(f"c{at}") for at, cell in enumerate(cells)]
    rows = _rows(source, exp.select(*picked).from_(TABLE.copy()))
    return [dict(zip(names, map(str, row), strict=True)) for row in rows]
