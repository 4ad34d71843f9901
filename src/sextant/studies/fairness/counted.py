"""A group's states in the form its numbers are taken from: decisions, and scores by tenths."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from sextant.metrics.calibration import TENTHS
from sextant.metrics.cells import at_threshold
from sextant.metrics.tally import Cell
from sextant.states.confusion import Confusion
from sextant.states.scores import ScoreCounts

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Sums:
    """Positives, labelled rows, sum of their scores and of what these may be off by: [units, 10].

    Rows of one unit stand in one line; independent rows all stand in one.
    """

    k: Array
    n: Array
    score: Array
    slack: Array

    @classmethod
    def of(cls, states: list[ScoreCounts]) -> Sums:
        found = np.stack([_tenths(state) for state in states])
        return cls(found[:, 0], found[:, 1], found[:, 2], found[:, 3])


@dataclass(frozen=True, slots=True)
class Counted:
    """A group: its name, the decisions of its rows, their scores where there are any.

    `copies`: how many times its rows stand; other than once only in "what if".
    """

    values: tuple[str, ...]
    decisions: Cell
    scores: Sums | None = None
    copies: float = 1.0

    @property
    def name(self) -> str:
        """`Black`, `Black × women`."""
        return " × ".join(self.values)

    @property
    def rows(self) -> float:
        return self.decisions.rows

    @property
    def labelled(self) -> float:
        return self.confusion.labelled

    @property
    def confusion(self) -> Confusion:
        found: Confusion = self.decisions.whole
        return found

    @property
    def by_unit(self) -> bool:
        return self.decisions.by_unit is not None

    def scaled(self, factor: float) -> Counted:
        """The group with so many times as much data of the same kind."""
        return replace(self, decisions=self.decisions.scaled(factor), copies=self.copies * factor)


def counted(values: tuple[str, ...], cell: Cell, scores: Cell | None, cut: float) -> Counted:
    """A group from its cell of decisions (or of scores, cut here) and that of its scores."""
    narrow = at_threshold(cell, {"threshold": cut})
    if scores is None:
        return Counted(values, narrow)
    units = scores.by_unit
    states = [scores.whole] if units is None else [state for _, state in units.parts]
    return Counted(values, narrow, Sums.of(states) if states else None)


def _tenths(state: ScoreCounts) -> Array:
    place = np.searchsorted(np.array(TENTHS), state.low, side="right")
    rows = state.positives + state.negatives
    middle, half = (state.low + state.high) / 2, (state.high - state.low) / 2
    found = np.zeros((len(TENTHS) + 1, 4))
    np.add.at(found, place, np.stack([state.positives, rows, rows * middle, rows * half], axis=1))
    return found.T
