"""Which segment of another column carries a change? One more scan, where something changed.

Pairs of every column with every other would be states by the square of the columns, for nothing
where nothing changed. So they are counted once it is known which columns did.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from sextant.contracts.grammar import MISSING
from sextant.engines.crossing import Cells, Pair, crossed
from sextant.engines.source import Source
from sextant.states.histogram import Histogram
from sextant.stats.carried import Carried, by_mix, left_out
from sextant.stats.estimate import Level
from sextant.stats.shift import holm
from sextant.studies.drift.leading import Key, best, lead_of
from sextant.studies.drift.parts import Segments, cells_of, mixes, part_of, segments_of
from sextant.studies.drift.result import (
    Asked,
    Driver,
    Lead,
    State,
    Texts,
    Window,
    WindowShift,
)
from sextant.studies.drift.shared import Shared, are_codes, shared

MOST_WINDOWS, MOST_CHANGED, MOST_OTHERS = 6, 8, 24
APART = 0.95
"""A column in which nearly all rows differ (a number of the row, a day) tells the sides apart."""
HALF = 0.5
"""No more than half of the distance may be left, for a segment to carry the change."""
Sides = tuple[Source, str, Source, str]
"""Both tables, each with the column of its windows, or "" where all rows are one."""


@dataclass(frozen=True, slots=True)
class Looked:
    """A changed column by the segments of another one, in one window; `sets`: which each names."""

    window: int
    changed: str
    other: str
    kind: Literal["mix", "inside"]
    found: Carried
    sets: Sequence[tuple[int, ...]]
    shares: tuple[np.ndarray, np.ndarray]
    rows: tuple[float, float]


def driven(
    asked: Asked,
    sides: Sides,
    own: Sequence[Window],
    windows: Sequence[Window],
    found: Sequence[WindowShift],
) -> tuple[WindowShift, ...]:
    """The windows, with what carries their changes. `own`: the reference of each window."""
    moved = sorted(
        (at for at, one in enumerate(found) if one.answer == "changed"),
        key=lambda at: -(found[at].columns[0].shift.distance.value or 0.0),
    )[:MOST_WINDOWS]
    wanted = {at: _wanted(found[at]) for at in moved}
    pairs = {
        at: [(name, other) for name in changed for other in others if other != name]
        for at, (changed, others) in wanted.items()
    }
    every = sorted({_key(pair) for held in pairs.values() for pair in held})
    if not every:
        return tuple(found)
    cells, ordered = cells_by_column(
        sorted({n for pair in every for n in pair}), moved, own, windows
    )
    first = _scanned(sides[0], sides[1], cells, every, [own[at].name for at in moved])
    second = _scanned(sides[2], sides[3], cells, every, [windows[at].name for at in moved])
    parts = {name: segments_of(one, ordered[name]) for name, one in cells.items()}
    looks: list[Looked] = []
    for at in moved:
        a, b = (
            _of(held, source[1], one[at].name)
            for held, source, one in (
                (first, sides[:2], own), (second, sides[2:], windows),
            )
        )  # fmt: skip
        looks += _looked(at, pairs[at], (a, b), parts, ordered)
    return _told(asked, found, looks, parts)


def _wanted(window: WindowShift) -> tuple[list[str], list[str]]:
    """The columns that changed, and those whose segments are looked at."""
    held = [one for one in window.columns if not one.note and one.kind != "text"]
    changed = [one.column for one in held if one.answer == "changed"]
    others = [one.column for one in held if (one.shift.distance.value or 0.0) < APART]
    return changed[:MOST_CHANGED], others[:MOST_OTHERS]


def _key(pair: Pair) -> Pair:
    return (pair[0], pair[1]) if pair[0] < pair[1] else (pair[1], pair[0])


def cells_by_column(
    names: Sequence[str], moved: Sequence[int], own: Sequence[Window], windows: Sequence[Window]
) -> tuple[dict[str, Cells], dict[str, bool]]:
    """How each column is cut, for all of the windows `moved`; and whether it is ordered."""
    cells, ordered = {}, {}
    for name in names:
        states = [one.columns[name] for one in (*own, *windows)]
        codes = are_codes(states)
        sides = [_shared(own[at].columns[name], windows[at].columns[name], codes) for at in moved]
        cells[name] = cells_of(name, sides, isinstance(states[0], Histogram))
        ordered[name] = sides[0].kind == "ordered"
    return cells, ordered


def _shared(before: State, after: State, codes: bool) -> Shared:
    assert not isinstance(before, Texts)
    assert not isinstance(after, Texts)
    return shared(before, after, codes)


def _scanned(
    source: Source, by: str, cells: Mapping[str, Cells], pairs: list[Pair], windows: list[str]
) -> dict[tuple[str, Pair], np.ndarray]:
    return crossed(source, cells, pairs, by, list(dict.fromkeys(windows)), MISSING)


def _of(
    held: Mapping[tuple[str, Pair], np.ndarray], by: str, window: str
) -> dict[Pair, np.ndarray]:
    """The matrices of one window, both ways round."""
    name = window if by else MISSING
    mine = {pair: one for (key, pair), one in held.items() if key == name}
    return mine | {(b, a): one.T for (a, b), one in mine.items()}


def _looked(
    at: int,
    pairs: Sequence[Pair],
    sides: tuple[Mapping[Pair, np.ndarray], Mapping[Pair, np.ndarray]],
    parts: Mapping[str, Segments],
    ordered: Mapping[str, bool],
) -> list[Looked]:
    """Every changed column by the segments of every other, and by its own."""
    looks, alone = [], set()
    for changed, other in pairs:
        a, b = (held[changed, other] for held in sides)
        looks += _look(at, changed, other, (a, b), parts[other], ordered[changed])
        if changed not in alone:
            alone.add(changed)
            own = np.diag(a.sum(axis=1)), np.diag(b.sum(axis=1))
            looks += _look(at, changed, changed, own, parts[changed], ordered[changed])
    return looks


def _look(
    at: int, changed: str, other: str, sides: tuple[np.ndarray, np.ndarray], segments: Segments,
    ordered: bool,
) -> list[Looked]:  # fmt: skip
    a, b = sides
    rows = float(a.sum()), float(b.sum())
    shares = a.sum(axis=0) / rows[0], b.sum(axis=0) / rows[1]
    held = segments.inside @ shares[0], segments.inside @ shares[1]
    classes, sets = mixes(segments, shares[1] - shares[0])
    mixed = by_mix(a, b, classes, ordered)
    out = left_out(a, b, segments.inside.astype(np.float64), ordered)
    singles = [(one,) for one in range(len(segments.names))]
    return [
        Looked(at, changed, other, "mix", mixed, sets, held, rows),
        Looked(at, changed, other, "inside", out, singles, held, rows),
    ]


def _told(
    asked: Asked,
    found: Sequence[WindowShift],
    looks: Sequence[Looked],
    parts: Mapping[str, Segments],
) -> tuple[WindowShift, ...]:
    """What carries each change, with the confidence that no segment is named falsely."""
    alpha = 1 - asked.confidence
    adjusted = holm(np.concatenate([one.found.p for one in looks]))
    named: dict[int, dict[str, dict[Key, Driver]]] = {}
    searched: dict[int, int] = {}
    begin = 0
    for one in looks:
        mine = adjusted[begin : begin + one.found.p.size]
        begin += mine.size
        if one.changed != one.other:
            searched[one.window] = searched.get(one.window, 0) + mine.size
        carries = (mine <= alpha) & (one.found.left <= HALF * one.found.whole)
        held = named.setdefault(one.window, {}).setdefault(one.changed, {})
        for at in np.flatnonzero(carries).tolist():
            driver = _driver(one, at, float(mine[at]), parts[one.other], alpha)
            held[one.kind, one.other, one.sets[at]] = driver
    told = list(found)
    for at, by_column in named.items():
        told[at] = _window(found[at], by_column, searched.get(at, 0))
    return tuple(told)


def _driver(one: Looked, at: int, adjusted: float, segments: Segments, alpha: float) -> Driver:
    level = Level(alpha).split(len(segments.names))
    named = tuple(
        part_of(
            one.other, segments.names[place],
            tuple(share[place] * rows for share, rows in zip(one.shares, one.rows, strict=True)),
            one.rows, level,
        )
        for place in one.sets[at]
    )  # fmt: skip
    return Driver(one.kind, named, one.found.whole, one.found.estimate(at, alpha), adjusted)


def _window(
    window: WindowShift, named: Mapping[str, Mapping[Key, Driver]], searched: int
) -> WindowShift:
    """What carries most of all columns; of the others each its own best one."""
    first = lead_of(named)
    columns = []
    for one in window.columns:
        mine = {key: held for key, held in named.get(one.column, {}).items()
                if key[1] != one.column}  # fmt: skip
        if first in mine:
            columns.append(replace(one, driver=mine[first]))
        elif mine and (first is None or first[1] != one.column):
            columns.append(replace(one, driver=mine[best(mine)]))
        else:
            columns.append(one)
    lead = None
    if first is not None:
        lead = Lead(tuple((name, one[first]) for name, one in named.items() if first in one))
    return replace(window, columns=tuple(columns), lead=lead, searched=searched)
