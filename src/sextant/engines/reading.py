"""How a column's cells are read: as a number, a moment, one of two classes, a segment's value."""

from __future__ import annotations

from sqlglot import exp

from sextant.contracts.grammar import band_labels
from sextant.contracts.model import Scalar, Segment
from sextant.engines.source import Source
from sextant.engines.sql import cases, column, finite, number, sql, tidy

Branch = tuple[exp.Expr, exp.Expr]
UNLABELLED, NAMED, OTHER = 2, 5, 4
FAMILIES: dict[int, int] = {0: 0, 1: 1, 3: 0, 10: 0, 11: 1, 20: 0, 21: 1, 30: 0, 31: 1}
"""Class codes → 0 or 1. The pairs: 0/1 and -1/1, false/true, no/yes, n/y."""
_TOKENS = {
    "0": 0, "0.0": 0, "1": 1, "1.0": 1, "-1": 3, "-1.0": 3, "false": 10, "true": 11,
    "no": 20, "yes": 21, "n": 30, "y": 31,
}  # fmt: skip


def as_number(source: Source, name: str) -> exp.Expr:
    """A column as DOUBLE. Single-precision values keep the digits they show: 0.7 stays 0.7."""
    cell = column(name)
    match source.columns[name]:
        case "single":
            return sql("cast(cast(:x as text) as double)", x=cell)
        case "text":
            return sql("try_cast(trim(:x) as double)", x=cell)
        case _:
            return sql("cast(:x as double)", x=cell)


def is_empty(source: Source, name: str) -> exp.Expr:
    """True where a cell holds nothing: NULL, NaN, or blank text."""
    cell = column(name)
    match source.columns[name]:
        case "text":
            return sql(":x is null", x=tidy(cell))
        case "number" | "single":
            return sql("(:x is null or not (cast(:x as double) <= 'infinity'::double))", x=cell)
        case _:
            return sql(":x is null", x=cell)


def as_moment(source: Source, name: str) -> exp.Expr:
    """A time column as TIMESTAMP (a bare year is its first day), or as a number if it holds one."""
    cell = column(name)
    match source.columns[name]:
        case "time":
            return sql("cast(:x as timestamp)", x=cell)
        case "text":
            return sql(
                "try_cast(case when length(trim(:x)) = 4 then trim(:x) || '-01-01' "
                "else trim(:x) end as timestamp)",
                x=cell,
            )
        case _:
            value = as_number(source, name)
            return sql("case when :ok then :x end", ok=finite(value), x=value)


def as_class(
    source: Source, name: str, positive: Scalar | None, others_negative: bool = False
) -> exp.Expr:
    """A code per cell: 2 for none, `NAMED` for the named positive class, else its family's code.

    Only the pairs of `FAMILIES` are understood and anything else is `OTHER`; `others_negative`:
    whatever is not the named positive class is 0.
    """
    cell = column(name)
    value = tidy(cell) if source.columns[name] == "text" else sql("cast(:x as text)", x=cell)
    branches = [(is_empty(source, name), sql(str(UNLABELLED)))]
    if positive is not None:
        branches.append((_equals(source, name, positive), sql(str(NAMED))))
    if others_negative:
        return cases(branches, sql("0"))
    lowered = sql("lower(:x)", x=value)
    for code in sorted(set(_TOKENS.values())):
        words = [token for token, known in _TOKENS.items() if known == code]
        listed = [exp.Literal.string(word) for word in words]
        branches.append((exp.In(this=lowered.copy(), expressions=listed), sql(str(code))))
    return cases(branches, sql(str(OTHER)))


def _equals(source: Source, name: str, value: Scalar) -> exp.Expr:
    kind = source.columns[name]
    if isinstance(value, bool):
        return sql("lower(cast(:x as text)) = :v", x=column(name), v=str(value).lower())
    if isinstance(value, int | float):
        return sql(":x = :v", x=as_number(source, name), v=value)
    cell = tidy(column(name)) if kind == "text" else sql("cast(:x as text)", x=column(name))
    return sql(":x = :v", x=cell, v=value)


def as_segment(source: Source, segment: Segment) -> exp.Expr:
    """A segment's value as text; NULL where it is missing."""
    name = segment.column
    if not segment.bands:
        cell = column(name)
        if source.columns[name] == "text":
            return tidy(cell)
        return sql(
            "case when :e then null else cast(:x as text) end", e=is_empty(source, name), x=cell
        )
    value = as_number(source, name)
    labels = band_labels(segment.bands)
    empty = sql("(:x is null or not (:x <= 'infinity'::double))", x=value)
    branches: list[Branch] = [(empty, exp.null())]
    for edge, label in zip(segment.bands, labels, strict=False):
        branches.append((sql(":x < :b", x=value, b=number(edge)), exp.Literal.string(label)))
    return cases(branches, exp.Literal.string(labels[-1]))


def in_set(source: Source, name: str, values: tuple[Scalar, ...]) -> exp.Expr:
    """True where a cell is one of `values` (numbers compare as numbers, the rest as text)."""
    tests = [_equals(source, name, value) for value in values]
    return sql("coalesce(:t, false)", t=exp.or_(*tests))
