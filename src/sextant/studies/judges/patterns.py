"""Rows by what several raters say of them, as tables of classes."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from sextant.metrics.paired.requests import JOINT
from sextant.metrics.tally import Cell
from sextant.states.counts import Counts

Array = NDArray[np.float64]
Pattern = tuple[str, ...]


def held(state: Counts) -> dict[Pattern, float]:
    """The patterns with their rows; an empty text is no verdict."""
    return {tuple(key.split(JOINT)): n for key, n in state.items}


def mapped(cell: Cell, change: Callable[[Pattern], Pattern | None]) -> Cell:
    """The cell by what `change` makes of each pattern; None leaves its rows out."""

    def read(state: Counts) -> Counts:
        found: dict[str, float] = {}
        for pattern, n in held(state).items():
            if (kept := change(pattern)) is not None:
                key = JOINT.join(kept)
                found[key] = found.get(key, 0.0) + n
        return Counts.of(found)

    units = cell.by_unit
    if units is not None:
        units = replace(units, parts=tuple((u, read(state)) for u, state in units.parts))
    return replace(cell, whole=read(cell.whole), by_unit=units)


def read_alike(cell: Cell) -> Cell:
    """The cell with every way to say yes or no as `yes` and `no`, so that 1 and true agree."""
    return mapped(cell, lambda pattern: tuple(ALIKE.get(one.casefold(), one) for one in pattern))


ALIKE = {"1": "yes", "true": "yes", "y": "yes", "yes": "yes", "0": "no", "-1": "no", "false": "no",
         "n": "no", "no": "no"}  # fmt: skip


def classes_of(patterns: Iterable[Pattern]) -> tuple[str, ...]:
    """Every verdict that somebody gave, numbers by size, then words."""
    found = {value for pattern in patterns for value in pattern if value}
    return tuple(sorted(found, key=_order))


def _order(value: str) -> tuple[int, float, str]:
    try:
        return 0, float(value), value
    except ValueError:
        return 1, 0.0, value


def units_of(cell: Cell, keys: list[Pattern]) -> Array | None:
    """Rows per bucket of units and pattern, shape [units, patterns]; None for independent rows."""
    if cell.by_unit is None:
        return None
    parts = [held(state) for _, state in cell.by_unit.parts]
    return np.array([[part.get(key, 0.0) for key in keys] for part in parts]).reshape(
        len(parts), len(keys)
    )


def square(keys: list[Pattern], rows: Array, classes: tuple[str, ...]) -> Array:
    """Rows by both raters' classes, shape [K, K], from patterns of two."""
    place = {value: at for at, value in enumerate(classes)}
    table = np.zeros((len(classes), len(classes)))
    for (a, b), n in zip(keys, rows, strict=True):
        table[place[a], place[b]] += n
    return table


def verdicts(keys: list[Pattern], classes: tuple[str, ...]) -> Array:
    """How many raters gave each class, by pattern: shape [P, K]."""
    place = {value: at for at, value in enumerate(classes)}
    counts = np.zeros((len(keys), len(classes)))
    for at, pattern in enumerate(keys):
        for value in pattern:
            if value:
                counts[at, place[value]] += 1
    return counts


def garbage(patterns: dict[Pattern, float], judge: int, known: set[str]) -> dict[str, float]:
    """The judge's verdicts that no person gives, such as a refusal, with their rows."""
    found: dict[str, float] = {}
    for pattern, n in patterns.items():
        value = pattern[judge]
        if value and value not in known:
            found[value] = found.get(value, 0.0) + n
    return found


def without(patterns: dict[Pattern, float], known: set[str]) -> dict[Pattern, float]:
    """The same with every verdict that is not known left out."""
    found: dict[Pattern, float] = {}
    for pattern, n in patterns.items():
        kept = tuple(value if value in known else "" for value in pattern)
        found[kept] = found.get(kept, 0.0) + n
    return found
