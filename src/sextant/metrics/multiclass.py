"""One class of many: per class, macro and weighted, confusions of two classes, top-k."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

import numpy as np

from sextant.metrics.cells import Array, share_of_rows
from sextant.metrics.decisions import ANYWHERE, EXACT, SOURCE
from sextant.metrics.metric import Metric, Parameter, Params, Reading
from sextant.metrics.requests import Among, Classes
from sextant.metrics.tally import Cell
from sextant.states.classes import ClassCounts
from sextant.stats.estimate import Estimate, Level
from sextant.stats.fscore import f1, f1_by_unit
from sextant.stats.mean_of_rates import mean_of_rates, mean_of_rates_by_unit
from sextant.stats.multiclass import NOTHING, f1_mean, f1_mean_by_unit
from sextant.stats.rate import rate, rate_by_unit

TASKS = ("multiclass",)
RIGHT = 0
LABEL: Literal[1] = 1
PREDICTION: Literal[2] = 2
SHOWN = 8
CLASS = Parameter("class", "value", "the class that is looked at, as it is in the data", True)
MEANS = (
    "outer of Student t and square-and-add (MOVER) on the exact limits of the classes' rates; "
    "dependent rows: with their correlation"
)
Estimator = Callable[[Cell, Params, Level], Estimate]


def _unknown(whole: ClassCounts, named: str) -> Estimate:
    known = ", ".join(whole.classes[:SHOWN]) + (", …" if len(whole.classes) > SHOWN else "")
    what = f"no labelled row has the class {named!r} or was taken for it"
    return Estimate.undefined(f"{what}; there are: {known}" if known else NOTHING, whole.n)


def _margins(cell: Cell, classes: tuple[str, ...]) -> Array:
    """Right, labelled and predicted rows of classes per unit, shape [G, 3, K]."""
    assert cell.by_unit is not None
    return np.stack([state.margins(classes) for _, state in cell.by_unit.parts])


def _of_class(over: Literal[1, 2], nothing: str) -> Estimator:
    """Right rows of one class among those that have its label (1) or its prediction (2)."""

    def estimate(cell: Cell, params: Params, level: Level) -> Estimate:
        whole, name = cell.whole, params["class"]
        if name not in whole.classes:
            return _unknown(whole, name)
        at = whole.classes.index(name)
        if cell.by_unit is None:
            margins = whole.margins(whole.classes)
            found = rate(margins[RIGHT, at], margins[over, at], level)
        else:
            units = _margins(cell, whole.classes)
            found = rate_by_unit(
                units[:, RIGHT, at], units[:, over, at], level, cell.by_unit.copies
            )
        return found if found.value is not None else Estimate.undefined(nothing, whole.n)

    return estimate


def _class_f1(cell: Cell, params: Params, level: Level) -> Estimate:
    whole, name = cell.whole, params["class"]
    if name not in whole.classes:
        return _unknown(whole, name)
    at = whole.classes.index(name)
    if cell.by_unit is None:
        right, labelled, predicted = whole.margins(whole.classes)[:, at]
        return f1(right, predicted - right, labelled - right, level)
    right, labelled, predicted = _margins(cell, whole.classes)[:, :, at].T
    return f1_by_unit(right, predicted - right, labelled - right, level, cell.by_unit.copies)


def _confused(cell: Cell, params: Params, level: Level) -> Estimate:
    """Rows of one class that were taken for another."""
    whole, pair = cell.whole, (params["class"], params["taken_for"])
    if pair[0] not in whole.classes:
        return _unknown(whole, pair[0])

    def counts(state: ClassCounts) -> tuple[float, float]:
        mine = [(b, n) for a, b, n in state.items if a == pair[0]]
        return sum((n for b, n in mine if b == pair[1]), 0.0), sum((n for _, n in mine), 0.0)

    if cell.by_unit is None:
        found = rate(*counts(whole), level)
    else:
        k, n = np.array([counts(state) for _, state in cell.by_unit.parts]).T
        found = rate_by_unit(k, n, level, cell.by_unit.copies)
    nothing = f"no labelled row of class {pair[0]!r}"
    return found if found.value is not None else Estimate.undefined(nothing, whole.n)


def _mean(over: Literal[1, 2]) -> Estimator:
    """The plain mean over the classes that have labelled rows of a rate of each."""

    def estimate(cell: Cell, params: Params, level: Level) -> Estimate:
        whole: ClassCounts = cell.whole
        margins = whole.margins(whole.classes)
        held = margins[LABEL] > 0
        if not held.any():
            return Estimate.undefined(NOTHING)
        absent = held & (margins[over] <= 0)
        if absent.any():
            name = whole.classes[int(np.argmax(absent))]
            why = f"the class {name!r} is never predicted, so it has no precision"
            return Estimate.undefined(why, whole.n)
        if cell.by_unit is None:
            return mean_of_rates(margins[RIGHT, held], margins[over, held], level)
        units = _margins(cell, whole.classes)
        k, n = units[:, RIGHT, held], units[:, over, held]
        return mean_of_rates_by_unit(k, n, level, cell.by_unit.copies)

    return estimate


def _mean_f1(weighted: bool) -> Estimator:
    def estimate(cell: Cell, params: Params, level: Level) -> Estimate:
        whole: ClassCounts = cell.whole
        if cell.by_unit is None:
            return f1_mean(whole.table(whole.classes), weighted, level)
        units = _margins(cell, whole.classes)
        return f1_mean_by_unit(units, weighted, level, cell.by_unit.copies)

    return estimate


def _metric(
    name: str,
    summary: str,
    formula: str,
    estimate: Estimator,
    reading: Reading,
    *parameters: Parameter,
    unit: Literal["share", "score"] = "share",
    better: Literal["higher", "lower"] = "higher",
    interval: str = EXACT,
    domain: str = ANYWHERE,
    source: str = SOURCE,
) -> Metric:
    return Metric(
        name=name,
        family="many classes",
        summary=summary,
        formula=formula,
        interval=interval,
        domain=domain,
        source=source,
        unit=unit,
        better=better,
        reading=reading,
        needs=lambda params, bound: Classes(),
        estimate=estimate,
        parameters=parameters,
        range=(0, 1),
        tasks=TASKS,
    )


METRICS = (
    _metric(
        "class_recall",
        "the share of the rows of a class that are found",
        "rows of the class predicted as such / rows of the class",
        _of_class(LABEL, "no labelled row of this class"),
        Reading("recall of {class}", "rows of class {class}", "are found", "are missed"),
        CLASS,
    ),
    _metric(
        "class_precision",
        "the share of the rows predicted as a class that are of it",
        "rows of the class predicted as such / rows predicted as the class",
        _of_class(PREDICTION, "no labelled row is predicted as this class"),
        Reading(
            "precision of {class}",
            "rows taken for {class}",
            "are rightly so",
            "are something else",
            failure=True,
        ),
        CLASS,
    ),
    _metric(
        "class_f1",
        "the harmonic mean of a class's precision and recall",
        "2 T / (rows of the class + rows predicted as the class), T those that are both",
        _class_f1,
        Reading("F1 of {class}"),
        CLASS,
        unit="score",
        interval="exact: J = T / (rows that are either) is a rate, F1 = 2J / (1 + J) at its limits",
        source="van Rijsbergen 1979; Clopper and Pearson 1934",
    ),
    _metric(
        "confusion_rate",
        "the share of the rows of a class that are taken for a certain other",
        "rows of the class predicted as the other / rows of the class",
        _confused,
        Reading(
            "the rate of {class} taken for {taken_for}",
            "rows of class {class}",
            "are taken for {taken_for}",
            "are not taken for {taken_for}",
        ),
        CLASS,
        Parameter("taken_for", "value", "the class that it is taken for", required=True),
        better="lower",
    ),
    _metric(
        "macro_recall",
        "the plain mean of the classes' recall: every class counts alike, however rare",
        "mean over the classes with labelled rows of their recall",
        _mean(LABEL),
        Reading("macro recall"),
        unit="score",
        interval=MEANS,
        domain="20 rows of every class; else the box of the exact limits",
        source="Zou and Donner 2008; Brodersen et al. 2010",
    ),
    _metric(
        "macro_precision",
        "the plain mean of the classes' precision; undefined where one is never predicted",
        "mean over the classes with labelled rows of their precision",
        _mean(PREDICTION),
        Reading("macro precision"),
        unit="score",
        interval=MEANS,
        domain="20 rows predicted as every class; else the box of the exact limits",
        source="Zou and Donner 2008",
    ),
    _metric(
        "macro_f1",
        "the plain mean of the classes' F1; one that is never predicted has 0",
        "mean over the classes with labelled rows of 2 T / (rows + predicted)",
        _mean_f1(weighted=False),
        Reading("macro F1"),
        unit="score",
        interval="linearised over the cells on the logit scale with t quantiles",
        domain="30 pieces carry the evidence, first look; else the box of every F1's exact limits",
        source="Takahashi et al. 2022 (delta method); Efron 1982",
    ),
    _metric(
        "weighted_f1",
        "the mean of the classes' F1, each by its share of the rows; weighted recall is accuracy",
        "Σ rows of the class / rows · 2 T / (rows of the class + predicted)",
        _mean_f1(weighted=True),
        Reading("weighted F1"),
        unit="score",
        interval="linearised over the cells on the logit scale with t quantiles",
        domain="30 pieces carry the evidence, first look; else the box of every F1's exact limits",
        source="Takahashi et al. 2022 (delta method); Efron 1982",
    ),
    Metric(
        name="top_k_accuracy",
        family="many classes",
        summary="the share of labelled rows whose class is among the first k candidates",
        formula="rows whose label is in one of the columns / labelled rows with a candidate",
        interval=EXACT,
        domain=ANYWHERE,
        source=SOURCE,
        unit="share",
        better="higher",
        reading=Reading(
            "top-k accuracy",
            "rows",
            "have the right class among {columns}",
            "have it nowhere there",
        ),
        needs=lambda params, bound: Among(tuple(params["columns"])),
        estimate=share_of_rows("no labelled row with a candidate"),
        parameters=(
            Parameter(
                "columns", "list", "the columns with the candidates, such as [first, second]", True
            ),
        ),
        range=(0, 1),
        tasks=TASKS,
    ),
)
