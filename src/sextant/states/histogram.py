"""The distribution of a numeric column: by value while the values are few, else by log bucket."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

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
from sextant.states.bins import ORIGIN, narrowed, ratio_to, resolution, value_bucket
from sextant.states.state import count, factor

__all__ = ["MOST_VALUES", "Histogram", "value_bucket"]

MOST_VALUES = 1_024
"""Up to so many values are counted one by one."""


@dataclass(frozen=True, slots=True, eq=False)
class Histogram:
    """Rows by value or by log bucket, 1 % relative error; merge with `+`.

    `cut` is the number of declared `cuts` below the value, so that "x <= cut" is exact. Cells
    ascend by (`low`, `high`), the smallest and the largest value seen; only cells with rows are
    held. `missing`, `nan`, `negative_infinite` and `positive_infinite` count the other rows.

    While `by_value`, cells of one value (`low` = `high`) stay apart even in one bucket, and beside
    a wider cell of that bucket. Once more than 1,024 values stand by themselves all cells are
    merged by (bucket, cut) and `by_value` is False, also for every sum that this state enters. As
    values never leave a sum, the order in which states are merged does not matter. Raises
    ValueError for impossible cells and on merging other cuts or resolutions.
    """

    cuts: tuple[float, ...] = ()
    bucket: Ints = field(default_factory=no_ints)
    cut: Ints = field(default_factory=no_ints)
    n: Floats = field(default_factory=no_floats)
    low: Floats = field(default_factory=no_floats)
    high: Floats = field(default_factory=no_floats)
    missing: float = 0.0
    nan: float = 0.0
    negative_infinite: float = 0.0
    positive_infinite: float = 0.0
    by_value: bool = True
    per_octave: int = 64

    def __post_init__(self) -> None:
        put = object.__setattr__
        put(self, "cuts", edges(self.cuts, "cuts"))
        put(self, "per_octave", resolution(self.per_octave))
        put(self, "by_value", bool(self.by_value))
        for name in ("missing", "nan", "negative_infinite", "positive_infinite"):
            put(self, name, count(getattr(self, name), name))
        put(self, "bucket", ints(self.bucket))
        put(self, "cut", ints(self.cut))
        for name in ("n", "low", "high"):
            put(self, name, floats(getattr(self, name)))
        same_length(bucket=self.bucket, cut=self.cut, n=self.n, low=self.low, high=self.high)
        if not filled(self.n).all():
            raise ValueError("Every cell needs rows.")
        if self.n.size:
            self._check_cells()

    def _check_cells(self) -> None:
        largest = 2 * ORIGIN * self.per_octave
        if not (np.isfinite(self.low) & np.isfinite(self.high) & (self.low <= self.high)).all():
            raise ValueError("Every cell needs finite values, the lowest first.")
        if (np.abs(self.bucket) > largest).any():
            raise ValueError(f"Buckets must lie between -{largest} and {largest}.")
        if self.cut.min() < 0 or self.cut.max() > len(self.cuts):
            raise ValueError(f"Cuts must lie between 0 and {len(self.cuts)}.")
        after, low = self.low[1:], self.low[:-1]
        if not ((low < after) | ((low == after) & (self.high[:-1] < self.high[1:]))).all():
            raise ValueError("Cells must ascend by their lowest and highest value.")
        wide = ~self.single
        key = self.bucket[wide] * (len(self.cuts) + 1) + self.cut[wide]
        apart = (key[:-1] < key[1:]) & (self.high[wide][:-1] < self.low[wide][1:])
        if not apart.all():
            raise ValueError("Cells of one bucket and cut must be one cell.")
        if self.n.size - key.size > MOST_VALUES:
            raise ValueError(f"At most {MOST_VALUES} values can stand by themselves.")

    @classmethod
    def of(
        cls,
        values: ArrayLike | Sequence[float | None],
        cuts: Sequence[float] = (),
        per_octave: int = 64,
    ) -> Histogram:
        """Count rows: numbers, NaN and infinities, and None for a missing value."""
        given = np.asarray(values).ravel()
        absent = np.array([value is None for value in given], np.bool_)
        x = given[~absent].astype(np.float64)
        finite = x[np.isfinite(x)]
        declared = edges(sorted(set(cuts)), "cuts")
        return cls.from_cells(
            value_bucket(finite, resolution(per_octave)),
            np.searchsorted(np.asarray(declared), finite, side="left"),
            np.ones(finite.size),
            finite,
            finite,
            declared,
            missing=int(absent.sum()),
            nan=int(np.isnan(x).sum()),
            negative_infinite=int((x == -np.inf).sum()),
            positive_infinite=int((x == np.inf).sum()),
            per_octave=per_octave,
        )

    @classmethod
    def from_cells(
        cls,
        bucket: ArrayLike,
        cut: ArrayLike,
        n: ArrayLike,
        low: ArrayLike,
        high: ArrayLike,
        cuts: Sequence[float] = (),
        *,
        missing: float = 0.0,
        nan: float = 0.0,
        negative_infinite: float = 0.0,
        positive_infinite: float = 0.0,
        by_value: bool = True,
        per_octave: int = 64,
    ) -> Histogram:
        """Cells in any order, several to a key if need be: of single values, of buckets, or both.

        Raises ValueError where a cell's values do not lie in its bucket and between its cuts.
        """
        buckets, at, rows = ints(bucket), ints(cut), floats(n)
        lows, highs = floats(low), floats(high)
        same_length(bucket=buckets, cut=at, n=rows, low=lows, high=highs)
        empty = cls(
            tuple(cuts),
            missing=missing,
            nan=nan,
            negative_infinite=negative_infinite,
            positive_infinite=positive_infinite,
            by_value=by_value,
            per_octave=per_octave,
        )
        for seen in (lows, highs):
            _check_place(seen, buckets, at, empty)
        return _holding(empty, buckets, at, rows, lows, highs)

    def checked(self) -> Histogram:
        """The state itself, once every cell's values are known to lie in its bucket and its cut.

        Raises ValueError where they do not: for cells that come from outside.
        """
        for seen in (self.low, self.high) if self.bucket.size else ():
            _check_place(seen, self.bucket, self.cut, self)
        return self

    @classmethod
    def merged(cls, states: Sequence[Histogram]) -> Histogram:
        """The sum of at least one state, in one step."""
        first = states[0]
        for other in states[1:]:
            if (other.cuts, other.per_octave) != (first.cuts, first.per_octave):
                raise ValueError(
                    "Histograms merge only with equal cuts and buckets per octave, not "
                    f"{list(first.cuts)} at {first.per_octave} with {list(other.cuts)} at "
                    f"{other.per_octave}. Count both with the same."
                )
        columns = (
            np.concatenate([getattr(state, name) for state in states])
            for name in ("bucket", "cut", "n", "low", "high")
        )
        return _holding(_without_cells(states), *columns)

    def __add__(self, other: Histogram) -> Histogram:
        return Histogram.merged((self, other))

    def __eq__(self, other: object) -> bool:
        return same(self, other) if isinstance(other, Histogram) else NotImplemented

    def __hash__(self) -> int:
        return hash((self.cuts, self.low.tobytes(), self.high.tobytes(), self.n.tobytes()))

    def scaled(self, f: float) -> Histogram:
        """The counts if each row stood `f` times."""
        if not factor(f):
            return Histogram(self.cuts, per_octave=self.per_octave)
        rest = _without_cells([self], f)
        return _holding(rest, self.bucket, self.cut, self.n * f, self.low, self.high)

    def coarser(self, per_octave: int) -> Histogram:
        """Exactly the state that counting with fewer buckets per octave would have given."""
        bucket = narrowed(self.bucket, ratio_to(self.per_octave, per_octave))
        rest = replace(_without_cells([self]), per_octave=per_octave)
        return _holding(rest, bucket, self.cut, self.n, self.low, self.high)

    def bins(self) -> tuple[Floats, Floats, Floats]:
        """Lowest and highest value and rows of each cell, ascending by (low, high)."""
        return self.low, self.high, self.n

    @property
    def single(self) -> Bools:
        """Which cells are single values that stand by themselves, shape [B]."""
        held: Bools = (self.low == self.high) & self.by_value
        return held

    def at_most(self, cut: float) -> float:
        """Rows whose finite value is at or below a declared cut.

        Raises ValueError for a cut that was not declared.
        """
        if cut not in self.cuts:
            raise ValueError(f"{cut!r} is not a declared cut. Declared: {list(self.cuts)}.")
        return float(self.n[self.cut <= self.cuts.index(cut)].sum())

    @property
    def finite(self) -> float:
        """Rows with a finite value."""
        return float(self.n.sum())

    @property
    def total(self) -> float:
        """All rows, with and without a value."""
        odd = self.nan + self.negative_infinite + self.positive_infinite
        return self.finite + self.missing + odd


def in_buckets(state: Histogram) -> Histogram:
    """The state as if none of its values had been counted by itself."""
    if not state.by_value:
        return state
    rest = replace(_without_cells([state]), by_value=False)
    return _holding(rest, state.bucket, state.cut, state.n, state.low, state.high)


def _check_place(seen: Floats, bucket: Ints, cut: Ints, layout: Histogram) -> None:
    if not np.isfinite(seen).all():
        raise ValueError("The values of cells must be finite; count the others apart.")
    expected = np.searchsorted(np.asarray(layout.cuts), seen, side="left")
    if not ((value_bucket(seen, layout.per_octave) == bucket) & (expected == cut)).all():
        raise ValueError("The values of a cell must lie in its bucket and its cut.")


def _without_cells(states: Sequence[Histogram], f: float = 1.0) -> Histogram:
    """The sum of the states but for its cells, `f` times."""
    return Histogram(
        states[0].cuts,
        missing=f * sum(state.missing for state in states),
        nan=f * sum(state.nan for state in states),
        negative_infinite=f * sum(state.negative_infinite for state in states),
        positive_infinite=f * sum(state.positive_infinite for state in states),
        by_value=all(state.by_value for state in states),
        per_octave=states[0].per_octave,
    )


def _holding(
    rest: Histogram, bucket: Ints, cut: Ints, n: Floats, low: Floats, high: Floats
) -> Histogram:
    """A state with these cells: those of one key summed, and too many values merged."""
    held = filled(n)
    cells = bucket[held], cut[held], n[held], low[held], high[held]
    cells = _summed(*cells, len(rest.cuts), rest.by_value)
    by_value = rest.by_value and int(np.count_nonzero(cells[3] == cells[4])) <= MOST_VALUES
    if by_value != rest.by_value:
        cells = _summed(*cells, len(rest.cuts), by_value)
    bucket, cut, n, low, high = cells
    return replace(rest, bucket=bucket, cut=cut, n=n, low=low, high=high, by_value=by_value)


def _summed(
    bucket: Ints, cut: Ints, n: Floats, low: Floats, high: Floats, cuts: int, by_value: bool
) -> tuple[Ints, Ints, Floats, Floats, Floats]:
    """Cells of one key made one, ascending by (low, high)."""
    single = (low == high) & by_value
    # 0 marks a wide cell: it never lies in bucket 0, the only one with the value 0.
    keys = [bucket * (cuts + 1) + cut, np.where(single, low, 0.0)]
    at, n, low, high = sum_by_key(keys, n, low, high)
    order = np.lexsort((high, low))
    return bucket[at][order], cut[at][order], n[order], low[order], high[order]
