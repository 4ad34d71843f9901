"""Boosted trees as plain lists: read with suspicion, followed without the library they are of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from sextant.engines.errors import SourceError
from sextant.studies.probe.rows import Array

MOST_NODES = 1_000_000
LISTS = ("column", "cut", "left", "right", "gap_left", "value")


@dataclass(frozen=True, slots=True)
class Tree:
    """Nodes of a tree, each list as long as it has nodes; a leaf has column −1.

    A row goes left where its column is at most `cut`, or in `among` (codes of categories by node);
    where there is nothing, as `gap_left` says.
    """

    column: Array
    cut: Array
    left: Array
    right: Array
    gap_left: Array
    value: Array
    among: Mapping[int, Array]

    def __call__(self, table: Array) -> Array:
        """The value of the leaf that each row of [rows, columns] comes to."""
        at = np.zeros(len(table), dtype=np.int64)
        moving = np.flatnonzero(self.column[at] >= 0)
        while moving.size:
            node = at[moving]
            cell = table[moving, self.column[node]]
            goes = cell <= self.cut[node]
            for one, codes in self.among.items():
                mine = node == one
                goes[mine] = np.isin(cell[mine], codes)
            goes = np.where(np.isnan(cell), self.gap_left[node], goes)
            at[moving] = np.where(goes, self.left[node], self.right[node])
            moving = moving[self.column[at[moving]] >= 0]
        return np.asarray(self.value[at])


def tree_of(held: Any, columns: int) -> Tree:
    """A tree from its lists. Raises `SourceError` where they make none, before it is followed.

    Every branch leads to a later node, so that no row goes round.
    """
    try:
        lists = [held[name] for name in LISTS]
        among = {int(node): np.array(codes, dtype=float) for node, codes in held["among"].items()}
        column, left, right = (np.array(lists[i], dtype=np.int64) for i in (0, 2, 3))
        cut, value = (np.array([_number(x) for x in lists[i]], dtype=float) for i in (1, 5))
        gap = np.array(lists[4], dtype=bool)
    except (KeyError, TypeError, ValueError, AttributeError, OverflowError) as error:
        raise SourceError(
            [f"A tree of the baseline cannot be read: {error!s:.80}. {AGAIN}"]
        ) from None
    n = column.size
    sizes = {one.size for one in (column, cut, left, right, gap, value)}
    here = np.arange(n)
    inner = column >= 0
    fits = (
        0 < n <= MOST_NODES
        and sizes == {n}
        and bool((column < columns).all() and (column >= -1).all())
        and all(bool((one[inner] > here[inner]).all() and (one[inner] < n).all())
                for one in (left, right))
        and bool(np.isfinite(value).all())
        and all(0 <= node < n for node in among)
    )  # fmt: skip
    if not fits:
        raise SourceError([f"A tree of the baseline is none. {AGAIN}"])
    return Tree(column, cut, left, right, gap, value, among)


AGAIN = "Keep it again: sextant probe … --baseline FILE."


def _number(x: Any) -> float:
    """A number; None stands for a cut that everything lies below."""
    return np.inf if x is None else float(x)


def summed(rounds: Sequence[Sequence[Tree]], start: Sequence[float], table: Array) -> Array:
    """The sum of all trees of each output, [rows, outputs]."""
    total = np.tile(np.array(start, dtype=float), (len(table), 1))
    for trees in rounds:
        for at, tree in enumerate(trees):
            total[:, at] += tree(table)
    return total
