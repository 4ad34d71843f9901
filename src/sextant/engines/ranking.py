"""Rankings: what is derived of each row, and each user's value from the order of the user's rows.

Two steps of window functions over the derived rows, in the same pass: first the places, then the
users' sums. A user's value stands in one of the user's rows and is NULL in the others, so that the
groups of users are counted like groups of rows.
"""

from __future__ import annotations

from sqlglot import exp

from sextant.contracts.model import Data
from sextant.engines.reading import as_unit, is_empty
from sextant.engines.residuals import SUMMABLE
from sextant.engines.source import Source
from sextant.engines.sql import cases, column, number, sql
from sextant.engines.usable import Reason, Reasons, number_reasons, usable, wrong_numbers
from sextant.metrics.paired.requests import Ordered
from sextant.metrics.requests import Ranking

ORDER = "place asc nulls last, gain asc nulls first, r asc"
"""Rows without a place were not recommended; of equal scores the less relevant comes first."""
JUDGED = "who, kept = 1 and gain is not null"
ALL = "who, kept = 1"
OF_ALL = ("mean", "diversity", "coverage")


def of_ranking(
    request: Ranking, data: Data, source: Source, index: int
) -> tuple[dict[str, exp.Expr], Reasons]:
    """Who, how relevant, at which place; and the column that is looked at."""
    assert data.unit
    derived = {"who": as_unit(source, data.unit), "gain": sql("cast(null as double)")}
    reasons: Reasons = {}
    if data.label:
        derived["gain"] = usable(source, data.label.column, SUMMABLE)
        wrong = wrong_numbers(source, data.label.column, "label", SUMMABLE)
        reasons |= {name: Reason(one.condition, whole=True) for name, one in wrong.items()}
        below = sql("coalesce(:y < 0e0, false)", y=derived["gain"])
        reasons["label is below 0"] = Reason(below, whole=True)
    if data.prediction:
        derived["place"] = usable(source, data.prediction)
        reasons |= wrong_numbers(source, data.prediction, "prediction")
    else:
        assert data.score
        derived["place"] = sql("-:x", x=usable(source, data.score.column))
        reasons |= wrong_numbers(source, data.score.column, "score")
    if request.kind == "mean":
        derived[f"x{index}"] = usable(source, request.column, SUMMABLE)
        reasons |= number_reasons(source, request.column, request.column, SUMMABLE)
    if request.kind == "coverage":
        empty = is_empty(source, request.column)
        derived[f"x{index}"] = cases([(empty, exp.null())], as_unit(source, request.column))
        reasons[f"no {request.column}"] = Reason(empty)
    if request.kind == "diversity":
        derived[f"x{index}"] = sql("cast(:x as text)", x=column(request.column))
    return derived, reasons


def places(requests: dict[int, Ranking]) -> list[exp.Expr]:
    """The place of each row among its user's, the ideal one, and the hits up to it."""
    found = [
        sql(f"row_number() over (partition by {JUDGED} order by {ORDER})").as_("pos"),
        sql(f"row_number() over (partition by {ALL} order by {ORDER})").as_("first"),
        sql(f"row_number() over (partition by {JUDGED} order by gain desc)").as_("ideal"),
    ]
    for index, one in requests.items():
        relevant = "gain > 0e0" if one.at_least is None else "gain >= :t"
        flag = sql(f"case when {relevant} then 1e0 else 0e0 end", t=number(one.at_least or 0.0))
        found.append(flag.as_(f"rel{index}"))
        if one.kind == "map":
            window = f"over (partition by {JUDGED} order by {ORDER} rows unbounded preceding)"
            found.append(sql(f"sum(:f) {window}", f=flag).as_(f"cum{index}"))
    return found


def values(requests: dict[int, Ranking], segments: list[str]) -> list[exp.Expr]:
    """Each user's value, in the row of the user's first place; whether a segment splits a user."""
    return [_value(index, one) for index, one in requests.items()] + mixed(segments)


def mixed(segments: list[str]) -> list[exp.Expr]:
    """Whether a segment differs between the rows of one user."""
    found: list[exp.Expr] = []
    if segments:
        text = " or ".join(
            f"min({name}) over (partition by {ALL}) is distinct from "
            f"max({name}) over (partition by {ALL})"
            for name in segments
        )
        found.append(sql(f"case when kept = 1 and ({text}) then 1 else 0 end").as_("mixed"))
    return found


def _value(index: int, one: Ranking) -> exp.Expr:
    if one.kind in OF_ALL:
        return _of_all(index, one)
    if one.kind == "hit":
        total = f"nullif(sum(rel{index}) over w, 0e0)"
        shown = f"case when kept = 1 and gain is not null and pos = 1 and {total} > 0e0 "
        return windowed(f"{shown} then {value_of(one, index)} else 2 end", JUDGED).as_(f"f{index}")
    shown = f"case when kept = 1 and gain is not null and pos = 1 then {value_of(one, index)} end"
    return windowed(shown, JUDGED).as_(f"v{index}")


def value_of(one: Ranking | Ordered, index: int, version: str = "") -> str:
    """A user's value over the window `w` of the user's judged rows; NULL where there is none.

    `version`: whose places count, where there are two orders.
    """
    pos, cum = f"pos{version}", f"cum{version}{index}"
    top = f"({pos} <= {one.k} and place{version} is not null)"
    relevant = f"{top} and rel{index} = 1e0"
    total = f"nullif(sum(rel{index}) over w, 0e0)"
    match one.kind:
        case "ndcg":
            got = f"sum(case when {top} then gain / log2({pos} + 1) else 0e0 end) over w"
            best = (
                f"sum(case when ideal <= {one.k} then gain / log2(ideal + 1) else 0e0 end) over w"
            )
            return f"({got}) / nullif({best}, 0e0)"
        case "map":
            got = f"sum(case when {relevant} then {cum} / {pos} else 0e0 end) over w"
            return f"case when {total} > 0e0 then ({got}) / least({total}, {one.k}e0) end"
        case "mrr":
            got = f"max(case when {relevant} then 1e0 / {pos} else 0e0 end) over w"
            return f"case when {total} > 0e0 then {got} end"
        case "recall":
            return f"sum(case when {relevant} then 1e0 else 0e0 end) over w / {total}"
        case "precision":
            got = f"sum(case when {relevant} then 1e0 else 0e0 end) over w / {one.k}e0"
            return f"case when {total} > 0e0 then {got} end"
        case "hit":
            got = f"max(case when {relevant} then 1 else 0 end) over w"
            return f"case when {total} > 0e0 then {got} end"
        case _:
            raise ValueError(f"no such value of a user's order: {one.kind!r}")


def shown(one: Ranking, index: int) -> list[str]:
    """Of each item's rows: the users whose first row it is, and the places that hold no item."""
    return [
        f"count(case when kept = 1 and first = 1 and place is not null then 1 end) as users{index}",
        f"count(case when kept = 1 and first <= {one.k} and place is not null "
        f"and x{index} is null then 1 end) as gone{index}",
    ]


def _of_all(index: int, one: Ranking) -> exp.Expr:
    """What needs no labels: the first k of all rows that were recommended."""
    if one.kind == "coverage":  # an item's hash, where a user is shown it for the first time
        again = f"min(first) over (partition by {ALL}, x{index})"
        new = f"kept = 1 and first <= {one.k} and place is not null and first = {again}"
        item = f"cast('0x' || left(md5(x{index}), 15) as bigint)"
        return sql(f"case when {new} then {item} end").as_(f"i{index}")
    top = f"case when first <= {one.k} and place is not null then x{index} end"
    value = f"avg({top}) over w"
    if one.kind == "diversity":
        value = f"count(distinct {top}) over w / nullif(cast(count({top}) over w as double), 0e0)"
    return windowed(f"case when kept = 1 and first = 1 then {value} end", ALL).as_(f"v{index}")


def windowed(text: str, partition: str) -> exp.Expr:
    """The expression with the window that `w` stands for."""
    return sql(text.replace("over w", f"over (partition by {partition})"))
