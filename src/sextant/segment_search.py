"""The Python interface of a search for weak segments: `weak_segments`."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any, ClassVar, get_args

from sextant import __version__
from sextant.contracts.model import Contract, Moment, Segment
from sextant.contracts.problems import ContractError, Problem
from sextant.engines.cells import quartiles
from sextant.engines.errors import SourceError
from sextant.engines.profile import profile
from sextant.engines.source import Source, open_source
from sextant.fairness_review import Column, contract_of, joined, loose, named, within
from sextant.reports.rendered import Rendered
from sextant.studies.weak_segments.result import Asked, Error, Search
from sextant.studies.weak_segments.searching import searched

Progress = Callable[[float], None]
FEW = 12
"""A numeric column of more values is cut at its quartiles where no bands are named."""
DEEPEST, MOST_COLUMNS = 3, 24


@dataclass(frozen=True, slots=True, repr=False)
class WeakSegments(Rendered):
    """The segments that held-out rows confirm, most people hurt first. Prints as a list."""

    reports: ClassVar[str] = "weak_segments"
    search: Search

    def to_dict(self) -> dict[str, Any]:
        """The JSON object of `sextant weak --json` (schema 1)."""
        from sextant.reports.weak_segments.as_dict import as_dict

        return as_dict(self.search)


def weak_segments(
    data: Any,
    *,
    columns: str | Sequence[str] | Mapping[str, Any] | None = None,
    label: Column | None = None,
    score: Column | None = None,
    prediction: str | None = None,
    threshold: float | None = None,
    error: str = "wrong",
    depth: int = 2,
    min_rows: int = 100,
    alpha: float = 0.05,
    seed: int = 0,
    unit: str | None = None,
    time: str | None = None,
    start: Moment | None = None,
    end: Moment | None = None,
    names: Mapping[str, str] | None = None,
    source: Any = None,
    today: date | None = None,
    progress: Progress | None = None,
) -> WeakSegments:
    """Where does the model err more often than elsewhere? Combinations of up to `depth` columns.

    `data`: a table, its columns named here, or a contract. `columns`: those to search, as for
    `fairness`; by default a contract's segments, or every column of a table that plays no other
    part (numbers of many values are cut at their quartiles). `error`: "wrong", "missed" or
    "wrongly_flagged". One half of the rows, drawn by `seed`, suggests segments of at least
    `min_rows`; the other half tests them: with 1 − `alpha` certainty none is named by chance.

    Raises `ContractError` or `SourceError`, each with every problem and its remedy.
    """
    roles = {"label": label, "score": score, "prediction": prediction, "unit": unit, "time": time}
    agreed = contract_of(data)
    if agreed is not None:
        if doubled := [name for name, one in roles.items() if one is not None]:
            raise SourceError([f"The contract says {doubled[0]} itself. Leave it out here."])
        contract, table = agreed, agreed.data.source if source is None else source
        base = agreed.path.parent if agreed.path and source is None else Path()
        if columns is not None:
            contract = joined(contract, columns, table)
    else:
        contract, table, base = loose(data, columns or (), roles), data, Path()
    if threshold is not None:
        contract = replace(contract, threshold=threshold)
    contract = within(named(contract, names), start, end)
    opened = open_source(table, base)
    contract = banded(contract, opened, every=columns is None and agreed is None)
    asked = asked_of(contract, error, depth, min_rows, alpha, seed)
    day, code = today or date.today(), f"sextant {__version__}"
    return WeakSegments(searched(asked, opened, day, progress, code))


def banded(contract: Contract, source: Source, every: bool) -> Contract:
    """Numbers of many values cut at their quartiles; with `every` all columns without a part."""
    data = contract.data
    parts = {
        data.label.column if data.label else None, data.score.column if data.score else None,
        data.prediction, data.unit, data.time,
    }  # fmt: skip
    segments = list(data.segments)
    plain = [one for one in segments if not one.bands and not one.labels]
    if not every and not plain:
        return contract
    held = {one.name: one for one in profile(source)}
    if every:
        segments = [
            Segment(name, name)
            for name, one in held.items()
            if name not in parts and not one.moments and one.distinct > 1
            and (one.numeric or one.distinct <= 50)
        ][:MOST_COLUMNS]  # fmt: skip
        plain = segments
    many = [
        one.column for one in plain
        if one.column in held and held[one.column].numeric and held[one.column].distinct > FEW
    ]  # fmt: skip
    edges = quartiles(source, many)
    cut = tuple(
        replace(one, bands=edges[one.column]) if edges.get(one.column) and one in plain else one
        for one in segments
    )
    return replace(contract, data=replace(data, segments=cut))


def asked_of(
    contract: Contract, error: str, depth: int, min_rows: int, alpha: float = 0.05, seed: int = 0
) -> Asked:
    """What is searched of a contract's data. Raises `ContractError` with every problem."""
    problems = []
    data = contract.data
    if error not in get_args(Error):
        what = f"'{error}' is no error that is counted."
        problems.append(Problem("error", what, "Write wrong, missed or wrongly_flagged."))
    if not 1 <= depth <= DEEPEST:
        what = f"A depth of {depth} lies outside 1 to {DEEPEST}."
        problems.append(Problem("depth", what, "Two columns at once are a good beginning."))
    if min_rows < 20:
        what = f"{min_rows} rows are fewer than 20, and half of them tell nothing."
        problems.append(Problem("min_rows", what, "Write at least 20."))
    if not 0 < alpha <= 0.5:
        what = f"alpha {alpha:g} lies outside 0 to 0.5."
        problems.append(Problem("alpha", what, "Write 0.05."))
    if data.label is None:
        problems.append(Problem("label", "Errors need the true answers.", "Name them: label."))
    if data.score is None and data.prediction is None:
        what = "Neither scores nor decisions are named."
        problems.append(Problem("score", what, "Name their column: score or prediction."))
    if not data.segments:
        what = "There is no column to search."
        problems.append(Problem("columns", what, "Name some: columns=['age', 'sex']."))
    if contract.task != "binary":
        what = f"The task is {contract.task}; errors of yes/no decisions are searched."
        problems.append(Problem("task", what, "Name a contract of the task binary."))
    if problems:
        raise ContractError(problems)
    chosen = tuple(one.name for one in data.segments)
    return Asked(contract, chosen, error, depth, min_rows, alpha, seed)  # type: ignore[arg-type]
