"""The Python interface of a profile: is the data good, enough, allowed?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from sextant import __version__
from sextant.contracts.evidence import Verdict
from sextant.contracts.file.reading import read_contract
from sextant.contracts.model import Contract, Scalar, Segment
from sextant.engines.repeats import open_both
from sextant.engines.source import open_source
from sextant.reports.rendered import Rendered
from sextant.states.table import TableState
from sextant.studies.quality.profiling import Asked, profiled
from sextant.studies.quality.result import Profile
from sextant.studies.quality.rules import read_rules
from sextant.studies.representation.given import population_given, text_of
from sextant.studies.sheet.declared import about_of
from sextant.studies.sheet.making import Sheet, sheet_of

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True, repr=False)
class ProfileResult(Rendered):
    """What a table holds, what is suspicious in it, which rules it keeps. Prints as a report."""

    reports: ClassVar[str] = "quality"
    profile: Profile

    @property
    def verdict(self) -> Verdict | None:
        """Of all rules together; None where none were given."""
        return self.profile.verdict

    @property
    def suggested(self) -> tuple[str, ...]:
        """Rules drafted from the reference, or from the table itself, to edit and give as rules."""
        return self.profile.suggested

    def sheet(
        self, contract: str | Path | Contract | None = None, about: Any = None
    ) -> SheetResult:
        """The data sheet: what is known, what is not, which fields nothing uses.

        `contract`: whose roles, segments and criteria use fields. `about`: what only people know
        (owner, licence, consent …), as a mapping or a .yaml file. Raises `ContractError`.
        """
        if contract is not None and not isinstance(contract, Contract):
            contract = read_contract(contract)
        if about is not None and not isinstance(about, Mapping):
            about = text_of(Path(about))
        return SheetResult(sheet_of(self.profile, contract, about_of(about or {})))

    @property
    def state(self) -> TableState:
        """What can be kept of the table in place of its rows, to compare others with by drift.

        Of numbers their histogram, of texts the rows of each value while these are few. It holds
        values of cells, though none of a column in which personal data were found.
        """
        assert self.profile.state is not None
        return self.profile.state

    def to_dict(self) -> dict[str, Any]:
        """The JSON object of `sextant profile --json` (schema 1)."""
        from sextant.reports.quality.as_dict import as_dict

        return as_dict(self.profile)

    def to_frame(self) -> pd.DataFrame:
        """One row per column, as a pandas frame (pandas must be installed)."""
        import pandas as pd

        return pd.DataFrame(self.to_dict()["columns"])


@dataclass(frozen=True, slots=True, repr=False)
class SheetResult(Rendered):
    """A table's data sheet. Prints as Markdown."""

    reports: ClassVar[str] = "sheet"
    sheet: Sheet

    def to_dict(self) -> dict[str, Any]:
        """The sheet as one JSON object (schema 1)."""
        from sextant.reports.sheet.as_dict import as_dict

        return as_dict(self.sheet)


def profile(
    data: Any,
    *,
    label: str | None = None,
    positive: Scalar | None = None,
    segments: Mapping[str, Any] | Sequence[str] | None = None,
    time: str | None = None,
    reference: Any = None,
    rules: str | Sequence[str] | Path | None = None,
    ignore: Sequence[str] = (),
    sample: int = 2_000,
    seed: int = 0,
    region: str | None = None,
    leak: float = 0.8,
    confidence: float = 0.95,
    population: Any = None,
    cross: Sequence[str] = (),
    margin: float | None = None,
    today: date | None = None,
) -> ProfileResult:
    """Is the data good, enough, allowed? A table's columns, what is suspicious, which rules hold.

    `data`: a path, a glob or a table in memory. `label` with its `positive` value (of two values
    yes, true or 1, else the rarer one) gives balance and columns that give the label away: those
    whose AUC by one column is at least `leak`. `segments`: columns, or names with column and bands.
    `time`: a column of dates, for freshness and volume. `reference`: a table of the same kind, for
    the schema, rows that stand in both, and suggested rules. `rules`: a file, or lines of text.
    `ignore`: columns left out where rows are compared, such as running numbers. `sample` rows,
    drawn by `seed`, are read for personal data (0: none), phone numbers of `region` without + too.
    `population`: whom the rows are to stand for: a declaration (a mapping, or a .yaml file), or a
    table, whose shares of the `segments`, and of those named in `cross` together, are taken. A
    group may be smaller than declared by `margin` of its share (0.2).

    Raises `SourceError` or `ContractError`, each with every problem and its remedy.
    """
    parts = _segments(segments)
    asked = Asked(
        label, None if positive is None else _text(positive), parts, time,
        tuple(ignore), read_rules(_rules(rules)), sample, seed, region, leak, confidence,
        population_given(population, parts, cross, margin),
    )  # fmt: skip
    first, second = (
        open_both(data, reference) if reference is not None else (open_source(data), None)
    )
    return ProfileResult(
        profiled(asked, first, second, today or date.today(), f"sextant {__version__}")
    )


def _text(value: Scalar) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _segments(given: Mapping[str, Any] | Sequence[str] | None) -> tuple[Segment, ...]:
    if given is None:
        return ()
    if isinstance(given, str):
        given = [given]
    listed = given.items() if isinstance(given, Mapping) else [(name, name) for name in given]
    found = []
    for name, held in listed:
        if isinstance(held, Mapping):
            bands = tuple(held.get("bands", ()))
            found.append(Segment(name, str(held.get("column", name)), bands=bands))
        else:
            found.append(Segment(name, str(held)))
    return tuple(found)


def _rules(given: str | Sequence[str] | Path | None) -> str | Sequence[str]:
    """The text of a file where a path is named; lines of rules as they are."""
    if given is None:
        return ""
    return text_of(given) if isinstance(given, Path) else given
