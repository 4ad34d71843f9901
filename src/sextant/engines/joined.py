"""Two tables with a version each, joined by a key; rows of one alone are counted, never lost."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import duckdb
from sqlglot import exp

from sextant.contracts.problems import suggest
from sextant.engines.duck import Session, connect
from sextant.engines.errors import SourceError
from sextant.engines.reading import as_unit, is_empty
from sextant.engines.source import (
    RELATION,
    Source,
    described,
    described_memory,
    find_files,
    unreadable,
)
from sextant.engines.sql import DIALECT, column, sql

VIEWS = ("first", "second")
KEY, OTHER = "\x1fkey", "{} (B)"


@dataclass(frozen=True, slots=True)
class Files:
    """The files of one table, found and admitted elsewhere, and what messages call it."""

    paths: tuple[Path, ...]
    name: str


@dataclass(frozen=True, slots=True)
class Overlap:
    """Rows that both tables hold, those of one alone, without a key, or of another label."""

    both: int
    first_only: int
    second_only: int
    keyless: int = 0
    other_label: int = 0
    names: tuple[str, str] = ("A", "B")

    def apart(self) -> tuple[tuple[str, int], ...]:
        """The rows that are not compared, by reason; reasons without a row are left out."""
        listed = (
            (f"only in {self.names[0]}", self.first_only),
            (f"only in {self.names[1]}", self.second_only),
            ("no key", self.keyless),
            ("labels differ between the tables", self.other_label),
        )
        return tuple(one for one in listed if one[1])


@dataclass(frozen=True, slots=True)
class Joined:
    """The joined source, what was not joined, and what the second table's columns are called."""

    source: Source
    overlap: Overlap
    second: Mapping[str, str]


def open_joined(
    first: Any, second: Any, key: str, label: str | None = None, base: Path | None = None
) -> Joined:
    """Both tables as one, row by row of the same key.

    Each is a path, a glob, `Files` or a table in memory.
    A column that both have is the first's; the second's goes by its name and ` (B)`. Rows whose
    `label` differs between the tables are set apart. Keys are compared as text: 17, 17.0 and "17"
    are one. Raises `SourceError` where a table cannot be read, a key stands twice in one, or none
    stands in both.
    """
    tables = _open((first, second), base or Path())
    if problems := _key_problems(tables, key):
        raise SourceError(problems)
    session = tables[0].session
    try:
        for view, table in zip(VIEWS, tables, strict=True):
            _add_key(session, view, table, key)
        problems = [
            problem
            for view, table in zip(VIEWS, tables, strict=True)
            for problem in _twice(session, view, table, key)
        ]
        if problems:
            raise SourceError(problems)
        names, kinds = _names(tables, key)
        alike = _same_label(tables, label)
        overlap = _overlap(session, alike)
        overlap = replace(overlap, names=_called(tables))
        if not overlap.both and not overlap.other_label:
            raise SourceError([_nothing_shared(session, tables, key)])
        session.connection.execute(_view(tables, names, label, alike))
    except duckdb.Error as error:
        raise SourceError([unreadable(" and ".join(_called(tables)), error)]) from None
    source = Source(
        f"{tables[0].name} and {tables[1].name}",
        session,
        kinds,
        typed=all(table.typed for table in tables),
        rows_hint=max(overlap.both, 1),
        repeated=tables[0].repeated,
    )
    return Joined(source, overlap, names)


def _open(given: tuple[Any, Any], base: Path) -> tuple[Source, Source]:
    files = [_files(one, base) for one in given]
    session = Session(connect([file for held in files if held for file in held]))
    found = [
        described_memory(session, one, view)
        if held is None
        else described(session, held, one.name if isinstance(one, Files) else str(one), view)
        for one, held, view in zip(given, files, VIEWS, strict=True)
    ]
    return found[0], found[1]


def _files(table: Any, base: Path) -> list[Path] | None:
    """The files of a table; None for one in memory."""
    if isinstance(table, Files):
        return list(table.paths)
    return find_files(str(table), base) if isinstance(table, str | Path) else None


def _called(tables: tuple[Source, Source]) -> tuple[str, str]:
    """The tables' names where they differ, else which of them it is."""
    a, b = (Path(table.name).name for table in tables)
    return (a, b) if a != b else ("the first table", "the second table")


def _key_problems(tables: tuple[Source, Source], key: str) -> list[str]:
    found = []
    for table in tables:
        if key in table.repeated:
            found.append(f"Column '{key}' stands more than once in {table.name}. Rename one.")
        elif key not in table.columns:
            remedy = suggest(key, table.columns, "columns")
            found.append(f"The key '{key}' is no column of {table.name}. {remedy}")
    return found


def _add_key(session: Session, view: str, table: Source, key: str) -> None:
    """The view again with its key as text, NULL where it is empty."""
    text = sql(
        "case when not :e then trim(:k) end", e=is_empty(table, key), k=as_unit(table, key)
    ).sql(dialect=DIALECT)
    session.connection.execute(
        f'CREATE VIEW "{view} keyed" AS SELECT *, {text} AS "{KEY}" FROM "{view}"'
    )


def _twice(session: Session, view: str, table: Source, key: str) -> list[str]:
    """A key that stands twice pairs nobody: which of the rows would be meant?"""
    rows = session.rows(
        f'SELECT "{KEY}", n, count(*) OVER () FROM (SELECT "{KEY}", count(*) AS n '
        f'FROM "{view} keyed" WHERE "{KEY}" IS NOT NULL GROUP BY 1 HAVING count(*) > 1) '
        "ORDER BY n DESC, 1 LIMIT 1"
    )
    if not rows:
        return []
    value, times, many = rows[0]
    more = f"{many:,} values stand" if many > 1 else "one value stands"
    return [
        f"The key '{key}' does not tell the rows of {table.name} apart: {more} more than once, "
        f"such as {value[:40]!r} ({times:,} times). Keep one row a key, or name another key."
    ]


def _names(tables: tuple[Source, Source], key: str) -> tuple[dict[str, str], dict[str, Any]]:
    """What the second table's columns are called when joined, and the kind of every column."""
    first, second = tables
    kinds = dict(first.columns)
    names: dict[str, str] = {}
    for name, kind in second.columns.items():
        if name == key:
            names[name] = name
            continue
        called = name
        while called in kinds:
            called = OTHER.format(called)
        names[name], kinds[called] = called, kind
    return names, kinds


def _same_label(tables: tuple[Source, Source], label: str | None) -> exp.Expr | None:
    """True where both tables' labels agree, or one of them has none; None without two labels."""
    first, second = tables
    if label is None or label not in first.columns or label not in second.columns:
        return None
    texts = []
    for view, table in zip(VIEWS, tables, strict=True):
        text = sql("case when not :e then lower(:t) end", e=is_empty(table, label),
                   t=as_unit(table, label))  # fmt: skip
        texts.append(_of(text, view))
    return sql("coalesce(:a = :b, true)", a=texts[0], b=texts[1])


def _of(expression: exp.Expr, view: str) -> exp.Expr:
    """The expression with its columns named as the view's."""
    return expression.transform(
        lambda node: (
            exp.column(node.name, table=view, quoted=True) if isinstance(node, exp.Column) else node
        )
    )


JOIN = (
    f'"{VIEWS[0]} keyed" AS "{VIEWS[0]}" {{kind}} JOIN "{VIEWS[1]} keyed" AS "{VIEWS[1]}" '
    f'ON "{VIEWS[0]}"."{KEY}" = "{VIEWS[1]}"."{KEY}"'
)


def _overlap(session: Session, alike: exp.Expr | None) -> Overlap:
    first, second = (f'"{view}"."{KEY}"' for view in VIEWS)
    same = "true" if alike is None else alike.sql(dialect=DIALECT)
    row = session.rows(
        f"SELECT count(*) FILTER ({first} = {second} AND {same}), "
        f"count(*) FILTER ({first} IS NOT NULL AND {second} IS NULL), "
        f"count(*) FILTER ({second} IS NOT NULL AND {first} IS NULL), "
        f"count(*) FILTER ({first} IS NULL AND {second} IS NULL), "
        f"count(*) FILTER ({first} = {second} AND NOT {same}) "
        f"FROM {JOIN.format(kind='FULL')}"
    )[0]
    both, first_only, second_only, keyless, other = (int(n) for n in row)
    return Overlap(both, first_only, second_only, keyless, other)


def _nothing_shared(session: Session, tables: tuple[Source, Source], key: str) -> str:
    held = [session.rows(f'SELECT min("{KEY}") FROM "{view} keyed"')[0][0] for view in VIEWS]
    shown = " and ".join(repr(one[:40]) if one else "nothing" for one in held)
    return (
        f"No value of the key '{key}' stands in both {' and '.join(_called(tables))}; they hold "
        f"values such as {shown}. Write the keys alike, or name another key."
    )


def _view(
    tables: tuple[Source, Source],
    names: Mapping[str, str],
    label: str | None,
    alike: exp.Expr | None,
) -> str:
    first = [_of(column(name), VIEWS[0]) for name in tables[0].columns]
    if alike is not None and label and tables[0].columns[label] == tables[1].columns[label]:
        held = [_of(column(label), view) for view in VIEWS]
        first[list(tables[0].columns).index(label)] = exp.Coalesce(
            this=held[0], expressions=[held[1]]
        )
    chosen = [
        *(one.as_(name, quoted=True) for one, name in zip(first, tables[0].columns, strict=True)),
        *(
            exp.column(name, table=VIEWS[1], quoted=True).as_(called, quoted=True)
            for name, called in names.items()
            if called not in tables[0].columns
        ),
    ]
    listed = ", ".join(one.sql(dialect=DIALECT) for one in chosen)
    where = "" if alike is None else f" WHERE {alike.sql(dialect=DIALECT)}"
    return f'CREATE VIEW "{RELATION}" AS SELECT {listed} FROM {JOIN.format(kind="")}{where}'
