"""Differences of two versions of many classes: macro and weighted means, and single classes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from sextant.metrics.catalogue import CATALOGUE
from sextant.metrics.metric import Params
from sextant.metrics.paired.decisions import by_width
from sextant.metrics.paired.metric import Cells, PairedMetric, Versions
from sextant.metrics.paired.requests import JOINT, Crossed
from sextant.metrics.tally import Cell
from sextant.states.classes import ClassCounts
from sextant.states.counts import Counts
from sextant.stats.estimate import Estimate, Level
from sextant.stats.paired import classes
from sextant.stats.paired.ratios import correlated_difference
from sextant.stats.paired.shares import Part, share_difference, share_difference_by_unit

TASKS = ("multiclass",)
Triple = tuple[str, str, str]


def _needs(params: Params, versions: Versions) -> tuple[Crossed, ...]:
    return (Crossed(versions.a, versions.b),)


def _triples(state: Counts) -> list[tuple[Triple, float]]:
    """Rows by label, A's class and B's class."""
    found = []
    for text, n in state.items:
        label, a, b = text.split(JOINT)
        found.append(((label, a, b), n))
    return found


def _side(cell: Cell, at: int) -> Cell:
    """The cell of one version alone, as its metrics read it."""

    def alone(state: Counts) -> ClassCounts:
        return ClassCounts.of((triple[0], triple[at], n) for triple, n in _triples(state))

    units = cell.by_unit
    if units is not None:
        units = replace(units, parts=tuple((u, alone(state)) for u, state in units.parts))
    return replace(cell, whole=alone(cell.whole), by_unit=units)


def _sides(name: str) -> Callable[[Cells, Params, Level], tuple[Estimate, Estimate]]:
    estimate = CATALOGUE[name].estimate

    def sides(cells: Cells, params: Params, level: Level) -> tuple[Estimate, Estimate]:
        a, b = (estimate(_side(cells[0], at), params, level) for at in (1, 2))
        return a, b

    return sides


def _cube(cell: Cell) -> tuple[list[str], np.ndarray, np.ndarray]:
    """The classes, the cells [C, 3] as numbers of them, and their rows per unit [units, C]."""
    each = [cell.whole] if cell.by_unit is None else [state for _, state in cell.by_unit.parts]
    triples = list(dict.fromkeys(triple for state in each for triple, _ in _triples(state)))
    names = sorted({name for triple in triples for name in triple})
    place = {triple: at for at, triple in enumerate(triples)}
    number = {name: at for at, name in enumerate(names)}
    rows = np.zeros((len(each), len(triples)))
    for unit, state in enumerate(each):
        for triple, n in _triples(state):
            rows[unit, place[triple]] += n
    cells = np.array([[number[name] for name in triple] for triple in triples], np.int64)
    return names, cells.reshape(-1, 3), rows


Chosen = Callable[[list[str], Params], classes.Influence]


def _correlated(name: str, chosen: Chosen) -> PairedMetric:
    metric, sides = CATALOGUE[name], _sides(name)

    def difference(cells: Cells, params: Params, level: Level) -> Estimate:
        (cell,) = cells
        a, b = sides(cells, params, level)
        n = max(a.n, b.n)
        if not (a.assessable and b.assessable):
            return correlated_difference(a, b, 0.0, n)
        names, kinds, rows = _cube(cell)
        r = classes.correlation(kinds, rows, chosen(names, params))
        return correlated_difference(a, b, r, n)

    return PairedMetric(
        name, metric, metric.better, _needs, sides, difference, by_width, tasks=TASKS,
        method="both intervals and their correlation (delta method), square-and-add (Zou 2007)",
    )  # fmt: skip


def _class_recall() -> PairedMetric:
    metric, sides = CATALOGUE["class_recall"], _sides("class_recall")

    def difference(cells: Cells, params: Params, level: Level) -> Estimate:
        (cell,) = cells
        names, kinds, rows = _cube(cell)
        a, _ = sides(cells, params, level)
        if a.value is None:
            return Estimate.undefined(a.reason, a.n)
        at = names.index(params["class"])
        own = kinds[:, 0] == at
        first, second = kinds[:, 1] == at, kinds[:, 2] == at
        won, lost = own & ~first & second, own & first & ~second
        gain, loss, size = (rows @ chosen.astype(float) for chosen in (won, lost, own))
        if cell.by_unit is None:
            return share_difference((Part(gain[0], loss[0], size[0]),), level)
        return share_difference_by_unit((Part(gain, loss, size),), level, cell.by_unit.copies)

    return PairedMetric(
        "class_recall", metric, metric.better, _needs, sides, difference, by_width, tasks=TASKS,
        method="exact limits of the rows that differ, square-and-add (Zou and Donner 2008)",
    )  # fmt: skip


def _of_class(kind: str) -> Chosen:
    return lambda names, params: classes.of_class(names.index(params["class"]), kind)


METRICS = (
    _correlated("macro_recall", lambda names, params: classes.macro_recall),
    _correlated("macro_precision", lambda names, params: classes.macro_precision),
    _correlated("macro_f1", lambda names, params: classes.f1_mean(weighted=False)),
    _correlated("weighted_f1", lambda names, params: classes.f1_mean(weighted=True)),
    _class_recall(),
    _correlated("class_precision", _of_class("precision")),
    _correlated("class_f1", _of_class("f1")),
)
