"""Two scores of the same rows, binned together: how much the rankings have in common."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import ArrayLike

from sextant.states.arrays import (
    Floats,
    Ints,
    filled,
    floats,
    ints,
    no_ints,
    same,
    same_length,
    sum_by_key,
)
from sextant.states.bins import OCTAVES, resolution, score_bin
from sextant.states.state import factor

PER_OCTAVE = 32


@dataclass(frozen=True, slots=True, eq=False)
class JointScores:
    """Labelled rows by the bin of score A and that of score B; merge with `+`.

    Cells ascend by (`a`, `b`), never more of them than rows; `counts` has the columns negative,
    positive. Raises ValueError for cells that are out of order or empty, and on merging another
    resolution.
    """

    per_octave: int = PER_OCTAVE
    a: Ints = field(default_factory=no_ints)
    b: Ints = field(default_factory=no_ints)
    counts: Floats = field(default_factory=lambda: floats(np.zeros((0, 2))))

    def __post_init__(self) -> None:
        put = object.__setattr__
        put(self, "per_octave", resolution(self.per_octave))
        put(self, "a", ints(self.a))
        put(self, "b", ints(self.b))
        put(self, "counts", floats(self.counts))
        same_length(a=self.a, b=self.b, counts=self.counts)
        if self.counts.shape[1:] != (2,) or not filled(self.counts).all():
            raise ValueError("Every cell needs rows: negative or positive ones.")
        furthest = OCTAVES * self.per_octave + 1
        if self.a.size and max(np.abs(self.a).max(), np.abs(self.b).max()) > furthest:
            raise ValueError(f"Bins must lie between -{furthest} and {furthest}.")
        step_a, step_b = np.diff(self.a), np.diff(self.b)
        if not ((step_a > 0) | ((step_a == 0) & (step_b > 0))).all():
            raise ValueError("Cells must ascend by the bins of A and B.")

    @classmethod
    def of(
        cls, a: ArrayLike, b: ArrayLike, labels: ArrayLike, per_octave: int = PER_OCTAVE
    ) -> JointScores:
        """Count rows of two scores between 0 and 1; a row whose label is NaN is left out."""
        label = np.asarray(labels, np.float64).ravel()
        known = ~np.isnan(label)
        bin_a, bin_b = (
            score_bin(np.asarray(x, np.float64).ravel()[known], per_octave) for x in (a, b)
        )
        return cls.from_cells(bin_a, bin_b, label[known], np.ones(int(known.sum())), per_octave)

    @classmethod
    def from_cells(
        cls,
        a: ArrayLike,
        b: ArrayLike,
        labels: ArrayLike,
        n: ArrayLike,
        per_octave: int = PER_OCTAVE,
    ) -> JointScores:
        """Cells in any order, several to a key if need be; a label is 0 or 1."""
        codes, rows = ints(labels), floats(n)
        if not ((codes == 0) | (codes == 1)).all():
            raise ValueError("Label codes must be 0 (negative) or 1 (positive).")
        counts = np.zeros((rows.size, 2))
        counts[np.arange(rows.size), codes] = rows
        return cls._summed(per_octave, ints(a), ints(b), counts)

    @classmethod
    def merged(cls, states: Sequence[JointScores]) -> JointScores:
        """The sum of at least one state, in one step."""
        first = states[0].per_octave
        if any(state.per_octave != first for state in states):
            raise ValueError("Joint scores merge only with equal bins per octave.")
        a = np.concatenate([state.a for state in states])
        b = np.concatenate([state.b for state in states])
        return cls._summed(first, a, b, np.concatenate([state.counts for state in states]))

    @classmethod
    def _summed(cls, per_octave: int, a: Ints, b: Ints, counts: Floats) -> JointScores:
        held = filled(counts)
        a, b, counts = a[held], b[held], counts[held]
        unused = np.zeros(a.size)
        at, counts, _, _ = sum_by_key([a, b], counts, unused, unused)
        return cls(per_octave, a[at], b[at], counts)

    def __add__(self, other: JointScores) -> JointScores:
        return JointScores.merged((self, other))

    def __eq__(self, other: object) -> bool:
        return same(self, other) if isinstance(other, JointScores) else NotImplemented

    def __hash__(self) -> int:
        return hash((self.a.tobytes(), self.b.tobytes(), self.counts.tobytes()))

    def scaled(self, f: float) -> JointScores:
        """The counts if each row stood `f` times."""
        counts = self.counts * factor(f)
        held = filled(counts)
        return JointScores(self.per_octave, self.a[held], self.b[held], counts[held])

    @property
    def negatives(self) -> Floats:
        return self.counts[:, 0]

    @property
    def positives(self) -> Floats:
        return self.counts[:, 1]
