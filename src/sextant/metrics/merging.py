"""The tallies of parts of the rows, made into the tally of them all."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from sextant.metrics.requests import Distribution, Request
from sextant.metrics.tally import Cell, Grouping, Tally, Values
from sextant.states.histogram import in_buckets
from sextant.states.snapshot import MODULUS, RowSample
from sextant.states.state import S, StateError
from sextant.states.units import ByUnit

SAMPLED_ROWS = 512
"""About how many row hashes are kept of a whole; its parts keep as many each."""
FEW_VALUES, FIRST_ROWS = 256, 10_000
"""A scan counts a column value by value where its first rows hold so few of them."""


def merged(
    tallies: Sequence[Tally],
    reasons: Sequence[str] = (),
    period: tuple[str | None, str | None] | None = None,
    notes: Sequence[str] = (),
) -> Tally:
    """The tally of the rows of at least one part, in the order given.

    Counts are exact whatever the parts. Means and sums of squares of floating-point numbers are
    those of all rows up to rounding, as they are between two scans on several threads: parts are
    added in pairs, so that a year of days rounds nine times and not 365 times.

    `reasons`: the order in which a scan tells why rows were set aside. `period`: that was asked
    for; without one, from the first part's to the last one's. Raises StateError where the parts
    were not counted alike.
    """
    if not tallies:
        raise ValueError("There is no tally to merge.")
    _alike(tallies)
    rows = sum(one.rows for one in tallies)
    labelled = [one.labelled for one in tallies if one.labelled is not None]
    return Tally(
        cells=_cells(tallies),
        counts=_counts(tallies),
        rows=rows,
        labelled=sum(labelled) if labelled else tallies[0].labelled,
        snapshot=in_pairs([one.snapshot for one in tallies]),
        sample=_sample(tallies, rows),
        set_aside=_set_aside(tallies, reasons),
        period=_period(tallies) if period is None else period,
        notes=tuple(dict.fromkeys([*(note for one in tallies for note in one.notes), *notes])),
    )


def in_pairs(states: Sequence[S]) -> S:
    """The sum of at least one state, at once where its kind can, else neighbours first."""
    held = list(states)
    if at_once := getattr(held[0], "merged", None):
        total: S = at_once(held)
        return total
    while len(held) > 1:
        odd = held[len(held) - len(held) % 2 :]
        held = [held[at] + held[at + 1] for at in range(0, len(held) - 1, 2)] + odd
    return held[0]


def _alike(tallies: Sequence[Tally]) -> None:
    first = _asked(tallies[0])
    for one in tallies[1:]:
        if _asked(one) != first:
            what = "States that answer different questions cannot be merged, groupings"
            raise StateError(what, list(first)[:5], "Count all of them with one contract.")


def _asked(tally: Tally) -> dict[Grouping, frozenset[Request]]:
    return {grouping: frozenset(held) for grouping, held in tally.cells.items()}


def _cells(
    tallies: Sequence[Tally],
) -> dict[Grouping, dict[Request, dict[Values, Cell]]]:
    found = {
        grouping: {
            request: {
                values: _cell(cells)
                for values, cells in _by_values(
                    one.cells[grouping][request] for one in tallies
                ).items()
            }
            for request in held
        }
        for grouping, held in tallies[0].cells.items()
    }
    rows = sum(one.rows for one in tallies)
    for request in {one for held in found.values() for one in held}:
        of = [held[request] for held in found.values() if request in held]
        if isinstance(request, Distribution) and _many(of, rows):
            for cells in of:
                cells |= {values: _in_buckets(cell) for values, cell in cells.items()}
    return found


def _many(of: Sequence[Mapping[Values, Cell]], rows: int) -> bool:
    """Whether a scan of all rows would have counted the column in buckets.

    It would where some part was so counted, or where its first rows hold too many values: of few
    rows a day has few values, and a month may have many.
    """
    held = [cell.whole for cells in of for cell in cells.values()]
    if not all(one.by_value for one in held):
        return True
    values = {value for one in held for value in one.low[one.single].tolist()}
    return rows <= FIRST_ROWS and len(values) > FEW_VALUES


def _in_buckets(cell: Cell) -> Cell:
    units = cell.by_unit
    if units is not None:
        units = ByUnit(tuple((at, in_buckets(one)) for at, one in units.parts), units.copies)
    return replace(cell, whole=in_buckets(cell.whole), by_unit=units)


def _by_values(held: Iterable[Mapping[Values, Any]]) -> dict[Values, list[Any]]:
    """What stands under each segment's values, in the order of the values."""
    found: dict[Values, list[Any]] = {}
    for one in held:
        for values, what in one.items():
            found.setdefault(values, []).append(what)
    return dict(sorted(found.items()))


def _cell(cells: Sequence[Cell]) -> Cell:
    if len(cells) == 1:
        return cells[0]
    units = [one.by_unit for one in cells if one.by_unit is not None]
    return Cell(
        in_pairs([one.whole for one in cells]),
        _units(units) if units else None,
        sum(one.rows for one in cells),
        sum(one.labelled for one in cells),
        sum(one.aside for one in cells),
    )


def _units(held: Sequence[ByUnit[Any]]) -> ByUnit[Any]:
    """Bucket by bucket: a unit's rows lie in one bucket, whatever span they lie in."""
    found: dict[int, list[Any]] = {}
    for one in held:
        for bucket, state in one.parts:
            found.setdefault(bucket, []).append(state)
    return ByUnit.of({bucket: in_pairs(states) for bucket, states in sorted(found.items())})


def _counts(tallies: Sequence[Tally]) -> dict[Grouping, dict[Values, tuple[float, float]]]:
    return {
        grouping: {
            values: (sum(n for n, _ in pairs), sum(labelled for _, labelled in pairs))
            for values, pairs in _by_values(one.counts[grouping] for one in tallies).items()
        }
        for grouping in tallies[0].counts
    }


def _sample(tallies: Sequence[Tally], rows: int) -> RowSample:
    """As thin as a scan of all rows would have made it."""
    least = min(one.sample.threshold for one in tallies)
    below = min(least, int(MODULUS * min(1.0, SAMPLED_ROWS / max(rows, 1))))
    found: dict[int, int] = {}
    for one in tallies:
        for row, n in one.sample.items:
            if row < below:
                found[row] = found.get(row, 0) + n
    return RowSample(below, tuple(found.items()))


def _set_aside(tallies: Sequence[Tally], reasons: Sequence[str]) -> tuple[tuple[str, int], ...]:
    found: dict[str, int] = dict.fromkeys(reasons, 0)
    for one in tallies:
        for reason, rows in one.set_aside:
            found[reason] = found.get(reason, 0) + rows
    return tuple((reason, rows) for reason, rows in found.items() if rows)


def _period(tallies: Sequence[Tally]) -> tuple[str | None, str | None]:
    starts = [one.period[0] for one in tallies if one.period[0] is not None]
    ends = [one.period[1] for one in tallies if one.period[1] is not None]
    return (starts[0] if starts else None, ends[-1] if ends else None)
