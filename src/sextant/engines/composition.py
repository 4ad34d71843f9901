"""Rows by the groups of a population: the declared ones, all others together, and the missing."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlglot import exp

from sextant.contracts.model import Segment
from sextant.engines.columns import asked, table
from sextant.engines.reading import as_segment
from sextant.engines.source import RELATION, Source
from sextant.engines.sql import DIALECT, sql

SHOWN = 12
Values = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Composition:
    """Rows of declared values; the most frequent other values, and how many there are in all.

    `missing`: rows in which one of the segments has no value.
    """

    known: dict[Values, int]
    missing: int = 0
    others: tuple[tuple[Values, int], ...] = ()
    other_rows: int = 0
    other_values: int = 0


def composition(
    source: Source, segments: Sequence[Segment], declared: Collection[Values], most: int = SHOWN
) -> Composition:
    """One statement: rows by the values of all segments crossed. At most `most` other values.

    1.0 in a column with gaps is the value 1. Raises `SourceError`.
    """
    names = [f"k{i}" for i in range(len(segments))]
    picked = [
        sql("regexp_replace(:x, '^(-?[0-9]+)\\.0+$', '\\1')", x=as_segment(source, one)).as_(name)
        for one, name in zip(segments, names, strict=True)
    ]
    inner = exp.select(*picked, sql("count(*)").as_("n")).from_(table(RELATION)).group_by(*names)
    listed = ", ".join(names)
    gap = " or ".join(f"{name} is null" for name in names)
    known = "false"
    if declared:
        rows = [exp.Tuple(expressions=[exp.Literal.string(v) for v in one]) for one in declared]
        held = exp.In(this=exp.Tuple(expressions=[exp.column(n) for n in names]), expressions=rows)
        known = held.sql(dialect=DIALECT)
    kind = f"case when {gap} then 2 when {known} then 0 else 1 end"
    query = (
        f"select kind, {listed}, n, total, different from (select *, "
        "sum(n) over (partition by kind) as total, count(*) over (partition by kind) as different, "
        f"row_number() over (partition by kind order by n desc, {listed}) as place from "
        f"(select *, {kind} as kind from ({inner.sql(dialect=DIALECT)}))) "
        f"where kind = 0 or place <= {most} order by kind, place"
    )
    found: dict[Values, int] = {}
    others: list[tuple[Values, int]] = []
    missing = other_rows = other_values = 0
    for kind_, *values, n, total, different in asked(source, query):
        if kind_ == 2:
            missing = int(total)
        elif kind_ == 0:
            found[tuple(values)] = int(n)
        else:
            others.append((tuple(values), int(n)))
            other_rows, other_values = int(total), int(different)
    return Composition(found, missing, tuple(others), other_rows, other_values)
