"""The Python interface of a calibration study: do scores mean what they say?"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from sextant import __version__
from sextant.contracts.evidence import Verdict
from sextant.contracts.file.fields import Problems
from sextant.contracts.file.node import node_from_python
from sextant.contracts.file.reading import read_contract
from sextant.contracts.file.sections import read_data
from sextant.contracts.model import Contract, Moment, Period
from sextant.contracts.problems import ContractError
from sextant.engines.errors import SourceError
from sextant.engines.source import open_source
from sextant.metrics.reliability import BINS
from sextant.reports.rendered import Rendered
from sextant.studies.calibration.asked import WITHIN, ask
from sextant.studies.calibration.calibrating import studied
from sextant.studies.calibration.mapping import Mapping as Recalibrator
from sextant.studies.calibration.result import Calibration

if TYPE_CHECKING:
    import pandas as pd

Progress = Callable[[float], None]
SUFFIXES = {".yaml", ".yml"}


@dataclass(frozen=True, repr=False)
class CalibrationResult(Rendered):
    """One study of scores: verdict, curves, what recalibrating gains. Prints as a table."""

    reports: ClassVar[str] = "reliability"
    calibration: Calibration

    @property
    def verdict(self) -> Verdict:
        return self.calibration.verdict

    @property
    def mapping(self) -> Recalibrator:
        """The recalibration that does best: call it with scores. Raises ValueError for none."""
        found = self.calibration.recalibration
        if found is None:
            raise ValueError(f"Nothing could be fitted: {self.calibration.no_gain}.")
        return found.mapping

    @cached_property
    def record(self) -> dict[str, Any]:
        """All that any report of the study says, as plain JSON."""
        from sextant.reports.reliability.record import record_of

        return record_of(self.calibration)

    def to_dict(self) -> dict[str, Any]:
        """The JSON object of `sextant calibration --json` (schema 1)."""
        return self.record

    def to_frame(self) -> pd.DataFrame:
        """One row per group and bin of scores, as a pandas frame (pandas must be installed)."""
        import pandas as pd

        keys = ("from", "to", "score", "share", "low", "high", "n", "verdict")
        flat = [
            {"segment": ", ".join(f"{k} = {v}" for k, v in curve["segment"].items())}
            | {key: one[key] for key in keys}
            for curve in self.record["curves"]
            for one in curve["bins"]
        ]
        return pd.DataFrame(flat, columns=["segment", *keys])


def calibration(
    data: Any,
    *,
    label: str | Mapping[str, Any] | None = None,
    score: str | Mapping[str, Any] | None = None,
    time: str | None = None,
    unit: str | None = None,
    segments: Mapping[str, Any] | Sequence[str] | None = None,
    within: float = WITHIN,
    bins: int = BINS,
    confidence: float = 0.95,
    since: Moment | None = None,
    fit_on: tuple[str, Any] | None = None,
    source: Any = None,
    start: Moment | None = None,
    end: Moment | None = None,
    today: date | None = None,
    progress: Progress | None = None,
) -> CalibrationResult:
    """Do scores mean what they say, in every bin of them, and would recalibrating help?

    `data`: a contract (or its path), whose label, score, segments and unit are taken, or a table
    (a path, a glob, an Arrow table, a pandas or Polars frame), whose columns the other arguments
    name as a contract would. `within` is by how much the share that came true may differ from the
    mean score of a bin. Recalibrations are tested on rows that they were not fitted on: those from
    `since` on, those whose column is not `fit_on` (column, value), or half of all. Raises
    `ContractError` or `SourceError`, each with every problem.
    """
    roles = {"label": label, "score": score, "time": time, "unit": unit, "segments": segments}
    contract, table = _contract(data, roles, source)
    if start is not None or end is not None:
        old = contract.data.period or Period()
        period = Period(old.start if start is None else start, old.end if end is None else end)
        contract = replace(contract, data=replace(contract.data, period=period))
    asked = ask(contract, within, bins, confidence, since, fit_on)
    base = contract.path.parent if contract.path and source is None else Path()
    opened = open_source(table, base)
    day = today or date.today()
    return CalibrationResult(studied(asked, opened, day, f"sextant {__version__}", progress))


def _contract(data: Any, roles: dict[str, Any], source: Any) -> tuple[Contract, Any]:
    """The contract that names the columns, and the table that they are read from."""
    named = {name: role for name, role in roles.items() if role is not None}
    if isinstance(data, str | Path) and Path(data).suffix.lower() in SUFFIXES:
        data = read_contract(data)
    if isinstance(data, Contract):
        if named:
            first = next(iter(named))
            raise SourceError([f"The contract says {first} itself. Leave it out here."])
        return data, data.data.source if source is None else source
    if data is None:
        raise SourceError(["There is no table: `data` is None. Give a path or a table."])
    if isinstance(roles["segments"], list | tuple):
        named["segments"] = {name: name for name in roles["segments"]}
    problems: Problems = []
    called = str(data) if isinstance(data, str | Path) else "a table in memory"
    read = read_data(node_from_python({"source": called} | named), problems).data
    if problems:
        raise ContractError(problems)
    return Contract("Calibration", "", "binary", read, ()), data
