"""What a probe gave: who answers how well, what more labels are worth, whether it is enough."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from sextant.contracts.evidence import Evidence, Verdict
from sextant.contracts.model import Contract
from sextant.stats.estimate import Estimate
from sextant.studies.probe.asked import Asked, Task
from sextant.studies.probe.curve import Curve, Forecast
from sextant.studies.probe.noise import Noise
from sextant.studies.quality.result import Suspect
from sextant.studies.weak_segments.result import Search

Kind = Literal["always", "last", "rule", "column", "simple", "strong"]
WITHOUT_AI: tuple[Kind, ...] = ("always", "last", "rule", "column")
MODELS: tuple[Kind, ...] = ("simple", "strong")


@dataclass(frozen=True, slots=True)
class Found:
    """One way to answer: what it says in words, its numbers by measure, and its lead.

    `lead`: by how much it is better than the best way without a model, on the same rows, in the
    main measure; None of that way itself.
    """

    kind: Kind
    says: str
    numbers: tuple[tuple[str, Estimate], ...]
    lead: Estimate | None = None

    def number(self, name: str) -> Estimate:
        return dict(self.numbers)[name]


@dataclass(frozen=True, slots=True)
class Table:
    """What was read: rows in all, with a target, used; what was left out, and what was noted.

    `moments`: the columns that are times.
    """

    source: str
    rows: int
    labelled: int
    used: int
    untimed: int
    columns: tuple[str, ...]
    left: tuple[tuple[str, str], ...]
    endless: tuple[tuple[str, int], ...]
    balance: tuple[tuple[str, int], ...]
    copies: int = 0
    spread: float = 0.0
    moments: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Required:
    """One promise judged by a forecast: the model's answers to rows that did not teach it."""

    text: str
    verdict: Verdict
    estimate: Estimate
    needed: str = ""


@dataclass(frozen=True, slots=True)
class Growth:
    """The learning curve of a model, and what more labels are worth of it.

    `futures`: for twice and four times the rows; `asked`: for the labels asked about.
    """

    kind: Kind
    curve: Curve
    asked: Forecast
    futures: tuple[Forecast, ...]
    more: int


@dataclass(frozen=True, slots=True)
class Probe:
    """The whole record. `main`: the measure that answers are compared by.

    `leaks`: columns set aside; `kept`: those that look like leaks and were kept. `tested`: rows
    that the numbers rest on, each by a model that `taught` rows taught. `ahead`: the better model
    against the other one. `fit`: evidence of one model on rows it learned from, and on others.
    `without`: what is required, of the best way without a model, in the same order.
    """

    asked: Asked
    task: Task
    main: str
    positive: str | None
    classes: tuple[str, ...]
    table: Table
    leaks: tuple[Suspect, ...]
    kept: tuple[Suspect, ...]
    found: tuple[Found, ...]
    tested: int
    taught: int
    folds: int
    ahead: Estimate | None
    growth: tuple[Growth, ...]
    fit: Evidence | None
    noise: Noise | None
    required: tuple[Required, ...]
    contract: Contract | None
    weak: Search | None
    weak_why: str
    code: str
    probed_on: str
    without: tuple[Required, ...] = ()

    @property
    def verdict(self) -> Verdict | None:
        """Of all that is required, by the better model; None where nothing is."""
        return _together(self.required)

    @property
    def verdict_without(self) -> Verdict | None:
        """The same of the best way without a model."""
        return _together(self.without)

    def of(self, kind: Kind) -> Found | None:
        return next((one for one in self.found if one.kind == kind), None)

    @property
    def plain(self) -> Found:
        """The best way that needs no model: the one that leads are measured from."""
        return next(one for one in self.found if one.kind in WITHOUT_AI and one.lead is None)

    @property
    def model(self) -> Found:
        """The better of the models, by its number in the main measure."""
        models = [one for one in self.found if one.kind in MODELS]
        sign = -1 if self.main == "mae" else 1
        return max(models, key=lambda one: sign * (one.number(self.main).value or 0.0))


def _together(required: tuple[Required, ...]) -> Verdict | None:
    held = {one.verdict for one in required}
    if not held:
        return None
    return "missed" if "missed" in held else "undecided" if "undecided" in held else "met"
