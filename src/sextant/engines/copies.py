"""Copies of rows and repeated values for a check: scans of the whole table that spill to disk."""

from __future__ import annotations

from dataclasses import replace

from sqlglot import exp

from sextant.engines.columns import asked, table
from sextant.engines.plan import Plan
from sextant.engines.reading import is_empty
from sextant.engines.rows import row_hash
from sextant.engines.source import RELATION, Source
from sextant.engines.sql import column, sql
from sextant.metrics.requests import Copies, Request
from sextant.metrics.tally import Cell, Tally, Values
from sextant.states.repeated import Repeated


def repeated(source: Source, request: Copies, where: exp.Expr | None = None) -> Repeated:
    """What `Copies` asks, of the rows that `where` lets through."""
    text, name = sql("cast(:x as text)", x=column(request.column)), request.column
    key = text if name else row_hash(sorted(set(source.columns) - set(request.ignore)))
    inner = exp.select(key.as_("k")).from_(table(RELATION)).where(where)
    if name:
        inner = inner.where(exp.not_(is_empty(source, name)))
    grouped = exp.select("k", "count(*) as n").from_(inner.subquery()).group_by("k")
    again = "sum(n) filter (where n > 1)" if name else "sum(n - 1)"
    counts = exp.select("coalesce(sum(n), 0)", f"coalesce({again}, 0)").from_(grouped.subquery())
    rows, found = asked(source, counts)[0]
    return Repeated(float(rows), float(found), 1.0)


def with_copies(tally: Tally, plan: Plan, source: Source, where: exp.Expr | None = None) -> Tally:
    """The tally with what `Copies` ask of the whole table: a scan each, for they spill to disk."""
    asked_for = [one for one in plan.requests.get((), ()) if isinstance(one, Copies)]
    if not asked_for or not tally.counts[()]:
        return tally
    rows, labelled = (sum(one) for one in zip(*tally.counts[()].values(), strict=True))
    cells: dict[Request, dict[Values, Cell]] = {
        one: {(): Cell(repeated(source, one, where), None, rows, labelled)} for one in asked_for
    }
    return replace(tally, cells={**tally.cells, (): {**tally.cells[()], **cells}})
