"""A result as short figures for a table: value, interval, n and bound in one unit."""

from __future__ import annotations

from dataclasses import dataclass

from sextant.contracts.evidence import RowResult
from sextant.contracts.model import Contract
from sextant.words.clause import LEAST, counted
from sextant.words.nouns import subject, unit_of
from sextant.words.numbers import declared, scale_for, span, whole

COUNTED = "counted"
SIGNS = {">=": "≥", "<=": "≤"}


@dataclass(frozen=True, slots=True)
class Figures:
    """`84.5 %`, `84.1 – 84.9`, `34,104`, `≥ 80 %`; where nothing was assessable only a reason."""

    value: str
    interval: str
    n: str
    bound: str
    reason: str = ""

    @property
    def spoken(self) -> str:
        """The figures as a reader's voice should say them."""
        if self.interval == COUNTED:
            return f"{self.value}, counted among {self.n}"
        interval = self.interval.replace(" – ", " to ")
        return f"{self.value}, interval {interval}, n {self.n}" if self.value else self.reason


def figures(row: RowResult, contract: Contract) -> Figures:
    """The figures of one row. A value without an interval is not shown, its reason is."""
    estimate, criterion = row.estimate, row.criterion
    found = subject(criterion, contract)
    unit = unit_of(found)
    bound = declared(unit, found.currency).exact(criterion.bound)
    n = whole(round(estimate.n))
    if estimate.value is None or not estimate.assessable:
        return Figures("", "", n, f"{SIGNS[criterion.op]} {bound}", row.reason or "no evidence")
    if found.metric.fact:
        held = f"{SIGNS[criterion.op]} {whole(round(criterion.bound))}"
        return Figures(counted(estimate), COUNTED, n, held, row.obstacle)
    scale = scale_for(
        unit,
        estimate.value,
        estimate.low,
        estimate.high,
        criterion.bound,
        criterion.op,
        found.currency,
    )
    return Figures(
        scale.full(estimate.value),
        span(scale, estimate.low, estimate.high, " – "),
        n,
        f"{SIGNS[criterion.op]} {bound}",
        row.obstacle,
    )


def bound_in_words(row: RowResult, contract: Contract) -> str:
    """`at least 80 %`."""
    found = subject(row.criterion, contract)
    exact = declared(unit_of(found), found.currency).exact(row.criterion.bound)
    return f"{LEAST[row.criterion.op]} {exact}"
