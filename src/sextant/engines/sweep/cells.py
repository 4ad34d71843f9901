"""How each column's cells are read for a pass: as a number, a text, or a hash."""

from __future__ import annotations

from collections.abc import Sequence

from sqlglot import exp

from sextant.contracts.model import Segment
from sextant.engines.columns import table
from sextant.engines.reading import as_number, as_segment, is_empty
from sextant.engines.source import Source
from sextant.engines.sql import DIALECT, column, finite, sql

LARGEST_EXACT = 2**53
WHOLE = {"BIGINT", "UBIGINT", "HUGEINT", "UHUGEINT", "BIGNUM"}


def number_cell(source: Source, name: str) -> exp.Expr:
    """A column as DOUBLE; of text also NULL where it is no finite number."""
    value = as_number(source, name)
    if source.columns[name] != "text":
        return value
    return sql("case when :f then :x end", f=finite(value), x=value)


def word_cells(source: Source, name: str, raw: bool = False) -> tuple[exp.Expr, exp.Expr]:
    """A column as text, NULL where it is empty, and the database's own hash of that.

    `raw`: with the blanks around it.
    """
    cell = as_segment(source, Segment(name, name))
    if raw:
        cell = sql("cast(:x as text)", x=column(name))
    return cell, exp.Anonymous(this="hash", expressions=[cell.copy()])


def hash_cell(source: Source, name: str) -> exp.Expr:
    """A number of 64 bits for a cell that is not counted: of a time its microseconds."""
    if source.columns[name] == "time":
        return sql("epoch_us(cast(:x as timestamp))", x=column(name))
    return _md5(name)


def beyond_doubles(source: Source, names: Sequence[str], view: str) -> dict[str, exp.Expr]:
    """By column: the hash of a cell that is no number, or that a double does not tell apart."""
    described = f"DESCRIBE {table(view).sql(dialect=DIALECT)}"
    types = {name: str(kind) for name, kind, *_ in source.session.rows(described)}
    found: dict[str, exp.Expr] = {}
    for name in names:
        kind, _, size = types[name].partition("(")
        if source.columns[name] == "text":
            found[name] = sql(
                "case when :n is null and not :e then :h end",
                n=number_cell(source, name), e=is_empty(source, name), h=_md5(name),
            )  # fmt: skip
        elif kind in WHOLE:
            large = f"abs(cast(:x as double)) > {LARGEST_EXACT}"
            found[name] = sql(f"case when {large} then :h end", x=column(name), h=_md5(name))
        elif kind == "DECIMAL" and int(size.partition(",")[0]) > 15:
            found[name] = _md5(name)
    return found


def _md5(name: str) -> exp.Expr:
    return sql("md5_number_lower(cast(:x as text))", x=column(name))
