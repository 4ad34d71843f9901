"""What a calibration study gave: curves with their verdicts, recalibrations with their gains."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from sextant.contracts.evidence import DataFacts, Verdict
from sextant.metrics.reliability import Bin
from sextant.stats.estimate import Estimate
from sextant.studies.calibration.asked import Asked
from sextant.studies.calibration.mapping import Mapping, Method

Segment = tuple[tuple[str, str], ...]
Told = Literal["helps", "harms", "unproven", "leave"]
"""`leave`: no recalibration did better than the scores as they are. `unproven`: one did, but not
by more than chance could make of it."""

Triple = tuple[Estimate, Estimate, Estimate]
"""Before, after, and before − after: above 0 is better."""


@dataclass(frozen=True, slots=True)
class BinResult:
    """One bin judged: its share at the joint level of all bins, and at that of itself alone."""

    bin: Bin
    share: Estimate
    alone: Estimate
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Curve:
    """The scores of all rows, or of a group, against what came true.

    `needed`: so many further labelled rows would decide, and how; None where none would or where
    it is decided. `reason` says why there is nothing to judge.
    """

    segment: Segment
    bins: tuple[BinResult, ...]
    verdict: Verdict
    error: Estimate
    large: Estimate
    slope: Estimate
    needed: tuple[int, Verdict] | None = None
    reason: str = ""

    @property
    def rows(self) -> float:
        return sum(one.bin.rows for one in self.bins)


@dataclass(frozen=True, slots=True)
class Gain:
    """What a mapping changes, on rows that it was not fitted on."""

    log_loss: Triple
    brier: Triple
    error: Triple

    @property
    def deciding(self) -> Triple:
        """The log loss; the Brier score where a score of 0 or 1 makes that infinite."""
        return self.log_loss if self.log_loss[2].value is not None else self.brier


@dataclass(frozen=True, slots=True)
class Candidate:
    """One method, fitted on the rows that teach and measured on those that test."""

    method: Method
    gain: Gain


@dataclass(frozen=True, slots=True)
class GroupGain:
    """What the chosen recalibration changes for one group, at the level of all groups together."""

    segment: Segment
    gain: Gain


@dataclass(frozen=True, slots=True)
class Recalibration:
    """What recalibrating gains.

    `mapping` is chosen and fitted on the rows that teach, `best` is its gain on the `held` labelled
    rows that test, which had no part in either.
    """

    best: Gain
    mapping: Mapping
    candidates: tuple[Candidate, ...]
    groups: tuple[GroupGain, ...]
    held: float

    @property
    def told(self) -> Told:
        difference = self.best.deciding[2]
        if self.mapping.method == "none":
            return "leave"
        if difference.assessable and difference.low > 0:
            return "helps"
        return "harms" if difference.assessable and difference.high < 0 else "unproven"


@dataclass(frozen=True, slots=True)
class Calibration:
    """The whole record of one study. `no_gain` says why nothing could be refitted."""

    asked: Asked
    digest: str
    data: DataFacts
    curves: tuple[Curve, ...]
    recalibration: Recalibration | None
    no_gain: str = ""
    code: str = ""
    studied_on: str = ""
    notes: tuple[str, ...] = ()

    @property
    def whole(self) -> Curve:
        return self.curves[0]

    @property
    def groups(self) -> tuple[Curve, ...]:
        return self.curves[1:]

    @property
    def verdict(self) -> Verdict:
        return self.whole.verdict
