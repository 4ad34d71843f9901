"""Rows by the cells of two columns at once, of some windows: one scan, whatever the pairs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import duckdb
import numpy as np
from sqlglot import exp

from sextant.contracts.model import Segment
from sextant.engines.bins import cut
from sextant.engines.errors import SourceError
from sextant.engines.reading import as_segment
from sextant.engines.rollup import grouping, number_of
from sextant.engines.source import RELATION, Source, unreadable
from sextant.engines.sql import DIALECT, cases, number, sql
from sextant.engines.usable import usable

MOST_CELLS = 250
"""A cell's number is one byte."""
Pair = tuple[str, str]
Crossed = Mapping[tuple[str, Pair], np.ndarray]
"""Rows by window and pair of columns, [cells of the first, cells of the second]; they add up."""


@dataclass(frozen=True, slots=True)
class Cells:
    """How a column is cut into cells: 0 empty; then values one by one, and all others last;

    or numbers up to each of `limits`, ascending, and those above the last.
    """

    column: str
    values: tuple[str | float, ...] = ()
    limits: tuple[float, ...] = ()

    @property
    def size(self) -> int:
        return 2 + len(self.values or self.limits)


def crossed(
    source: Source,
    cells: Mapping[str, Cells],
    pairs: Sequence[Pair],
    by: str = "",
    windows: Sequence[str] = (),
    missing: str = "",
) -> dict[tuple[str, Pair], np.ndarray]:
    """The rows of each of `windows` of `by` by both columns of each pair; without `by`, of all.

    `missing`: the name of the window of rows that have none. Raises `SourceError` where the file
    breaks on reading.

    One scan where memory allows; else each half of the pairs gets a scan of its own.
    """
    try:
        return _crossed(source, cells, pairs, by, windows, missing)
    except duckdb.OutOfMemoryException as error:
        if len(pairs) == 1:
            raise SourceError([unreadable(source.name, error, source.remedy)]) from None
    except duckdb.Error as error:
        raise SourceError([unreadable(source.name, error, source.remedy)]) from None
    half = len(pairs) // 2
    return {
        key: rows
        for part in (pairs[:half], pairs[half:])
        for key, rows in crossed(source, cells, part, by, windows, missing).items()
    }


def _crossed(
    source: Source,
    cells: Mapping[str, Cells],
    pairs: Sequence[Pair],
    by: str,
    windows: Sequence[str],
    missing: str,
) -> dict[tuple[str, Pair], np.ndarray]:
    names = sorted({name for pair in pairs for name in pair})
    keys = {name: f"c{at}" for at, name in enumerate(names)}
    window = sql(":x", x=missing)
    if by:
        cell = as_segment(source, Segment(by, by))
        window = sql("coalesce(:x, :m)", x=cell, m=missing)
    coded = exp.select(
        window.as_("w"), *[_cell(source, cells[name]).as_(keys[name]) for name in names]
    ).from_(exp.to_table(RELATION, quoted=True))
    rows = exp.select("*").from_("coded")
    if by:
        listed = [exp.Literal.string(one) for one in windows]
        rows = rows.where(exp.In(this=exp.column("w"), expressions=listed))
    every = ("w", *sorted(keys.values()))
    sets = {pair: ("w", *(keys[name] for name in pair)) for pair in pairs}
    told, group = grouping(every, list(dict.fromkeys(sets.values())))
    counted = exp.select(told.as_("id"), *every, "count(*) as n").from_("kept")
    counted.set("group", group)
    statement = counted.with_("coded", coded).with_("kept", rows).sql(dialect=DIALECT)
    found = source.session.columns(statement)
    return _matrices(found, cells, sets, every, keys)


def _matrices(
    found: Mapping[str, np.ndarray],
    cells: Mapping[str, Cells],
    sets: Mapping[Pair, tuple[str, ...]],
    every: tuple[str, ...],
    keys: Mapping[str, str],
) -> dict[tuple[str, Pair], np.ndarray]:
    """The groups as one matrix a window and pair."""
    named = np.asarray(found["w"], dtype=object)
    held: dict[tuple[str, Pair], np.ndarray] = {}
    for pair, one in sets.items():
        mine = np.asarray(found["id"]) == number_of(one, every)
        x, y = (np.asarray(found[keys[name]][mine], dtype=np.int64) for name in pair)
        rows = np.asarray(found["n"], dtype=np.float64)[mine]
        for window in dict.fromkeys(named[mine]):
            at = named[mine] == window
            matrix = np.zeros((cells[pair[0]].size, cells[pair[1]].size))
            np.add.at(matrix, (x[at], y[at]), rows[at])
            held[str(window), pair] = matrix
    return held


def _cell(source: Source, cells: Cells) -> exp.Expr:
    """The number of a row's cell, as one byte."""
    name = cells.column
    last = str(cells.size - 1)
    if cells.limits:
        value = usable(source, name)
        code = sql("1 + :c", c=cut(value, cells.limits, "<"))
    else:
        if all(isinstance(one, float) for one in cells.values):
            value = usable(source, name)
            listed = [number(float(one)) for one in cells.values]
        else:
            value = as_segment(source, Segment(name, name))
            listed = [exp.Literal.string(str(one)) for one in cells.values]
        place = sql("list_position(:l, :x)", l=exp.Array(expressions=listed), x=value)
        code = sql(f"coalesce(:p, {last})", p=place)
    code = cases([(sql(":x is null", x=value), sql("0"))], code)
    return sql("cast(:c as utinyint)", c=code)
