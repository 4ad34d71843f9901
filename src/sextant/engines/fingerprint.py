"""The snapshot of a whole table: all its columns, whatever the order of its rows."""

from __future__ import annotations

import duckdb

from sextant.engines.errors import SourceError
from sextant.engines.rows import row_hash
from sextant.engines.source import RELATION, Source, unreadable
from sextant.engines.sql import DIALECT
from sextant.states.snapshot import MODULUS, Snapshot


def fingerprint(source: Source) -> Snapshot:
    """Number and hash sums of all rows. Raises `SourceError` where the file breaks on reading."""
    names = sorted(source.columns)
    hashed = row_hash(names).sql(dialect=DIALECT)
    halves = ", ".join(
        f"sum(cast(cast('0x' || {side}(r, 16) as ubigint) as hugeint)) % {MODULUS} as {side}"
        for side in ("left", "right")
    )
    sql = f'SELECT count(*), {halves} FROM (SELECT {hashed} AS r FROM "{RELATION}")'
    try:
        rows, upper, lower = source.session.rows(sql)[0]
    except duckdb.Error as error:
        raise SourceError([unreadable(source.name, error, source.remedy)]) from None
    return Snapshot(rows, int(upper or 0), int(lower or 0))


def first_rows(source: Source, most: int) -> tuple[list[str], list[tuple[str, ...]]]:
    """The first rows as text, for people who may see them. Raises `SourceError` as above."""
    names = list(source.columns)
    listed = ", ".join(f'cast("{name.replace(chr(34), chr(34) * 2)}" as text)' for name in names)
    try:
        rows = source.session.rows(f'SELECT {listed} FROM "{RELATION}" LIMIT {int(most)}')
    except duckdb.Error as error:
        raise SourceError([unreadable(source.name, error, source.remedy)]) from None
    return names, [tuple("" if cell is None else str(cell) for cell in row) for row in rows]
