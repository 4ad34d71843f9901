"""Cells (a key, a count, the smallest and the largest value seen) as read-only arrays."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from functools import reduce
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]


def floats(values: ArrayLike) -> Floats:
    """A read-only copy as float64, with 0 for minus 0 so that equal states have equal bytes."""
    with np.errstate(invalid="ignore"):  # what was damaged on the way may be any bits
        copy = np.asarray(values, np.float64) + 0.0
    copy.flags.writeable = False
    return copy


def ints(values: ArrayLike) -> Ints:
    """A read-only copy as int64. Raises ValueError where a value is not a whole number."""
    given = np.asarray(values)
    with np.errstate(invalid="ignore"):  # NaN becomes a number here, and is found out below
        copy = given.astype(np.int64)
    if given.dtype.kind != "i" and not np.array_equal(copy, given):
        raise ValueError("Keys of cells must be whole numbers below 2^63.")
    copy.flags.writeable = False
    return copy


def no_floats() -> Floats:
    return floats([])


def no_ints() -> Ints:
    return ints([])


def same(a: Any, b: Any) -> bool:
    """Whether two states of one class are equal, field by field."""
    for field in fields(a):
        x, y = getattr(a, field.name), getattr(b, field.name)
        if not (np.array_equal(x, y) if isinstance(x, np.ndarray) else x == y):
            return False
    return True


def edges(values: Sequence[float], name: str) -> tuple[float, ...]:
    """Declared edges as floats. Raises ValueError unless they are finite and ascend strictly."""
    held = tuple(float(value) + 0.0 for value in values)
    ascending = all(a < b for a, b in pairwise(held))
    if not ascending or not all(map(np.isfinite, held)):
        raise ValueError(f"{name} must be finite numbers in ascending order, not {held}.")
    return held


def filled(counts: Floats) -> Bools:
    """Which cells hold rows. Raises ValueError for a count that is negative or not finite."""
    with np.errstate(over="ignore"):  # an infinite sum is refused below
        rows = counts if counts.ndim == 1 else reduce(np.add, counts.T)
    if not counts.min(initial=0) >= 0 or not np.isfinite(rows).all():
        raise ValueError("Counts of cells must be finite numbers of at least 0.")
    return rows > 0


def sum_by_key(
    keys: Sequence[NDArray[Any]], counts: Floats, low: Floats, high: Floats
) -> tuple[NDArray[np.intp], Floats, Floats, Floats]:
    """Sort cells by their keys (the first leads) and make those of one key into one cell.

    Returns where in the input each resulting key stands, the counts (shape [cells] or
    [cells, columns]) added up, the smallest low and the largest high. Sorted runs merge in O(n).
    """
    order = np.lexsort(tuple(reversed(keys)))
    new = np.zeros(order.size, np.bool_)
    new[:1] = True
    for column in keys:
        key = column[order]
        new[1:] |= key[1:] != key[:-1]
    starts = np.flatnonzero(new)
    group = np.empty(order.size, np.intp)
    group[order] = np.cumsum(new) - 1
    # Scattering is several times as fast here as np.add.reduceat and its like.
    columns = counts.reshape(order.size, 1 if counts.ndim == 1 else counts.shape[1]).T
    sums = [np.bincount(group, column, starts.size) for column in columns]
    lowest, highest = np.full(starts.size, np.inf), np.full(starts.size, -np.inf)
    np.minimum.at(lowest, group, low)
    np.maximum.at(highest, group, high)
    added = sums[0] if counts.ndim == 1 else np.stack(sums, axis=1)
    return order[starts], np.asarray(added, np.float64), lowest, highest


def same_length(**columns: NDArray[Any]) -> None:
    """Raises ValueError unless all columns of the cells have one entry a cell."""
    if len({len(column) for column in columns.values()}) > 1 or any(
        column.ndim != 1 for column in columns.values() if column is not columns.get("counts")
    ):
        sizes = ", ".join(f"{name} {column.shape}" for name, column in columns.items())
        raise ValueError(f"Cells need one entry a cell in every column: {sizes}.")
