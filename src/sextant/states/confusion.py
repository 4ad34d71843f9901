"""The four counts of a yes/no decision, and the rows whose label is not known."""

from __future__ import annotations

from dataclasses import dataclass, fields

from sextant.states.state import count, factor


@dataclass(frozen=True, slots=True)
class Confusion:
    """Rows by decision and label; merge with `+`.

    The last two are rows without label, by decision. Raises ValueError for a count that is
    negative or not finite.
    """

    tp: float = 0.0
    fp: float = 0.0
    fn: float = 0.0
    tn: float = 0.0
    unlabelled_positive: float = 0.0
    unlabelled_negative: float = 0.0

    def __post_init__(self) -> None:
        for field in fields(self):
            value = count(getattr(self, field.name), field.name)
            object.__setattr__(self, field.name, value)

    def __add__(self, other: Confusion) -> Confusion:
        return Confusion(
            self.tp + other.tp,
            self.fp + other.fp,
            self.fn + other.fn,
            self.tn + other.tn,
            self.unlabelled_positive + other.unlabelled_positive,
            self.unlabelled_negative + other.unlabelled_negative,
        )

    def scaled(self, f: float) -> Confusion:
        """The counts if each row stood `f` times."""
        f = factor(f)
        return Confusion(
            self.tp * f,
            self.fp * f,
            self.fn * f,
            self.tn * f,
            self.unlabelled_positive * f,
            self.unlabelled_negative * f,
        )

    @property
    def positives(self) -> float:
        """Rows whose label is positive."""
        return self.tp + self.fn

    @property
    def negatives(self) -> float:
        """Rows whose label is negative."""
        return self.fp + self.tn

    @property
    def labelled(self) -> float:
        return self.positives + self.negatives

    @property
    def flagged(self) -> float:
        """Rows decided positive, with and without label: a share of `total`."""
        return self.tp + self.fp + self.unlabelled_positive

    @property
    def total(self) -> float:
        """All rows, with and without label."""
        return self.labelled + self.unlabelled_positive + self.unlabelled_negative
