"""How a column's cells are read: as a number, a moment, one of two classes, a segment's value."""

from __future__ import annotations

import math

from sqlglot import exp

from sextant.contracts.grammar import band_labels
from sextant.contracts.model import Scalar, Segment
from sextant.engines.source import Source
from sextant.engines.sql import cases, column, finite, number, sql, tidy

Branch = tuple[exp.Expr, exp.Expr]
LABELLED, UNLABELLED, NAMED, OTHER = 1, 2, 5, 4
FAMILIES: dict[int, int] = {0: 0, 1: 1, 3: 0, 10: 0, 11: 1, 20: 0, 21: 1, 30: 0, 31: 1}
"""Class codes → 0 or 1. The pairs: 0/1 and -1/1, false/true, no/yes, n/y."""
_NUMBERS = {0: 0, 1: 1, -1: 3}
_WORDS = {"false": 10, "true": 11, "no": 20, "yes": 21, "n": 30, "y": 31}
NOTHING = ("na", "n/a", "nan", "null")
"""How a text file says that a number, a time or a label is missing. A segment may be called NA."""


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
    """True where a cell holds nothing: NULL, NaN, or blank text; in CSV also NA, NaN or NULL."""
    cell = column(name)
    match source.columns[name]:
        case "text" if not source.typed:
            words = [exp.Literal.string(word) for word in ("", *NOTHING)]
            said = exp.In(this=sql("lower(trim(:x))", x=cell), expressions=words)
            return sql("coalesce(:said, true)", said=said)
        case "text":
            return sql(":x is null", x=tidy(cell))
        case "number" | "single":
            return sql("(:x is null or not (cast(:x as double) <= 'infinity'::double))", x=cell)
        case _:
            return sql(":x is null", x=cell)


def as_moment(source: Source, name: str) -> exp.Expr:
    """A time column as TIMESTAMP (a year or month is its first day), or as the number it holds."""
    cell = column(name)
    match source.columns[name]:
        case "time":
            return sql("cast(:x as timestamp)", x=cell)
        case "text":
            whole = sql(
                "trim(:x) || case length(trim(:x)) when 4 then '-01-01' when 7 then '-01' "
                "else '' end",
                x=cell,
            )  # by way of a time with a zone, so that an offset is not ignored
            return sql("cast(try_cast(:x as timestamptz) as timestamp)", x=whole)
        case _:
            value = as_number(source, name)
            return sql("case when :ok then :x end", ok=finite(value), x=value)


def as_day(source: Source, name: str) -> exp.Expr:
    """A time column as the number of its day from 1970-01-01; NULL where it holds no time."""
    if source.columns[name] not in {"time", "text"}:
        return sql("cast(null as bigint)")
    moment = as_moment(source, name)
    return sql("date_diff('day', date '1970-01-01', cast(:m as date))", m=moment)


def is_type(source: Source, name: str, kind: object) -> exp.Expr:
    """True where a filled cell reads as "number", "whole number", "yes or no" or "time"."""
    if kind == "yes or no":
        ok = sql("lower(trim(cast(:x as text))) in ('true', 'false')", x=column(name))
    elif kind == "time":
        if source.columns[name] not in {"time", "text"}:
            return sql("false")
        ok = sql(":m is not null", m=as_moment(source, name))
    else:
        if source.columns[name] in {"time", "boolean"}:
            return sql("false")
        value = as_number(source, name)
        ok = finite(value)
        if kind == "whole number":
            ok = sql(":f and :x = floor(:x)", f=ok, x=value)
    return sql("coalesce(:t, false)", t=exp.paren(ok))


def matches(source: Source, name: str, pattern: object) -> exp.Expr:
    """True where all of a cell, without blanks around it, matches an RE2 pattern."""
    found = sql("regexp_full_match(trim(cast(:x as text)), :p)", x=column(name), p=str(pattern))
    return sql("coalesce(:t, false)", t=found)


def as_class(
    source: Source, name: str, positive: Scalar | None, others_negative: bool = False
) -> exp.Expr:
    """A code per cell: 2 for none, `NAMED` for the named positive class, else its family's code.

    Only the pairs of `FAMILIES` are understood and anything else is `OTHER`; `others_negative`:
    whatever is not the named positive class is 0.
    """
    kind = source.columns[name]
    branches = [(is_empty(source, name), sql(str(UNLABELLED)))]
    if positive is not None:
        branches.append((in_set(source, name, (positive,)), sql(str(NAMED))))
    if others_negative:
        return cases(branches, sql("0"))
    if kind in _READ_AS_NUMBERS:
        value = as_number(source, name)
        branches += [(sql(":x = :v", x=value, v=v), sql(str(c))) for v, c in _NUMBERS.items()]
    if kind in {"text", "boolean"}:
        word = sql("lower(:x)", x=_text(source, name))
        branches += [(sql(":x = :v", x=word, v=v), sql(str(c))) for v, c in _WORDS.items()]
    return cases(branches, sql(str(OTHER)))


_READ_AS_NUMBERS = {"number", "single", "text"}


def _text(source: Source, name: str) -> exp.Expr:
    cell = column(name)
    return tidy(cell) if source.columns[name] == "text" else sql("cast(:x as text)", x=cell)


def as_segment(source: Source, segment: Segment) -> exp.Expr:
    """A segment's value as text; NULL where it is missing."""
    name = segment.column
    if not segment.bands:
        text = _text(source, name)
        if source.columns[name] in {"number", "single"}:  # -0.0 is 0, and NaN is no value
            zero = sql("cast(:x as double) = 0e0", x=column(name))
            return cases([(is_empty(source, name), exp.null()), (zero, sql("'0'"))], text)
        return text
    value = as_number(source, name)
    labels = band_labels(segment.bands)
    empty = sql("(:x is null or not (:x <= 'infinity'::double))", x=value)
    branches: list[Branch] = [(empty, exp.null())]
    for edge, label in zip(segment.bands, labels, strict=False):
        branches.append((sql(":x < :b", x=value, b=number(edge)), exp.Literal.string(label)))
    return cases(branches, exp.Literal.string(labels[-1]))


def as_unit(source: Source, name: str) -> exp.Expr:
    """A unit's name as text, the same in every file: 17.0 in a column with gaps is 17."""
    text = _text(source, name)
    if source.columns[name] in {"number", "single"}:
        return sql("regexp_replace(:x, '\\.0+$', '')", x=text)
    return text


def in_set(source: Source, name: str, values: tuple[Scalar, ...]) -> exp.Expr:
    """True where a cell is one of `values`: numbers compare as numbers, true is 1, else as text."""
    kind = source.columns[name]
    numbers: list[float] = []
    words: list[str] = []
    flags: list[str] = []
    for value in values:
        match value:
            case bool() if kind not in {"number", "single"}:
                flags.append(str(value).lower())
            case int() | float() if kind not in {"time", "other"}:
                numbers.append(float(value))
            case _:
                words.append(str(value))
                numbers += _number_in(str(value)) if kind in {"number", "single"} else []
    text = _text(source, name)
    tests = []
    if numbers:
        tests.append(_one_of(as_number(source, name), [number(value) for value in numbers]))
    if words:
        tests.append(_one_of(text, [exp.Literal.string(word) for word in words]))
    if flags:
        lowered = sql("lower(:x)", x=text)
        tests.append(_one_of(lowered, [exp.Literal.string(flag) for flag in flags]))
    return sql("coalesce(:t, false)", t=exp.or_(*tests))


def _one_of(value: exp.Expr, listed: list[exp.Expr]) -> exp.Expr:
    return exp.In(this=value, expressions=listed)


def _number_in(text: str) -> list[float]:
    try:
        value = float(text)
    except ValueError:
        return []
    return [value] if math.isfinite(value) else []
