"""What an exploration gave: every cut, the best, today's, the groups, the fallback."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sextant.contracts.evidence import DataFacts, Verdict
from sextant.contracts.model import Contract
from sextant.studies.thresholds.asked import Setting
from sextant.studies.thresholds.best import Best
from sextant.studies.thresholds.curve import Band
from sextant.studies.thresholds.cuts import Cuts
from sextant.studies.thresholds.fallback import Bands
from sextant.studies.thresholds.groups import Grouped
from sextant.studies.thresholds.limits import Kept


@dataclass(frozen=True, slots=True, eq=False)
class Exploration:
    """All cuts of one scan under one setting.

    `today`: the cut of the current threshold, `exact` whether it divides the rows exactly there.
    `best` is None where no cut keeps the limits, or a class is missing: `reason`. `verdict`: of the
    limits together, met where some cut is shown to keep them all.
    """

    contract: Contract
    setting: Setting
    cuts: Cuts
    bands: Mapping[str, Band]
    limits: tuple[Kept, ...]
    verdict: Verdict
    today: int
    exact: bool
    best: Best | None
    reason: str
    groups: tuple[Grouped, ...]
    fallback: Bands
    data: DataFacts
    digest: str
    code: str = ""
    explored_on: str = ""
    notes: tuple[str, ...] = ()

    @property
    def proposed(self) -> float | None:
        """The threshold to write for the best cut; None where there is none below infinity."""
        if self.best is None:
            return None
        return self.cuts.threshold(self.best.cut)
