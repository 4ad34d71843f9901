"""Two states of one column as counts in the same bins, whatever resolution each was counted at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import overload

import numpy as np

from sextant.states.histogram import Histogram
from sextant.studies.drift.result import Counts, Kind, State

MOST_CODES = 50
"""Whole numbers of so few values are codes or counts: each value counts by itself."""
EMPTY = ""


class Limits(Sequence[str]):
    """The names of ordered bins: the empty one, then each by its largest value.

    Written out where they are asked for: most of a thousand never are.
    """

    def __init__(self, tops: np.ndarray) -> None:
        self.tops = tops

    def __len__(self) -> int:
        return int(self.tops.size) + 1

    @overload
    def __getitem__(self, at: int) -> str: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[str, ...]: ...
    def __getitem__(self, at: int | slice) -> str | tuple[str, ...]:
        if isinstance(at, slice):
            return tuple(self[one] for one in range(*at.indices(len(self))))
        if not -len(self) <= at < len(self):
            raise IndexError(at)
        at %= len(self)
        return text_of(float(self.tops[at - 1])) if at else EMPTY


@dataclass(frozen=True, slots=True)
class Shared:
    """Rows of both samples by bin: `a` and `b` [B], their names; bin 0 of ordered ones is empty."""

    kind: Kind
    names: Sequence[str]
    a: np.ndarray
    b: np.ndarray


def shared(before: Histogram | Counts, after: Histogram | Counts, codes: bool) -> Shared:
    """The bins of both. `codes`: numbers are compared value by value."""
    if isinstance(before, Histogram) and isinstance(after, Histogram):
        found = _ordered(before, after)
        return _as_codes(found) if codes else found
    return _values(_counts(before), _counts(after))


def are_codes(states: Sequence[State]) -> bool:
    """Few whole numbers in all windows together: codes, flags, small counts."""
    seen: set[float] = set()
    for state in states:
        if not isinstance(state, Histogram) or not state.single.all():
            return False
        seen |= set(state.low.tolist())
    return len(seen) <= MOST_CODES and all(value.is_integer() for value in seen)


def without(state: Histogram) -> float:
    """Rows without a number that can be placed."""
    return state.missing + state.nan + state.negative_infinite + state.positive_infinite


def text_of(value: float) -> str:
    """A number as a value's name: 17, not 17.0."""
    return f"{value:.0f}" if value.is_integer() and abs(value) < 1e15 else f"{value:.6g}"


def _counts(state: Histogram | Counts) -> Counts:
    if not isinstance(state, Histogram):
        return state
    held = {text_of(low): float(n) for low, n in zip(state.low.tolist(), state.n, strict=True)}
    return held | {EMPTY: without(state)}


def _values(before: Counts, after: Counts) -> Shared:
    names = sorted({*before, *after})
    a = np.array([before.get(name, 0.0) for name in names])
    b = np.array([after.get(name, 0.0) for name in names])
    held = a + b > 0
    return Shared("values", tuple(np.array(names, object)[held]), a[held], b[held])


def _ordered(before: Histogram, after: Histogram) -> Shared:
    """By value where both counted the bucket by value, else by bucket; empty cells come first."""
    bucket = np.concatenate([before.bucket, after.bucket])
    low = np.concatenate([before.low, after.low])
    high = np.concatenate([before.high, after.high])
    single = np.concatenate([before.single, after.single])
    wide = np.isin(bucket, bucket[~single])
    size, at = _places(bucket, np.where(wide, 0.0, low))
    first = at < size
    first[before.bucket.size :] = False
    n = np.concatenate([before.n, after.n])
    a = np.bincount(at[first], n[first], size)
    b = np.bincount(at[~first], n[~first], size)
    tops = np.full(size, -np.inf)
    np.maximum.at(tops, at, high)
    return Shared(
        "ordered", Limits(tops), np.insert(a, 0, without(before)), np.insert(b, 0, without(after))
    )


def _places(bucket: np.ndarray, value: np.ndarray) -> tuple[int, np.ndarray]:
    """How many different pairs there are, and each one's place among them in ascending order."""
    order = np.lexsort((value, bucket))
    new = np.ones(order.size, np.bool_)
    b, v = bucket[order], value[order]
    new[1:] = (b[1:] != b[:-1]) | (v[1:] != v[:-1])
    at = np.empty(order.size, np.int64)
    at[order] = np.cumsum(new) - 1
    return int(new.sum()), at


def _as_codes(found: Shared) -> Shared:
    held = found.a + found.b > 0
    names = tuple(name for name, one in zip(found.names, held, strict=True) if one)
    return Shared("values", names, found.a[held], found.b[held])
