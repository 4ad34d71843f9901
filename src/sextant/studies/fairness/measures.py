"""What is measured in every group: shares of its rows, and how far its scores lie from the truth.

The names are Fairlearn's, where Fairlearn has one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import numpy as np

from sextant.metrics.cells import share_of_decisions
from sextant.states.confusion import Confusion
from sextant.stats.calibration_error import calibration_error, calibration_error_by_unit
from sextant.stats.estimate import Estimate, Level
from sextant.stats.rate import rate, rate_by_unit
from sextant.studies.fairness.counted import Counted

Estimator = Callable[[Counted, Level], Estimate]
EMPTY: Mapping[str, float] = {}


@dataclass(frozen=True, slots=True)
class Measure:
    """One number of a group.

    `rows`: of which rows it is the share; `scored`, `labelled`: it needs scores, labels. `family`:
    it has an interval of its own among those that must hold together.
    """

    name: str
    noun: str
    estimate: Estimator
    rows: str = "labelled"
    scored: bool = False
    labelled: bool = True
    family: bool = True


def _share(part: str, nothing: str) -> Estimator:
    """The share of a `Confusion` that `part` names."""
    found = share_of_decisions(PARTS[part], nothing)

    def estimate(group: Counted, level: Level) -> Estimate:
        return found(group.decisions, EMPTY, level)

    return estimate


Part = Callable[[Confusion], tuple[float, float]]
PARTS: Mapping[str, Part] = {
    "selected": lambda c: (c.flagged, c.total),
    "found": lambda c: (c.tp, c.positives),
    "missed": lambda c: (c.fn, c.positives),
    "false": lambda c: (c.fp, c.negatives),
    "precise": lambda c: (c.tp, c.tp + c.fp),
    "right": lambda c: (c.tp + c.tn, c.labelled),
    "positive": lambda c: (c.positives, c.labelled),
}


def _bias(group: Counted, level: Level) -> Estimate:
    """Mean score − share of positives, of the labelled rows.

    Given the scores, the number of positives is a sum of independent labels of unequal chances,
    whose tails a binomial of their mean bounds (Hoeffding 1956): so the exact limits of the rate
    hold for the mean chance, and the mean score of these rows is known.
    """
    sums = group.scores
    if sums is None or not sums.n.sum():
        return Estimate.undefined("no labelled row with a score")
    n = float(sums.n.sum()) * group.copies
    score, slack = float(sums.score.sum() / sums.n.sum()), float(sums.slack.sum() / sums.n.sum())
    if group.by_unit:
        found = rate_by_unit(sums.k.sum(axis=1), sums.n.sum(axis=1), level, group.copies)
    else:
        found = rate(float(sums.k.sum()) * group.copies, n, level)
    assert found.value is not None
    low, high = score - found.high - slack, score - found.low + slack
    return replace(found, value=score - found.value, low=low, high=high)


def _calibration(group: Counted, level: Level) -> Estimate:
    """The calibration error over ten bins of equal width, as the metric of that name has it."""
    sums = group.scores
    if sums is None:
        return Estimate.undefined("no labelled row with a score")
    k, n, used = sums.k.sum(axis=0), sums.n.sum(axis=0), np.maximum(sums.n.sum(axis=0), 1e-300)
    score, slack = sums.score.sum(axis=0) / used, sums.slack.sum(axis=0) / used
    if group.by_unit:
        return calibration_error_by_unit(sums.k, sums.n, score, slack, level, group.copies)
    return calibration_error(k * group.copies, n * group.copies, score, slack, level)


SELECTION = Measure(
    "selection_rate", "selection rate", _share("selected", "no row with a decision"),
    rows="all", labelled=False,
)  # fmt: skip
RECALL = Measure(
    "true_positive_rate", "true positive rate",
    _share("found", "no positive row"), rows="positive",
)  # fmt: skip
MISSED = Measure(
    "false_negative_rate", "false negative rate",
    _share("missed", "no positive row"), rows="positive", family=False,
)  # fmt: skip
FALSE = Measure(
    "false_positive_rate", "false positive rate",
    _share("false", "no negative row"), rows="negative",
)  # fmt: skip
PRECISION = Measure(
    "precision", "precision",
    _share("precise", "no flagged row with a label"), rows="flagged",
)  # fmt: skip
ACCURACY = Measure("accuracy", "accuracy", _share("right", "no labelled row"))
BASE = Measure("base_rate", "base rate", _share("positive", "no labelled row"))
BIAS = Measure("calibration_bias", "mean score less the share that came true", _bias, scored=True)
ERROR = Measure("calibration_error", "calibration error", _calibration, scored=True)

MEASURES = (SELECTION, RECALL, MISSED, FALSE, PRECISION, ACCURACY, BASE, BIAS, ERROR)
"""All of them, in the order of a table. Recall and its complement share one interval (`family`)."""


def measures_of(scored: bool, tenths: bool, labelled: bool) -> tuple[Measure, ...]:
    """What these data can tell: scores have a bias, scores cut at tenths an error as well."""
    return tuple(
        one
        for one in MEASURES
        if (scored or not one.scored)
        and (tenths or one is not ERROR)
        and (labelled or not one.labelled)
    )


def family(measures: tuple[Measure, ...], groups: int) -> int:
    """How many intervals of a table must hold at once."""
    return max(sum(1 for one in measures if one.family) * groups, 1)
