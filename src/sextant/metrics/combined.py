"""Numbers made of several shares: F1, F-beta, balanced accuracy, cost per decision."""

from __future__ import annotations

from sextant.metrics.cells import confusion, confusions, decision_request
from sextant.metrics.decisions import THRESHOLD
from sextant.metrics.metric import Metric, Parameter, Params, Reading
from sextant.metrics.tally import Cell
from sextant.stats import fscore, weighted
from sextant.stats.estimate import Estimate, Level


def _f1(cell: Cell, params: Params, level: Level) -> Estimate:
    if cell.by_unit is None:
        c = confusion(cell.whole, params)
        return fscore.f1(c.tp, c.fp, c.fn, level)
    tp, fp, fn, _ = confusions(cell, params)
    return fscore.f1_by_unit(tp, fp, fn, level, cell.by_unit.copies)


def _fbeta(cell: Cell, params: Params, level: Level) -> Estimate:
    beta = params["beta"]
    if cell.by_unit is None:
        c = confusion(cell.whole, params)
        return fscore.fbeta(c.tp, c.fp, c.fn, c.tn, beta, level)
    tp, fp, fn, _ = confusions(cell, params)
    return fscore.fbeta_by_unit(tp, fp, fn, beta, level, cell.by_unit.copies)


def _balanced(cell: Cell, params: Params, level: Level) -> Estimate:
    if cell.by_unit is None:
        c = confusion(cell.whole, params)
        return weighted.balanced_accuracy(c.tp, c.fp, c.fn, c.tn, level)
    return weighted.balanced_accuracy_by_unit(*confusions(cell, params), level, cell.by_unit.copies)


def _cost(cell: Cell, params: Params, level: Level) -> Estimate:
    costs = (
        params["true_positive"],
        params["false_positive"],
        params["false_negative"],
        params["true_negative"],
    )
    if cell.by_unit is None:
        c = confusion(cell.whole, params)
        return weighted.cost(c.tp, c.fp, c.fn, c.tn, costs, level)
    return weighted.cost_by_unit(*confusions(cell, params), costs, level, cell.by_unit.copies)


METRICS = (
    Metric(
        name="f1",
        family="decisions",
        summary="the harmonic mean of precision and recall",
        formula="2 TP / (2 TP + FP + FN)",
        interval="exact: J = TP / (TP + FP + FN) is a rate, F1 = 2J / (1 + J) at its limits",
        domain="any n; dependent rows: best with 30 units that carry the evidence",
        source="van Rijsbergen 1979; Clopper and Pearson 1934",
        unit="score",
        better="higher",
        reading=Reading("F1"),
        needs=decision_request,
        estimate=_f1,
        parameters=(THRESHOLD,),
        range=(0, 1),
    ),
    Metric(
        name="fbeta",
        family="decisions",
        summary="precision and recall weighed: recall counts beta times as much",
        formula="(1 + b²) TP / ((1 + b²) TP + b² FN + FP)",
        interval="delete-one jackknife on the logit scale with t quantiles",
        domain="30 pieces carry the evidence; else (and at later looks) nested exact rates",
        source="van Rijsbergen 1979; Efron 1982",
        unit="score",
        better="higher",
        reading=Reading("F{beta}"),
        needs=decision_request,
        estimate=_fbeta,
        parameters=(
            Parameter(
                "beta",
                "number",
                "how much recall counts against precision",
                required=True,
                low=0.01,
                high=100,
            ),
            THRESHOLD,
        ),
        range=(0, 1),
    ),
    Metric(
        name="balanced_accuracy",
        family="decisions",
        summary="the mean of recall and specificity: accuracy as if both classes were equally many",
        formula="(TP / (TP + FN) + TN / (TN + FP)) / 2",
        interval="square-and-add (MOVER) on the exact limits of both rates",
        domain="20 positives and 20 negatives; else the box of the exact limits",
        source="Brodersen et al. 2010; Zou and Donner 2008",
        unit="score",
        better="higher",
        reading=Reading("balanced accuracy"),
        needs=decision_request,
        estimate=_balanced,
        parameters=(THRESHOLD,),
        range=(0, 1),
    ),
    Metric(
        name="cost",
        family="decisions",
        summary="what one decision costs on average, by the contract's cost matrix",
        formula="(c_TP TP + c_FP FP + c_FN FN + c_TN TN) / (TP + FP + FN + TN)",
        interval="square-and-add on the exact limits of the nested shares that cost so much",
        domain="20 labelled rows; else the box of the exact limits",
        source="Elkan 2001; Zou 2007",
        unit="money",
        better="lower",
        reading=Reading("the cost of a decision"),
        needs=decision_request,
        estimate=_cost,
        parameters=(THRESHOLD,),
    ),
)
