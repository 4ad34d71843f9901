"""The grid: one point is one situation, with nothing changed or something."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from dataclasses import dataclass, replace

VALUES = (2, 5, 10, 20, 50)
RANKED = "20 values, as 1/rank"
NUMBERS = ("normal", "lognormal, sigma 2", "Cauchy")
SHAPES = (*(f"{k} values" for k in VALUES), RANKED, *NUMBERS)
SIZES = ((50, 50), (200, 200), (1_000, 1_000), (5_000, 5_000), (100_000, 100_000))
UNEQUAL = ((10_000, 100), (10_000, 1_000), (5_000, 50), (500, 2_000))
CHANGE = {50: 0.25, 200: 0.15, 1_000: 0.08, 5_000: 0.08, 100_000: 0.08}
"""Share of the rows that differ, by rows a side: about what a good test sees in half the tries,
but never so little that it would not matter at a margin of 5 of 100."""
MEANT = "less than the margin"
"""A change that ours is not to call one."""
LENGTH = 90
"""Ours is asked for one false alarm in so many windows where one looks again and again."""


@dataclass(frozen=True, slots=True)
class Point:
    """One situation.

    `reference` and `current`: rows. `columns`: as many are drawn in a batch; `together`: they are
    one table of that many columns, else each is a table of its own. `change`: the share of rows
    that differ, in the first column where they are together, else in each; `how` it changes.
    """

    shape: str
    reference: int
    current: int
    columns: int = 50
    together: bool = False
    looks: int = 1
    change: float = 0.0
    how: str = "place"

    @property
    def times(self) -> int:
        """Batches in a round: many where a batch is a single try."""
        return 10 if self.together else 2 if self.looks > 1 else 1

    @property
    def key(self) -> str:
        """Names the point in the results, and seeds it."""
        table = f"{self.columns} together" if self.together else f"{self.columns} alone"
        return (
            f"{self.shape} | {self.reference} v {self.current} | {table} | {self.looks} looks "
            f"| {self.change:g} {self.how}"
        )


def still(point: Point) -> Point:
    """The same with nothing changed."""
    return replace(point, change=0.0, how="place")


def grid() -> Iterator[Point]:
    """Every point, mixed, so that a run which is cut short has seen some of everything.

    A change comes after the same with nothing changed, which it is judged by.
    """
    yield from sorted(every(), key=lambda one: zlib.crc32(still(one).key.encode()))


def every() -> Iterator[Point]:
    """The grid in the order in which it is read: by rows, then by shape."""
    for n, m in (*SIZES, *UNEQUAL):
        for shape in SHAPES:
            still = Point(shape, n, m, columns=_width(n))
            yield still
            if n == m:
                yield replace(still, change=CHANGE[n])
        if n == m:
            yield Point("normal", n, m, columns=_width(n), change=CHANGE[n], how="spread")
    for shape in ("10 values", "normal"):
        yield Point(shape, 5_000, 5_000, columns=_width(5_000), change=0.03, how=MEANT)
    for count in (5, 20, 50):
        for n in (200, 1_000):
            still = Point("mixed", n, n, columns=count, together=True)
            yield still
            yield replace(still, change=CHANGE[n])
    for n, m in ((200, 200), (2_000, 200), (10_000, 1_000)):
        yield Point("mixed", n, m, columns=4, looks=365)


def _width(n: int) -> int:
    """Fewer columns a batch where there are many rows, so that a batch takes seconds."""
    return 50 if n <= 1_000 else 25 if n <= 10_000 else 5
