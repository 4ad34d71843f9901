"""The search: count once, suggest on one half of the rows, confirm on the other."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date

import numpy as np

from sextant.contracts.evidence import DataFacts
from sextant.contracts.grammar import MISSING
from sextant.contracts.partition import Partition
from sextant.engines.cells import Cells, joint
from sextant.engines.plan import plan_of
from sextant.engines.scan import tally as scan
from sextant.engines.source import Source
from sextant.metrics.tally import Tally
from sextant.stats.estimate import Estimate, Level
from sextant.stats.groups import difference
from sextant.stats.hypergeometric import tails
from sextant.stats.rate import rate, rate_by_unit
from sextant.studies.fairness.asked import decision_of
from sextant.studies.weak_segments.halves import Half, halves
from sextant.studies.weak_segments.result import Asked, Search, Weak
from sextant.studies.weak_segments.suggesting import Candidate, suggested

Progress = Callable[[float], None]
MOST_VALUES = 50
"""A column of more values is left out: name bands, or fold."""
ALONE = "there is one value only"


def searched(
    asked: Asked, source: Source, today: date, progress: Progress | None = None, code: str = ""
) -> Search:
    """Two scans: what the columns hold, then every combination of their values at once.

    Raises `SourceError` where the data cannot answer, `Cancelled` on interrupt.
    """
    plan = plan_of(asked.contract, {(): [decision_of(asked.contract)]})
    tally = scan(asked.contract, source, progress, plan)
    values, unfit = _values(asked, tally)
    cells = joint(asked.contract, plan, source, values, progress)
    return _searched(asked, tally, cells, values, unfit, source.name, today, code)


def _values(asked: Asked, tally: Tally) -> tuple[dict[str, list[str]], tuple[tuple[str, str], ...]]:
    """What each column may hold, and the columns that cannot be searched."""
    values: dict[str, list[str]] = {}
    unfit: list[tuple[str, str]] = []
    for name in asked.columns:
        held = sorted(raw for (raw,) in tally.counts.get((name,), {}))
        if len(held) > MOST_VALUES:
            unfit.append((name, f"{len(held):,} values, more than {MOST_VALUES}: cut bands"))
        elif len(held) < 2:
            unfit.append((name, ALONE))
        else:
            values[name] = held
    return values, tuple(unfit)


def _searched(
    asked: Asked,
    tally: Tally,
    cells: Cells,
    values: Mapping[str, Sequence[str]],
    unfit: tuple[tuple[str, str], ...],
    source: str,
    today: date,
    code: str,
) -> Search:
    split = halves(cells, asked.error, asked.contract.data.unit is not None, asked.seed)
    weak, tested, looked = weakest(asked, split, _names(asked, tally, values))
    partition = Partition(asked.contract, tally)
    facts = DataFacts(
        source, tally.rows, tally.labelled, tally.snapshot.hex, tally.period, tally.set_aside,
        partition.coverage(),
    )  # fmt: skip
    k, n = (a + b for a, b in zip(split[0].total, split[1].total, strict=True))
    return Search(
        asked=asked,
        data=facts,
        overall=rate(k, n, Level(asked.alpha)),
        weak=weak,
        suggested=tested,
        searched=looked,
        halves=(float(split[0].total[1]), float(split[1].total[1])),
        unfit=unfit,
        code=code,
        searched_on=today.isoformat(),
        notes=tally.notes,
    )


Names = Sequence[tuple[str, Mapping[int, str]]]


def weakest(
    asked: Asked, split: tuple[Half, Half], names: Names
) -> tuple[tuple[Weak, ...], int, int]:
    """The confirmed segments, most people hurt first; how many were tested, and looked at.

    `names`: per column its name and what its places stand for, 0 left free.
    """
    by_unit = asked.contract.data.unit is not None
    sizes = tuple(max(held, default=0) + 1 for _, held in names)
    least = max(asked.min_rows // 2, 1)
    candidates, looked = suggested(split[0], sizes, asked.depth, least)
    level = Level(asked.alpha).split(max(len(candidates), 1))
    tested = [_tested(one, split, names, level, by_unit) for one in candidates]
    confirmed = sorted(_confirmed(tested, asked.alpha), key=lambda one: -one.people[0])
    return tuple(confirmed), len(candidates), looked


def _confirmed(tested: Sequence[Weak], alpha: float) -> list[Weak]:
    """Holm's steps over the tests: with 1 − alpha certainty no segment is named in error.

    That bounds the share of false ones among those named as well. The gap must lie above 0 too.
    """
    found: list[Weak] = []
    for place, one in enumerate(sorted(tested, key=lambda one: one.p)):
        if one.p > alpha / (len(tested) - place):
            break
        if (one.gap.value or 0.0) > 0:
            found.append(one)
    return found


def _tested(
    one: Candidate,
    split: tuple[Half, Half],
    names: Names,
    level: Level,
    by_unit: bool,
) -> Weak:
    """The segment in the rows that did not suggest it."""
    second = split[1]
    inside = second.mask(one.columns, one.values)
    here, there = _counts(second, inside, by_unit), _counts(second, ~inside, by_unit)
    rates = [_rate(each, level, by_unit) for each in (here, there)]
    gap = difference(rates[0], rates[1])
    p = _p_by_unit(here, there) if by_unit else _exact(here, there)
    rows = float(one.n + here[1].sum())
    value = gap.value or 0.0
    people = value * rows, gap.low * rows, gap.high * rows
    conditions = tuple(
        (names[column][0], names[column][1][value])
        for column, value in zip(one.columns, one.values, strict=True)
    )
    return Weak(conditions, rates[0], rates[1], gap, p, one.rate, rows, people)


Counts = tuple[np.ndarray, np.ndarray]


def _counts(half: Half, inside: np.ndarray, by_unit: bool) -> Counts:
    """Errors and rows, per bucket of units where rows are dependent."""
    unit = half.unit[inside] if by_unit else np.zeros(int(inside.sum()), np.int64)
    size = 256 if by_unit else 1
    return (
        np.bincount(unit, half.k[inside], size),
        np.bincount(unit, half.n[inside], size),
    )


def _rate(counts: Counts, level: Level, by_unit: bool) -> Estimate:
    if by_unit:
        return rate_by_unit(*counts, level)
    return rate(float(counts[0].sum()), float(counts[1].sum()), level)


def _exact(here: Counts, there: Counts) -> float:
    """Fisher's exact test: so many errors here or more, if they fell by chance."""
    k, n, rest, others = (float(c.sum()) for c in (*here, *there))
    if not n or not others:
        return 1.0
    _, beyond = tails(np.array([k]), int(n + others), np.array([k + rest]), int(n))
    return float(beyond[0])


def _p_by_unit(here: Counts, there: Counts) -> float:
    """The smallest one-sided error at which the difference of dependent rows lies above 0."""
    for error in np.geomspace(1e-8, 0.5, 60):
        level = Level(2 * float(error) if error < 0.5 else 0.999)
        gap = difference(rate_by_unit(*here, level), rate_by_unit(*there, level))
        if gap.value is not None and gap.low > 0:
            return float(error)
    return 1.0


def _names(asked: Asked, tally: Tally, values: Mapping[str, Sequence[str]]) -> Names:
    """Per column its name, and what its places stand for, in the contract's words."""
    named = Partition(asked.contract, tally).names
    return [
        (name, {i + 1: named[name].get(raw, raw) or MISSING for i, raw in enumerate(held)})
        for name, held in values.items()
    ]
