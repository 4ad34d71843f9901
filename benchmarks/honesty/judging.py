"""From finished jobs to rates, their errors, and the bars."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from benchmarks.honesty.peers import OURS
from benchmarks.honesty.points import Point, every, still
from scipy import stats

NOMINAL = 0.05
SURE = 0.99
"""How sure a bar must be that it is missed, so that simulation error seldom says so."""
SHOWN = 0.95
"""How sure one must be that a bar of power is met, on one side."""
PART = 0.9
"""Power: of that of the best method which keeps its level."""
Bar = Literal["yes", "open", "no"]


@dataclass(frozen=True, slots=True)
class Rate:
    """Alarms of so many tries. `seen`: which tries of each batch, so that methods can be paired."""

    alarms: int = 0
    tries: int = 0
    seen: Mapping[int, frozenset[int]] = field(default_factory=dict, compare=False)

    def __add__(self, other: Rate) -> Rate:
        return Rate(
            self.alarms + other.alarms, self.tries + other.tries, {**self.seen, **other.seen}
        )

    @property
    def value(self) -> float:
        return self.alarms / self.tries

    @property
    def interval(self) -> tuple[float, float]:
        """Of 99 %, exact (Clopper and Pearson)."""
        k, n, a = self.alarms, self.tries, (1 - SURE) / 2
        low = stats.beta.ppf(a, k, n - k + 1) if k else 0.0
        return float(low), float(stats.beta.ppf(1 - a, k + 1, n - k)) if k < n else 1.0

    @property
    def keeps(self) -> bool:
        """Is it not shown to alarm more often than it may?"""
        return self.interval[0] <= NOMINAL


Rates = Mapping[Point, Mapping[str, Rate]]


def rates(jobs: Iterable[Mapping[str, Any]]) -> dict[Point, dict[str, Rate]]:
    """Of the points with one look, by method, in the order of the grid."""
    known = {one.key: one for one in every()}
    found: dict[Point, dict[str, Rate]] = {
        one: defaultdict(Rate) for one in known.values() if one.looks == 1
    }
    for job in jobs:
        point = known.get(job["point"])
        if point is None or point.looks > 1:
            continue
        for method, looks in job["alarms"].items():
            found[point][method] += _rate(point, job["batch"], looks[0])
    return {point: dict(held) for point, held in found.items() if held}


def _rate(point: Point, batch: int, alarms: list[int]) -> Rate:
    """Of a table: any alarm, or that of the changed column; else every column is a try."""
    if not point.together:
        return Rate(len(alarms), point.columns, {batch: frozenset(alarms)})
    hit = 0 in alarms if point.change else bool(alarms)
    return Rate(int(hit), 1, {batch: frozenset([0] if hit else [])})


def whole(found: Iterable[Rate]) -> Rate:
    """All of them as one, which can no longer be paired."""
    held = list(found)
    return Rate(sum(one.alarms for one in held), sum(one.tries for one in held))


def best(held: Rates, point: Point) -> tuple[str, Rate] | None:
    """The method that sees the change most often, of those that keep their level there."""
    quiet = held.get(still(point), {})
    keep = {name: rate for name, rate in held[point].items() if name in quiet and quiet[name].keeps}
    name = max(keep, key=lambda one: keep[one].value, default=None)
    return None if name is None else (name, keep[name])


def power_bar(ours: Rate, other: Rate) -> Bar:
    """Is ours at least 90 % of the other, on the tries that both had? Three-valued.

    The limits are normal and paired, with one more try against the answer, so that few tries
    decide nothing.
    """
    common = ours.seen.keys() & other.seen.keys()
    size = ours.tries // len(ours.seen) if ours.seen else 0
    both = sum(len(ours.seen[at] & other.seen[at]) for at in common)
    only = sum(len(ours.seen[at] - other.seen[at]) for at in common)
    missed = sum(len(other.seen[at] - ours.seen[at]) for at in common)

    def gap(only: int, missed: int, z: float) -> float:
        n = size * len(common) + 1
        middle = (both * (1 - PART) + only - PART * missed) / n
        square = (both * (1 - PART) ** 2 + only + PART**2 * missed) / n
        return float(middle + z * math.sqrt((square - middle**2) / n))

    if gap(only, missed + 1, -float(stats.norm.ppf(SHOWN))) >= 0:
        return "yes"
    return "open" if gap(only + 1, missed, float(stats.norm.ppf((1 + SURE) / 2))) >= 0 else "no"


@dataclass(frozen=True, slots=True)
class Looked:
    """A monitor of one column: alarms over all looks, and the share with one by then."""

    columns: int
    windows: int
    alarms: int
    error: float
    by: Mapping[int, float]

    @property
    def per_window(self) -> float:
        return self.alarms / self.windows


def looked(
    jobs: Iterable[Mapping[str, Any]], at: tuple[int, ...]
) -> dict[Point, dict[str, Looked]]:
    """Of the points with many looks: alarms a window and the standard error between references."""
    known = {one.key: one for one in every() if one.looks > 1}
    counts: dict[tuple[Point, str], list[tuple[int, int]]] = defaultdict(list)
    for job in jobs:
        if (point := known.get(job["point"])) is None:
            continue
        for method, looks in job["alarms"].items():
            total = Counter(name for look in looks for name in look)
            first: dict[int, int] = {}
            for number, look in enumerate(looks, 1):
                for name in look:
                    first.setdefault(name, number)
            for column in range(point.columns):
                counts[point, method].append((total[column], first.get(column, point.looks + 1)))
    found: dict[Point, dict[str, Looked]] = defaultdict(dict)
    for (point, method), held in counts.items():
        size, alarms = len(held), [one for one, _ in held]
        middle = sum(alarms) / size
        spread = (sum((one - middle) ** 2 for one in alarms) / max(size - 1, 1)) ** 0.5
        found[point][method] = Looked(
            size, size * point.looks, sum(alarms), spread / size**0.5 / point.looks,
            {look: sum(one <= look for _, one in held) / size for look in at},
        )  # fmt: skip
    return dict(found)


def ours_above(held: Rates, method: str = OURS) -> list[Point]:
    """Where nothing changed and a method is shown to alarm more often than it may."""
    return [
        point
        for point, by in held.items()
        if not point.change and method in by and not by[method].keeps
    ]
