"""Two versions of a model in one scan: columns, bins, aggregates and states of their rows.

A row counts where both versions have judged it. `va`, `vb` are the versions' numbers, `ca`, `cb`
the class codes of their decisions, `vt` the number that both predict.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlglot import exp

from sextant.engines.bins import score_bin
from sextant.engines.judged import patterns
from sextant.engines.reading import is_empty
from sextant.engines.source import RELATION, Source
from sextant.engines.sql import DIALECT, column, number, sql
from sextant.metrics.paired.requests import (
    Agreed,
    Crossed,
    Joined,
    Measured,
    Nearer,
    Ordered,
    PairRequest,
    Ranked,
    Side,
)
from sextant.metrics.requests import Request
from sextant.states.agreement import UNLABELLED, Agreement
from sextant.states.counts import Counts
from sextant.states.joint import PER_OCTAVE, JointScores

Keys = tuple[str, ...]
LABEL = "case when y in (1, 5, 11, 21, 31) then 1e0 when y <> 2 then 0e0 end"
NEARER = ("better", "worse", "same")


def numbers_read(request: PairRequest) -> dict[str, tuple[str, float]]:
    """Derived columns of numbers: name → (column, what it is divided by)."""
    found = {
        f"v{which}": (side.column, side.scale)
        for which, side in (("a", request.a), ("b", request.b))
        if not side.decides and not isinstance(request, Ordered)
    }
    truth = request.truth if isinstance(request, Measured | Nearer) else ""
    return found | ({"vt": (truth, 1.0)} if truth else {})


def decisions_read(request: PairRequest) -> dict[str, str]:
    """Derived columns of class codes: name → column."""
    if isinstance(request, Ordered):
        return {}
    sides = (("a", request.a), ("b", request.b))
    return {f"c{which}": side.column for which, side in sides if side.decides}


def tail(request: PairRequest, index: int) -> Keys:
    """What the rows of a segment are grouped by for this request."""
    match request:
        case Agreed() | Ordered(which="hits"):
            return (f"da{index}", f"db{index}", "y")
        case Crossed():
            return (f"k{index}",)
        case Ranked():
            return (f"bin{index}", "y")
        case Joined():
            return (f"ja{index}", f"jb{index}", "y")
        case Nearer() | Ordered(which="sign"):
            return (f"near{index}",)
        case _:
            return ()


def unit_tail(request: PairRequest, index: int) -> Keys:
    """The same per bucket of units, where scores are binned more coarsely."""
    return (f"coarse{index}", "y") if isinstance(request, Ranked) else tail(request, index)


def groupings(request: PairRequest, index: int, units: bool) -> list[tuple[Keys, bool]]:
    """The keys beside the segment's, and whether they split by unit; scores are grouped twice."""
    found = [(tail(request, index), False)] if isinstance(request, Ranked) or not units else []
    return found + ([(("u", *unit_tail(request, index)), True)] if units else [])


def bins(request: PairRequest, index: int, fine: int, coarse: int, units: bool) -> list[exp.Expr]:
    """The columns that the request's grouping set and aggregates need, from the derived ones."""
    usable = exp.and_(*(_has(side, which) for which, side in sides(request)))
    match request:
        case Agreed():
            return [
                sql("case when :ok then :d end", ok=usable, d=_decision(side, which)).as_(
                    f"d{which}{index}"
                )
                for which, side in sides(request)
            ]
        case Ranked():
            score = sql("case when :ok then :p end", ok=usable, p=exp.column(f"v{request.which}"))
            found = [score.as_(f"q{index}"), score_bin(score, fine).as_(f"bin{index}")]
            return found + ([score_bin(score, coarse).as_(f"coarse{index}")] if units else [])
        case Joined():
            return [
                sql(
                    "case when :ok then :b end",
                    ok=usable,
                    b=score_bin(exp.column(f"v{which}"), PER_OCTAVE),
                ).as_(f"j{which}{index}")
                for which in ("a", "b")
            ]
        case Measured():
            return [sql("case when :ok then :x end", ok=usable, x=_measure(request)).as_(
                f"m{index}"
            )]  # fmt: skip
        case Nearer():
            gone = sql("abs(vb - vt) - abs(va - vt)" if request.truth else "va - vb")
            side = sql("case when :g < 0 then 0 when :g > 0 then 1 when :g = 0 then 2 end", g=gone)
            return [sql("case when :ok then :x end", ok=usable, x=side).as_(f"near{index}")]
        case Ordered() | Crossed():  # derived with the rows, or with the places of users
            return []
        case _:
            raise ValueError(f"no such request of two versions: {request!r}")


def sides(request: PairRequest) -> Iterable[tuple[str, Side]]:
    return (("a", request.a), ("b", request.b))


def _has(side: Side, which: str) -> exp.Expr:
    return sql(f"c{which} <> {UNLABELLED}") if side.decides else sql(f"v{which} is not null")


def _decision(side: Side, which: str) -> exp.Expr:
    if side.decides:
        return exp.column(f"c{which}")
    value = exp.column(f"v{which}")
    return sql("case when :v >= :cut then 1 else 0 end", v=value, cut=number(side.cut))


def _measure(request: Measured) -> exp.Expr:
    def of(which: str) -> exp.Expr:
        value = exp.column(f"v{which}")
        match request.error:
            case "score":
                return value
            case "brier":
                return sql("(:v - :y) * (:v - :y)", v=value, y=sql(LABEL))
            case "absolute":
                return sql("abs(:v - vt)", v=value)
            case "squared":
                return sql("(:v - vt) * (:v - vt)", v=value)

    if request.which == "difference":
        return sql("(:b - :a)", a=of("a"), b=of("b"))
    return of(request.which)


def aggregates(request: PairRequest, index: int) -> list[str]:
    """What is asked of each group beside its number of rows; moments are the caller's."""
    match request:
        case Ranked():
            return [f"min(q{index}) as low{index}", f"max(q{index}) as high{index}"]
        case Measured() | Nearer():
            gone = "va is null or vb is null"
            return [f"count(case when {gone} then 1 end) as gone{index}"]
        case _:
            return []


def limits(requests: Iterable[Request], names: Iterable[str]) -> list[str]:
    """The least and the greatest score of each version, where scores must lie between 0 and 1."""
    due = any(isinstance(one, Agreed | Ranked | Joined) or _is_brier(one) for one in requests)
    held = [name for name in ("va", "vb") if due and name in names]
    return [f"{f}({name}) as {name}_{f}" for name in held for f in ("min", "max")]


def _is_brier(request: Request) -> bool:
    return isinstance(request, Measured) and request.error == "brier"


def state_of(
    answer: Any, request: PairRequest, index: int, rows: NDArray[np.int64]
) -> Agreement | JointScores | Counts:
    """The state that these aggregate rows make up; scores and moments are the caller's."""
    n = answer.floats("n", rows)
    if isinstance(request, Crossed):
        return patterns(answer, index, rows[~answer.null(f"k{index}", rows)])
    if isinstance(request, Nearer | Ordered) and not hits(request):
        code = answer.ints(f"near{index}", rows, missing=len(NEARER))
        return Counts.of({name: float(n[code == i].sum()) for i, name in enumerate(NEARER)})
    first, second = (f"{'j' if isinstance(request, Joined) else 'd'}{w}{index}" for w in "ab")
    held = ~(answer.null(first, rows) | answer.null(second, rows))
    rows, n = rows[held], n[held]
    label = answer.reading.label(answer.ints("y", rows))
    a, b = answer.ints(first, rows), answer.ints(second, rows)
    if isinstance(request, Joined):
        known = label != UNLABELLED
        return JointScores.from_cells(a[known], b[known], label[known], n[known])
    counts = np.zeros((3, 2, 2))
    to_a, to_b = answer.reading.versions
    if isinstance(request, Agreed):
        a = to_a(a) if request.a.decides else a
        b = to_b(b) if request.b.decides else b
    np.add.at(counts, (label, a, b), n)
    return Agreement(counts)


def hits(request: PairRequest) -> bool:
    """Is it asked who finds something under either order?"""
    return isinstance(request, Ordered) and request.which == "hits"


def unused(
    answer: Any, request: PairRequest, index: int, rows: NDArray[np.int64], by_unit: bool
) -> float:
    """Rows of the group that not both versions have judged."""
    if isinstance(request, Ordered | Crossed):  # what a version leaves out, it does not show
        return 0.0
    if isinstance(request, Measured | Nearer):  # rows without a label are not unusable
        return float(answer.floats(f"gone{index}", rows).sum())
    n = answer.floats("n", rows)
    keys = [key for key in (unit_tail if by_unit else tail)(request, index) if key != "y"]
    missing = np.zeros(rows.size, np.bool_)
    for key in keys:
        missing |= answer.null(key, rows)
    return float(n[missing].sum())


def holds_words(source: Source, name: str) -> bool:
    """Whether a column's first values are words or truth values, and none of them a number."""
    kind = source.columns.get(name)
    if kind != "text":
        return kind == "boolean"
    cell = column(name)
    words = sql("coalesce(bool_and(:n is null), false)", n=sql("try_cast(trim(v) as double)"))
    first = exp.select(cell.as_("v")).from_(exp.to_table(RELATION, quoted=True))
    first = first.where(sql("not :e", e=is_empty(source, name))).limit(1_000)
    query = exp.select(words).from_(first.subquery("first")).sql(dialect=DIALECT)
    return bool(source.session.rows(query)[0][0])
