"""The Python interface of a study without labels: what would they show?"""

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
from sextant.contracts.file.reading import contract_from_mapping, read_contract
from sextant.contracts.file.sections import read_data
from sextant.contracts.model import Contract, Moment, Period
from sextant.contracts.problems import ContractError
from sextant.engines.errors import SourceError
from sextant.engines.source import open_source
from sextant.reports.rendered import Rendered
from sextant.studies.estimate.asked import COMPLETE, Asked, checked
from sextant.studies.estimate.estimating import studied
from sextant.studies.estimate.result import Outlook, Unlabelled

if TYPE_CHECKING:
    import pandas as pd

Progress = Callable[[float], None]
SUFFIXES = {".yaml", ".yml"}


@dataclass(frozen=True, repr=False)
class EstimateResult(Rendered):
    """What labels would show, window by window and group by group. Prints as a list."""

    reports: ClassVar[str] = "estimate"
    unlabelled: Unlabelled

    @property
    def verdict(self) -> Verdict:
        """`missed` where a criterion is likely missed, else `undecided`: never `met`."""
        return self.unlabelled.verdict

    @property
    def outlook(self) -> Outlook:
        """What the estimates say of the criteria; `met` is none of it."""
        return self.unlabelled.outlook

    @cached_property
    def record(self) -> dict[str, Any]:
        """All that any report of the study says, as plain JSON."""
        from sextant.reports.estimate.as_dict import as_dict

        return as_dict(self.unlabelled)

    def to_dict(self) -> dict[str, Any]:
        """The JSON object of `sextant estimate --json` (schema 1)."""
        return self.record

    def to_frame(self) -> pd.DataFrame:
        """One row per window, group and number, as a pandas frame (pandas must be installed)."""
        import pandas as pd

        keys = ("metric", "criterion", "outlook", "needed", "rows", "labelled", "sentence")
        flat = [
            {
                "window": one["window"],
                "segment": ", ".join(f"{k} = {v}" for k, v in one["segment"].items()),
            }
            | {key: one[key] for key in keys}
            | {key: one["estimate"][key] for key in ("estimate", "low", "high", "n")}
            | {"measured": (one["measured"] or {}).get("estimate")}
            for one in self.record["rows"]
        ]
        return pd.DataFrame(flat)


def estimate(
    reference: Any,
    current: Any,
    *,
    label: str | Mapping[str, Any] | None = None,
    score: str | Mapping[str, Any] | None = None,
    time: str | None = None,
    unit: str | None = None,
    segments: Mapping[str, Any] | Sequence[str] | None = None,
    threshold: float | None = None,
    criteria: str | Sequence[str] = (),
    by: str | None = None,
    selection: str | None = None,
    label_time: str | None = None,
    as_of: str | None = None,
    complete: float = COMPLETE,
    source: Any = None,
    start: Moment | None = None,
    end: Moment | None = None,
    confidence: float = 0.95,
    today: date | None = None,
    progress: Progress | None = None,
) -> EstimateResult:
    """What would labels of the rows of `current` show, if a score means what it meant before?

    `reference`: a contract (or its path), whose label, score, segments and criteria are taken and
    whose own data teach, or a table with labels, whose columns the other arguments name as a
    contract would. `current`: a table with the same score. Both may be a path, a glob, an Arrow
    table, a pandas or Polars frame. `criteria`: promises as a contract writes them. `by`: a column
    of `current` whose values are windows, or day, week, month, quarter or year of its `time`.
    `selection`: a column with the probability, known before, that a row would be given a label;
    labelled rows then weigh one over it. `label_time`: when the
    label came; labels are complete where `complete` of those that will come have, as of `as_of`, by
    default the last moment of either time. `source` replaces the contract's data, `start` and `end`
    its period.

    An estimate can say that a criterion is likely missed, never that it is met: it sees which rows
    came, and not whether the same score still means the same. Raises `ContractError` or
    `SourceError`, each with every problem.
    """
    roles = {"label": label, "score": score, "time": time, "unit": unit, "segments": segments}
    listed = [criteria] if isinstance(criteria, str) else list(criteria)
    contract, table = _contract(reference, roles, threshold, listed, source)
    if start is not None or end is not None:
        old = contract.data.period or Period()
        period = Period(old.start if start is None else start, old.end if end is None else end)
        contract = replace(contract, data=replace(contract.data, period=period))
    if current is None:
        raise SourceError(["There are no current rows: `current` is None. Give a path or a table."])
    asked = checked(
        Asked(
            contract,
            by or "",
            confidence,
            selection or "",
            label_time or "",
            "" if as_of is None else str(as_of),
            complete,
        )
    )
    base = contract.path.parent if contract.path and source is None else Path()
    before, now = open_source(table, base), open_source(current, Path())
    day = today or date.today()
    return EstimateResult(studied(asked, before, now, day, f"sextant {__version__}", progress))


def _contract(
    reference: Any,
    roles: dict[str, Any],
    threshold: float | None,
    criteria: list[str],
    source: Any,
) -> tuple[Contract, Any]:
    """The contract that names the columns, and the table that teaches."""
    named = {name: role for name, role in roles.items() if role is not None}
    if isinstance(reference, str | Path) and Path(reference).suffix.lower() in SUFFIXES:
        reference = read_contract(reference)
    if isinstance(reference, Contract):
        given = [*named, *(["threshold"] if threshold is not None else [])]
        if given or criteria:
            first = given[0] if given else "criteria"
            raise SourceError([f"The contract says {first} itself. Leave it out here."])
        return reference, reference.data.source if source is None else source
    if reference is None:
        raise SourceError(["There is no reference: it is None. Give a contract or a table."])
    if isinstance(roles["segments"], list | tuple):
        named["segments"] = {name: name for name in roles["segments"]}
    called = str(reference) if isinstance(reference, str | Path) else "a table in memory"
    cut = 0.5 if threshold is None else threshold
    data = {"source": called} | named
    if criteria:
        written = {"product": "Estimate", "outcome": "none stated", "task": "binary", "data": data}
        return contract_from_mapping(written | {"threshold": cut, "criteria": criteria}), reference
    if not 0 <= cut <= 1:
        raise ValueError(f"threshold must lie between 0 and 1, not {cut!r}. Write 0.5.")
    problems: Problems = []
    read = read_data(node_from_python(data), problems).data
    if problems:
        raise ContractError(problems)
    return Contract("Estimate", "", "binary", read, (), threshold=cut), reference
