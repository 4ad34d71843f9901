"""Rows that stand twice, rows of another table, a sample of cells: scans that spill to disk.

None of these is a small mergeable state: two tables cannot be checked apart and then added.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlglot import exp

from sextant.engines.columns import asked, table
from sextant.engines.duck import Session, connect
from sextant.engines.errors import SourceError
from sextant.engines.reading import is_empty
from sextant.engines.rows import row_hash
from sextant.engines.source import (
    RELATION,
    Source,
    admitted,
    described,
    described_memory,
    find_files,
)
from sextant.engines.sql import DIALECT, column, sql

REFERENCE = "reference"
LONGEST = 4_000
"""Characters of a cell that are looked through."""


@dataclass(frozen=True, slots=True)
class Repeats:
    """`rows` of which `different` differ; `repeated` stand more than once, one of them `most`."""

    rows: int
    different: int
    repeated: int
    most: int

    @property
    def surplus(self) -> int:
        """Rows that are copies of another one."""
        return self.rows - self.different


def repeats(source: Source, names: Sequence[str], view: str = RELATION) -> Repeats:
    """Rows that are alike in these columns, by the MD5 of their cells as text."""
    inner = f"select {_hash(names)} as r from {_view(view)}"
    rows, different, repeated, most = asked(
        source,
        "select coalesce(sum(n), 0), count(*), coalesce(sum(n) filter (where n > 1), 0), "
        f"coalesce(max(n), 0) from (select r, count(*) as n from ({inner}) group by r)",
    )[0]
    return Repeats(int(rows), int(different), int(repeated), int(most))


def repeats_of(hashes: NDArray[np.uint64]) -> Repeats:
    """`repeats` from the hashes of all rows."""
    ascending = np.sort(hashes)
    last = np.ones(ascending.size, np.bool_)
    np.not_equal(ascending[1:], ascending[:-1], out=last[:-1])
    n = np.diff(np.flatnonzero(last), prepend=-1)
    many = n[n > 1]
    return Repeats(hashes.size, n.size, int(many.sum()), int(n.max(initial=0)))


def twice(source: Source, name: str, view: str = RELATION) -> int:
    """Filled cells of a column whose value stands in another row too."""
    empty = is_empty(source, name).sql(dialect=DIALECT)
    value = sql("cast(:x as text)", x=column(name)).sql(dialect=DIALECT)
    return int(
        asked(
            source,
            "select coalesce(sum(n), 0) from (select count(*) as n from "
            f"(select {value} as v from {_view(view)} where not {empty}) "
            "group by v having count(*) > 1)",
        )[0][0]
    )


def overlap(source: Source, names: Sequence[str]) -> int:
    """Rows of the table that stand in the reference too, alike in these columns."""
    hashed = _hash(names)
    return int(
        asked(
            source,
            f"select count(*) from (select {hashed} as r from {_view(RELATION)}) where r in "
            f"(select {hashed} from {_view(REFERENCE)})",
        )[0][0]
    )


def sample(source: Source, names: Sequence[str], most: int, seed: int) -> list[list[str | None]]:
    """The cells of `most` rows as text, column by column; None for an empty cell.

    The rows whose hash of these cells with the seed is least: the same for the same table, whatever
    the order of its rows and however many threads read it. Rows alike in them are drawn together.
    The hash is the database's own, and may be another in its next version.
    """
    if not names:
        return []
    cells = [
        sql("case when not :e then left(cast(:x as text), :n) end", e=is_empty(source, name),
            x=column(name), n=sql(str(LONGEST))).as_(f"c{i}")
        for i, name in enumerate(names)
    ]  # fmt: skip
    cells_read = [column(name) for name in sorted(names)]
    drawn = exp.Anonymous(this="hash", expressions=[exp.Literal.string(str(seed)), *cells_read])
    query = exp.select(*cells).from_(table(RELATION)).order_by(drawn).limit(most)
    rows = asked(source, query)
    return [list(held) for held in zip(*rows, strict=True)] if rows else [[] for _ in names]


def open_both(data: Any, reference: Any, base: Path | None = None) -> tuple[Source, Source]:
    """A table and its reference in one session. Raises `SourceError` where one cannot be read."""
    if reference is None:
        raise SourceError(["There is no reference: it is None. Leave it out, or name a table."])
    both = []
    for one in (data, reference):
        named = isinstance(one, str | Path)
        both.append((one, find_files(str(one), base or Path()) if named else []))
    return _opened(both)


def open_both_files(
    data: tuple[list[Path], str], reference: tuple[list[Path], str]
) -> tuple[Source, Source]:
    """Files that were found, with what to call them, in one session. Raises `SourceError`."""
    for files, name in (data, reference):
        admitted(files, name)
    return _opened([(name, files) for files, name in (data, reference)])


def _opened(both: Sequence[tuple[Any, list[Path]]]) -> tuple[Source, Source]:
    session = Session(connect(file for _, files in both for file in files))
    first, second = (
        described(session, files, str(one), view) if files else described_memory(session, one, view)
        for (one, files), view in zip(both, (RELATION, REFERENCE), strict=True)
    )
    return first, second


def _hash(names: Sequence[str]) -> str:
    return row_hash(sorted(names)).sql(dialect=DIALECT)


def _view(name: str) -> str:
    return table(name).sql(dialect=DIALECT)
