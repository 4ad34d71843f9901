"""What a look at the data gave: facts, estimates and verdicts, frozen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from sextant.contracts.model import Contract, Criterion
from sextant.stats.estimate import Estimate

Verdict = Literal["met", "missed", "undecided"]


@dataclass(frozen=True, slots=True)
class Needed:
    """How many further labelled rows of the segment would decide an undecided row, and how.

    `rows` None: no number can be given; `why` says why ("the estimate lies on the bound", "no
    look is left"). `towards`: the verdict these rows would bring if the estimate stays.
    """

    rows: int | None = None
    towards: Verdict | None = None
    why: str = ""


@dataclass(frozen=True, slots=True)
class RowResult:
    """One criterion in one segment. `segment` is () where it speaks of the whole table."""

    criterion: Criterion
    segment: tuple[tuple[str, str], ...]
    estimate: Estimate
    confidence: float
    verdict: Verdict
    rows: float
    labelled: float
    needed: Needed | None = None
    obstacle: str = ""

    @property
    def reason(self) -> str:
        """Why it could not be judged, where it could not."""
        return self.obstacle or self.estimate.reason


@dataclass(frozen=True, slots=True)
class CriterionResult:
    """One criterion over all its rows. `proven_missed` names rows missed after Holm's step.

    A row may be missed by itself while the criterion is undecided: not proven among m rows.
    `sizes`: n of every row, and of every group that was compared, for the ledger of looks.
    """

    criterion: Criterion
    verdict: Verdict
    rows: tuple[RowResult, ...]
    proven_missed: tuple[tuple[tuple[str, str], ...], ...] = ()
    compared: int = 1
    sizes: tuple[tuple[tuple[tuple[str, str], ...], float], ...] = ()


@dataclass(frozen=True, slots=True)
class SegmentCoverage:
    """The values of one segment: rows of each, and which values were folded together."""

    name: str
    rows: tuple[tuple[str, int], ...]
    folded: tuple[str, ...] = ()
    fold: str = ""


@dataclass(frozen=True, slots=True)
class DataFacts:
    """What the scan saw. `rows` includes what was set aside."""

    source: str
    rows: int
    labelled: int | None
    snapshot: str
    period: tuple[str | None, str | None] = (None, None)
    set_aside: tuple[tuple[str, int], ...] = ()
    segments: tuple[SegmentCoverage, ...] = ()


@dataclass(frozen=True, slots=True)
class Evidence:
    """The whole record of one look."""

    contract: Contract
    digest: str
    look: int
    data: DataFacts
    verdict: Verdict
    criteria: tuple[CriterionResult, ...]
    code: str = ""
    checked_on: str = ""
    notes: tuple[str, ...] = ()

    @property
    def results(self) -> tuple[RowResult, ...]:
        return tuple(row for criterion in self.criteria for row in criterion.rows)
