"""The plan of people: what the bets need of each role and month against who is there."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sextant.strategy.portfolio import Cell, Demand, Span, breaks, later, plan
from sextant_server.products.models import Product
from sextant_server.strategy.opportunities.known import Known
from sextant_server.strategy.portfolio.queries import role_name, span_of

SHOWN = 12
NEAR, FAR = 3, 12
"""Months from today up to which a bet is "now", then "next". Proposed: no source says."""


@dataclass(frozen=True, slots=True)
class Plan:
    """Cells by role, the first that breaks, and the bets that could not be laid into time."""

    months: tuple[date, ...]
    rows: Mapping[str, list[Cell]]
    worst: Cell | None
    unplanned: tuple[tuple[Product, str], ...]
    planned: int


def planned(
    held: Sequence[tuple[Product, Known]], there: Mapping[tuple[str, date], Span], today: date
) -> Plan:
    """The plan for the twelve months from this one on."""
    first = today.replace(day=1)
    months = tuple(later(first, step) for step in range(SHOWN))
    demands: list[Demand] = []
    unplanned = []
    for product, known in held:
        if why := lacks(known):
            unplanned.append((product, why))
        else:
            demands += demands_of(product.name, known)
    cells = plan(demands, there, months)
    rows: dict[str, list[Cell]] = {}
    for cell in cells:
        rows.setdefault(role_name(cell.role), []).append(cell)
    return Plan(months, rows, breaks(cells), tuple(unplanned), len(held) - len(unplanned))


def demands_of(name: str, known: Known) -> list[Demand]:
    """What one bet needs, role by role, from its start on, over the months that it may take."""
    assert known.effort is not None
    assert known.starts_on is not None
    assert known.months is not None
    least, most = (max(1, math.ceil(end)) for end in known.months)
    start = known.starts_on.replace(day=1)
    efforts = ((role, span_of(ends)) for role, ends in sorted(known.effort.items()))
    return [Demand(name, role, span, start, least, most) for role, span in efforts if span]


def lacks(known: Known) -> str:
    """What keeps a bet out of the plan, as a sentence; empty where nothing does."""
    absent = [
        word
        for word, there in (
            ("its effort by role", known.effort), ("its start", known.starts_on),
            ("how many months it takes", known.months),
        )
        if not there
    ]  # fmt: skip
    return f"Nobody has said {' or '.join(absent)}." if absent else ""


def horizon(known: Known, today: date) -> str:
    """`now`, `next` or `later` by the day on which it starts; empty where none is set."""
    if known.starts_on is None:
        return ""
    first = today.replace(day=1)
    if known.starts_on < later(first, NEAR):
        return "now"
    return "next" if known.starts_on < later(first, FAR) else "later"


def by_horizon(held: Iterable[tuple[Product, Known]], today: date) -> dict[str, list[Product]]:
    """The bets of each horizon."""
    found: dict[str, list[Product]] = {"now": [], "next": [], "later": [], "": []}
    for product, known in held:
        found[horizon(known, today)].append(product)
    return found
