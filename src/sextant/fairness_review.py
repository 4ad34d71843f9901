"""The Python interface of a fairness review: `fairness`, who is hurt by a model's decisions."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from sextant import __version__
from sextant.contracts.evidence import Verdict
from sextant.contracts.file.fields import Problems
from sextant.contracts.file.node import node_from_python
from sextant.contracts.file.reading import read_contract
from sextant.contracts.file.sections import read_data
from sextant.contracts.model import Contract, Moment, Names, Period
from sextant.contracts.problems import ContractError, Problem, suggest
from sextant.engines.errors import SourceError
from sextant.engines.source import open_source
from sextant.metrics.tally import Tally
from sextant.reports.rendered import Rendered
from sextant.studies.fairness.asked import Asked, ask, crossed
from sextant.studies.fairness.result import Fairness
from sextant.studies.fairness.reviewing import reviewed, scanned

if TYPE_CHECKING:
    import pandas as pd

    from sextant.reports.fairness.frame import GroupFrame

Progress = Callable[[float], None]
Column = str | Mapping[str, Any]
By = str | Sequence[str] | Mapping[str, Any]
SUFFIXES = {".yaml", ".yml"}


@dataclass(frozen=True, slots=True, repr=False)
class FairnessResult(Rendered):
    """One look at the groups: numbers, verdicts, who is hurt, conflicts. Prints as a table."""

    reports: ClassVar[str] = "fairness"
    fairness: Fairness
    tally: Tally

    @property
    def verdict(self) -> Verdict | None:
        """None where no bound was named: then nothing is decided."""
        return self.fairness.verdict

    def to_dict(self) -> dict[str, Any]:
        """The JSON object of `sextant fairness --json` (schema 1)."""
        from sextant.reports.fairness.as_dict import as_dict

        return as_dict(self.fairness)

    def to_frame(self) -> pd.DataFrame:
        """One row per grouping, group and measure, as a pandas frame (pandas must be installed)."""
        from sextant.reports.fairness.frame import long_frame

        return long_frame(self.fairness)

    def to_metric_frame(self, by: str = "") -> GroupFrame:
        """`by_group`, `overall`, `difference()`, `ratio()` as Fairlearn's MetricFrame has them.

        `by`: the grouping, `sex` or `sex x race`; by default the first. Its intervals stand in
        `intervals`. Raises KeyError for a grouping that was not asked for.
        """
        from sextant.reports.fairness.frame import GroupFrame

        names = crossed(by) if by else self.fairness.groupings[0].grouping
        return GroupFrame(self.fairness.overall, self.fairness.grouping(*names))


def fairness(
    data: Any,
    *,
    by: By = (),
    label: Column | None = None,
    score: Column | None = None,
    prediction: str | None = None,
    threshold: float | None = None,
    bounds: Mapping[str, float] | None = None,
    confidence: float = 0.95,
    selected: str = "",
    unit: str | None = None,
    time: str | None = None,
    start: Moment | None = None,
    end: Moment | None = None,
    names: Mapping[str, str] | None = None,
    source: Any = None,
    look: int = 1,
    today: date | None = None,
    progress: Progress | None = None,
) -> FairnessResult:
    """Who is hurt by these decisions, how sure is that, and what cannot be equal at once?

    `data`: a table, its columns named here; or a contract, which names them itself and whose data
    `source` replaces. `by`: the groups, as names of columns (`"sex"`, `["sex", "race", "sex x
    race"]`) or as a contract's segments (`{"age": {"column": "AGEP", "bands": [25, 65]}}`); of a
    contract every segment by default. `bounds`: how unequal they may be, by definition
    (`{"equalized_odds_difference": 0.05}`); those of a contract's own gaps and ratios count too.
    `selected`: "helps" or "hurts" a person. `names`: what rows, positive and negative ones are
    called. Someone who looks again says so by `look`.

    Raises `ContractError` or `SourceError`, each with every problem and its remedy.
    """
    asked, table, base = prepared(
        data, by=by, label=label, score=score, prediction=prediction, threshold=threshold,
        bounds=bounds, confidence=confidence, selected=selected, unit=unit, time=time,
        start=start, end=end, names=names, source=source,
    )  # fmt: skip
    opened = open_source(table, base)
    tally = scanned(asked, opened, progress)
    day, code = today or date.today(), f"sextant {__version__}"
    return FairnessResult(reviewed(asked, tally, opened.name, day, look, code), tally)


def prepared(
    data: Any,
    *,
    by: By,
    bounds: Mapping[str, float] | None,
    confidence: float,
    selected: str,
    start: Moment | None,
    end: Moment | None,
    names: Mapping[str, str] | None,
    source: Any,
    threshold: float | None,
    **roles: Any,
) -> tuple[Asked, Any, Path]:
    """What is asked, of which table, and the folder that its path starts from."""
    agreed = contract_of(data)
    groups = [by] if isinstance(by, str) else list(by)
    if agreed is not None:
        if doubled := [name for name, one in roles.items() if one is not None]:
            raise SourceError([f"The contract says {doubled[0]} itself. Leave it out here."])
        contract, table = agreed, agreed.data.source if source is None else source
        contract = joined(contract, by, table) if by else contract
        base = agreed.path.parent if agreed.path and source is None else Path()
    else:
        contract, table, base = loose(data, by, roles), data, Path()
    if threshold is not None:
        contract = replace(contract, threshold=threshold)
    contract = named(contract, names)
    contract = within(contract, start, end)
    return ask(contract, groups, bounds, confidence, selected), table, base


def named(contract: Contract, given: Mapping[str, str] | None) -> Contract:
    """The contract with what rows are called. Raises `ContractError` for a key that is none."""
    known = ("rows", "positive", "negative")
    if wrong := [name for name in given or {} if name not in known]:
        what = f"'{wrong[0]}' is no key of names."
        raise ContractError([Problem("names", what, suggest(str(wrong[0]), known, "keys"))])
    return replace(contract, names=Names(**given)) if given else contract


def contract_of(data: Any) -> Contract | None:
    """The contract that `data` is or names; None where it is a table."""
    if isinstance(data, Contract):
        return data
    named = isinstance(data, str | Path) and Path(data).suffix.lower() in SUFFIXES
    return read_contract(data) if named else None


def loose(data: Any, by: By, roles: Mapping[str, Any]) -> Contract:
    """A contract without promises, from the roles that it would name.

    Raises `ContractError` with every problem.
    """
    if data is None:
        raise SourceError(["There is no table: `data` is None. Give a path or a table."])
    problems: Problems = []
    called = str(data) if isinstance(data, str | Path) else "a table in memory"
    written: dict[str, Any] = {"source": called, "segments": segments_of(by)}
    written |= {name: role for name, role in roles.items() if role is not None}
    found = read_data(node_from_python(written), problems).data
    if problems:
        raise ContractError(problems)
    return Contract("Fairness", "", "binary", found, ())


def segments_of(by: By) -> dict[str, Any]:
    """The columns that groups are made of, by their names."""
    if isinstance(by, Mapping):
        plain = {name: one for name, one in by.items() if len(crossed(name)) == 1}
        return {name: name if one is None else one for name, one in plain.items()}
    listed = [by] if isinstance(by, str) else by
    return {name: name for one in listed for name in crossed(one)}


def joined(contract: Contract, by: By, table: Any) -> Contract:
    """The contract with these groups alone: its own segments where named, else columns.

    Raises `ContractError` with every problem.
    """
    known = {one.name: one for one in contract.data.segments}
    other = loose(table, by, {}).data.segments
    segments = tuple(
        known[one.name] if one.name in known and one.column == one.name else one for one in other
    )
    return replace(contract, data=replace(contract.data, segments=segments))


def groups_written(written: Sequence[str]) -> dict[str, Any]:
    """`sex`, `sex=SEX`, `age=AGEP:25,45,65`, `sex x age` as groups under their names.

    Raises `ContractError` for edges that are no numbers.
    """
    found: dict[str, Any] = {}
    for one in written:
        name, _, rest = one.partition("=")
        column, colon, edges = (rest or name).partition(":")
        name = name.partition(":")[0].strip()
        if not colon:
            found[name] = column.strip() if rest else None
            continue
        try:
            bands = [float(edge) for edge in edges.split(",")]
        except ValueError:
            what = f"The edges '{edges[:60]}' of '{name}' are no numbers."
            raise ContractError([Problem("by", what, f"Write {name}=AGE:25,45,65.")]) from None
        whole = [int(edge) if edge.is_integer() else edge for edge in bands]
        found[name] = {"column": column.strip(), "bands": whole}
    return found


def within(contract: Contract, start: Moment | None, end: Moment | None) -> Contract:
    """The contract for a period of its data."""
    if start is None and end is None:
        return contract
    if contract.data.time is None:
        raise ContractError([Problem("time", "A period needs a time column.", "Name it: time.")])
    old = contract.data.period or Period()
    period = Period(old.start if start is None else start, old.end if end is None else end)
    return replace(contract, data=replace(contract.data, period=period))
