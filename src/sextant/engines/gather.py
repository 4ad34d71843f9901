"""Collect one query's answer into a `Tally`: the facts, and every cell of every grouping."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sextant.engines.answered import Answered
from sextant.engines.checks import all_broken, notes, value_problems
from sextant.engines.classes import label_classes, prediction_classes, version_classes
from sextant.engines.decode import Answer, Reading, groups, state_of, unused
from sextant.engines.errors import SourceError
from sextant.engines.judged import drawn_notes
from sextant.engines.period import shown
from sextant.engines.reading import UNLABELLED
from sextant.engines.sets import FACTS, SAMPLE, GroupingSet
from sextant.metrics.paired.requests import Crossed
from sextant.metrics.requests import Errors, OfClass, OfLabel, Request, Verdicts
from sextant.metrics.tally import Cell, Grouping, Tally, Values
from sextant.states.counts import Counts as YesNo
from sextant.states.snapshot import RowSample, Snapshot
from sextant.states.units import ByUnit

Counts = dict[Grouping, dict[Values, tuple[float, float]]]
Cells = dict[Grouping, dict[Request, dict[Values, Cell]]]
Rows = NDArray[np.int64]


def gather(answered: Answered) -> Tally:
    """The tally of an answered query. Raises `SourceError` where its values make no sense."""
    return gathered(answered, reading_of(answered), notes(answered))


def reading_of(answered: Answered) -> Reading | None:
    """What its codes stand for; None where there is no row.

    Raises `SourceError` where the values make no sense.
    """
    n, broken = answered.total(), sum(answered.broken.values())
    if broken and not n and not answered.contract.data.period:
        raise SourceError([all_broken(answered.broken, answered.source.name)])
    if not n:
        return None
    label, prediction = label_classes(answered), prediction_classes(answered)
    a, b = version_classes(answered)
    problems = [one for one in (label, prediction, a, b) if isinstance(one, str)]
    problems += value_problems(answered)
    if (
        problems
        or isinstance(label, str)
        or isinstance(prediction, str)
        or isinstance(a, str)
        or isinstance(b, str)
    ):
        raise SourceError(problems)
    return Reading(label, prediction, answered.query.head, (a, b))


def gathered(answered: Answered, reading: Reading | None, told: list[str]) -> Tally:
    """The tally of an answered query that is read so; `told`: its notes, but for those of states.

    A part of an answer is read as the whole of it.
    """
    n, broken = answered.total(), sum(answered.broken.values())
    if n and reading is not None:
        counts = _counts(answered, reading)
        cells = _cells(answered, reading, counts)
    else:
        counts = {grouping: {} for grouping in answered.plan.requests}
        cells = {
            grouping: {request: {} for request in held}
            for grouping, held in answered.plan.requests.items()
        }
    labelled = sum(labelled for _, labelled in counts[()].values())
    return Tally(
        cells=cells,
        counts=counts,
        rows=n + broken,
        labelled=int(labelled) if answered.contract.data.label else None,
        snapshot=_snapshot(answered, n),
        sample=_sample(answered),
        set_aside=tuple(answered.set_aside().items()),
        period=_period(answered),
        notes=(*told, *drawn_notes(cells.get((), {}))),
    )


def _snapshot(answered: Answered, n: int) -> Snapshot:
    def total(name: str) -> int:
        held = np.ma.compressed(np.ma.asarray(answered.answers[FACTS][name]))
        return sum(int(value) for value in held) % 2**64

    return Snapshot(n, total("upper"), total("lower"))


def _sample(answered: Answered) -> RowSample:
    hashes, n = (np.ma.asarray(answered.answers[SAMPLE][name]) for name in ("sampled", "n"))
    known = ~np.ma.getmaskarray(hashes)
    items = zip(hashes.data[known], n[known], strict=True)
    return RowSample(answered.query.sample_below, tuple((int(h), int(k)) for h, k in items))


def _period(answered: Answered) -> tuple[str | None, str | None]:
    """The period that was asked for; without one, the first and last moment seen."""
    data = answered.contract.data
    if data.period:
        start, end = data.period.start, data.period.end
        return (None if start is None else str(start), None if end is None else str(end))
    kept = answered.kept(FACTS)
    if not data.time or not kept.size:
        return (None, None)
    first, last = (answered.answers[FACTS][name][kept[0]] for name in ("t_low", "t_high"))
    return (shown(first), shown(last))


def _names(answered: Answered, grouping: Grouping) -> tuple[str, ...]:
    declared = [segment.name for segment in answered.contract.data.segments]
    return tuple(f"s{declared.index(name)}" for name in grouping)


def _counts(answered: Answered, reading: Reading) -> Counts:
    counts: Counts = {}
    for one in answered.query.sets:
        if one.request is not None or "y" not in one.keys:
            continue
        held = counts.setdefault(one.grouping, {})
        names = _names(answered, one.grouping)
        answer = Answer(answered.answers[one.keys], reading)
        for group in groups(answer, answered.kept(one.keys), names):
            n = answer.floats("n", group.rows)
            labelled = n[reading.label(answer.ints("y", group.rows)) != UNLABELLED]
            held[group.values] = (float(n.sum()), float(labelled.sum()))
    return counts


def _cells(answered: Answered, reading: Reading, counts: Counts) -> Cells:
    cells: Cells = {grouping: {} for grouping in answered.plan.requests}
    for one in answered.query.sets:
        if one.request is None:
            continue
        held = cells[one.grouping].setdefault(one.request, {})
        index = answered.plan.all_requests.index(one.request)
        answer = Answer(answered.answers[one.keys], reading)
        for group in groups(answer, answered.kept(one.keys), _names(answered, one.grouping)):
            rows, labelled = counts[one.grouping].get(group.values, (0.0, 0.0))
            if one.by_unit:
                units = _by_unit(answer, one, index, group.rows)
                old = held.get(group.values)
                whole = units.total() if old is None else old.whole
                cell = Cell(whole, units, rows, labelled)
            else:
                cell = Cell(state_of(answer, one, index, group.rows), None, rows, labelled)
            if isinstance(one.request, Errors | OfLabel | OfClass):
                aside = labelled - _used(cell.whole)
            elif isinstance(one.request, Crossed):
                aside = labelled - cell.whole.total
            else:
                aside = unused(answer, one, index, group.rows)
            held[group.values] = replace(cell, aside=aside)
            if isinstance(one.request, Verdicts):
                held[group.values] = replace(cell, aside=aside, labelled=cell.whole.n)
    return cells


def _used(state: Any) -> float:
    """How many labelled rows a state rests on."""
    if isinstance(state, YesNo):
        return state.get("yes") + state.get("no")
    return float(state.n)


def _by_unit(answer: Answer, one: GroupingSet, index: int, rows: Rows) -> ByUnit[Any]:
    buckets = answer.ints("u", rows)
    order = np.argsort(buckets, kind="stable")
    edges = np.flatnonzero(np.diff(buckets[order])) + 1
    return ByUnit(
        tuple(
            (int(buckets[part[0]]), state_of(answer, one, index, rows[part]))
            for part in np.split(order, edges)
        )
    )
