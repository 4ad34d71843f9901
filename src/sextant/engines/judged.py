"""What people and a judge say of each row: derived numbers, aggregates, states.

`y` is what people say, `g` what the judge says, both as numbers; NULL where nothing is said, or
nothing that can be read. A judge's row without a verdict is not set aside: it is told as silent.
"""

from __future__ import annotations

from collections.abc import Mapping
from math import comb
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlglot import exp

from sextant.engines.many import as_name
from sextant.engines.reading import FAMILIES, as_class, as_number, is_empty
from sextant.engines.source import Source
from sextant.engines.sql import DIALECT, LARGEST, cases, finite, number, sql
from sextant.engines.usable import Reason, Reasons, usable
from sextant.metrics.requests import OfJudge, Patterns, Request, Verdicts
from sextant.states.counts import Counts
from sextant.states.judged import BOTH, KEEPS, ORDERS, PARTS, JointMoments, Judged
from sextant.stats.powered import drawn_alike

SUMMABLE = 1e60
"""Beyond it the fourth power of a number, which intervals are made of, is no double."""
NAMES = {BOTH: "both", 1: "human", 2: "judge", 3: "nobody"}
FAR = 3.29
"""Of the judge's two means, in standard errors: at random once in 1,000 times."""
SECOND = ((2, 0), (1, 1), (0, 2))


def of_judge(request: OfJudge, source: Source, index: int) -> tuple[dict[str, exp.Expr], Reasons]:
    """The derived columns of a request, named after its place in the plan, and the reasons."""
    if isinstance(request, Patterns):
        return {f"k{index}": _pattern(request, source)}, {}
    human, judge = request.column, request.judge
    y, g = (said(request, source, name, name == judge) for name in (human, judge))
    empty_y, empty_g = is_empty(source, human), is_empty(source, judge)
    unread = sql("not :e and :y is null", e=empty_y, y=y)
    reasons = {
        f"{human} cannot be read": Reason(unread),
        f"no verdict of {judge}": Reason(empty_g),
        f"{judge} gives no verdict that can be read": Reason(
            sql("not :e and :g is null", e=empty_g, g=g)
        ),
    }
    code = sql("case when :u then 1 else 0 end", u=unread)
    return {f"y{index}": y, f"g{index}": g, f"unread{index}": code}, reasons


def said(request: Verdicts, source: Source, name: str, judge: bool) -> exp.Expr:
    """What a column says of a row as a number, NULL for nothing."""
    if request.kind == "value":
        return usable(source, name, SUMMABLE)
    if request.kind == "is":
        same = sql(":x = :v", x=as_name(source, name), v=request.value)
        yes = sql("case when coalesce(:t, false) then 1e0 else 0e0 end", t=same)
        return cases([(is_empty(source, name), exp.null())], yes)
    if request.kind == "range":
        value = as_number(source, name)
        tests = [finite(value, LARGEST)]
        if request.low is not None:
            tests.append(sql(":x >= :b", x=value, b=number(request.low)))
        if request.high is not None:
            tests.append(sql(":x <= :b", x=value, b=number(request.high)))
        inside = sql("case when :t then 1e0 else 0e0 end", t=exp.and_(*tests))
        return sql("case when :ok then :v end", ok=finite(value, LARGEST), v=inside)
    code = as_class(source, name, None)
    yes = exp.In(this=code, expressions=[sql(str(c)) for c, v in FAMILIES.items() if v])
    no = exp.In(this=code.copy(), expressions=[sql(str(c)) for c, v in FAMILIES.items() if not v])
    share: exp.Expr = exp.null()
    if judge and source.columns[name] in {"number", "single", "text"}:
        value = as_number(source, name)
        share = sql("case when :x >= 0e0 and :x <= 1e0 then :x end", x=value)
    return cases([(yes, sql("1e0")), (no, sql("0e0"))], share)


def _pattern(request: Patterns, source: Source) -> exp.Expr:
    cells = [sql("coalesce(:x, '')", x=as_name(source, name)) for name in request.columns]
    if request.lengths:
        a, b = (_length(source, name) for name in request.lengths)
        longer = sql(
            "case when :a > :b then 'first' when :a < :b then 'second' when :a = :b then 'same' "
            "else '' end",
            a=a,
            b=b,
        )
        cells.append(longer)
    return exp.Anonymous(this="concat_ws", expressions=[sql("chr(31)"), *cells])


def _length(source: Source, name: str) -> exp.Expr:
    """A text's number of characters, or the number that stands there."""
    if source.columns[name] != "text":
        return as_number(source, name)
    text = exp.column(name, quoted=True)
    return sql("coalesce(try_cast(trim(:x) as double), length(:x))", x=text)


def aggregates(index: int, near: Mapping[str, float]) -> list[str]:
    """Number, means and products up to the fourth power, of each of the four parts."""
    y, g = f"y{index}", f"g{index}"
    found = [f"sum(unread{index}) as unread{index}"]
    for part, name in NAMES.items():
        has_y, has_g = KEEPS.get(part, (False, False))
        where = f"{y} is {'not ' if has_y else ''}null and {g} is {'not ' if has_g else ''}null"
        found.append(f"count(case when {where} then 1 end) as n{name}{index}")
        if part not in KEEPS:
            continue
        a = f"({y} - {_sql(near.get(y, 0.0))})" if has_y else "0e0"
        b = f"({g} - {_sql(near.get(g, 0.0))})" if has_g else "0e0"
        for i, j in ((1, 0), (0, 1), *ORDERS):
            if (i and not has_y) or (j and not has_g):
                continue
            if (i, j) == (2, 0):
                of = f"var_pop(case when {where} then {a} end)"
            elif (i, j) == (0, 2):
                of = f"var_pop(case when {where} then {b} end)"
            elif (i, j) == (1, 1):
                of = f"covar_pop(case when {where} then {a} end, case when {where} then {b} end)"
            else:
                product = " * ".join([a] * i + [b] * j)
                of = f"avg(case when {where} then {product} end)"
            found.append(f"{of} as {name}{i}{j}_{index}")
    return found


def _sql(value: float) -> str:
    return number(value).sql(dialect=DIALECT)


def state_of(answer: Any, index: int, rows: NDArray[np.int64]) -> Judged:
    """The state that these aggregate rows make up."""
    total = Judged()
    near = [answer.reading.head.near.get(f"{axis}{index}", 0.0) for axis in "yg"]
    columns = {
        (part, order): answer.floats(f"{NAMES[part]}{order[0]}{order[1]}_{index}", rows)
        for part, (has_y, has_g) in KEEPS.items()
        for order in ((1, 0), (0, 1), *ORDERS)
        if (has_y or not order[0]) and (has_g or not order[1])
    }
    counts = {part: answer.floats(f"n{name}{index}", rows) for part, name in NAMES.items()}
    for at in range(rows.size):
        total += Judged.parts(
            *(
                _joint(
                    float(counts[part][at]),
                    near,
                    KEEPS.get(part, (False, False)),
                    {order: float(held[at]) for (of, order), held in columns.items() if of == part},
                )
                for part in PARTS
            )
        )
    return total


@np.errstate(over="ignore", invalid="ignore")  # sums that overflow: an estimator refuses them
def _joint(
    n: float,
    near: list[float],
    has: tuple[bool, bool],
    averages: dict[tuple[int, int], float],
) -> JointMoments:
    """From averages about numbers `near` the means to sums about the means themselves.

    The second order comes centred from the engine; the higher ones are moved to the means.
    """
    if not n:
        return JointMoments()
    by_y, by_f = averages.get((1, 0), 0.0), averages.get((0, 1), 0.0)
    raw = {order: value * n for order, value in averages.items() if sum(order) > 2}
    centred = {order: averages.get(order, 0.0) * n for order in SECOND}
    about = {  # the second order about the points near the means, for the binomial move
        (2, 0): centred[2, 0] + n * by_y**2,
        (1, 1): centred[1, 1] + n * by_y * by_f,
        (0, 2): centred[0, 2] + n * by_f**2,
        **raw,
    }
    sums = _moved(n, by_y, by_f, about)
    exact = [centred.get(order, one) for order, one in zip(ORDERS, sums, strict=True)]
    mean_y = near[0] + by_y if has[0] else 0.0
    mean_f = near[1] + by_f if has[1] else 0.0
    return JointMoments((n, mean_y, mean_f, *exact))


def _moved(
    n: float, by_y: float, by_f: float, about: Mapping[tuple[int, int], float]
) -> list[float]:
    """Σ(a − by_y)^i (b − by_f)^j from the sums Σ a^k b^m."""
    at = {(0, 0): n, (1, 0): n * by_y, (0, 1): n * by_f, **about}
    return [
        sum(
            comb(i, k) * comb(j, m) * (-by_y) ** (i - k) * (-by_f) ** (j - m) * at.get((k, m), 0.0)
            for k in range(i + 1)
            for m in range(j + 1)
        )
        for i, j in ORDERS
    ]


def patterns(answer: Any, index: int, rows: NDArray[np.int64]) -> Counts:
    """Rows by what stands in the columns."""
    keys, n = answer.columns[f"k{index}"], answer.floats("n", rows)
    texts = np.ma.getdata(keys)[rows]
    held: dict[str, float] = {}
    for text, count in zip(texts.tolist(), n.tolist(), strict=True):
        held[str(text)] = held.get(str(text), 0.0) + count
    return Counts.of(held)


def drawn_notes(cells: Mapping[Request, Mapping[tuple[str, ...], Any]]) -> list[str]:
    """Where the judge speaks otherwise of the rows that people judged than of all others."""
    found = []
    for request, held in cells.items():
        cell = held.get(()) if isinstance(request, Verdicts) else None
        if cell is None or not isinstance(request, Verdicts):
            continue
        labelled, others = cell.whole.heard()
        z = drawn_alike(labelled, others)
        if z is not None and abs(z) > FAR:
            found.append(
                f"The rows judged in '{request.column}' are not like the others: '{request.judge}' "
                f"gives them {labelled.mean_f:.3g} on average and the others {others.mean_f:.3g}. "
                "The interval holds only for rows drawn at random: draw them anew, or say how "
                "they were drawn (sextant judge agree --stratum)."
            )
    return found
