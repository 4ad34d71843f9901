"""People needed against people there, by role and month; three answers, as everywhere."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from sextant.contracts.evidence import Verdict
from sextant.strategy.portfolio.bet import NOTHING, Span

SAYS: Mapping[Verdict, str] = {
    "met": "fits", "missed": "does not fit", "undecided": "may not fit"
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Demand:
    """What a bet needs of a role: person-months from a start on, over `least` to `most` months.

    They are spread evenly (ours): no source says how work lies in time. How long it takes is open,
    so a month's need is a range even where the effort is one number.
    """

    bet: str
    role: str
    effort: Span
    start: date
    least: int
    most: int

    def in_month(self, step: int) -> Span:
        """What is needed in a month, counted from 0: over all numbers of months it may take."""
        low = self.effort.low / self.most if step < self.least else 0.0
        return Span(low, self.effort.high / max(self.least, step + 1))


@dataclass(frozen=True, slots=True)
class Cell:
    """One role in one month: what is needed, what is there (None: nobody has said), by whom."""

    role: str
    month: date
    needed: Span
    there: Span | None
    verdict: Verdict
    bets: tuple[str, ...]

    @property
    def says(self) -> str:
        return SAYS[self.verdict] if self.there is not None else "nobody has said"


def fits(needed: Span, there: Span | None) -> Verdict:
    """Met where the most that may be needed is surely there, missed where even the least is not."""
    if needed.high == 0:
        return "met"
    if there is None:
        return "undecided"
    if needed.high <= there.low:
        return "met"
    return "missed" if needed.low > there.high else "undecided"


def plan(
    demands: Iterable[Demand], there: Mapping[tuple[str, date], Span], months: Collection[date]
) -> list[Cell]:
    """Every role and month that somebody needs or has, in order."""
    shown = sorted(months)
    needed: dict[tuple[str, date], list[tuple[str, Span]]] = {}
    for demand in demands:
        if not 1 <= demand.least <= demand.most:
            raise ValueError(
                f"{demand.bet} takes {demand.least} to {demand.most} months. Use 1 or more, the"
                " smaller number first."
            )
        for step in range(demand.most):
            at = later(demand.start, step)
            needed.setdefault((demand.role, at), []).append((demand.bet, demand.in_month(step)))
    roles = sorted({role for role, _ in needed} | {role for role, _ in there})
    return [_cell(role, month, needed, there) for role in roles for month in shown]


def _cell(
    role: str,
    month: date,
    needed: Mapping[tuple[str, date], list[tuple[str, Span]]],
    there: Mapping[tuple[str, date], Span],
) -> Cell:
    asked = needed.get((role, month), [])
    total = sum((span for _, span in asked), NOTHING)
    held = there.get((role, month))
    bets = tuple(dict.fromkeys(bet for bet, _ in asked))
    return Cell(role, month, total, held, fits(total, held), bets)


def breaks(cells: Iterable[Cell]) -> Cell | None:
    """The first month that does not fit, else the first that may not; None where all fits."""
    held = sorted(cells, key=lambda cell: (cell.month, cell.role))
    missed = (cell for cell in held if cell.verdict == "missed")
    open_ = (cell for cell in held if cell.verdict == "undecided")
    return next(missed, None) or next(open_, None)


def later(month: date, by: int) -> date:
    """The first day of the month that lies so many months later."""
    year, at = divmod(month.year * 12 + month.month - 1 + by, 12)
    return date(year, at + 1, 1)
