"""States of dependent rows: one state per stable hash bucket of the unit."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Generic

import numpy as np

from sextant.states.arrays import Floats
from sextant.states.state import S, count, factor, merge

BUCKETS = 256
"""A unit's rows fall into the bucket hash(unit) mod 256, whichever file or day they come from."""


@dataclass(frozen=True)  # with slots `ByUnit[Moments]()` fails (python/cpython#105936)
class ByUnit(Generic[S]):
    """A state per bucket of units, ascending by bucket; merge bucket by bucket with `+`.

    The buckets are the independent pieces that a variance is taken over (random groups; Wolter,
    Introduction to Variance Estimation). `copies` serves "what if" alone: so many times as many
    units of the same kind, whose rows stay as dependent as they are. Raises ValueError for a bucket
    outside 0–255 or standing twice, for parts of different kinds, and on merging where `copies` is
    not 1.
    """

    parts: tuple[tuple[int, S], ...] = ()
    copies: float = 1.0

    def __post_init__(self) -> None:
        parts = tuple(sorted(((int(bucket), s) for bucket, s in self.parts), key=lambda p: p[0]))
        buckets = [bucket for bucket, _ in parts]
        if len(set(buckets)) < len(buckets):
            raise ValueError("A bucket of units stands twice. Merge its states first.")
        if buckets and not 0 <= buckets[0] <= buckets[-1] < BUCKETS:
            raise ValueError(f"Buckets of units are 0 to {BUCKETS - 1}, not {buckets}.")
        if len({type(state) for _, state in parts}) > 1:
            raise ValueError("The states of all buckets of units must be of one kind.")
        object.__setattr__(self, "parts", parts)
        object.__setattr__(self, "copies", count(self.copies, "copies"))

    @classmethod
    def of(cls, parts: Mapping[int, S]) -> ByUnit[S]:
        return cls(tuple(parts.items()))

    def __add__(self, other: ByUnit[S]) -> ByUnit[S]:
        if self.copies != 1 or other.copies != 1:
            raise ValueError(
                f"Units counted {self.copies} and {other.copies} times cannot be merged. "
                "Merge first, scale afterwards."
            )
        merged = dict(self.parts)
        for bucket, state in other.parts:
            merged[bucket] = merged[bucket] + state if bucket in merged else state
        return ByUnit.of(merged)

    def scaled(self, f: float) -> ByUnit[S]:
        """As it would be with `f` times as many units; the parts stay as they are."""
        return replace(self, copies=self.copies * factor(f))

    def total(self, empty: S | None = None) -> S:
        """The state of all rows, `copies` times. Without parts `empty`, or ValueError."""
        states = [state for _, state in self.parts]
        return merge(states if empty is None else [empty, *states]).scaled(self.copies)

    def column(self, f: Callable[[S], float]) -> Floats:
        """`f` of each bucket's state in the order of the buckets, shape [G]; without `copies`."""
        return np.array([f(state) for _, state in self.parts], np.float64)
