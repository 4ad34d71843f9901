"""Two orders of the same items: every user's value under each, and how far they lie apart.

As `ranking`, with the places of both versions side by side. A row that a version gives no score was
not recommended by it; it is not set aside.
"""

from __future__ import annotations

from sqlglot import exp

from sextant.contracts.model import Data
from sextant.engines.ranking import JUDGED, value_of, windowed
from sextant.engines.reading import as_unit
from sextant.engines.source import Source
from sextant.engines.sql import number, sql
from sextant.engines.usable import Reason, Reasons, usable, wrong_numbers
from sextant.metrics.paired.requests import Ordered

MOST_LABEL = 1e60


def of_orders(request: Ordered, data: Data, source: Source) -> tuple[dict[str, exp.Expr], Reasons]:
    """Who, how relevant, and at which place of either version."""
    assert data.unit
    derived = {"who": as_unit(source, data.unit), "gain": sql("cast(null as double)")}
    reasons: Reasons = {}
    if data.label:
        derived["gain"] = usable(source, data.label.column, MOST_LABEL)
        wrong = wrong_numbers(source, data.label.column, "label", MOST_LABEL)
        reasons |= {name: Reason(one.condition, whole=True) for name, one in wrong.items()}
        below = sql("coalesce(:y < 0e0, false)", y=derived["gain"])
        reasons["label is below 0"] = Reason(below, whole=True)
    for which, side in (("a", request.a), ("b", request.b)):
        value = usable(source, side.column)
        derived[f"place{which}"] = value if side.decides else sql("-:x", x=value)
        reasons |= wrong_numbers(source, side.column, side.column)
    return derived, reasons


def orders(requests: dict[int, Ordered]) -> list[exp.Expr]:
    """The places of each row under both versions, the ideal one, and the hits up to it."""
    found = [
        sql(f"row_number() over (partition by {JUDGED} order by {_order(w)})").as_(f"pos{w}")
        for w in "ab"
    ]
    ideal = f"row_number() over (partition by {JUDGED} order by gain desc)"
    found.append(sql(ideal).as_("ideal"))
    for index, one in requests.items():
        relevant = "gain > 0e0" if one.at_least is None else "gain >= :t"
        flag = sql(f"case when {relevant} then 1e0 else 0e0 end", t=number(one.at_least or 0.0))
        found.append(flag.as_(f"rel{index}"))
        for which in "ab" if one.kind == "map" else "":
            window = (
                f"over (partition by {JUDGED} order by {_order(which)} rows unbounded preceding)"
            )
            found.append(sql(f"sum(:f) {window}", f=flag).as_(f"cum{which}{index}"))
    return found


def differences(requests: dict[int, Ordered]) -> list[exp.Expr]:
    """Each user's value under A, under B, or B's less A's, in one row of the user's."""
    found: list[exp.Expr] = []
    for index, one in requests.items():
        a, b = (value_of(one, index, w) for w in "ab")
        shown = "case when kept = 1 and gain is not null and posa = 1 then {} end"
        if one.which == "hits":
            found += [
                windowed(shown.format(value), JUDGED).as_(f"d{w}{index}")
                for w, value in (("a", a), ("b", b))
            ]
        elif one.which == "sign":
            side = f"case when {b} > {a} then 0 when {b} < {a} then 1 when {b} = {a} then 2 end"
            found.append(windowed(shown.format(side), JUDGED).as_(f"near{index}"))
        else:
            value = {"a": a, "b": b, "difference": f"({b}) - ({a})"}[one.which]
            found.append(windowed(shown.format(value), JUDGED).as_(f"m{index}"))
    return found


def _order(which: str) -> str:
    return f"place{which} asc nulls last, gain asc nulls first, r asc"
