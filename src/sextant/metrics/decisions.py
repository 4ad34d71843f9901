"""Shares of decisions: accuracy, precision, recall and their relatives."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from sextant.metrics.cells import decision_request, share_of_decisions, share_of_rows
from sextant.metrics.metric import Metric, Parameter, Reading
from sextant.metrics.requests import Labels
from sextant.states.confusion import Confusion

THRESHOLD = Parameter(
    "threshold",
    "number",
    "a row is positive when score >= threshold; without it the contract's threshold, or the "
    "prediction column where one is declared",
    low=0,
    high=1,
)
EXACT = (
    "Clopper-Pearson (exact); at later looks the beta-mixture confidence sequence; dependent rows "
    "count by their effective number"
)
ANYWHERE = "any n; dependent rows: best with 30 units that carry the evidence, wider with fewer"
SOURCE = "Clopper and Pearson 1934; Howard et al. 2021; Korn and Graubard 1998"


def _share(
    name: str,
    summary: str,
    formula: str,
    part: Callable[[Confusion], tuple[float, float]],
    nothing: str,
    better: Literal["higher", "lower", "either"],
    reading: Reading,
    labelled: bool = True,
    tasks: tuple[str, ...] = ("binary",),
) -> Metric:
    return Metric(
        name=name,
        family="decisions",
        summary=summary,
        formula=formula,
        interval=EXACT,
        domain=ANYWHERE,
        source=SOURCE,
        unit="share",
        better=better,
        reading=reading,
        needs=decision_request,
        estimate=share_of_decisions(part, nothing),
        parameters=(THRESHOLD,),
        range=(0, 1),
        labelled=labelled,
        tasks=tasks,
    )


METRICS = (
    _share(
        "accuracy",
        "the share of labelled rows that are decided rightly",
        "(TP + TN) / (TP + FP + FN + TN), with many classes the right rows / labelled rows",
        lambda c: (c.tp + c.tn, c.labelled),
        "no labelled row",
        "higher",
        Reading("accuracy", "predictions", "are right", "are wrong", failure=True),
        tasks=("binary", "multiclass"),
    ),
    _share(
        "recall",
        "the share of actual positives that are found (sensitivity, true positive rate)",
        "TP / (TP + FN)",
        lambda c: (c.tp, c.positives),
        "no positive row",
        "higher",
        Reading("recall", "actual positives", "are found", "are missed"),
    ),
    _share(
        "precision",
        "the share of flagged rows that are truly positive (positive predictive value)",
        "TP / (TP + FP)",
        lambda c: (c.tp, c.tp + c.fp),
        "no flagged row with a label",
        "higher",
        Reading(
            "precision",
            "flagged cases",
            "are rightly flagged",
            "are flagged in error",
            failure=True,
        ),
    ),
    _share(
        "specificity",
        "the share of actual negatives that are left alone (true negative rate)",
        "TN / (TN + FP)",
        lambda c: (c.tn, c.negatives),
        "no negative row",
        "higher",
        Reading("specificity", "actual negatives", "are left alone", "are wrongly flagged"),
    ),
    _share(
        "false_positive_rate",
        "the share of actual negatives that are wrongly flagged",
        "FP / (FP + TN)",
        lambda c: (c.fp, c.negatives),
        "no negative row",
        "lower",
        Reading("false positive rate", "actual negatives", "are wrongly flagged", "are left alone"),
    ),
    _share(
        "false_negative_rate",
        "the share of actual positives that are missed",
        "FN / (FN + TP)",
        lambda c: (c.fn, c.positives),
        "no positive row",
        "lower",
        Reading("false negative rate", "actual positives", "are missed", "are found"),
    ),
    _share(
        "friction",
        "the share of all labelled rows that are flagged without cause: who is challenged for "
        "nothing, out of everybody",
        "FP / (TP + FP + FN + TN)",
        lambda c: (c.fp, c.labelled),
        "no labelled row",
        "lower",
        Reading("friction", "cases", "are challenged without cause", "are not"),
    ),
    _share(
        "selection_rate",
        "the share of all rows, labelled or not, that are flagged",
        "(TP + FP + unlabelled flagged) / all rows",
        lambda c: (c.flagged, c.total),
        "no row with a decision",
        "either",
        Reading("selection rate", "cases", "are flagged", "are not flagged"),
        labelled=False,
    ),
    Metric(
        name="prevalence",
        family="decisions",
        summary="the share of labelled rows that are truly positive; it needs no score",
        formula="positive rows / labelled rows",
        interval=EXACT,
        domain=ANYWHERE,
        source=SOURCE,
        unit="share",
        better="either",
        reading=Reading("prevalence", "cases", "are truly positive", "are truly negative"),
        needs=lambda params, bound: Labels(),
        estimate=share_of_rows("no labelled row"),
        range=(0, 1),
    ),
)
