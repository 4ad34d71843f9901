"""What changed for whom: whose answer B makes worse, whose better, and on whom it falls."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from sextant.contracts.partition import Partition
from sextant.metrics.tally import Cell
from sextant.states.agreement import UNLABELLED, Agreement
from sextant.states.counts import Counts
from sextant.stats.estimate import Estimate, Level
from sextant.stats.groups import difference
from sextant.stats.rate import rate, rate_by_unit
from sextant.studies.comparison.asked import OF_COLUMNS, Asked
from sextant.studies.comparison.questions import change_request
from sextant.studies.comparison.result import Change, Changes, Hit, Segment

Array = NDArray[np.float64]
Kind = Literal["answers", "distance", "decisions", "successes", "numbers", "lists"]
Three = tuple[float, float, float]
"""Rows that B answers better, rows that it answers worse, all rows that count."""

MOST = 0.5


def changes(asked: Asked, partition: Partition, level: Level) -> Changes | None:
    """The shares of all rows and of each group, and the groups that carry them.

    A group is said to be hit where its share of changed rows lies above that of all others, with
    the error shared by all groups (Bonferroni); to carry most of them where more than half, too,
    are shown to be its own. None where no row was judged by both versions.
    """
    request = change_request(asked)
    whole = partition.named((), partition.tally.find((), request))[()]
    if whole is None:
        return None
    count, kind = _counting(whole, asked)
    total = _split(whole, count)
    if not sum(total.values(), np.zeros(3))[2]:
        return None
    by_unit = whole.by_unit is not None
    groups: list[tuple[Segment, dict[int, Array]]] = []
    for segment in asked.contract.data.segments:
        held = partition.named((segment.name,), partition.tally.find((segment.name,), request))
        for (value,), cell in held.items():
            if cell is not None and (split := _split(cell, count)):
                groups.append((((segment.name, value),), split))
    told = [_change(segment, split, total, by_unit, level) for segment, split in groups]
    shared = level.split(2 * max(len(groups), 1))
    hits = [_hit(told, groups, total, which, by_unit, shared) for which in (1, 0)]
    overall = _change((), total, None, by_unit, level)
    return Changes(kind, overall, tuple(told), hits[0], hits[1])


def _counting(whole: Cell, asked: Asked) -> tuple[Callable[[Agreement | Counts], Three], Kind]:
    """How rows are counted, and what is counted: without any label only what is decided."""
    state = whole.whole
    if isinstance(state, Counts) and asked.contract.task == "ranking":
        return _distances, "lists"
    if isinstance(state, Counts):
        return _distances, "distance" if asked.versions.truth else "numbers"
    if asked.contract.task in OF_COLUMNS:
        return _successes, "successes"
    if asked.contract.task == "multiclass":  # right or wrong, which nobody knows without a label
        return _answers, "answers"
    return (_answers, "answers") if state.labelled else (_decisions, "decisions")


def _answers(state: Agreement | Counts) -> Three:
    assert isinstance(state, Agreement)
    return state.better, state.worse, state.labelled


def _decisions(state: Agreement | Counts) -> Three:
    assert isinstance(state, Agreement)
    counts = state.counts[UNLABELLED]
    return float(counts[0, 1]), float(counts[1, 0]), float(counts.sum())


def _successes(state: Agreement | Counts) -> Three:
    assert isinstance(state, Agreement)
    counts = state.counts.sum(axis=0)
    return float(counts[0, 1]), float(counts[1, 0]), float(counts.sum())


def _distances(state: Agreement | Counts) -> Three:
    assert isinstance(state, Counts)
    return state.get("better"), state.get("worse"), state.total


def _split(cell: Cell, count: Callable[[Agreement | Counts], Three]) -> dict[int, Array]:
    """The three counts per bucket of units; of independent rows under one key."""
    if cell.by_unit is None:
        return {0: np.array(count(cell.whole))}
    return {bucket: np.array(count(state)) for bucket, state in cell.by_unit.parts}


def _change(
    segment: Segment,
    split: dict[int, Array],
    total: dict[int, Array] | None,
    by_unit: bool,
    level: Level,
) -> Change:
    n = float(sum(row[2] for row in split.values()))
    found = Change(
        segment,
        n,
        _share(split, 0, split, 2, by_unit, level),
        _share(split, 1, split, 2, by_unit, level),
    )
    if total is None:
        return found
    return replace(
        found,
        of_better=_share(split, 0, total, 0, by_unit, level),
        of_worse=_share(split, 1, total, 1, by_unit, level),
    )


def _share(
    part: dict[int, Array], k: int, whole: dict[int, Array], n: int, by_unit: bool, level: Level
) -> Estimate:
    nothing = np.zeros(3)
    ks = np.array([part.get(bucket, nothing)[k] for bucket in whole])
    ns = np.array([row[n] for row in whole.values()])
    if by_unit:
        return rate_by_unit(ks, ns, level)
    return rate(float(ks.sum()), float(ns.sum()), level)


def _hit(
    told: list[Change],
    groups: list[tuple[Segment, dict[int, Array]]],
    total: dict[int, Array],
    which: int,
    by_unit: bool,
    level: Level,
) -> Hit | None:
    """The group with the largest part of the change among those shown to have more of it."""
    found: list[tuple[float, Hit]] = []
    for change, (_, split) in zip(told, groups, strict=True):
        others = {b: row - split.get(b, np.zeros(3)) for b, row in total.items()}
        here = _share(split, which, split, 2, by_unit, level)
        there = _share(others, which, others, 2, by_unit, level)
        apart = difference(here, there)
        if apart.value is None or not apart.low > 0:
            continue
        part = _share(split, which, total, which, by_unit, level)
        found.append(((part.value or 0.0), Hit(change, part.low > MOST, part, here, there)))
    return max(found, key=lambda one: (one[1].most, one[0]))[1] if found else None
