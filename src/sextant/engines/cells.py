"""Rows counted by every combination of several columns at once, with their labels and decisions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import duckdb
import numpy as np
from numpy.typing import NDArray
from sqlglot import exp

from sextant.contracts.model import Contract
from sextant.engines.duck import Progress
from sextant.engines.errors import SourceError
from sextant.engines.plan import Plan
from sextant.engines.reading import as_number
from sextant.engines.rows import derive
from sextant.engines.source import RELATION, Source, unreadable
from sextant.engines.sql import DIALECT, finite, number, sql

Ints = NDArray[np.int64]
MOST_CELLS = 2_000_000
"""So many different combinations at the most are held in memory."""
TRUE = "(1, 5, 11, 21, 31)"
"""The codes of a positive class; a scan before has made sure that there are two classes."""


@dataclass(frozen=True, slots=True)
class Cells:
    """Rows by combination: `codes` [cells, columns] are places in the columns' lists of values.

    `positive` is 1, 0, or 2 where there is no label; `flagged` 1 or 0; `unit` the hash bucket of
    the unit, 0 without one; `n` how many rows.
    """

    codes: Ints
    positive: Ints
    flagged: Ints
    unit: Ints
    n: Ints


def joint(
    contract: Contract,
    plan: Plan,
    source: Source,
    values: Mapping[str, Sequence[str]],
    progress: Progress | None = None,
) -> Cells:
    """One scan. `values`: per segment of the contract that counts, what it may hold, "" missing.

    Raises `SourceError` for more combinations than memory should hold.
    """
    rows = derive(contract, plan, source)
    places = {segment.name: f"s{i}" for i, segment in enumerate(contract.data.segments)}
    keys = [
        _place(places[name], held).as_(f"c{i}") for i, (name, held) in enumerate(values.items())
    ]
    decided = "p" if "p" in rows.columns else "d"
    flagged = (
        sql("case when :p >= :cut then 1 else 0 end", p=exp.column("p"), cut=contract.threshold)
        if decided == "p"
        else sql(f"case when d in {TRUE} then 1 else 0 end")
    )
    known = sql("p is not null") if decided == "p" else sql("d <> 2")
    picked = [
        *keys,
        sql(f"case when y = 2 then 2 when y in {TRUE} then 1 else 0 end").as_("positive"),
        flagged.as_("flagged"),
        (exp.column("u") if "u" in rows.columns else sql("0")).as_("unit"),
    ]
    derived = exp.select(
        *[one.copy().as_(name, quoted=True) for name, one in rows.columns.items()]
    ).from_(exp.to_table(RELATION, quoted=True))
    if rows.where is not None:
        derived = derived.where(rows.where)
    coded = exp.select(*picked).from_("derived").where(sql("kept = 1"), known)
    query = (
        exp.select("*", "count(*) as n")
        .from_("coded")
        .group_by(*[exp.column(one.alias) for one in picked])
        .limit(MOST_CELLS + 1)
        .with_("derived", derived)
        .with_("coded", coded)
    )
    try:
        found = source.session.columns(query.sql(dialect=DIALECT), progress)
    except duckdb.Error as error:
        raise SourceError([unreadable(source.name, error, source.remedy)]) from None
    if len(found["n"]) > MOST_CELLS:
        raise SourceError(
            [
                f"{len(values)} columns make more than {MOST_CELLS:,} combinations. "
                "Name fewer columns, or coarser bands."
            ]
        )
    codes = [_ints(found[f"c{i}"]) for i in range(len(values))]
    return Cells(
        np.stack(codes, axis=1) if codes else np.zeros((len(found["n"]), 0), np.int64),
        *(_ints(found[name]) for name in ("positive", "flagged", "unit", "n")),
    )


def quartiles(source: Source, names: Sequence[str]) -> dict[str, tuple[float, ...]]:
    """The quartiles of numeric columns, each once, ascending. One scan."""
    if not names:
        return {}
    picked = []
    for name in names:
        value = as_number(source, name)
        inside = sql("case when :ok then :x end", ok=finite(value), x=value)
        parts = [
            sql("quantile_disc(:x, :q)", x=inside, q=number(q)).sql(dialect=DIALECT)
            for q in (0.25, 0.5, 0.75)
        ]
        picked.append(f"[{', '.join(parts)}]")
    try:
        row = source.session.rows(f'SELECT {", ".join(picked)} FROM "{RELATION}"')[0]
    except duckdb.Error as error:
        raise SourceError([unreadable(source.name, error, source.remedy)]) from None
    return {
        name: tuple(sorted({float(edge) for edge in held if edge is not None}))
        for name, held in zip(names, row, strict=True)
    }


def _place(name: str, held: Sequence[str]) -> exp.Expr:
    """Where a cell's value stands in the list; a missing one at "", or at the end."""
    whole = exp.Array(expressions=[exp.Literal.string(one) for one in held])
    text = sql("coalesce(:x, '')", x=exp.column(name))
    return sql("coalesce(list_position(:l, :x), 0)", l=whole, x=text)


def _ints(column: NDArray[np.generic]) -> Ints:
    return np.ma.filled(np.ma.asarray(column), 0).astype(np.int64)
