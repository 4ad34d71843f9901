"""Scores between 0 and 1 by bin and label: what every metric of a binary classifier rests on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import ArrayLike

from sextant.states.arrays import (
    Bools,
    Floats,
    Ints,
    edges,
    filled,
    floats,
    ints,
    no_floats,
    no_ints,
    same,
    same_length,
    sum_by_key,
)
from sextant.states.bins import OCTAVES, ratio_to, resolution, score_bin, widened
from sextant.states.confusion import Confusion
from sextant.states.state import factor

__all__ = ["ScoreCounts", "score_bin"]

NEGATIVE, POSITIVE, UNLABELLED = 0, 1, 2
"""The codes of the labels, and the columns of `ScoreCounts.counts`."""


@dataclass(frozen=True, slots=True, eq=False)
class ScoreCounts:
    """Rows by score bin and label; merge with `+`. Only bins with rows are held.

    A row is positive when score >= threshold, and each declared threshold is an exact edge: `cut`
    is the number of thresholds at or below the score. Cells ascend by (`bin`, `cut`); `counts` has
    the columns negative, positive, unlabelled; `low` and `high` are the smallest and the largest
    score seen in the cell. Raises ValueError for cells that are out of order or overlap, and on
    merging states of other thresholds or resolution.
    """

    thresholds: tuple[float, ...] = ()
    per_octave: int = 256
    bin: Ints = field(default_factory=no_ints)
    cut: Ints = field(default_factory=no_ints)
    counts: Floats = field(default_factory=lambda: floats(np.zeros((0, 3))))
    low: Floats = field(default_factory=no_floats)
    high: Floats = field(default_factory=no_floats)

    def __post_init__(self) -> None:
        put = object.__setattr__
        put(self, "thresholds", edges(self.thresholds, "thresholds"))
        put(self, "per_octave", resolution(self.per_octave))
        put(self, "bin", ints(self.bin))
        put(self, "cut", ints(self.cut))
        put(self, "counts", floats(self.counts))
        put(self, "low", floats(self.low))
        put(self, "high", floats(self.high))
        same_length(bin=self.bin, cut=self.cut, counts=self.counts, low=self.low, high=self.high)
        if self.counts.shape[1:] != (3,) or not filled(self.counts).all():
            raise ValueError("Every cell needs rows: negative, positive or unlabelled ones.")
        if self.bin.size:
            self._check_order()

    def _check_order(self) -> None:
        furthest = OCTAVES * self.per_octave + 1
        steps = np.diff(self.bin), np.diff(self.cut)
        if not (self.low[0] >= 0 and self.high[-1] <= 1 and (self.low <= self.high).all()):
            raise ValueError("Scores must lie between 0 and 1. Name the scale of the score.")
        if self.bin[0] < -furthest or self.bin[-1] > furthest:
            raise ValueError(f"Bins must lie between -{furthest} and {furthest}.")
        if self.cut[0] < 0 or self.cut[-1] > len(self.thresholds):
            raise ValueError(f"Cuts must lie between 0 and {len(self.thresholds)}.")
        ascending = (steps[0] >= 0) & (steps[1] >= 0) & ((steps[0] > 0) | (steps[1] > 0))
        if not (ascending & (self.high[:-1] < self.low[1:])).all():
            raise ValueError("Cells must ascend by bin and cut, and their scores must not overlap.")

    @classmethod
    def of(
        cls,
        scores: ArrayLike,
        labels: ArrayLike | Sequence[float | bool | None],
        thresholds: Sequence[float] = (),
        per_octave: int = 256,
    ) -> ScoreCounts:
        """Count rows. A label is 1, 0, or None or NaN for an unlabelled row.

        Raises ValueError for a score outside 0–1 or NaN, and for any other label.
        """
        score = np.asarray(scores, np.float64).ravel()
        label = np.asarray(labels, np.float64).ravel()
        if score.size != label.size:
            raise ValueError(f"{score.size} scores need as many labels, not {label.size}.")
        if not ((score >= 0) & (score <= 1)).all():
            raise ValueError("Scores must lie between 0 and 1. Name the scale of the score.")
        missing = np.isnan(label)
        code = np.where(missing, UNLABELLED, label)
        if not (missing | (label == NEGATIVE) | (label == POSITIVE)).all():
            raise ValueError("Labels must be 0, 1 or missing. Name the positive class.")
        cuts = edges(sorted(set(thresholds)), "thresholds")
        cut = np.searchsorted(np.asarray(cuts), score, side="right")
        index = score_bin(score, resolution(per_octave))
        return cls.from_cells(index, cut, code, np.ones(score.size), score, score, cuts, per_octave)

    @classmethod
    def from_cells(
        cls,
        bins: ArrayLike,
        cuts: ArrayLike,
        labels: ArrayLike,
        n: ArrayLike,
        low: ArrayLike,
        high: ArrayLike,
        thresholds: Sequence[float] = (),
        per_octave: int = 256,
    ) -> ScoreCounts:
        """Cells in any order, several to a key if need be; a label is 0, 1 or 2 (unlabelled).

        Raises ValueError where a cell's scores do not lie in its bin and between its thresholds.
        """
        index, cut, codes = ints(bins), ints(cuts), ints(labels)
        rows, lows, highs = floats(n), floats(low), floats(high)
        same_length(bin=index, cut=cut, label=codes, n=rows, low=lows, high=highs)
        if not ((codes >= NEGATIVE) & (codes <= UNLABELLED)).all():
            raise ValueError("Label codes must be 0 (negative), 1 (positive) or 2 (unlabelled).")
        declared, per_octave = edges(thresholds, "thresholds"), resolution(per_octave)
        for seen in (lows, highs):
            _check_place(seen, index, cut, declared, per_octave)
        counts = np.zeros((rows.size, 3))
        counts[np.arange(rows.size), codes] = rows
        return cls._summed(declared, per_octave, index, cut, counts, lows, highs)

    def checked(self) -> ScoreCounts:
        """The state itself, once every cell's scores are known to lie in its bin and its cut.

        Raises ValueError where they do not: for cells that come from outside.
        """
        for seen in (self.low, self.high) if self.bin.size else ():
            _check_place(seen, self.bin, self.cut, self.thresholds, self.per_octave)
        return self

    @classmethod
    def merged(cls, states: Sequence[ScoreCounts]) -> ScoreCounts:
        """The sum of at least one state, in one step."""
        first = states[0]
        for other in states[1:]:
            if (other.thresholds, other.per_octave) != (first.thresholds, first.per_octave):
                raise ValueError(
                    "Score counts merge only with equal thresholds and bins per octave, not "
                    f"{list(first.thresholds)} at {first.per_octave} with "
                    f"{list(other.thresholds)} at {other.per_octave}. Count both with the same."
                )
        return cls._summed(
            first.thresholds,
            first.per_octave,
            np.concatenate([state.bin for state in states]),
            np.concatenate([state.cut for state in states]),
            np.concatenate([state.counts for state in states]),
            np.concatenate([state.low for state in states]),
            np.concatenate([state.high for state in states]),
        )

    @classmethod
    def _summed(
        cls,
        thresholds: tuple[float, ...],
        per_octave: int,
        index: Ints,
        cut: Ints,
        counts: Floats,
        low: Floats,
        high: Floats,
    ) -> ScoreCounts:
        held = filled(counts)
        if not held.all():
            index, cut, low, high = index[held], cut[held], low[held], high[held]
            counts = counts[held]
        key = index * (len(thresholds) + 1) + cut
        at, counts, low, high = sum_by_key([key], counts, low, high)
        return cls(thresholds, per_octave, index[at], cut[at], counts, low, high)

    def __add__(self, other: ScoreCounts) -> ScoreCounts:
        return ScoreCounts.merged((self, other))

    def __eq__(self, other: object) -> bool:
        return same(self, other) if isinstance(other, ScoreCounts) else NotImplemented

    def __hash__(self) -> int:
        return hash((self.thresholds, self.bin.tobytes(), self.counts.tobytes()))

    def scaled(self, f: float) -> ScoreCounts:
        """The counts if each row stood `f` times."""
        counts = self.counts * factor(f)
        held = filled(counts)
        cells = self.bin[held], self.cut[held], counts[held], self.low[held], self.high[held]
        return ScoreCounts(self.thresholds, self.per_octave, *cells)

    def coarser(self, per_octave: int) -> ScoreCounts:
        """Exactly the state that counting with fewer bins per octave would have given."""
        bins = widened(self.bin, ratio_to(self.per_octave, per_octave))
        layout = self.thresholds, per_octave
        return ScoreCounts._summed(*layout, bins, self.cut, self.counts, self.low, self.high)

    def at(self, threshold: float) -> Confusion:
        """Decisions at a declared threshold: positive when score >= threshold.

        Raises ValueError for a threshold that was not declared.
        """
        if threshold not in self.thresholds:
            raise ValueError(
                f"{threshold!r} is not a declared threshold. Declared: {list(self.thresholds)}."
            )
        first = np.searchsorted(self.cut, self.thresholds.index(threshold), side="right")
        fp, tp, above = self.counts[first:].sum(axis=0).tolist()
        tn, fn, below = self.counts[:first].sum(axis=0).tolist()
        return Confusion(tp, fp, fn, tn, above, below)

    @property
    def distinct(self) -> Bools:
        """Which cells hold one score alone, shape [B]."""
        held: Bools = self.low == self.high
        return held

    @property
    def negatives(self) -> Floats:
        """Rows of each cell whose label is negative, shape [B]."""
        return self.counts[:, NEGATIVE]

    @property
    def positives(self) -> Floats:
        """Rows of each cell whose label is positive, shape [B]."""
        return self.counts[:, POSITIVE]

    @property
    def unlabelled(self) -> Floats:
        """Rows of each cell without label, shape [B]."""
        return self.counts[:, UNLABELLED]

    @property
    def labelled(self) -> float:
        """All rows with a label."""
        return float(self.counts[:, :UNLABELLED].sum())

    @property
    def total(self) -> float:
        """All rows, with and without label."""
        return float(self.counts.sum())


def _check_place(
    seen: Floats, index: Ints, cut: Ints, thresholds: tuple[float, ...], per_octave: int
) -> None:
    if not ((seen >= 0) & (seen <= 1)).all():
        raise ValueError("Scores must lie between 0 and 1. Name the scale of the score.")
    expected = np.searchsorted(np.asarray(thresholds), seen, side="right")
    if not ((score_bin(seen, per_octave) == index) & (expected == cut)).all():
        raise ValueError("The scores of a cell must lie in its bin and its cut.")
