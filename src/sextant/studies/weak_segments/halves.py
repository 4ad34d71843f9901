"""Rows split in two by chance: one half suggests segments, the other puts them to the test.

Counts are split, not rows: of the n equal rows of a cell as many fall into the first half as heads
of n coins, which is what a split of the rows would give. Rows of one unit stay together.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from sextant.engines.cells import Cells
from sextant.studies.weak_segments.result import Error

Ints = NDArray[np.int64]
BUCKETS = 256


@dataclass(frozen=True, slots=True)
class Half:
    """Errors `k` of `n` rows that count, per cell of `codes` [cells, columns] and unit bucket."""

    codes: Ints
    unit: Ints
    k: Ints
    n: Ints

    @property
    def total(self) -> tuple[int, int]:
        return int(self.k.sum()), int(self.n.sum())

    def mask(self, columns: tuple[int, ...], values: tuple[int, ...]) -> NDArray[np.bool_]:
        """Which cells lie in a segment."""
        inside: NDArray[np.bool_] = np.all(self.codes[:, columns] == np.array(values), axis=1)
        return inside


def halves(cells: Cells, error: Error, by_unit: bool, seed: int) -> tuple[Half, Half]:
    """The half that suggests and the half that confirms; the same for the same seed and counts."""
    order = np.lexsort((cells.flagged, cells.positive, cells.unit, *cells.codes.T))
    codes, unit = cells.codes[order], cells.unit[order]
    positive, flagged, n = cells.positive[order], cells.flagged[order], cells.n[order]
    counts, wrong = _counting(positive, flagged, error)
    codes, unit, n, wrong = codes[counts], unit[counts], n[counts], wrong[counts]
    rng = np.random.default_rng(seed)
    if by_unit:
        first = np.where(rng.permutation(BUCKETS)[unit] < BUCKETS // 2, n, 0)
    else:
        first = rng.binomial(n, 0.5)
    return tuple(  # type: ignore[return-value]
        Half(codes, unit, np.where(wrong, part, 0), part) for part in (first, n - first)
    )


def _counting(positive: Ints, flagged: Ints, error: Error) -> tuple[NDArray[np.bool_], ...]:
    """Which cells count for this error, and which of them have it."""
    match error:
        case "missed":
            return positive == 1, flagged == 0
        case "wrongly_flagged":
            return positive == 0, flagged == 1
        case _:
            return positive != 2, positive != flagged


def combinations_of(columns: int, depth: int) -> list[tuple[int, ...]]:
    """Every choice of up to `depth` columns."""
    return [one for d in range(1, depth + 1) for one in combinations(range(columns), d)]


def counted(
    half: Half, columns: tuple[int, ...], sizes: tuple[int, ...]
) -> tuple[Ints, Ints, NDArray[np.int64]]:
    """Errors, rows and values [segments, d] of every combination of these columns' values."""
    shape = tuple(sizes[one] for one in columns)
    key = np.ravel_multi_index(tuple(half.codes[:, one] for one in columns), shape)
    size = int(np.prod(shape))
    k = np.bincount(key, half.k, size).astype(np.int64)
    n = np.bincount(key, half.n, size).astype(np.int64)
    held = np.flatnonzero(n)
    return k[held], n[held], np.stack(np.unravel_index(held, shape), axis=1)
