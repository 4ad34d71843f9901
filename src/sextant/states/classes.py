"""Rows by their label and by the class that was predicted: what metrics of many classes rest on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from sextant.states.arrays import Floats
from sextant.states.state import count, factor

NONE = ""
"""The name of no class: the label of an unlabelled row."""


@dataclass(frozen=True, slots=True)
class ClassCounts:
    """Number of rows per label and prediction, as (label, prediction, n) in order; merge with `+`.

    A pair without rows is left out. An unlabelled row has the label "". Raises ValueError for a
    pair that stands twice, for a prediction "", and for a count that is negative or not finite.
    """

    items: tuple[tuple[str, str, float], ...] = ()

    def __post_init__(self) -> None:
        items = sorted((a, b, count(n, f"The count of {a!r} as {b!r}")) for a, b, n in self.items)
        for one, after in pairwise(items):
            if one[:2] == after[:2]:
                raise ValueError(f"{one[:2]!r} stands twice. Add its counts first.")
        if any(prediction == NONE for _, prediction, _ in items):
            raise ValueError("A row without a prediction is not counted. Leave it out.")
        object.__setattr__(self, "items", tuple(item for item in items if item[2]))

    @classmethod
    def of(cls, pairs: Iterable[tuple[str, str, float]]) -> ClassCounts:
        """Counts in any order, several to a pair if need be."""
        summed: dict[tuple[str, str], float] = {}
        for label, prediction, n in pairs:
            summed[label, prediction] = summed.get((label, prediction), 0.0) + n
        return cls(tuple((*pair, n) for pair, n in summed.items()))

    def __add__(self, other: ClassCounts) -> ClassCounts:
        return ClassCounts.of((*self.items, *other.items))

    def scaled(self, f: float) -> ClassCounts:
        """The counts if each row stood `f` times."""
        f = factor(f)
        return ClassCounts(tuple((a, b, n * f) for a, b, n in self.items))

    @property
    def n(self) -> float:
        """Labelled rows."""
        return sum((n for label, _, n in self.items if label != NONE), 0.0)

    @property
    def classes(self) -> tuple[str, ...]:
        """Every class that a labelled row has or was taken for, in order."""
        named = ((a, b) for a, b, _ in self.items if a != NONE)
        return tuple(sorted({one for pair in named for one in pair}))

    def table(self, classes: tuple[str, ...]) -> Floats:
        """Labelled rows by label and prediction, shape [K, K] in the order of `classes`."""
        place = {name: at for at, name in enumerate(classes)}
        found = np.zeros((len(classes), len(classes)))
        for label, prediction, n in self.items:
            if label != NONE:
                found[place[label], place[prediction]] = n
        return found

    def margins(self, classes: tuple[str, ...]) -> Floats:
        """Rows of each class: right ones, those of its label, those of its prediction [3, K]."""
        place = {name: at for at, name in enumerate(classes)}
        found = np.zeros((3, len(classes)))
        for label, prediction, n in self.items:
            if label != NONE:
                found[0, place[label]] += n * (label == prediction)
                found[1, place[label]] += n
                found[2, place[prediction]] += n
        return found
