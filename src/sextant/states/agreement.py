"""What two classifiers decide about the same rows: twelve counts."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import ArrayLike

from sextant.states.arrays import Floats, filled, floats, same
from sextant.states.state import factor

LABELS = (NEGATIVE, POSITIVE, UNLABELLED) = (0, 1, 2)
SHAPE = (3, 2, 2)


@dataclass(frozen=True, slots=True, eq=False)
class Agreement:
    """Rows by label, by the decision of A and by that of B; merge with `+`.

    `counts[label, a, b]`: label 0, 1 or 2 (none), decisions 0 or 1. Raises ValueError for a count
    that is negative or not finite.
    """

    counts: Floats = field(default_factory=lambda: floats(np.zeros(SHAPE)))

    def __post_init__(self) -> None:
        counts = floats(np.asarray(self.counts, np.float64).reshape(SHAPE))
        filled(counts.ravel())
        object.__setattr__(self, "counts", counts)

    @classmethod
    def of(cls, labels: ArrayLike, a: ArrayLike, b: ArrayLike) -> Agreement:
        """Count rows. A label is 1, 0, or None or NaN for an unlabelled row."""
        label = np.asarray(labels, np.float64).ravel()
        code = np.where(np.isnan(label), UNLABELLED, label).astype(np.int64)
        counts = np.zeros(SHAPE)
        both = np.asarray(a).ravel().astype(np.int64), np.asarray(b).ravel().astype(np.int64)
        np.add.at(counts, (code, *both), 1.0)
        return cls(counts)

    def __add__(self, other: Agreement) -> Agreement:
        return Agreement(self.counts + other.counts)

    def __eq__(self, other: object) -> bool:
        return same(self, other) if isinstance(other, Agreement) else NotImplemented

    def __hash__(self) -> int:
        return hash(self.counts.tobytes())

    def scaled(self, f: float) -> Agreement:
        """The counts if each row stood `f` times."""
        return Agreement(self.counts * factor(f))

    @property
    def labelled(self) -> float:
        return float(self.counts[:UNLABELLED].sum())

    @property
    def total(self) -> float:
        """All rows, with and without label."""
        return float(self.counts.sum())

    @property
    def better(self) -> float:
        """Labelled rows that A decides wrongly and B rightly."""
        return float(self.counts[POSITIVE, 0, 1] + self.counts[NEGATIVE, 1, 0])

    @property
    def worse(self) -> float:
        """Labelled rows that A decides rightly and B wrongly."""
        return float(self.counts[POSITIVE, 1, 0] + self.counts[NEGATIVE, 0, 1])
