"""From a contract and an opened source to a `Tally`: one plan, one scan, states back."""

from __future__ import annotations

import duckdb

from sextant.contracts.model import Contract
from sextant.engines.answered import Answered
from sextant.engines.checks import column_problems
from sextant.engines.csvfile import broken_lines
from sextant.engines.duck import Progress
from sextant.engines.errors import SourceError
from sextant.engines.gather import gather
from sextant.engines.plan import Plan, build_plan
from sextant.engines.query import build_query
from sextant.engines.reading import as_number
from sextant.engines.rows import derive
from sextant.engines.source import RELATION, Source, unreadable
from sextant.engines.sql import DIALECT, finite, sql
from sextant.metrics.requests import Distribution
from sextant.metrics.tally import Tally

FEW_VALUES, HEAD = 256, 10_000
"""A column with so few distinct values in its first rows is counted value by value."""


def tally(contract: Contract, source: Source, progress: Progress | None = None) -> Tally:
    """Scan the source once and return every state that the contract's criteria need.

    Raises `SourceError` with all problems where the data cannot answer, `Cancelled` on interrupt.
    """
    plan = build_plan(contract)
    if problems := column_problems(contract, plan, source):
        raise SourceError(problems)
    try:
        rows = derive(contract, plan, source)
        query = build_query(contract, plan, rows, source.rows_hint, _frequent(plan, source))
        columns = source.session.columns(query.text, progress)
        broken = {} if source.typed else broken_lines(source.session)
        return gather(Answered(contract, plan, source, rows, query, columns, broken))
    except duckdb.Error as error:
        raise SourceError([unreadable(source.name, error, source.remedy)]) from None


def _frequent(plan: Plan, source: Source) -> dict[int, tuple[float, ...]]:
    """The values of distributions that have few of them, judged by the first rows."""
    wanted = {
        index: request.column
        for index, request in enumerate(plan.all_requests)
        if isinstance(request, Distribution)
    }
    if not wanted:
        return {}
    picked = []
    for index, name in wanted.items():
        value = as_number(source, name)
        listed = sql("list(distinct case when :ok then :x end)", ok=finite(value), x=value)
        picked.append(listed.as_(f"v{index}").sql(dialect=DIALECT))
    head = f'(SELECT * FROM "{RELATION}" LIMIT {HEAD})'
    row = source.session.rows(f"SELECT {', '.join(picked)} FROM {head}")[0]
    found = {
        index: tuple(sorted(v for v in values or [] if v is not None))
        for index, values in zip(wanted, row, strict=True)
    }
    return {index: values for index, values in found.items() if len(values) <= FEW_VALUES}
