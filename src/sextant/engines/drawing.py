"""Rows that people have not judged, drawn from strata: which there are, and which are drawn."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import duckdb
from sqlglot import exp

from sextant.contracts.grammar import band_labels
from sextant.engines.errors import SourceError
from sextant.engines.judged import said
from sextant.engines.many import as_name
from sextant.engines.reading import as_number, as_unit, is_empty
from sextant.engines.source import RELATION, Source, unreadable
from sextant.engines.sql import DIALECT, cases, number, sql
from sextant.metrics.requests import Verdicts

SILENT = "no verdict"
ALL = "all"


@dataclass(frozen=True, slots=True)
class Stratum:
    """Rows of one stratum: `judged` by people (mean and variance of what they said), and `left`."""

    name: str
    judged: int
    left: int
    mean: float
    variance: float


@dataclass(frozen=True, slots=True)
class Drawn:
    """One row to judge: its key, its stratum."""

    key: str
    stratum: str


def by_judge(source: Source, judge: str, bands: tuple[float, ...]) -> exp.Expr:
    """The stratum of a row: the judge's verdict, or the band that its number lies in."""
    silent = exp.Literal.string(SILENT)
    if not bands:
        return sql("coalesce(:x, :silent)", x=as_name(source, judge), silent=silent)
    value, labels = as_number(source, judge), band_labels(bands)
    branches = [(sql("(:x is null or not (:x <= 'infinity'::double))", x=value), silent.copy())]
    for edge, label in zip(bands, labels, strict=False):
        branches.append((sql(":x < :b", x=value, b=number(edge)), exp.Literal.string(label)))
    return cases([(a, b) for a, b in branches], exp.Literal.string(labels[-1]))


def all_alike() -> exp.Expr:
    return exp.Literal.string(ALL)


def strata(source: Source, request: Verdicts, stratum: exp.Expr) -> list[Stratum]:
    """Every stratum with its rows. Raises `SourceError` where the table cannot be read."""
    y = said(request, source, request.column, False)
    derived = exp.select(
        stratum.as_("s"), y.as_("y"), is_empty(source, request.column).as_("e")
    ).from_(exp.to_table(RELATION, quoted=True))
    query = (
        exp.select(
            "s",
            "count(y)",
            "count(case when e then 1 end)",
            "coalesce(avg(y), 0e0)",
            "coalesce(var_samp(y), 0e0)",
        )
        .from_(derived.subquery("d"))
        .group_by("s")
        .order_by("s")
    )
    rows = _rows(source, query)
    return [
        Stratum(str(name), int(n), int(left), float(m), float(v)) for name, n, left, m, v in rows
    ]


def drawn(
    source: Source,
    request: Verdicts,
    key: str,
    stratum: exp.Expr,
    wanted: Mapping[str, int],
    seed: str,
) -> list[Drawn]:
    """So many rows of each stratum, in the order of md5(seed, key): the same ones every time.

    Raises `SourceError` where a row that could be drawn has no key, or one that stands twice.
    """
    name = as_unit(source, key)
    open_ = (
        exp.select(
            name.as_("k"),
            stratum.as_("s"),
            sql("md5(:seed || ':' || :k)", seed=seed, k=name).as_("h"),
        )
        .from_(exp.to_table(RELATION, quoted=True))
        .where(is_empty(source, request.column))
    )
    twice = exp.select("count(*) - count(distinct k)", "count(*) - count(k)").from_(
        open_.subquery("d")
    )
    repeated, missing = _rows(source, twice)[0]
    if repeated or missing:
        raise SourceError(
            [
                f"The key '{key}' does not tell the rows of {source.name} apart: {repeated:,} rows "
                "share one or have none. Name a column with a value of its own in every row."
            ]
        )
    placed = exp.select(
        "k", "s", "h", sql("row_number() over (partition by s order by h, k)").as_("p")
    ).from_(open_.subquery("d"))
    tests = [
        sql("s = :s and p <= :n", s=exp.Literal.string(one), n=sql(str(int(n))))
        for one, n in wanted.items()
        if n
    ]
    if not tests:
        return []
    query = (
        exp.select("k", "s").from_(placed.subquery("p")).where(exp.or_(*tests)).order_by("h", "k")
    )
    return [Drawn(str(k), str(s)) for k, s in _rows(source, query)]


def _rows(source: Source, query: exp.Select) -> list[tuple[Any, ...]]:
    try:
        return source.session.rows(query.sql(dialect=DIALECT))
    except duckdb.Error as error:
        raise SourceError([unreadable(source.name, error, source.remedy)]) from None
