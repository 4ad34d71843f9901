"""Two states of one column as counts in the same bins, whatever resolution each was counted at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sextant.states.histogram import Histogram
from sextant.studies.drift.result import Counts, Kind, State

MOST_CODES = 50
"""Whole numbers of so few values are codes or counts: each value counts by itself."""
EMPTY = ""


@dataclass(frozen=True, slots=True)
class Shared:
    """Rows of both samples by bin: `a` and `b` [B], their names; bin 0 of ordered ones is empty."""

    kind: Kind
    names: tuple[str, ...]
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
    key = np.stack([bucket.astype(float), np.where(wide, 0.0, low)])
    places, at = np.unique(key, axis=1, return_inverse=True)
    at = np.asarray(at).ravel()
    size = places.shape[1]
    first = at < size
    first[before.bucket.size :] = False
    n = np.concatenate([before.n, after.n])
    a = np.bincount(at[first], n[first], size)
    b = np.bincount(at[~first], n[~first], size)
    tops = np.full(size, -np.inf)
    np.maximum.at(tops, at, high)
    names = (EMPTY, *(text_of(float(top)) for top in tops))
    return Shared(
        "ordered", names, np.insert(a, 0, without(before)), np.insert(b, 0, without(after))
    )


def _as_codes(found: Shared) -> Shared:
    held = found.a + found.b > 0
    names = tuple(name for name, one in zip(found.names, held, strict=True) if one)
    return Shared("values", names, found.a[held], found.b[held])
