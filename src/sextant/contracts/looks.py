"""Which look at a question this is, and what interval it may therefore use."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from sextant.contracts.model import Criterion, Looks
from sextant.stats.estimate import Estimate, Level

UNTOLD = 1_000.0
"""N* where nothing was recorded at the first look: a constant, fixed before any data."""

EPOCH = date(1970, 1, 1)

Segment = tuple[tuple[str, str], ...]


def row_key(criterion: Criterion, segment: Segment) -> str:
    """The name of one row of one criterion in the ledger."""
    where = ", ".join(f"{name} = {value}" for name, value in segment)
    return f"{criterion.text} | {where}" if where else criterion.text


@dataclass(frozen=True, slots=True)
class Look:
    """The `number`-th look at one question.

    `first`: n per row when it was first seen; `folds`: which segment values were folded then.

    `first` None: nobody kept it (a pipeline that only counts). By default the first look uses the
    exact interval and later ones the always-valid interval tuned to the first look's n; a locked
    number J of looks gives each of them the error alpha / J; "continuous" is always-valid from
    the start. `today`: the day from which ages are counted, where there is one.
    """

    number: int = 1
    locked: Looks = None
    first: Mapping[str, float] | None = None
    folds: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    today: date | None = None

    @property
    def obstacle(self) -> str:
        """Why this look cannot decide anything, if it cannot."""
        if isinstance(self.locked, int) and self.number > self.locked:
            return f"the contract allows {self.locked} looks and this is look {self.number}"
        return ""

    def level(self, criterion: Criterion, segment: Segment) -> Level:
        """The level at which this look judges a row."""
        today = None if self.today is None else (self.today - EPOCH).days
        return replace(self._level(criterion, segment), today=today)

    def _level(self, criterion: Criterion, segment: Segment) -> Level:
        alpha = _alpha(criterion)
        if isinstance(self.locked, int):
            return Level(alpha / self.locked)
        if self.locked == "continuous":
            return Level(alpha, UNTOLD)
        if self.number == 1:
            return Level(alpha)
        if self.first is None:
            return Level(alpha, UNTOLD)
        known = self.first.get(row_key(criterion, segment))
        return Level(alpha) if known is None else Level(alpha, max(known, 1.0))

    def stated(self, estimate: Estimate, level: Level) -> Estimate:
        """The estimate with the level in its method, where the looks share the error."""
        if not isinstance(self.locked, int) or estimate.value is None:
            return estimate
        share = f"{100 * level.confidence:.4g} %, one of {self.locked} looks"
        return replace(estimate, method=f"{estimate.method} at {share}")

    def following(self, criterion: Criterion, segment: Segment, n: float) -> Level | None:
        """The level of the next look at a row that has `n` now; None where no look is left."""
        alpha = _alpha(criterion)
        if isinstance(self.locked, int):
            return Level(alpha / self.locked) if self.number < self.locked else None
        if self.locked == "continuous":
            return Level(alpha, UNTOLD)
        return Level(alpha, max(self.first_n(criterion, segment, n), 1.0))

    def first_n(self, criterion: Criterion, segment: Segment, n: float) -> float:
        """What the row's n was at its first look; `n` where this is the first."""
        if self.first is None:
            return n if self.number == 1 else UNTOLD
        return self.first.get(row_key(criterion, segment), n)


def _alpha(criterion: Criterion) -> float:
    return round(1 - criterion.confidence, 12)
