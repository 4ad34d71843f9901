"""Demand against capacity, month by month, in three values."""

from __future__ import annotations

from datetime import date

import pytest

from sextant.strategy.portfolio import Demand, Span, breaks, later, plan
from sextant.strategy.portfolio.capacity import fits

JAN, FEB, MAR = (date(2027, month, 1) for month in (1, 2, 3))


@pytest.mark.parametrize(
    ("needed", "there", "verdict"),
    [
        ((0, 0), None, "met"), ((1, 2), None, "undecided"), ((1, 2), (2, 3), "met"),
        ((1, 2), (1, 3), "undecided"), ((3, 4), (1, 2), "missed"), ((2, 4), (1, 2), "undecided"),
        ((0, 1), (0, 0), "undecided"), ((1, 1), (0, 0), "missed"),
    ],
)  # fmt: skip
def test_three_values(needed: tuple[int, int], there: tuple[int, int] | None, verdict: str) -> None:
    assert fits(Span(*needed), Span(*there) if there else None) == verdict


def test_a_plan_adds_up_and_names_the_first_month_that_breaks() -> None:
    demands = [
        Demand("Fraud", "data scientist", Span(2, 4), JAN, 2, 2),
        Demand("Search", "data scientist", Span(3, 3), FEB, 1, 1),
        Demand("Search", "designer", Span(1, 1), FEB, 1, 1),
    ]
    there = {("data scientist", month): Span(2, 2) for month in (JAN, FEB, MAR)}
    cells = plan(demands, there, [JAN, FEB, MAR])
    told = {(cell.role, cell.month): (cell.needed, cell.says) for cell in cells}
    assert told["data scientist", JAN] == (Span(1, 2), "fits")
    assert told["data scientist", FEB] == (Span(4, 5), "does not fit")
    assert told["data scientist", MAR] == (Span(0, 0), "fits")
    assert told["designer", FEB] == (Span(1, 1), "nobody has said")
    worst = breaks(cells)
    assert worst is not None
    assert (worst.role, worst.month, worst.bets) == ("data scientist", FEB, ("Fraud", "Search"))


def test_a_doubt_is_named_where_nothing_breaks_and_nothing_where_all_fits() -> None:
    demand = [Demand("Fraud", "designer", Span(1, 3), FEB, 1, 1)]
    doubt = breaks(plan(demand, {("designer", FEB): Span(2, 2)}, [JAN, FEB]))
    assert doubt is not None
    assert (doubt.verdict, doubt.month) == ("undecided", FEB)
    assert breaks(plan(demand, {("designer", FEB): Span(3, 3)}, [JAN, FEB])) is None


def test_months_go_on_over_the_year() -> None:
    assert later(date(2026, 11, 1), 3) == date(2027, 2, 1)
    with pytest.raises(ValueError, match="Use 1 or more"):
        plan([Demand("Fraud", "designer", Span(1, 1), JAN, 0, 1)], {}, [JAN])


def test_how_long_it_takes_is_a_range_that_no_length_leaves() -> None:
    demand = Demand("Fraud", "designer", Span(6, 12), JAN, 2, 4)
    found = [demand.in_month(step) for step in range(4)]
    assert found == [Span(1.5, 6), Span(1.5, 6), Span(0, 4), Span(0, 3)]
    for length in (2, 3, 4):
        for effort in (6, 9, 12):
            for step, span in enumerate(found):
                assert span.low <= (effort / length if step < length else 0) <= span.high
