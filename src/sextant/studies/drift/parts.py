"""Cells of columns, and the segments that are made of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sextant.engines.crossing import Cells
from sextant.stats.estimate import Level
from sextant.stats.rate import rate
from sextant.studies.drift.result import Part
from sextant.studies.drift.shared import EMPTY, Shared

MOST_VALUES = 60
BANDS = 12


@dataclass(frozen=True, slots=True)
class Segments:
    """All segments of a column: which cells each holds, `inside` [K, S], and its name."""

    inside: np.ndarray
    names: tuple[tuple[str, str, str], ...]


def cells_of(column: str, sides: Sequence[Shared], numbers: bool) -> Cells:
    """A column's cells: its most frequent values; of ordered ones about as many rows each.

    `sides`: the column in each window, against the reference. Limits at which most rows crossed
    are among them, so that no distance is lost.
    """
    if sides[0].kind == "values":
        shares: dict[str, float] = {}
        for one in sides:
            for name, share in zip(one.names, one.a / one.a.sum() + one.b / one.b.sum(),
                                   strict=True):  # fmt: skip
                shares[name] = max(shares.get(name, 0.0), float(share))
        shares.pop(EMPTY, None)
        most = sorted(shares, key=lambda name: (-shares[name], name))[:MOST_VALUES]
        return Cells(column, tuple(map(float, most)) if numbers else tuple(most))
    limits: set[float] = set()
    for one in sides:
        tops = [float(name) for name in one.names[1:]]
        a, b = (np.cumsum(rows) / rows.sum() for rows in (one.a, one.b))
        limits.add(tops[int(np.abs(a - b)[1:].argmax())])
        for share in np.arange(1, BANDS) / BANDS:
            at = int(np.searchsorted((a + b)[1:] / 2, share))
            limits.add(tops[min(at, len(tops) - 1)])
    return Cells(column, limits=tuple(sorted(limits - {max(tops)})) or (max(tops),))


def segments_of(cells: Cells, ordered: bool) -> Segments:
    """One a value; of numbers one a band, and all up to and above each limit; and the empty."""
    size = cells.size
    inside = [np.arange(size) == 0]
    names = [("", "", "")]
    if not ordered:
        texts = [_text(one) for one in cells.values]
        for at, value in enumerate(texts, start=1):
            inside.append(np.arange(size) == at)
            names.append((value, "", ""))
        return Segments(np.array(inside), tuple(names))
    limits = [_text(one) for one in cells.limits]
    last = size - 1
    runs = [(at, at) for at in range(1, size)]
    runs += [(1, at) for at in range(2, last)] + [(at, last) for at in range(2, last)]
    for low, high in runs:
        inside.append((np.arange(size) >= low) & (np.arange(size) <= high))
        above, upto = limits[low - 2] if low > 1 else "", limits[high - 1] if high < last else ""
        names.append(("", above, upto))
    return Segments(np.array(inside), tuple(names))


def mixes(segments: Segments, moves: np.ndarray) -> tuple[np.ndarray, list[tuple[int, ...]]]:
    """Segments whose share may carry a change: each, and the two and three cells that moved most.

    `moves` [S]: by how much the cells' shares moved. Gives classes [K, C, S], the last of them all
    other cells, and which segments each of the K names.
    """
    single = np.flatnonzero(segments.inside.sum(axis=1) == 1)
    order = single[np.argsort(-np.abs(moves @ segments.inside[single].T), kind="stable")]
    sets: list[tuple[int, ...]] = [(at,) for at in range(len(segments.names))]
    sets += [tuple(order[:many].tolist()) for many in (2, 3) if order.size > many]
    classes = np.zeros((len(sets), 4, moves.size))
    for at, held in enumerate(sets):
        for place, one in enumerate(held):
            classes[at, place] = segments.inside[one]
        classes[at, 3] = 1 - classes[at, :3].sum(axis=0)
    return classes, sets


def part_of(
    column: str, name: tuple[str, str, str], held: tuple[float, float],
    sizes: tuple[float, float], level: Level,
) -> Part:  # fmt: skip
    """A segment with its share of the rows of both sides."""
    before, after = (rate(k, n, level) for k, n in zip(held, sizes, strict=True))
    return Part(column, *name, before, after)


def _text(value: str | float) -> str:
    if isinstance(value, str):
        return value
    return f"{value:.0f}" if value.is_integer() and abs(value) < 1e15 else f"{value:.6g}"
