"""What a study without labels gave: what labels would show, place by place, and who has one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from sextant.contracts.evidence import DataFacts, Verdict
from sextant.contracts.model import Call, Criterion
from sextant.stats.estimate import Estimate
from sextant.studies.estimate.asked import Asked
from sextant.studies.estimate.labels import Labels

Outlook = Literal["likely missed", "nothing points to a miss", "undecided", "cannot be estimated"]
Segment = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Clash:
    """Labelled rows of a place against what was expected of these very rows.

    `what` ("positive", "decided rightly") was counted `of` which; `measured` and `expected` are its
    shares, and `clashes` is True where chance does not explain their difference.
    """

    of: str
    what: str
    measured: Estimate
    expected: float
    z: float
    clashes: bool


@dataclass(frozen=True, slots=True)
class Place:
    """One window, or one group of it: its rows, how many have labels, and what speaks against it.

    `outside`: rows whose scores the reference does not know. `why`: no number can be estimated
    here, and why. `clash`: what labels say of the relation between score and outcome, where there
    are enough.
    """

    window: str
    segment: Segment
    rows: float
    labelled: float
    reference: float
    outside: float = 0.0
    why: str = ""
    clash: Clash | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """One number of one place.

    `criterion` is None where nobody promised anything. `measured`: of the labelled rows, where
    there are. `needed`: how many labels of these rows would decide, if the estimate is right.
    """

    call: Call
    criterion: Criterion | None
    place: Place
    estimate: Estimate
    outlook: Outlook | None
    measured: Estimate | None = None
    weighted: Estimate | None = None
    needed: int | None = None
    why: str = ""


@dataclass(frozen=True, slots=True)
class Judged:
    """One criterion over all its rows; `shown` are those beyond the bound among all of them."""

    criterion: Criterion
    outlook: Outlook
    rows: tuple[Row, ...]
    shown: tuple[Row, ...] = ()


@dataclass(frozen=True, slots=True)
class Unlabelled:
    """The whole record. `informs`: numbers that nobody made a promise of.

    `raw`: whether scores mean what they say on the reference, as they are. `left_out`: criteria
    that scores say nothing of, with the reason. `same`: both sides are the same rows.
    """

    asked: Asked
    reference: DataFacts
    current: DataFacts
    outlook: Outlook
    judged: tuple[Judged, ...]
    informs: tuple[Row, ...]
    places: tuple[Place, ...]
    raw: Verdict
    left_out: tuple[tuple[str, str], ...]
    labels: Labels
    same: bool = False
    code: str = ""
    estimated_on: str = ""
    notes: tuple[str, ...] = ()

    @property
    def verdict(self) -> Verdict:
        """`missed` or `undecided`, never `met`: no labels is never a pass."""
        return "missed" if self.outlook == "likely missed" else "undecided"
