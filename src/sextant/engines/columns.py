"""What the columns of a table hold, by two scans: a line of facts each, then rows by value."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import duckdb
from sqlglot import exp

from sextant.contracts.model import Segment
from sextant.engines.bins import value_bucket
from sextant.engines.errors import SourceError
from sextant.engines.reading import as_moment, as_number, as_segment, is_empty, matches
from sextant.engines.source import RELATION, Source, unreadable
from sextant.engines.sql import DIALECT, column, finite, sql

TOGETHER = 24
"""Columns to one scan: what is counted of each takes memory."""
DAYS = 40_000
"""A span of more days is counted by years."""


@dataclass(frozen=True, slots=True)
class Facts:
    """One column in one scan. `distinct` is approximate (HyperLogLog); cells are non-missing.

    `numbers`, `whole`, `flags`, `moments`: cells that read as a finite number, a whole one, true or
    false, a time. `low`, `high` of the numbers; `first`, `last` of the times; lengths of the text.
    """

    name: str
    rows: int
    missing: int
    distinct: int
    numbers: int
    whole: int
    low: float | None
    high: float | None
    flags: int
    moments: int
    first: str | None
    last: str | None
    length: float
    longest: int

    @property
    def cells(self) -> int:
        return self.rows - self.missing


FIELDS = (
    "missing", "distinct", "numbers", "whole", "low", "high", "flags", "moments", "first", "last",
)  # fmt: skip


def facts(source: Source, view: str = RELATION, names: Sequence[str] | None = None) -> list[Facts]:
    """Facts of these columns, or of all that are no lists or structures. Raises `SourceError`."""
    if names is None:
        names = [name for name, kind in source.columns.items() if kind != "other"]
    found: list[Facts] = []
    for at in range(0, len(names), TOGETHER):
        part = names[at : at + TOGETHER]
        picked = [one for name in part for one in _told(source, name)]
        rows, *cells = asked(source, exp.select("count(*)", *picked).from_(table(view)))[0]
        width = len(cells) // len(part)
        for i, name in enumerate(part):
            one = cells[i * width : (i + 1) * width]
            *counts, length, longest = one
            told = dict(zip(FIELDS, counts, strict=True))
            found.append(
                Facts(name=name, rows=rows, length=length or 0.0, longest=longest or 0, **told)
            )
    return found


def _told(source: Source, name: str) -> list[exp.Expr]:
    kind, cell = source.columns[name], column(name)
    empty = is_empty(source, name)
    text = sql("case when not :e then trim(cast(:x as text)) end", e=empty, x=cell)
    nothing = [sql("0"), sql("0"), sql("cast(null as double)"), sql("cast(null as double)")]
    if kind in {"time", "boolean"}:
        numbers = nothing
    else:
        value = as_number(source, name)
        usable = sql("case when :ok then :x end", ok=finite(value), x=value)
        numbers = [
            sql("count(:x)", x=usable),
            sql("count(*) filter (where :x = floor(:x))", x=usable),
            sql("min(:x)", x=usable),
            sql("max(:x)", x=usable),
        ]
    flag = sql("count(*) filter (where lower(:x) in ('true', 'false'))", x=text)
    moments = [sql("0"), sql("cast(null as text)"), sql("cast(null as text)")]
    if kind in {"time", "text"}:
        moment = as_moment(source, name)
        moments = [
            sql("count(:x)", x=moment),
            sql("cast(min(:x) as text)", x=moment),
            sql("cast(max(:x) as text)", x=moment),
        ]
    return [
        sql("count(*) filter (where :e)", e=empty),
        sql("approx_count_distinct(:x)", x=text),
        *numbers,
        flag,
        *moments,
        sql("avg(length(:x))", x=text),
        sql("max(length(:x))", x=text),
    ]


@dataclass(frozen=True, slots=True)
class Key:
    """What rows are counted by: a column's `value`, a number's `bucket`, a `day`, a `segment`."""

    name: str
    how: str
    segment: Segment | None = None


@dataclass(frozen=True, slots=True)
class Label:
    """The column of the answers, and the value that counts as positive."""

    column: str
    positive: str


Cell = tuple[int | None, int]
"""The class of the label (None: no label) and the half of the rows, 0 or 1."""


def label_values(source: Source, name: str, most: int) -> list[tuple[str | None, int]]:
    """Rows by value of one column, the most frequent first; at most `most` values."""
    query = (
        exp.select(as_segment(source, Segment(name, name)).as_("v"), "count(*)")
        .from_(table(RELATION)).group_by("1").order_by("2 desc", "1").limit(most)
    )  # fmt: skip
    return [(value, n) for value, n in asked(source, query)]


def counted(
    source: Source, keys: Sequence[Key], label: Label | None = None, view: str = RELATION
) -> dict[str, dict[str | None, dict[Cell, int]]]:
    """Rows by key, class of the label and half of the table: one scan for every 24 keys.

    The half is drawn by a hash of all columns but the label, so that rows alike stay together.
    Keys come as text, None for a missing cell. Raises `SourceError`.
    """
    found: dict[str, dict[str | None, dict[Cell, int]]] = {}
    for at in range(0, len(keys), TOGETHER):
        part = keys[at : at + TOGETHER]
        for place, key, y, half, n in asked(source, _grouped(source, part, label, view)):
            held = found.setdefault(part[place].name, {}).setdefault(key, {})
            held[y, half] = held.get((y, half), 0) + n
    return found


def _grouped(source: Source, keys: Sequence[Key], label: Label | None, view: str) -> str:
    picked = [_key(source, key).as_(f"k{i}") for i, key in enumerate(keys)]
    if label is None:
        picked += [sql("cast(null as integer)").as_("y"), sql("0").as_("h")]
    else:
        value = as_segment(source, Segment(label.column, label.column))
        y = sql("case when :v is null then null when :v = :p then 1 else 0 end", v=value,
                p=label.positive)  # fmt: skip
        others = [column(name) for name in sorted(source.columns) if name != label.column]
        half = sql(":h % 2", h=exp.Anonymous(this="hash", expressions=others)) if others else None
        picked += [y.as_("y"), (half or sql("0")).as_("h")]
    inner = exp.select(*picked).from_(table(view))
    sets = ", ".join(f"(k{i}, y, h)" for i in range(len(keys)))
    place = " ".join(f"when grouping(k{i}) = 0 then {i}" for i in range(len(keys)))
    held = " ".join(f"when grouping(k{i}) = 0 then cast(k{i} as text)" for i in range(len(keys)))
    return (
        f"select case {place} end, case {held} end, y, h, count(*) from "
        f"({inner.sql(dialect=DIALECT)}) group by grouping sets ({sets})"
    )


def _key(source: Source, key: Key) -> exp.Expr:
    empty = is_empty(source, key.name) if key.segment is None else None
    if key.segment is not None:
        return as_segment(source, key.segment)
    assert empty is not None
    value: exp.Expr
    if key.how == "bucket":
        number = as_number(source, key.name)
        value = value_bucket(sql("case when :ok then :x end", ok=finite(number), x=number))
    elif key.how == "number":
        number = as_number(source, key.name)
        value = sql("case when :ok then :x + 0e0 end", ok=finite(number), x=number)
    elif key.how in {"day", "year"}:
        value = sql("date_trunc(:p, :m)", p=key.how, m=as_moment(source, key.name))
    else:
        value = sql("cast(:x as text)", x=column(key.name))
    return sql("case when not :e then :v end", e=empty, v=value)


@dataclass(frozen=True, slots=True)
class Test:
    """What cells must be: `between` limits, `in` a set, of a `type` (or what it `matches`)."""

    column: str
    what: str
    limits: tuple[float, float] = (0.0, 0.0)
    values: tuple[str, ...] = ()
    numbers: tuple[float, ...] = ()
    type: str = ""


def count_where(source: Source, tests: Iterable[Test]) -> list[int]:
    """Filled cells that fail each test, in one scan. Raises `SourceError`."""
    picked = [sql("count(*) filter (where :t)", t=_failed(source, one)) for one in tests]
    if not picked:
        return []
    return list(asked(source, exp.select(*picked).from_(table(RELATION)))[0])


def _failed(source: Source, test: Test) -> exp.Expr:
    if test.what == "between":
        return _outside(source, test.column, test.limits)
    if test.what == "matches":
        fits = matches(source, test.column, test.type)
        return sql("not :e and not :m", e=is_empty(source, test.column), m=fits)
    if test.what in {"in", "share"}:
        return _beyond(source, test.column, test.values, test.numbers)
    return _unlike(source, test.column, test.type)


def _outside(source: Source, name: str, limits: tuple[float, float]) -> exp.Expr:
    """True for a filled cell that is no number, or one that lies outside both ends."""
    value = as_number(source, name)
    inside = sql(":x >= :a and :x <= :b", x=value, a=limits[0], b=limits[1])
    return sql("not :e and not coalesce(:i, false)", e=is_empty(source, name), i=exp.paren(inside))


def _beyond(source: Source, name: str, values: Sequence[str], numbers: Sequence[float]) -> exp.Expr:
    """True for a filled cell that is none of `values`, compared as text or as `numbers`."""
    text = sql("trim(cast(:x as text))", x=column(name))
    tests: list[exp.Expr] = [exp.In(this=text, expressions=[exp.Literal.string(v) for v in values])]
    if numbers and source.columns[name] in {"number", "single", "text"}:
        tests += [sql(":x = :v", x=as_number(source, name), v=v) for v in numbers]
    within = exp.or_(*tests)
    return sql("not :e and not coalesce(:t, false)", e=is_empty(source, name), t=exp.paren(within))


def _unlike(source: Source, name: str, kind: str) -> exp.Expr:
    """True for a filled cell that does not read as `kind`: number, whole, flag or time."""
    empty = is_empty(source, name)
    if kind in {"number", "whole"}:
        if source.columns[name] in {"time", "boolean"}:
            return sql("not :e", e=empty)
        value = as_number(source, name)
        ok = finite(value) if kind == "number" else sql(
            ":f and :x = floor(:x)", f=finite(value), x=value
        )  # fmt: skip
    elif kind == "flag":
        ok = sql("lower(trim(cast(:x as text))) in ('true', 'false')", x=column(name))
    else:
        if source.columns[name] not in {"time", "text"}:
            return sql("not :e", e=empty)
        ok = sql(":m is not null", m=as_moment(source, name))
    return sql("not :e and not coalesce(:t, false)", e=empty, t=exp.paren(ok))


def table(view: str) -> exp.Table:
    return exp.to_table(view, quoted=True)


def asked(source: Source, query: exp.Expr | str) -> list[tuple[Any, ...]]:
    """The rows of a statement. Raises `SourceError` where the file breaks on reading."""
    text = query if isinstance(query, str) else query.sql(dialect=DIALECT)
    try:
        return source.session.rows(text)
    except duckdb.Error as error:
        raise SourceError([unreadable(source.name, error, source.remedy)]) from None
