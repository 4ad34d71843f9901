"""One scan cut by the clock: a tally for every day, month, year or whole number of the time.

Each group of the scan is also told the span its rows lie in, so that the states of every span come
of one pass, and each is what a scan of these rows alone would have given. What codes stand for is
read from the whole, so that a day without a positive label reads as the others do.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import duckdb
import numpy as np
from numpy.typing import NDArray
from sqlglot import exp

from sextant.contracts.model import Contract
from sextant.engines.answered import Answered
from sextant.engines.checks import column_problems
from sextant.engines.csvfile import broken_lines
from sextant.engines.duck import Columns, Progress
from sextant.engines.errors import SourceError
from sextant.engines.gather import gathered, reading_of
from sextant.engines.head import Head, look
from sextant.engines.plan import Plan
from sextant.engines.query import Query, build_query
from sextant.engines.rows import derive
from sextant.engines.run import Answers, run
from sextant.engines.sets import FACTS, GroupingSet
from sextant.engines.source import RELATION, Source, unreadable
from sextant.engines.sql import DIALECT, sql
from sextant.metrics.merging import FEW_VALUES
from sextant.metrics.requests import Copies, Flag, Ranking
from sextant.metrics.tally import Tally

SPAN = "span"
UNDATED = ""
"""The span of rows whose time is unknown, and of lines that are no rows."""
NUMBER = "number"
SPANS = {
    "day": "strftime(:t, '%Y-%m-%d')",
    "month": "strftime(:t, '%Y-%m')",
    "year": "strftime(:t, '%Y')",
    NUMBER: "cast(cast(floor(:t) as bigint) as text)",
}
MOST_SPANS = 4_000
FEWEST = 2.0**62


@dataclass(frozen=True, slots=True)
class Parted:
    """Tallies by span, in order, `UNDATED` first where it holds a row; and how they were read.

    `codes`: for every span the class codes that label and yes/no columns used in it; those of the
    decision are the whole scan's, because they say together how it was read.
    `reasons`: why rows can be set aside, in the order in which a scan tells them.
    """

    tallies: Mapping[str, Tally]
    codes: Mapping[str, Mapping[str, tuple[int, ...]]]
    reasons: tuple[str, ...]
    head: Head


def tally_by(
    contract: Contract,
    source: Source,
    plan: Plan,
    by: str,
    progress: Progress | None = None,
    few: Mapping[int, tuple[float, ...] | None] | None = None,
) -> Parted:
    """Scan the source once; a tally for every span of the contract's time that has rows.

    `few`: which columns were counted value by value before, by the place of their request, None
    for one that was not: states of one column merge as they were counted. Raises `SourceError`
    with all problems where the data cannot answer, `Cancelled` on interrupt.
    """
    if problems := [*refused(plan), *_clock(contract, source, by)]:
        raise SourceError(problems)
    if problems := column_problems(contract, plan, source):
        raise SourceError(problems)
    try:
        rows = derive(contract, plan, source)
        span = sql(SPANS[by], t=rows.columns["t"])
        hint = _largest(source, span, rows.where)
        head = _kept(look(contract, plan, source), few or {})
        cut = replace(rows, columns={**rows.columns, SPAN: span})
        query = build_query(contract, plan, cut, hint, head)
        sets = query.sets
        by_span = tuple(replace(one, keys=(*one.keys, SPAN)) for one in sets)
        # the facts of all rows too: what is asked of them is told of every set
        asked = replace(query, sets=(GroupingSet(FACTS), *by_span))
        answers = run(asked, source.session, progress)
        broken = {} if source.typed else broken_lines(source.session)
        return _split(contract, plan, source, query, answers, broken)
    except duckdb.Error as error:
        raise SourceError([unreadable(source.name, error, source.remedy)]) from None


def refused(plan: Plan) -> list[str]:
    """What cannot be made of states by span, as sentences."""
    named = [one.kind for one in plan.all_requests if isinstance(one, Ranking)]
    return [
        f"'{kind}' is taken of all rows of a user, and a user may come again on another day, so "
        "that states by span cannot tell it. Check it on the rows."
        for kind in dict.fromkeys(named)
    ] + [
        f"Copies {f'in {one.column} ' if one.column else ''}may stand on two days, so that states "
        "by span cannot count them. Check them on the rows."
        for one in plan.all_requests
        if isinstance(one, Copies)
    ]


def codes_of(answered: Answered) -> dict[str, tuple[int, ...]]:
    """The class codes of label, decisions and yes/no columns, by what uses them."""
    found = {"y": answered.codes("y"), "d": answered.codes("d")}
    for index, request in enumerate(answered.plan.all_requests):
        if isinstance(request, Flag) and request.kind == "true":
            found[f"true {request.column}"] = answered.codes(f"f{index}")
    return {name: tuple(sorted(codes)) for name, codes in found.items() if codes}


def _clock(contract: Contract, source: Source, by: str) -> list[str]:
    time = contract.data.time
    if time is None:
        return ["The contract names no time, and states are kept by it. Add time: COLUMN to data."]
    if time not in source.columns:
        return []  # told with all other columns
    numeric = source.columns[time] in {"number", "single"}
    if numeric and by != NUMBER:
        remedy = "Use --by number: every whole number is a part."
        return [f"Column '{time}' holds numbers, which make no {by}. {remedy}"]
    if not numeric and by == NUMBER:
        return [f"Column '{time}' holds no numbers. Use --by day, month or year."]
    return []


def _largest(source: Source, span: exp.Expr, where: exp.Expr | None) -> int:
    """The rows of the largest span. Raises `SourceError` where there are too many spans."""
    inner = exp.select(span.as_(SPAN)).from_(exp.to_table(RELATION, quoted=True))
    inner = inner.where(where) if where is not None else inner
    counted = f"select count(*), max(n) from (select count(*) as n from ({{}}) group by {SPAN})"
    spans, most = source.session.rows(counted.format(inner.sql(dialect=DIALECT)))[0]
    if spans > MOST_SPANS:
        raise SourceError(
            [f"The rows lie in {spans:,} spans, and {MOST_SPANS:,} is the most. Use longer ones."]
        )
    return int(most or 0)


def _kept(head: Head, before: Mapping[int, tuple[float, ...] | None]) -> Head:
    """Columns that were counted value by value before still are, while their values are few."""
    few: dict[int, tuple[float, ...]] = {}
    for at in head.few.keys() | before.keys():
        if (held := before.get(at, ())) is not None and at in head.few:
            values = tuple(sorted({*held, *head.few[at]}))
            few |= {at: values} if len(values) <= FEW_VALUES else {}
    return Head(few, head.near)


def _split(
    contract: Contract,
    plan: Plan,
    source: Source,
    query: Query,
    answers: Answers,
    broken: dict[str, int],
) -> Parted:
    whole = {one.keys: _plain(answers[*one.keys, SPAN]) for one in query.sets}
    every = Answered(contract, plan, source, query, whole, broken)
    read = reading_of(every)
    decided = {name: held for name, held in codes_of(every).items() if name == "d"}
    places = {keys: _places(columns) for keys, columns in whole.items()}
    names = sorted({name for held in places.values() for name in held})
    names = sorted(names, key=_ordered(contract, source))
    if broken and UNDATED not in names:
        names.insert(0, UNDATED)
    open_end = replace(contract, data=replace(contract.data, period=None))
    tallies: dict[str, Tally] = {}
    codes: dict[str, Mapping[str, tuple[int, ...]]] = {}
    for name in names:
        part = {keys: _rows(columns, places[keys].get(name)) for keys, columns in whole.items()}
        lines = broken if name == UNDATED else {}
        one = Answered(open_end, plan, source, query, part, lines)
        tallies[name], codes[name] = gathered(one, read, []), codes_of(one) | decided
    reasons = (*query.rows.reasons, *broken)
    return Parted(tallies, codes, reasons, query.head)


def _ordered(contract: Contract, source: Source) -> Callable[[str], Any]:
    if source.columns[contract.data.time or ""] in {"number", "single"}:
        return lambda name: -FEWEST if name == UNDATED else float(name)
    return str


def _plain(columns: Columns) -> Columns:
    """Columns without empty entries without their masks, which are slow to cut."""
    return {
        name: column if np.ma.getmaskarray(column).any() else np.ma.getdata(column)
        for name, column in columns.items()
    }


def _places(columns: Columns) -> dict[str, NDArray[np.int64]]:
    """Where the groups of each span stand."""
    spans: NDArray[Any] = np.asarray(
        np.ma.filled(np.ma.asarray(columns[SPAN], dtype=object), UNDATED)
    )
    if not spans.size:
        return {}
    names, at = np.unique(spans.astype(str), return_inverse=True)
    order = np.argsort(at, kind="stable")
    edges = np.flatnonzero(np.diff(at[order])) + 1
    return {str(name): part for name, part in zip(names, np.split(order, edges), strict=True)}


def _rows(columns: Columns, rows: NDArray[np.int64] | None) -> Columns:
    at = np.zeros(0, np.int64) if rows is None else rows
    return {name: column[at] for name, column in columns.items()}
