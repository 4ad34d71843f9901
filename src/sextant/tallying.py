"""The Python interface of stored states: write those of every day, and say what a folder holds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Literal

from sextant import __version__
from sextant.contracts.file.reading import read_contract
from sextant.contracts.model import Contract, Moment, Period
from sextant.engines.duck import Progress
from sextant.engines.source import open_source
from sextant.studies.stored.layout import whole
from sextant.studies.stored.taking import Taking, take

By = Literal["day", "month", "year", "number"]


@dataclass(frozen=True, slots=True, repr=False)
class TallyResult:
    """What became of every span that a source has rows of. Prints as a list."""

    taking: Taking
    folder: Path

    def to_dict(self) -> dict[str, Any]:
        """The JSON object of `sextant tally --json` (schema 1)."""
        from sextant.reports.stored import taking_record

        return taking_record(self.taking, self.folder)

    def __repr__(self) -> str:
        from sextant.reports.stored import taking_text

        return taking_text(self.to_dict())


def tally(
    data: Any,
    contract: str | Path | Contract,
    states: str | Path,
    *,
    by: By = "day",
    start: Moment | None = None,
    end: Moment | None = None,
    segments: tuple[str, ...] | list[str] = (),
    late: Literal["refuse", "replace", "add"] = "refuse",
    today: date | None = None,
    progress: Progress | None = None,
) -> TallyResult:
    """Scan a table once and keep the states of every day in the folder `states`.

    `data`: a path, a glob, an Arrow table, a pandas or Polars frame. A file is written for every
    day that has rows, or none between two that have, and for every day from `start` to `end` where
    these are named; days are those of UTC. `by` "number" takes every whole number of a time that
    holds numbers. `segments`: those by which everything is kept, beyond what the criteria need.

    A day that the folder has is written anew where the table holds more of it, and is left alone
    where it holds the same. `late`: what to do with other rows of such a day: "refuse", "replace"
    the old ones, or "add" them. Older versions of a day stay. Raises `ContractError`, `SourceError`
    or `StateError`, each with every problem and its remedy; nothing is written then.
    """
    agreed = whole(contract if isinstance(contract, Contract) else read_contract(contract))
    if unknown := [one for one in segments if one not in _names(agreed)]:
        from sextant.contracts.problems import suggest
        from sextant.engines.errors import SourceError

        remedy = suggest(unknown[0], _names(agreed), "segments")
        raise SourceError([f"The contract has no segment '{unknown[0]}'. {remedy}"])
    if start is not None or end is not None:
        from dataclasses import replace

        agreed = replace(agreed, data=replace(agreed.data, period=Period(start, end)))
    source = open_source(data)
    folder = Path(states)
    taking = take(
        source, agreed, folder, by=by, segments=tuple(segments), late=late,
        today=today or date.today(), code=f"sextant {__version__}", progress=progress,
    )  # fmt: skip
    return TallyResult(taking, folder)


def _names(contract: Contract) -> list[str]:
    return [segment.name for segment in contract.data.segments]
