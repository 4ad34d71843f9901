"""Differences of what is counted: accuracy, recall, precision, F1, cost and their relatives."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from sextant.metrics.catalogue import CATALOGUE
from sextant.metrics.metric import Metric, Params, Reading
from sextant.metrics.paired.metric import Cells, PairedMetric, Versions
from sextant.metrics.paired.requests import Agreed
from sextant.metrics.tally import Cell
from sextant.states.agreement import NEGATIVE, POSITIVE, UNLABELLED, Agreement
from sextant.states.confusion import Confusion
from sextant.stats.estimate import Estimate, Level
from sextant.stats.paired.power import detectable, detectable_share
from sextant.stats.paired.ratios import (
    SMOOTHING,
    correlated_difference,
    residual_correlation,
    unit_correlation,
)
from sextant.stats.paired.shares import Part, share_difference, share_difference_by_unit

Array = NDArray[np.float64]
Parts = Callable[[Array, Params], tuple[Part, ...]]
Terms = Callable[[Array, Array, Params], tuple[Array, Array]]

DECIDED, LABEL = np.arange(2.0), np.arange(2.0)[:, None, None]
EVERYBODY = "all decisions cost the same"


def counts_of(cell: Cell) -> Array:
    """Counts [label, a, b], or [unit, label, a, b] of dependent rows."""
    if cell.by_unit is None:
        whole: Agreement = cell.whole
        return whole.counts
    return np.stack([state.counts for _, state in cell.by_unit.parts])


def side(cell: Cell, which: str) -> Cell:
    """The cell of one version alone, as its metrics read it."""

    def alone(state: Agreement) -> Confusion:
        counts = state.counts.sum(axis=2 if which == "a" else 1)
        (tn, fp), (fn, tp), (left, flagged) = counts[[NEGATIVE, POSITIVE, UNLABELLED]].tolist()
        return Confusion(tp, fp, fn, tn, flagged, left)

    units = cell.by_unit
    if units is not None:
        units = replace(units, parts=tuple((u, alone(state)) for u, state in units.parts))
    return replace(cell, whole=alone(cell.whole), by_unit=units)


def _sides(name: str) -> Callable[[Cells, Params, Level], tuple[Estimate, Estimate]]:
    def sides(cells: Cells, params: Params, level: Level) -> tuple[Estimate, Estimate]:
        own = {**params, "threshold": None}
        estimate = CATALOGUE[name].estimate
        return estimate(side(cells[0], "a"), own, level), estimate(side(cells[0], "b"), own, level)

    return sides


def _request(params: Params, versions: Versions) -> tuple[Agreed, ...]:
    """Decisions at the question's threshold, else at each version's own."""
    cut = params.get("threshold")
    pair = versions.a, versions.b
    if cut is not None:
        pair = replace(versions.a, cut=cut), replace(versions.b, cut=cut)
    return (Agreed(*pair),)


def _moved(c: Array, label: int | slice) -> tuple[Array, Array, Array]:
    """Rows of a label that only B flags, that only A flags, and all of them."""
    held = c[..., label, :, :]
    extra = tuple(range(c.ndim - 3, held.ndim - 2))
    return (
        held[..., 0, 1].sum(axis=extra),
        held[..., 1, 0].sum(axis=extra),
        held.sum(axis=(*extra, -2, -1)),
    )


def _recall(c: Array, params: Params) -> tuple[Part, ...]:
    up, down, size = _moved(c, POSITIVE)
    return (Part(up, down, size),)


def _missed(c: Array, params: Params) -> tuple[Part, ...]:
    up, down, size = _moved(c, POSITIVE)
    return (Part(down, up, size),)


def _false_alarms(c: Array, params: Params) -> tuple[Part, ...]:
    up, down, size = _moved(c, NEGATIVE)
    return (Part(up, down, size),)


def _specificity(c: Array, params: Params) -> tuple[Part, ...]:
    up, down, size = _moved(c, NEGATIVE)
    return (Part(down, up, size),)


def _selected(c: Array, params: Params) -> tuple[Part, ...]:
    up, down, size = _moved(c, slice(None))
    return (Part(up, down, size),)


def _accuracy(c: Array, params: Params) -> tuple[Part, ...]:
    up, down, positives = _moved(c, POSITIVE)
    wrong, right, negatives = _moved(c, NEGATIVE)
    return (Part(up + right, down + wrong, positives + negatives),)


def _challenged(c: Array, params: Params) -> tuple[Part, ...]:
    up, down, negatives = _moved(c, NEGATIVE)
    return (Part(up, down, negatives + _moved(c, POSITIVE)[2]),)


def _balanced(c: Array, params: Params) -> tuple[Part, ...]:
    (recall,), (specificity,) = _recall(c, params), _specificity(c, params)
    return (
        replace(recall, weight=0.5, stratum="positive"),
        replace(specificity, weight=0.5, stratum="negative"),
    )


def _cost(c: Array, params: Params) -> tuple[Part, ...]:
    found = []
    labelled = _moved(c, POSITIVE)[2] + _moved(c, NEGATIVE)[2]
    for label, flagged, left in (
        (POSITIVE, "true_positive", "false_negative"),
        (NEGATIVE, "false_positive", "true_negative"),
    ):
        up, down, _ = _moved(c, label)
        if weight := params[flagged] - params[left]:
            found.append(Part(up, down, labelled, weight))
    return tuple(found)


def _shares(parts: Parts) -> Callable[[Cells, Params, Level], Estimate]:
    def difference(cells: Cells, params: Params, level: Level) -> Estimate:
        (cell,) = cells
        held = parts(counts_of(cell), params)
        if not held:
            n = float(cell.whole.labelled)
            return Estimate.undefined(EVERYBODY, n)
        if cell.by_unit is None:
            return share_difference(held, level)
        return share_difference_by_unit(held, level, cell.by_unit.copies)

    return difference


def _power(parts: Parts) -> Callable[[Cells, Params, Level, Estimate], float | None]:
    """From the rows that differ where they are one share of independent rows."""

    def smallest(cells: Cells, params: Params, level: Level, found: Estimate) -> float | None:
        (cell,) = cells
        held = parts(counts_of(cell), params)
        if cell.by_unit is None and len(held) == 1 and abs(held[0].weight) == 1:
            (part,) = held
            return detectable_share(float(part.gain + part.loss), float(part.size), level)
        return by_width(cells, params, level, found)

    return smallest


def by_width(cells: Cells, params: Params, level: Level, found: Estimate) -> float | None:
    units = cells[0].by_unit
    n = found.n if units is None else len(units.parts) * units.copies
    return detectable(found, level, max(n, 1.0))


def _linear(
    name: str, parts: Parts, tasks: tuple[str, ...] = ("binary",), metric: Metric | None = None
) -> PairedMetric:
    """A difference of shares; `metric` where it goes by another name than its estimator's."""
    metric = metric or CATALOGUE[name]
    raw = _shares(parts)

    def difference(cells: Cells, params: Params, level: Level) -> Estimate:
        found = raw(cells, params, level)
        if found.value is None and not found.reason.startswith("all"):
            a, _ = _sides(name)(cells, params, level)
            return Estimate.undefined(a.reason or found.reason, found.n)
        return found

    return PairedMetric(
        metric.name, metric, metric.better, _request, _sides(name), difference, _power(parts),
        labelled=metric.labelled, tasks=tasks,
        method="exact limits of the rows that differ, square-and-add (Zou and Donner 2008)",
        plain=lambda counts, params: sum(
            one.weight * float(one.gain - one.loss) / float(one.size)
            for one in parts(counts, params)
        ),
    )  # fmt: skip


def _ratio(name: str, terms: Terms) -> PairedMetric:
    metric, sides = CATALOGUE[name], _sides(name)

    def plain(counts: Array, params: Params) -> float:
        found = []
        for decided in (DECIDED[:, None], DECIDED[None, :]):
            top, bottom = (
                float((counts[:UNLABELLED] * one).sum()) for one in terms(LABEL, decided, params)
            )
            found.append(top / bottom if bottom else 0.0)
        return found[1] - found[0]

    def difference(cells: Cells, params: Params, level: Level) -> Estimate:
        (cell,) = cells
        a, b = sides(cells, params, level)
        counts = counts_of(cell)[..., :UNLABELLED, :, :]
        flat = counts.reshape(*counts.shape[:-3], -1)
        pair = (DECIDED[:, None], DECIDED[None, :])
        tables = [terms(LABEL, one, params) for one in pair]
        num, den = ([np.broadcast_to(t[i], (2, 2, 2)).ravel() for t in tables] for i in (0, 1))
        total = flat if flat.ndim == 1 else flat.sum(axis=0)
        copies = 1.0 if cell.by_unit is None else cell.by_unit.copies
        n = float(total[(den[0] > 0) | (den[1] > 0)].sum()) * copies
        differ = np.broadcast_to(pair[0] != pair[1], (2, 2, 2)).ravel()
        added = SMOOTHING * differ
        ratios = [
            float(((total + added) @ top + 0.5) / ((total + added) @ bottom + 1))
            for top, bottom in zip(num, den, strict=True)
        ]
        e = [top - r * bottom for top, bottom, r in zip(num, den, ratios, strict=True)]
        correlate = residual_correlation if flat.ndim == 1 else unit_correlation
        return correlated_difference(a, b, correlate(e[0], e[1], flat, added), n)

    return PairedMetric(
        name, metric, metric.better, _request, sides, difference, by_width,
        method="both intervals and their correlation, square-and-add (Zou 2007)", plain=plain,
    )  # fmt: skip


def _precision(y: Array, d: Array, params: Params) -> tuple[Array, Array]:
    return y * d, np.broadcast_to(d, (2, 2, 2))


def _fbeta(y: Array, d: Array, params: Params) -> tuple[Array, Array]:
    weight = float(params.get("beta", 1.0)) ** 2
    return (1 + weight) * y * d, weight * y + d


SUCCESSES = replace(
    CATALOGUE["selection_rate"],
    name="successes",
    summary="the share of rows on which the version succeeds",
    better="higher",
    reading=Reading("success rate", "cases", "succeed", "fail", failure=True),
    tasks=("generation", "agent"),
)
METRICS = (
    _linear("accuracy", _accuracy, ("binary", "multiclass")),
    _linear("recall", _recall),
    _linear("specificity", _specificity),
    _linear("false_positive_rate", _false_alarms),
    _linear("false_negative_rate", _missed),
    _linear("friction", _challenged),
    _linear("selection_rate", _selected),
    _linear("selection_rate", _selected, SUCCESSES.tasks, SUCCESSES),
    _linear("balanced_accuracy", _balanced),
    _linear("cost", _cost),
    _ratio("precision", _precision),
    _ratio("f1", _fbeta),
    _ratio("fbeta", _fbeta),
)
