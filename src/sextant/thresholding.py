"""The Python interface of a threshold: where to cut a score, and what each cut costs."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from sextant import __version__
from sextant.contracts.evidence import Verdict
from sextant.contracts.file.reading import read_contract
from sextant.contracts.model import Contract, Moment, Period
from sextant.contracts.problems import ContractError, Problem
from sextant.engines.errors import SourceError
from sextant.engines.source import open_source
from sextant.metrics.tally import Tally
from sextant.reports.rendered import Rendered
from sextant.studies.comparison.roles import loose_contract
from sextant.studies.thresholds.asked import ask
from sextant.studies.thresholds.exploring import explored, scanned
from sextant.studies.thresholds.result import Exploration

if TYPE_CHECKING:
    import pandas as pd

Progress = Callable[[float], None]
SUFFIXES = {".yaml", ".yml"}


@dataclass(frozen=True, slots=True, repr=False)
class ThresholdResult(Rendered):
    """Every threshold of a score weighed. Prints as a table."""

    reports: ClassVar[str] = "thresholds"
    exploration: Exploration
    tally: Tally

    @property
    def verdict(self) -> Verdict:
        """Met: some threshold is shown to keep every limit; missed: every one breaks one."""
        return self.exploration.verdict

    @property
    def best(self) -> float | None:
        """The cheapest threshold that keeps the limits; None where there is none."""
        return self.exploration.proposed

    @property
    def range(self) -> tuple[float, float] | None:
        """The thresholds between which the truly cheapest lies."""
        found = self.exploration
        if found.best is None:
            return None
        first, last = found.best.ends
        return found.cuts.threshold(first), found.cuts.threshold(last)

    def to_dict(self) -> dict[str, Any]:
        """The JSON object of `sextant threshold --json` (schema 1)."""
        from sextant.reports.thresholds.record import record_of

        return record_of(self.exploration)

    def preview(self, risk: Literal["minimal", "limited", "high"] = "high") -> list[dict[str, str]]:
        """What a user is shown on each route of the fallback band, by how badly people are hurt.

        Of each `route`: `when` (its scores), what it `says`, and what that `rests_on`.
        """
        from dataclasses import asdict

        from sextant.words.thresholds.preview import preview

        return [asdict(one) for one in preview(self.exploration, risk)]

    def to_frame(self) -> pd.DataFrame:
        """One row per cut, every cut, as a pandas frame (pandas must be installed)."""
        import pandas as pd

        found = self.exploration
        columns: dict[str, Any] = {
            "threshold": [found.cuts.threshold(at) for at in range(found.cuts.size)]
        }
        for name, band in found.bands.items():
            columns |= {name: band.value, f"{name}_low": band.low, f"{name}_high": band.high}
        if found.best is not None:
            columns["may_be_best"] = found.best.members
        return pd.DataFrame(columns)


def thresholds(
    data: Any,
    *,
    score: str | Mapping[str, Any] | None = None,
    label: str | Mapping[str, Any] | None = None,
    threshold: float | None = None,
    costs: Mapping[str, Any] | None = None,
    limits: str | Sequence[str] = (),
    capacity: float | None = None,
    volume: float | None = None,
    period: str = "day",
    prevalence: float | None = None,
    automated_error: float | None = None,
    review: float | None = None,
    band: Sequence[float] | None = None,
    equalise: str | None = None,
    segments: Mapping[str, Any] | Sequence[str] | None = None,
    unit: str | None = None,
    time: str | None = None,
    confidence: float = 0.95,
    source: Any = None,
    start: Moment | None = None,
    end: Moment | None = None,
    today: date | None = None,
    progress: Progress | None = None,
) -> ThresholdResult:
    """Where to cut a score: what every threshold costs, and which may be the cheapest.

    `data`: a table with `score` and `label`, or a contract, whose data `source` replaces. `costs`
    of each kind of decision replace the contract's; without any every error counts as one.
    `limits`: `recall >= 80%`, `precision >= 0.9`, `friction <= 2%`, `flagged <= 10%`; `capacity` of
    `volume` decisions a `period` is one too. `prevalence`: the share of positives to come.
    `automated_error`: at most so many of the automatic decisions may be wrong, the rest goes to
    people at `review` a look; `band`: two thresholds to be judged for that. `equalise`: recall,
    false_positive_rate, flagged or precision, in every segment; all four without it.

    Raises `ContractError` or `SourceError`, each with every problem and its remedy.
    """
    agreed = _contract(data)
    roles: dict[str, Any] = {
        "score": score, "label": label, "threshold": threshold, "segments": segments,
        "unit": unit, "time": time,
    }  # fmt: skip
    given = {name: one for name, one in roles.items() if one is not None}
    if agreed is not None:
        doubled = [name for name in given if name != "threshold"]
        if doubled:
            raise SourceError([f"The contract says {doubled[0]} itself. Leave it out here."])
        contract = agreed if threshold is None else replace(agreed, threshold=_cut(threshold))
    else:
        if data is None:
            raise SourceError(["There is no table: `data` is None. Give a path or a table."])
        named = str(data) if isinstance(data, str | Path) else "a table in memory"
        contract = loose_contract(named, product="Threshold", **given)
    _usable(contract)
    contract = _within(contract, start, end)
    setting = ask(
        contract, costs=costs, limits=limits, capacity=capacity, volume=volume, period=period,
        prevalence=prevalence, automated_error=automated_error, review=review, band=band,
        equalise=equalise, confidence=confidence,
    )  # fmt: skip
    table = data if agreed is None else (agreed.data.source if source is None else source)
    base = agreed.path.parent if agreed and agreed.path and source is None else Path()
    opened = open_source(table, base)
    tally = scanned(contract, setting, opened, progress)
    day = today or date.today()
    found = explored(contract, setting, tally, opened.name, day, f"sextant {__version__}")
    return ThresholdResult(found, tally)


def _contract(data: Any) -> Contract | None:
    if isinstance(data, Contract):
        return data
    named = isinstance(data, str | Path) and Path(data).suffix.lower() in SUFFIXES
    return read_contract(data) if named else None


def _usable(contract: Contract) -> None:
    problems = []
    if contract.task != "binary":
        what = f"A {contract.task} task has no threshold."
        problems.append(Problem("task", what, "Name a score of two classes."))
    if contract.data.score is None:
        what = "No column of scores is named, so nothing can be cut."
        problems.append(Problem("score", what, "Name it: score."))
    if contract.data.label is None:
        what = "No column of true answers is named, so no error can be counted."
        problems.append(Problem("label", what, "Name it: label."))
    if problems:
        raise ContractError(problems)


def _cut(value: float) -> float:
    if not 0 <= value <= 1:
        what = f"The threshold {value:g} lies outside 0 to 1."
        remedy = "A score is a probability; name its scale and cut it inside."
        raise ContractError([Problem("threshold", what, remedy)])
    return float(value)


def _within(contract: Contract, start: Moment | None, end: Moment | None) -> Contract:
    if start is None and end is None:
        return contract
    old = contract.data.period or Period()
    period = Period(old.start if start is None else start, old.end if end is None else end)
    return replace(contract, data=replace(contract.data, period=period))
