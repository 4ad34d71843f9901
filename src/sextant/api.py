"""The Python interface: `check` a contract file, `evaluate` a table."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from sextant import __version__
from sextant.contracts.assess import assess
from sextant.contracts.evidence import Evidence, Verdict
from sextant.contracts.file.reading import contract_from_mapping, read_contract
from sextant.contracts.ledger_file import held, ledger_path, read_ledger, write_ledger
from sextant.contracts.looking import noted, take_look
from sextant.contracts.looks import Look
from sextant.contracts.model import Contract, Moment, Period
from sextant.engines.errors import SourceError
from sextant.engines.scan import tally as scan
from sextant.engines.source import open_source
from sextant.metrics.tally import Tally

if TYPE_CHECKING:
    import pandas as pd

Audience = Literal["executive", "product", "technical"]
Progress = Callable[[float], None]


@dataclass(frozen=True, slots=True, repr=False)
class Result:
    """One look at the data: verdicts, estimates, words. Prints as a table."""

    evidence: Evidence
    tally: Tally

    @property
    def verdict(self) -> Verdict:
        return self.evidence.verdict

    def to_dict(self, audience: Audience = "product") -> dict[str, Any]:
        """The JSON object of `sextant check --json` (schema 1)."""
        from sextant.reports.as_dict import as_dict

        return as_dict(self.evidence, audience)

    def to_frame(self) -> pd.DataFrame:
        """One row per criterion and segment, as a pandas frame (pandas must be installed)."""
        import pandas as pd

        rows = self.to_dict()["results"]
        flat = [
            row | {"segment": ", ".join(f"{k} = {v}" for k, v in row["segment"].items())}
            for row in rows
        ]
        return pd.DataFrame(flat)

    def to_html(self) -> str:
        """The report as one self-contained page."""
        from sextant.reports.html import render

        return render(self.evidence)

    def __repr__(self) -> str:
        from sextant.reports.terminal import render

        return render(self.evidence, width=100, colour=False, audience="product")

    def _repr_html_(self) -> str:
        from sextant.reports.notebook import framed

        return framed(self.to_html())


def check(
    contract: str | Path | Contract,
    data: Any = None,
    *,
    start: Moment | None = None,
    end: Moment | None = None,
    look: int | None = None,
    model: str | None = None,
    today: date | None = None,
    progress: Progress | None = None,
    states: str | Path | None = None,
    partial: bool = False,
) -> Result:
    """Measure every criterion of a contract on its data and judge it.

    `data` replaces the contract's source (a path, a glob, an Arrow table, a pandas or Polars
    frame); `start` and `end` replace its period, both ends included. `states`: a folder that
    `tally` wrote; the answer is then made of the states of its days, and no row is read.
    `partial`: of the days that are there, where some of the period are missing. The ledger beside
    the contract counts this look unless `look` gives its number. Raises `ContractError`,
    `SourceError`, `StateError` or `LedgerError`, each with every problem and its remedy.
    """
    agreed = contract if isinstance(contract, Contract) else read_contract(contract)
    if start is not None or end is not None:
        old = agreed.data.period or Period()
        period = Period(old.start if start is None else start, old.end if end is None else end)
        agreed = replace(agreed, data=replace(agreed.data, period=period))
    if model is not None:
        agreed = replace(agreed, model=model)
    if states is not None:
        tally, name = _stored(agreed, data, Path(states), partial)
    else:
        base = agreed.path.parent if agreed.path and data is None else Path()
        source = open_source(agreed.data.source if data is None else data, base)
        tally, name = scan(agreed, source, progress), source.name
    day = today or date.today()
    code = f"sextant {__version__}"
    if look is not None or agreed.path is None:
        number = Look(look or 1, agreed.looks, None if (look or 1) > 1 else {})
        return Result(assess(agreed, tally, number, name, day, code), tally)
    path = ledger_path(agreed.path)
    with held(path):
        ledger = read_ledger(path)
        this = take_look(ledger, agreed, tally)
        evidence = assess(agreed, tally, this, name, day, code)
        recorded = noted(ledger, agreed, tally, this, evidence, day)
        if recorded is not ledger:
            write_ledger(path, recorded)
    return Result(evidence, tally)


def _stored(contract: Contract, data: Any, folder: Path, partial: bool) -> tuple[Tally, str]:
    """The tally of a contract's period from stored states, and how the record names them."""
    from sextant.studies.stored.asking import lineage, tally_from_states

    if data is not None:
        raise SourceError(["Both data and states are named. Name the rows or their states."])
    found, headers = tally_from_states(contract, folder, contract.data.period, partial)
    return found, f"{', '.join(lineage(headers))}, by the states in {folder}"


def evaluate(
    data: Any,
    *,
    criteria: Sequence[str | Mapping[str, Any]],
    label: str | Mapping[str, Any] | None = None,
    score: str | Mapping[str, Any] | None = None,
    prediction: str | None = None,
    time: str | None = None,
    unit: str | None = None,
    segments: Mapping[str, Any] | None = None,
    threshold: float = 0.5,
    costs: Mapping[str, Any] | None = None,
    task: str = "binary",
    look: int = 1,
    progress: Progress | None = None,
) -> Result:
    """Judge criteria on a table without a contract file; nothing is locked and nothing counted.

    `data`: a path, a glob, an Arrow table, a pandas or Polars frame, or an Ibis table. The other
    arguments are the contract's keys.
    """
    if data is None:
        raise SourceError(["There is no table: `data` is None. Give a path or a table."])
    roles = {
        "label": label,
        "score": score,
        "prediction": prediction,
        "time": time,
        "unit": unit,
        "segments": segments,
    }
    named = str(data) if isinstance(data, str | Path) else "a table in memory"
    written = {
        "product": "Evaluation",
        "outcome": "none stated",
        "task": task,
        "data": {"source": named, **{k: v for k, v in roles.items() if v is not None}},
        "threshold": threshold,
        "criteria": list(criteria),
    }
    if costs is not None:
        written["costs"] = costs
    contract = contract_from_mapping(written)
    return check(contract, data, look=look, progress=progress)
