"""A column of numbers, batch by batch: its histogram in every group, and its different values.

Value by value while there are few; from then on by log bucket, which of a normal double are its
exponent and the first six digits of its fraction: a shift. Cells are those of the states.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sextant.engines.sweep.hashing import EMPTY, Hashes, mixed
from sextant.states.bins import ORIGIN, value_bucket
from sextant.states.distinct import Distinct
from sextant.states.histogram import MOST_VALUES, Histogram

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
DIGITS = np.int64(46)
"""Digits of a double's fraction that its bucket leaves out: 52 - 6, for 64 to the octave."""
NORMAL = 64
"""From this code on a double is normal; below lie 0 and what is smaller than 2^-1022."""
NUMBERED = (ORIGIN - 1_023) * 64
"""From a code to the number of its bucket."""
SIGN = np.int64(-(2**63) >> 46)
WIDEST = 4_000_000
"""Cells of a batch (groups by buckets) that are counted in one array."""
LOOKED = 4_096
SMALLEST = 2.0**-1_022
Found = tuple[Ints, Floats, Floats, Floats, Floats]


class NumberColumn:
    """What is known of one column so far.

    `most`: it is counted by value while it has no more values. `different`: whether to know too
    how many values there are, and whether all are whole.
    """

    def __init__(self, most: int = MOST_VALUES, different: bool = False) -> None:
        self.most, self.different = most, different
        self.values: Floats | None = np.zeros(0)
        self.cells: list[tuple[Ints, Ints, Floats, Floats, Floats]] = []
        self.missing = np.zeros(0)
        self.odd = np.zeros((3, 0))
        self.distinct = Distinct()
        self.whole = True

    def add(self, values: Floats, known: NDArray[np.bool_] | None, group: Ints | None,
            groups: int) -> Hashes:  # fmt: skip
        """Count a batch: numbers, which are there, and each row's group. The cells' hashes."""
        with np.errstate(invalid="ignore"):  # what lies below an empty cell may be any bits
            found = values + 0.0  # 0 for minus 0
        usable = np.isfinite(found)
        if known is not None:
            usable &= known
        bits = found.view(np.uint64).copy()
        if not usable.all():
            self._unusable(found, known, group, groups, bits)
            found = found[usable]
            group = None if group is None else group[usable]
        hashes = mixed(bits)
        if found.size:
            self._count(found, group)
        if found.size and self.different:
            self.whole = self.whole and bool((found == np.floor(found)).all())
            below = hashes < np.uint64(self.distinct.below)
            if found.size < hashes.size:
                below &= usable
            self.distinct += Distinct.of(hashes[below])
        return hashes

    def _unusable(
        self, found: Floats, known: NDArray[np.bool_] | None,
        group: Ints | None, groups: int, bits: Hashes,
    ) -> None:  # fmt: skip
        """Rows without a number, by why; an empty one is an empty one, whatever lies below it."""
        absent = np.zeros(found.size, np.bool_) if known is None else ~known
        nan = np.isnan(found) & ~absent
        ends = [(found == end) & ~absent for end in (-np.inf, np.inf)]
        bits[absent | nan] = EMPTY
        of = np.zeros(found.size, np.int64) if group is None else group
        self.missing = _grown(self.missing, groups) + np.bincount(of[absent], minlength=groups)
        counts = np.stack([np.bincount(of[one], minlength=groups) for one in (nan, *ends)])
        self.odd = np.pad(self.odd, ((0, 0), (0, groups - self.odd.shape[1]))) + counts

    def _count(self, found: Floats, group: Ints | None) -> None:
        if self.values is None:
            return self._by_bucket(found, group)
        at = np.searchsorted(self.values, found)
        known = at < self.values.size
        known[known] = self.values[at[known]] == found[known]
        if not known.all():
            new = found[~known]
            values = np.union1d(self.values, np.unique(new[:LOOKED]))
            if values.size <= self.most:
                values = np.union1d(values, new)
            if values.size > self.most:
                self.values = None
                return self._by_bucket(found, group)
            self.values = values
            at = np.searchsorted(values, found)
        return self._by_value(at, group)

    def _by_value(self, at: Ints, group: Ints | None) -> None:
        assert self.values is not None
        size = self.values.size
        n = np.bincount(at if group is None else at + group * size)
        held = np.flatnonzero(n)
        mine = self.values[held % size]
        rows = n[held].astype(np.float64)
        self.cells.append((held // size, value_bucket(mine), rows, mine, mine))

    def _by_bucket(self, found: Floats, group: Ints | None) -> None:
        code = found.view(np.int64) >> DIGITS
        first = int(code.min())
        size = int(code.max()) - first + 1
        code -= first
        parts = np.zeros(1, np.int64)
        if group is not None:
            parts, at = np.unique(group, return_inverse=True)
            code += at * size
        places = np.arange(parts.size * size)
        if places.size > WIDEST:
            places, code = np.unique(code, return_inverse=True)
        n = np.bincount(code, minlength=places.size)
        low, high = np.full(places.size, np.inf), np.full(places.size, -np.inf)
        np.minimum.at(low, code, found)
        np.maximum.at(high, code, found)
        held = np.flatnonzero(n)
        raw, of = places[held] % size + first, parts[places[held] // size]
        rows, low, high = n[held].astype(np.float64), low[held], high[held]
        bucket = np.where(raw < 0, SIGN - NUMBERED - raw, raw + NUMBERED)
        bucket[raw == 0] = 0
        small = ((raw >= 0) & (raw < NORMAL)) | (raw < SIGN + NORMAL)
        if (small & ((low != 0) | (high != 0))).any():  # no digits of the fraction to shift to
            keep = ~small
            of, bucket = of[keep], bucket[keep]
            rows, low, high = rows[keep], low[keep], high[keep]
            mine = np.abs(found) < SMALLEST
            tiny = found[mine]
            whose = np.zeros(tiny.size, np.int64) if group is None else group[mine]
            self.cells.append((whose, value_bucket(tiny), np.ones(tiny.size), tiny, tiny))
        self.cells.append((of, bucket, rows, low, high))

    def counts(self) -> dict[float, int] | None:
        """Rows by value in all groups; None where the values are too many."""
        if self.values is None:
            return None
        if not self.cells:
            return {}
        rows, values = (np.concatenate([one[at] for one in self.cells]) for at in (2, 3))
        found, at = np.unique(values, return_inverse=True)
        return dict(zip(found.tolist(), np.bincount(at, rows).astype(int).tolist(), strict=True))

    def buckets(self) -> dict[int, int]:
        """Rows by bucket in all groups."""
        bucket, rows = (
            np.concatenate([one[at] for one in self.cells] or [np.zeros(0)]) for at in (1, 2)
        )
        found, at = np.unique(bucket.astype(np.int64), return_inverse=True)
        return dict(zip(found.tolist(), np.bincount(at, rows).astype(int).tolist(), strict=True))

    def histograms(self, groups: int) -> list[Histogram]:
        """The state of each group."""
        missing = _grown(self.missing, groups)
        odd = np.pad(self.odd, ((0, 0), (0, groups - self.odd.shape[1])))
        of, bucket, n, low, high = (
            np.concatenate([one[place] for one in self.cells] or [np.zeros(0)])
            for place in range(5)
        )
        order = np.argsort(of, kind="stable")
        ends = np.searchsorted(of[order], np.arange(groups + 1))
        found = []
        for at in range(groups):
            mine = order[ends[at] : ends[at + 1]]
            found.append(
                Histogram.from_cells(
                    bucket[mine].astype(np.int64), np.zeros(mine.size, np.int64),
                    n[mine], low[mine], high[mine],
                    missing=float(missing[at]), nan=float(odd[0, at]),
                    negative_infinite=float(odd[1, at]), positive_infinite=float(odd[2, at]),
                    by_value=self.values is not None,
                )
            )  # fmt: skip
        return found


def _grown(counts: Floats, size: int) -> Floats:
    return np.pad(counts, (0, size - counts.size))
