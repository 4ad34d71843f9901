"""The numbers of an exploration as short figures and natural frequencies."""

from __future__ import annotations

import math
from dataclasses import dataclass

from sextant.contracts.model import Contract
from sextant.stats.estimate import Estimate
from sextant.studies.thresholds.asked import Setting
from sextant.words.frequency import frequency, of
from sextant.words.nouns import rows_noun
from sextant.words.numbers import Scale, Unit, scale_for, span, whole

ERRORS = "errors"
NAMES = {
    "flagged": "flagged",
    "recall": "recall",
    "precision": "precision",
    "false_positive_rate": "false positive rate",
    "friction": "friction",
    "cost": "cost of a decision",
}


@dataclass(frozen=True, slots=True)
class Figure:
    """`82.6 %`, `82.2 – 83.0`, n; without an interval the reason."""

    value: str
    interval: str
    n: str
    reason: str = ""

    @property
    def spoken(self) -> str:
        """`82.6 % (82.2 to 83.0)`."""
        if not self.value:
            return self.reason
        return f"{self.value} ({self.interval.replace(' – ', ' to ')})"


def written(threshold: float) -> str:
    """A threshold as it is written: `0.586`; above every score: `above every score`."""
    return f"{threshold:.12g}" if math.isfinite(threshold) else "above every score"


def scale(estimate: Estimate, unit: Unit, currency: str = "") -> Scale:
    """The unit's scale with the fewest digits that show the interval."""
    value = estimate.value or 0.0
    found = scale_for(unit, value, estimate.low, estimate.high, -math.inf, ">=", currency)
    if unit == "value" and not found.after:
        return Scale(1.0, max(found.places, 3), after=f" {ERRORS}")
    return found


def money_unit(setting: Setting) -> Unit:
    """Money where costs are known; else errors, counted."""
    return "money" if setting.known else "value"


def figure(estimate: Estimate, unit: Unit, currency: str = "") -> Figure:
    """An estimate as figures."""
    n = whole(round(estimate.n))
    if estimate.value is None:
        return Figure("", "", n, estimate.reason)
    drawn = scale(estimate, unit, currency)
    return Figure(drawn.full(estimate.value), span(drawn, estimate.low, estimate.high, " – "), n)


def figure_of(measure: str, estimate: Estimate, setting: Setting) -> Figure:
    """A measure of a cut as figures."""
    if measure == "cost":
        return figure(estimate, money_unit(setting), setting.costs.currency)
    return figure(estimate, "share")


def counted(estimate: Estimate, noun: str, are: str) -> str:
    """`of 100 people about 50 are flagged (49 to 51)`."""
    value = estimate.value or 0.0
    drawn = frequency(value, estimate.low, estimate.high, -math.inf, ">=")
    number, limits = drawn.bare(value), span(drawn, estimate.low, estimate.high)
    return f"of {of(drawn)} {noun} about {number} {are} ({limits})"


@dataclass(frozen=True, slots=True)
class Nouns:
    """What rows, positives and negatives are called."""

    rows: str
    positive: str
    negative: str


def nouns(contract: Contract) -> Nouns:
    """The contract's own nouns, else `cases`, `actual positives`, `actual negatives`."""
    given = contract.names
    return Nouns(
        given.rows or "cases",
        rows_noun(contract, "positive") if given.positive else "actual positives",
        rows_noun(contract, "negative") if given.negative else "actual negatives",
    )
