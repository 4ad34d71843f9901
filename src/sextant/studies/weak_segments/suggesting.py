"""Segments that the first half suggests: large enough, worse than elsewhere, not told twice."""

from __future__ import annotations

import math
from dataclasses import dataclass

from sextant.studies.weak_segments.halves import Half, combinations_of, counted

Z = 2.0
"""So many standard errors worse than elsewhere a suggestion must be; the test comes after."""
MOST = 20


@dataclass(frozen=True, slots=True)
class Candidate:
    """Columns and values by their places, errors and rows in the first half."""

    columns: tuple[int, ...]
    values: tuple[int, ...]
    k: int
    n: int

    @property
    def conditions(self) -> frozenset[tuple[int, int]]:
        return frozenset(zip(self.columns, self.values, strict=True))

    @property
    def rate(self) -> float:
        return self.k / self.n


def suggested(
    half: Half, sizes: tuple[int, ...], depth: int, least: int, most: int = MOST
) -> tuple[list[Candidate], int]:
    """The segments to be tested, most people hurt first, and how many were looked at.

    Ordered by the errors beyond elsewhere's rate that are left after two standard errors. One that
    only repeats a segment chosen before it (part of it and no worse, or worse only by that part)
    is left out. All of this sees the first half alone, so the test owes it no correction.
    """
    total, searched = half.total, 0
    found: list[tuple[float, Candidate]] = []
    for columns in combinations_of(len(sizes), depth):
        k, n, values = counted(half, columns, sizes)
        large = (n >= least) & (total[1] - n >= least)
        searched += int(large.sum())
        rest, others = total[0] - k, total[1] - n
        for at in large.nonzero()[0]:
            excess = _excess(int(k[at]), int(n[at]), int(rest[at]), int(others[at]))
            if excess > 0:
                place = tuple(int(v) for v in values[at])
                found.append((excess, Candidate(columns, place, int(k[at]), int(n[at]))))
    found.sort(key=lambda one: (-one[0], len(one[1].columns), one[1].columns, one[1].values))
    chosen: list[Candidate] = []
    for _, one in found:
        if len(chosen) == most:
            break
        if not any(_repeats(one, other, half, total) for other in chosen):
            chosen.append(one)
    return chosen, searched


def _excess(k: int, n: int, rest: int, others: int) -> float:
    """Errors beyond elsewhere's rate that are left after two standard errors."""
    here, there = k / n, rest / others
    spread = _spread(here, n) + _spread(there, others)
    return (here - there - Z * math.sqrt(spread)) * n


def _spread(rate: float, n: int) -> float:
    smoothed = (rate * n + 1) / (n + 2)
    return smoothed * (1 - smoothed) / n


def _repeats(one: Candidate, other: Candidate, half: Half, total: tuple[int, int]) -> bool:
    """Does the segment add nothing to one that was chosen?"""
    inside = half.mask(one.columns, one.values)
    both = inside & half.mask(other.columns, other.values)
    k, n = int(half.k[both].sum()), int(half.n[both].sum())
    if n > 0.9 * min(one.n, other.n) and one.n <= other.n:  # lies in it: is it worse than it?
        if n == other.n:
            return True
        return _excess(k, n, other.k - k, other.n - n) <= 0
    alone_k, alone_n = one.k - k, one.n - n
    rest = total[0] - one.k, total[1] - one.n
    if n == 0 or alone_n == 0:
        return alone_n == 0
    return _excess(alone_k, alone_n, *rest) <= 0  # worse only by the part that was chosen
