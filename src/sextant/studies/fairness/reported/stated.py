"""A report's groups as the tally that a scan of its rows would have given."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import reduce
from operator import add

from sextant.engines.errors import SourceError
from sextant.metrics.requests import Decisions
from sextant.metrics.tally import Cell, Grouping, Tally, Values
from sextant.states.confusion import Confusion
from sextant.states.snapshot import RowSample, Snapshot
from sextant.studies.fairness.reported.counts import counts_of, labelled
from sextant.studies.fairness.reported.figures import Report

UNSEEN = "From counts of groups as another tool reports them: the rows themselves were not read."


@dataclass(frozen=True, slots=True)
class Stated:
    """The states of a report; `labelled`: labels are known."""

    tally: Tally
    by: Grouping
    labelled: bool


def stated(report: Report, name: str) -> Stated | None:
    """The states of every grouping that a report's groups add up to; None where it says no n.

    Raises `SourceError` with every group whose counts are not told.
    """
    found = [(line, counts_of(line, report)) for line in report.lines]
    if problems := [one for _, one in found if isinstance(one, str)]:
        raise SourceError([f"{name}: {one}" for one in problems])
    missing = [line.name for line, one in found if one is None]
    if len(missing) == len(found):
        return None
    if missing:
        raise SourceError([f"{name}: how many rows has {missing[0]}? Its n is empty."])
    held = {line.values: one for line, one in found if isinstance(one, Confusion) and one.total}
    if not held:
        raise SourceError([f"{name} counts no row at all."])
    known = any(labelled(line) for line in report.lines)
    groupings = [(), *((one,) for one in report.by), report.by]
    cells = {at: _summed(held, report.by, at) for at in groupings}
    whole = cells[()][()]
    text = (f"{values!r} {one!r}".encode() for values, one in sorted(held.items()))
    left = (f"Not read: {', '.join(report.left)}.",) if report.left else ()
    tally = Tally(
        cells={at: {Decisions(): held} for at, held in cells.items()},
        counts={
            at: {values: (one.rows, one.labelled) for values, one in held.items()}
            for at, held in cells.items()
        },
        rows=int(whole.rows),
        labelled=int(whole.labelled) if known else None,
        snapshot=Snapshot.of(text),
        sample=RowSample(),
        notes=(UNSEEN, *left),
    )
    return Stated(tally, report.by, known)


def _summed(held: Mapping[Values, Confusion], by: Grouping, at: Grouping) -> dict[Values, Cell]:
    """The groups of a narrower grouping: sums of those of the whole one."""
    places = [by.index(one) for one in at]
    parts: dict[Values, list[Confusion]] = {}
    for values, one in held.items():
        parts.setdefault(tuple(values[place] for place in places), []).append(one)
    return {values: _cell(these) for values, these in parts.items()}


def _cell(parts: Iterable[Confusion]) -> Cell:
    whole = reduce(add, parts)
    return Cell(whole, None, whole.total, whole.labelled)
