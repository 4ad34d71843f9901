"""The Python interface of "enough?": would these rows decide a contract, before it is built?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from sextant import __version__
from sextant.contracts.evidence import Verdict
from sextant.contracts.file.reading import read_contract
from sextant.contracts.model import Contract
from sextant.engines.source import open_source
from sextant.reports.rendered import Rendered
from sextant.studies.enough.expected import expected_of
from sextant.studies.enough.judging import enough as judged
from sextant.studies.enough.result import Enough, Told

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True, repr=False)
class EnoughResult(Rendered):
    """Rows needed and rows there, of every criterion and segment. Prints as a report."""

    reports: ClassVar[str] = "enough"
    enough: Enough

    @property
    def answer(self) -> Told:
        """`enough`, `not enough` or `cannot be said`: the worst of primaries and guardrails."""
        return self.enough.told

    @property
    def verdict(self) -> Verdict:
        """The answer as met, missed or undecided."""
        return self.enough.verdict

    def to_dict(self) -> dict[str, Any]:
        """The JSON object of `sextant enough --json` (schema 1)."""
        from sextant.reports.enough.as_dict import as_dict

        return as_dict(self.enough)

    def to_frame(self) -> pd.DataFrame:
        """One row per criterion and segment, as a pandas frame (pandas must be installed)."""
        import pandas as pd

        dropped = ("segment", "expected")
        rows = self.to_dict()["results"]
        return pd.DataFrame([{k: v for k, v in row.items() if k not in dropped} for row in rows])


def enough(
    contract: str | Path | Contract,
    data: Any = None,
    *,
    expect: Mapping[str, float] | None = None,
    today: date | None = None,
) -> EnoughResult:
    """Are there rows enough to decide this contract, before anything is built? No model is read.

    `data` replaces the contract's source (a path, a glob, a table in memory); its label is read
    where it is there. `expect`: what is expected of the model and, without labels, of the rows:
    `recall`, `false_positive_rate` (or `specificity`, or `precision` beside a recall) and
    `prevalence`, as shares. Nothing is counted as a look. Raises `ContractError` or `SourceError`.
    """
    agreed = contract if isinstance(contract, Contract) else read_contract(contract)
    base = agreed.path.parent if agreed.path and data is None else Path()
    source = open_source(agreed.data.source if data is None else data, base)
    expected = expected_of(expect or {})
    return EnoughResult(
        judged(agreed, source, expected, today or date.today(), f"sextant {__version__}")
    )
