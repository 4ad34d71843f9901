"""Changed columns in the order of what they do to a contract's criteria."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sextant.studies.drift.comparing import ORDER
from sextant.studies.drift.driving import MOST_CHANGED, MOST_WINDOWS, Sides, cells_by_column
from sextant.studies.drift.effects import counted, effects_of, size
from sextant.studies.drift.result import Asked, Window, WindowShift


def ordered(
    asked: Asked,
    sides: Sides,
    own: Sequence[Window],
    windows: Sequence[Window],
    found: Sequence[WindowShift],
) -> tuple[WindowShift, ...]:
    """The windows that moved most, with effects; the others, and without a contract all, as is.

    Raises `SourceError` where the reference lacks what the contract's criteria need.
    """
    if asked.contract is None:
        return tuple(found)
    moved = sorted(
        (at for at, one in enumerate(found) if one.answer == "changed"),
        key=lambda at: -(found[at].columns[0].shift.distance.value or 0.0),
    )[:MOST_WINDOWS]
    names = {
        at: [one.column for one in found[at].columns
             if one.answer == "changed" and one.kind != "text" and not one.note][:MOST_CHANGED]
        for at in moved
    }  # fmt: skip
    every = sorted({name for held in names.values() for name in held})
    if not every:
        return tuple(found)
    cells, _ = cells_by_column(every, moved, own, windows)
    held = counted(asked.contract, sides[0], sides[2], sides[3], cells)
    told = list(found)
    for at in moved:
        columns = [
            replace(one, effects=effects_of(held, one.column, found[at].window, asked.confidence))
            if one.column in names[at]
            else one
            for one in found[at].columns
        ]
        columns.sort(
            key=lambda one: (
                ORDER[one.answer], *(-part for part in size(one.effects)),
                -(one.shift.distance.value or 0.0),
            )
        )  # fmt: skip
        told[at] = replace(found[at], columns=tuple(columns))
    return tuple(told)
