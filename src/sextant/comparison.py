"""The Python interface of a comparison: `compare` two versions of a model on the same rows."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from sextant import __version__
from sextant.contracts.evidence import Verdict
from sextant.contracts.file.reading import read_contract
from sextant.contracts.looks import Look
from sextant.contracts.model import Contract, Moment, Period
from sextant.contracts.normal_form import digest
from sextant.engines.errors import SourceError
from sextant.engines.fingerprint import fingerprint
from sextant.engines.joined import open_joined
from sextant.engines.source import open_source
from sextant.metrics.paired.metric import Versions
from sextant.metrics.paired.requests import Side
from sextant.metrics.tally import Tally
from sextant.studies.comparison.asked import Asked, Named, ask
from sextant.studies.comparison.comparing import compared, counted, scanned
from sextant.studies.comparison.result import Comparison, Told
from sextant.studies.comparison.roles import (
    Given,
    comparable,
    defaults,
    given,
    loose_contract,
    own_version,
    renamed,
    side_of,
    truth_in,
    truth_of,
)
from sextant.studies.comparison.sending import ROLES, Put, sent
from sextant.studies.tradeoffs.paired import agreed_for, weigh_versions
from sextant.studies.tradeoffs.result import Weighed

if TYPE_CHECKING:
    import pandas as pd

Audience = Literal["executive", "product", "technical"]
Progress = Callable[[float], None]
Version = str | Mapping[str, Any]
SUFFIXES = {".yaml", ".yml"}


@dataclass(frozen=True, slots=True, repr=False)
class ComparisonResult:
    """One look at two versions: verdict, differences, who is affected. Prints as a table."""

    comparison: Comparison
    tally: Tally
    trades: tuple[Weighed, ...] = ()

    @property
    def verdict(self) -> Verdict:
        return self.comparison.verdict

    @property
    def answer(self) -> Told:
        """`better`, `not worse` (within a margin), `not better` (by so much), `worse`, …"""
        return self.comparison.told

    def to_dict(self, audience: Audience = "product") -> dict[str, Any]:
        """The JSON object of `sextant compare --json` (schema 1)."""
        from sextant.reports.comparison.as_dict import as_dict
        from sextant.reports.tradeoffs import as_dict as weighed

        found = as_dict(self.comparison, audience)
        return (
            found | {"tradeoffs": [weighed(one) for one in self.trades]} if self.trades else found
        )

    def to_frame(self) -> pd.DataFrame:
        """One row per question and segment, as a pandas frame (pandas must be installed)."""
        import pandas as pd

        flat = []
        for row in self.to_dict()["results"]:
            sides = {
                f"{which}{'' if key == 'estimate' else f'_{key}'}": value
                for which in ("a", "b")
                for key, value in row.pop(which).items()
            }
            segment = ", ".join(f"{k} = {v}" for k, v in row.pop("segment").items())
            flat.append({"segment": segment} | sides | row)
        return pd.DataFrame(flat)

    def to_html(self) -> str:
        """The report as one self-contained page."""
        from sextant.reports.comparison.html import render

        return render(self.comparison, self.trades)

    def to_markdown(self, audience: Audience = "product") -> str:
        """The report as a pull-request comment."""
        from sextant.reports.comparison.markdown import render
        from sextant.reports.tradeoffs import markdown

        told = (markdown(one) for one in self.trades)
        return "".join([render(self.comparison, audience), *told])

    def __repr__(self) -> str:
        from sextant.reports.comparison.terminal import render
        from sextant.reports.tradeoffs import terminal

        told = (f"\n{terminal(one, 100)}" for one in self.trades)
        return "".join([render(self.comparison, width=100), *told])

    def _repr_html_(self) -> str:
        from sextant.reports.notebook import framed

        return framed(self.to_html())


def compare(
    data: Any,
    other: Any = None,
    *,
    a: Version | None = None,
    b: Version | None = None,
    key: str | None = None,
    metrics: str | Sequence[str] = (),
    margin: float | None = None,
    confidence: float = 0.95,
    trades: str | Sequence[str] = (),
    label: str | Mapping[str, Any] | None = None,
    unit: str | None = None,
    time: str | None = None,
    segments: Mapping[str, Any] | Sequence[str] | None = None,
    threshold: float | None = None,
    costs: Mapping[str, Any] | None = None,
    task: str | None = None,
    names: tuple[str, str] | None = None,
    source: Any = None,
    start: Moment | None = None,
    end: Moment | None = None,
    look: int | None = None,
    today: date | None = None,
    progress: Progress | None = None,
) -> ComparisonResult:
    """Is version B better than version A, on the same rows?

    `data`: a table with both versions' columns, `a` and `b`; or A's table, with `other` B's and
    `key` their common column; or a contract, whose own version is B unless `b` names another, and
    whose data `source` replaces (an `other` table then holds A). A version is a column, `score@0.6`
    with its threshold, or a mapping with column, threshold, scale, decisions.

    `metrics` are questions: `recall` (better?), `recall by 1%` (by so much?), `recall within 2% in
    every sex` (at most so much worse?); `margin` makes the last of all that name none. What a
    contract counts as looks, this counts too, by the two versions; else `look` gives the number.
    `trades` are agreed trade-offs, weighed on the same states: `1% of recall is worth 2% of
    precision`, `precision may cost 1% of recall`.

    Raises `ContractError`, `SourceError` or `LedgerError`, each with every problem and its remedy.
    """
    agreements = (trades,) if isinstance(trades, str) else tuple(trades)
    scan = _scanned(
        data, other, a=a, b=b, key=key, metrics=metrics, margin=margin, confidence=confidence,
        roles={"label": label, "unit": unit, "time": time, "segments": segments,
               "threshold": threshold, "costs": costs, "task": task},
        trades=agreements, names=names, source=source, start=start, end=end, progress=progress,
    )  # fmt: skip
    seen = _looked(scan.asked, scan.tally, scan.put.source, look, today)
    weighed = tuple(
        weigh_versions(one, scan.asked, scan.tally, seen.look, scan.asked.contract.looks)
        for one in agreements
    )
    return ComparisonResult(seen, scan.tally, weighed)


def packed(data: Any, other: Any = None, **given: Any) -> bytes:
    """What `compare` would judge, to be judged elsewhere: the question and its states, no rows.

    Takes what `compare` takes, without `look` and `today`. Raises as it does, and `StateError` for
    states that are too large to send.
    """
    if given.get("trades"):
        remedy = "Leave the trade-off out."
        raise SourceError([f"A server weighs the trade-offs that were agreed there. {remedy}"])
    roles = {name: given.pop(name, None) for name in ROLES}
    scan = _scanned(data, other, roles=roles, **given)
    chosen = given.get("start") is not None or given.get("end") is not None
    read = () if chosen else scan.tables
    tables = tuple(fingerprint(open_source(one, scan.base)).hex for one in read)
    return sent(scan.asked, replace(scan.put, tables=tables), scan.tally)


@dataclass(frozen=True, slots=True)
class _Scanned:
    """What was asked, how it was put, the states that answer it, and the tables read."""

    asked: Asked
    put: Put
    tally: Tally
    tables: tuple[Any, ...]
    base: Path


def _scanned(
    data: Any,
    other: Any,
    *,
    roles: Mapping[str, Any],
    a: Version | None = None,
    b: Version | None = None,
    key: str | None = None,
    metrics: str | Sequence[str] = (),
    margin: float | None = None,
    confidence: float = 0.95,
    trades: Sequence[str] = (),
    names: tuple[str, str] | None = None,
    source: Any = None,
    start: Moment | None = None,
    end: Moment | None = None,
    progress: Progress | None = None,
) -> _Scanned:
    agreed = _contract(data)
    if agreed is not None and (doubled := [name for name, one in roles.items() if one is not None]):
        raise SourceError([f"The contract says {doubled[0]} itself. Leave it out here."])
    table = data if agreed is None else (agreed.data.source if source is None else source)
    if agreed is None and table is None:
        raise SourceError(["There is no table: `data` is None. Give a path or a table."])
    if other is None and key is not None:
        raise SourceError([f"The key {key!r} joins two tables, and one was named. Leave it out."])
    truth = truth_in(agreed) if agreed else ""
    if agreed is None and roles["task"] == "regression":
        truth = truth_of(roles["label"])
    told = {name: one for name, one in roles.items() if one is not None}
    contract = comparable(agreed) if agreed else loose_contract(_called(table), **told)
    contract = _within(contract, start, end)
    base = agreed.path.parent if agreed and agreed.path and source is None else Path()
    first, second = _versions(a, b, contract, agreed is not None, other is not None)
    held = _labelled(contract, truth)
    if other is None:
        opened, joined = open_source(table, base), None
    else:
        if key is None:
            remedy = "Name the column that tells the rows apart: key."
            raise SourceError([f"Two tables are compared row by row of a key. {remedy}"])
        joined = open_joined(table, other, key, held, base)
        opened = joined.source
        a_second = agreed is not None
        first = renamed(joined, first, a_second)
        second = renamed(joined, second, not a_second)
    sides = side_of(first, contract, opened), side_of(second, contract, opened)
    if sides[0] == sides[1]:
        remedy = "Name another column, or another threshold: score@0.6."
        raise SourceError([f"A and B are both {first.written}. {remedy}"])
    versions = Versions(*sides, truth, by_unit=contract.data.unit is not None)
    called = _names(names, (first, second), (table, other), sides, agreed is not None)
    questions = (metrics,) if isinstance(metrics, str) else metrics
    asked = ask(contract, versions, called, questions, margin, confidence)
    for text in trades:
        agreed_for(text, asked.contract)
    tally = scanned(asked, opened, joined.overlap if joined else None, progress)
    known = digest(agreed) if agreed else None
    put = Put(tuple(questions), margin, confidence, known, None if agreed else told, opened.name)
    return _Scanned(asked, put, tally, (table,) if other is None else (table, other), base)


def _contract(data: Any) -> Contract | None:
    if isinstance(data, Contract):
        return data
    named = isinstance(data, str | Path) and Path(data).suffix.lower() in SUFFIXES
    return read_contract(data) if named else None


def _called(table: Any) -> str:
    return str(table) if isinstance(table, str | Path) else "a table in memory"


def _within(contract: Contract, start: Moment | None, end: Moment | None) -> Contract:
    if start is None and end is None:
        return contract
    old = contract.data.period or Period()
    period = Period(old.start if start is None else start, old.end if end is None else end)
    return replace(contract, data=replace(contract.data, period=period))


def _versions(
    a: Version | None, b: Version | None, contract: Contract, agreed: bool, joined: bool
) -> tuple[Given, Given]:
    """Both versions as they were named; what is missing is the contract's own, or the other's."""
    first = None if a is None else given(a, "a")
    second = None if b is None else given(b, "b")
    own = own_version(contract) if agreed else None
    if second is None:
        second = own or (first if joined else None)
    if first is None and joined:
        first = second
    missing = "a" if first is None else "b" if second is None else ""
    if first is None or second is None:
        remedy = f"Write {missing}: the column of its scores or decisions."
        raise SourceError([f"Version {missing.upper()} has no column. {remedy}"])
    return defaults(first, contract), defaults(second, contract)


def _labelled(contract: Contract, truth: str) -> str | None:
    return truth or (contract.data.label.column if contract.data.label else None)


def _names(
    names: tuple[str, str] | None,
    versions: tuple[Given, Given],
    tables: tuple[Any, Any],
    sides: tuple[Side, Side],
    agreed: bool,
) -> Named:
    """What sentences call them: the columns where these differ, else the cuts or the files."""
    if names is not None:
        return Named(*names)
    columns = [one.column.removesuffix(" (B)") for one in versions]
    if columns[0] != columns[1]:
        return Named(*(one.written.removesuffix(" (B)") for one in versions))
    if tables[1] is None and sides[0].cut != sides[1].cut:
        return Named(f"cut {sides[0].cut:g}", f"cut {sides[1].cut:g}")
    files = [Path(one).stem if isinstance(one, str | Path) else "" for one in tables]
    if files[0] and files[1] and files[0] != files[1]:
        return Named(files[1], files[0]) if agreed else Named(files[0], files[1])
    return Named("A", "B")


def _looked(
    asked: Asked, tally: Tally, source: str, look: int | None, today: date | None
) -> Comparison:
    """This look, counted beside the contract where there is one and nobody keeps the number."""
    day, code, path = today or date.today(), f"sextant {__version__}", asked.contract.path
    if look is None and path is not None:
        return counted(asked, tally, path, source, day, code)
    number = look or 1
    this = Look(number, asked.contract.looks, None if number > 1 else {})
    return compared(asked, tally, this, source, day, code)
