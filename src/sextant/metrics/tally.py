"""What one scan of a source yields: states per segment, and the facts about the rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from sextant.metrics.requests import Distribution, Request, Scores
from sextant.states.snapshot import RowSample, Snapshot
from sextant.states.units import ByUnit

Grouping = tuple[str, ...]
Values = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """One state of one segment. `by_unit` holds it per unit bucket where rows are dependent.

    `rows` and `labelled` count the segment's usable rows; `aside` those of them that this state
    could not use (no score, not a number).
    """

    whole: Any
    by_unit: ByUnit[Any] | None = None
    rows: float = 0.0
    labelled: float = 0.0
    aside: float = 0.0

    def __add__(self, other: Cell) -> Cell:
        units = self.by_unit
        if units is not None and other.by_unit is not None:
            units = units + other.by_unit
        return Cell(
            self.whole + other.whole,
            units,
            self.rows + other.rows,
            self.labelled + other.labelled,
            self.aside + other.aside,
        )

    def scaled(self, factor: float) -> Cell:
        """The cell as it would be with `factor` times as much data of the same kind."""
        return replace(
            self,
            whole=self.whole.scaled(factor),
            by_unit=None if self.by_unit is None else self.by_unit.scaled(factor),
            rows=self.rows * factor,
            labelled=self.labelled * factor,
            aside=self.aside * factor,
        )


@dataclass(frozen=True, slots=True)
class Tally:
    """All cells of one scan: grouping → request → segment values → cell."""

    cells: Mapping[Grouping, Mapping[Request, Mapping[Values, Cell]]]
    counts: Mapping[Grouping, Mapping[Values, tuple[float, float]]]
    rows: int
    labelled: int | None
    snapshot: Snapshot
    sample: RowSample
    set_aside: tuple[tuple[str, int], ...] = ()
    period: tuple[str | None, str | None] = (None, None)
    notes: tuple[str, ...] = ()

    def find(self, grouping: Grouping, request: Request) -> Mapping[Values, Cell]:
        """The cells that answer `request`, which may be a part of a wider one in the tally."""
        held = self.cells[grouping]
        return held[next(wide for wide in held if covers(wide, request))]


def covers(wide: Request, request: Request) -> bool:
    """Whether the state of `wide` answers `request` too."""
    match wide, request:
        case Scores(), Scores():
            return set(request.thresholds) <= set(wide.thresholds)
        case Distribution(), Distribution():
            return wide.column == request.column and set(request.cuts) <= set(wide.cuts)
        case _:
            return wide == request


def merge(requests: list[Request]) -> tuple[Request, ...]:
    """The fewest requests that cover all of these, in a stable order."""
    merged: dict[object, Request] = {}
    for request in requests:
        match request:
            case Scores():
                old = merged.get("scores", Scores())
                assert isinstance(old, Scores)
                thresholds = tuple(sorted({*old.thresholds, *request.thresholds}))
                merged["scores"] = Scores(thresholds)
            case Distribution():
                key = ("distribution", request.column)
                held = merged.get(key, Distribution(request.column))
                assert isinstance(held, Distribution)
                cuts = tuple(sorted({*held.cuts, *request.cuts}))
                merged[key] = Distribution(request.column, cuts)
            case _:
                merged[request] = request
    return tuple(merged.values())
