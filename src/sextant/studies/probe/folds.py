"""How rows are parted: at random, by unit, or in the order of time; and what hangs together."""

from __future__ import annotations

import itertools
from dataclasses import dataclass

import numpy as np

from sextant.engines.errors import SourceError
from sextant.studies.probe.rows import Array, Rows

STRETCHES, SHORTEST = 60, 10
"""Rows in order of time are taken for so many stretches that hang together each."""
BUCKETS = 256


@dataclass(frozen=True, slots=True)
class Folds:
    """`parts`: (rows that teach, rows that test), a pair a fold; no row is tested twice.

    `tested`: all tested rows, ascending. `together`: per row the piece that its errors may hang
    together with, None where rows are independent.
    """

    parts: tuple[tuple[Array, Array], ...]
    tested: Array
    together: Array | None

    @property
    def taught(self) -> int:
        """So many rows teach a model, in the mean."""
        return round(float(np.mean([teach.size for teach, _ in self.parts])))


def folds_of(rows: Rows, folds: int, seed: int) -> Folds:
    """Parts of about equal size. Raises `SourceError` where units are too few to be parted."""
    rng = np.random.default_rng([seed, 11])
    if rows.time is not None:
        parts = _in_time(rows, folds)
    elif rows.unit is not None:
        parts = _apart(_by_unit(rows.unit, folds, rng), folds)
    else:
        parts = _apart(_at_random(rows, folds, rng), folds)
    tested = np.sort(np.concatenate([test for _, test in parts]))
    return Folds(parts, tested, _together(rows, tested, rng))


def _apart(part: Array, folds: int) -> tuple[tuple[Array, Array], ...]:
    held = [(np.flatnonzero(part != k), np.flatnonzero(part == k)) for k in range(folds)]
    return tuple((teach, test) for teach, test in held if test.size)


def _at_random(rows: Rows, folds: int, rng: np.random.Generator) -> Array:
    """Every class in every part alike."""
    part = np.empty(rows.n, dtype=int)
    groups = [np.arange(rows.n)] if rows.task == "regression" else [
        np.flatnonzero(rows.y == one) for one in range(len(rows.classes))
    ]  # fmt: skip
    start = 0
    for group in groups:
        part[rng.permutation(group)] = (np.arange(group.size) + start) % folds
        start += group.size
    return part


def _by_unit(unit: Array, folds: int, rng: np.random.Generator) -> Array:
    """All rows of a unit in one part: the largest first, each to the smallest part so far."""
    sizes = np.bincount(unit)
    if sizes.size < 2:
        what = "All rows belong to one unit, so no row can test what others teach."
        raise SourceError([f"{what} Leave the unit out, or name another column."])
    order = rng.permutation(sizes.size)
    order = order[np.argsort(-sizes[order], kind="stable")]
    load = np.zeros(min(folds, sizes.size))
    where = np.empty(sizes.size, dtype=int)
    for one in order:
        where[one] = int(np.argmin(load))
        load[where[one]] += sizes[one]
    found: Array = where[unit]
    return found


def _in_time(rows: Rows, folds: int) -> tuple[tuple[Array, Array], ...]:
    """Each part is tested by what came before it; rows of one moment stay together."""
    assert rows.time is not None
    edges = [0]
    for k in range(1, folds + 1):
        at = int(np.searchsorted(rows.time, rows.time[k * rows.n // (folds + 1)], "left"))
        edges.append(at)
    edges.append(rows.n)
    spans = [(a, b) for a, b in itertools.pairwise(edges) if b > a > 0]
    if not spans:
        what = "All rows are of one moment, so that nothing comes before anything."
        raise SourceError([f"{what} Leave the time out, or name another column."])
    return tuple((np.arange(a), np.arange(a, b)) for a, b in spans)


def _together(rows: Rows, tested: Array, rng: np.random.Generator) -> Array | None:
    if rows.unit is not None:
        units = int(rows.unit.max()) + 1
        held: Array = (rng.permutation(units) % BUCKETS)[rows.unit]
        return held
    if rows.time is None:
        return None
    pieces = max(min(STRETCHES, tested.size // SHORTEST), 1)
    found = np.zeros(rows.n, dtype=int)
    found[tested] = np.arange(tested.size) * pieces // max(tested.size, 1)
    return found
