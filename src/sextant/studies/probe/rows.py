"""The rows of a probe in memory: what is to be predicted, and from what."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sextant.studies.probe.asked import Task

Array = NDArray[Any]
OTHERS = "(others)"


@dataclass(frozen=True, slots=True)
class Rows:
    """Labelled rows. `y`: numbers, or places in `classes` (of two the second is the positive one).

    `numbers`: float with NaN; `texts`: codes of categories, by frequency, whose names are `names`.
    `unit`: a code per row; `time`: ascending.
    """

    task: Task
    y: Array
    classes: tuple[str, ...]
    numbers: Mapping[str, Array]
    texts: Mapping[str, Array]
    names: Mapping[str, tuple[str, ...]]
    unit: Array | None = None
    time: Array | None = None

    @property
    def n(self) -> int:
        return int(self.y.size)

    @property
    def columns(self) -> tuple[str, ...]:
        return (*self.numbers, *self.texts)

    def counts(self) -> Array:
        """Rows by class, shape [classes]."""
        return np.bincount(self.y.astype(int), minlength=len(self.classes))

    def without(self, columns: set[str]) -> Rows:
        """The rows without some of their columns."""
        return Rows(
            self.task, self.y, self.classes,
            {name: one for name, one in self.numbers.items() if name not in columns},
            {name: one for name, one in self.texts.items() if name not in columns},
            self.names, self.unit, self.time,
        )  # fmt: skip


def coded(texts: Array, most: int) -> tuple[Array, tuple[str, ...]]:
    """Codes of texts, the most frequent first; beyond `most` all are `OTHERS`. Missing is ""."""
    values, places, counts = np.unique(texts.astype(str), return_inverse=True, return_counts=True)
    order = np.lexsort((values, -counts))
    rank = np.empty_like(order)
    rank[order] = np.arange(order.size)
    names = tuple(str(values[one]) for one in order[:most])
    if order.size <= most:
        return rank[places], names
    return np.minimum(rank[places], most), (*names, OTHERS)
