"""Differences of what is measured: AUC, Brier score, errors of a regression, ratings, costs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Literal

from sextant.metrics.catalogue import CATALOGUE
from sextant.metrics.metric import Metric, Params, Reading
from sextant.metrics.paired.decisions import by_width
from sextant.metrics.paired.metric import Cells, PairedMetric, Versions
from sextant.metrics.paired.requests import Error, Joined, Measured, PairRequest, Ranked
from sextant.metrics.scoring import by_bin
from sextant.states.joint import JointScores
from sextant.states.scores import ScoreCounts
from sextant.stats.estimate import Estimate, Level
from sextant.stats.paired import ranking

ALIKE = "both versions give every row the same number"


def _auc_needs(params: Params, versions: Versions) -> tuple[PairRequest, ...]:
    pair = replace(versions.a, cut=0.5), replace(versions.b, cut=0.5)
    both = Ranked(*pair, which="a"), Ranked(*pair, which="b")
    return both if versions.by_unit else (*both, Joined(*pair))


def _auc_sides(cells: Cells, params: Params, level: Level) -> tuple[Estimate, Estimate]:
    estimate = CATALOGUE["auc"].estimate
    return estimate(cells[0], params, level), estimate(cells[1], params, level)


def _auc(cells: Cells, params: Params, level: Level) -> Estimate:
    a, b = _auc_sides(cells, params, level)
    units = cells[0].by_unit, cells[1].by_unit
    whole: tuple[ScoreCounts, ScoreCounts] = cells[0].whole, cells[1].whole
    sides = [
        ranking.Ranked(state.positives, state.negatives, state.distinct, estimate)
        for state, estimate in zip(whole, (a, b), strict=True)
    ]
    if units[0] is not None and units[1] is not None:
        parts = [by_bin([state for _, state in one.parts]) for one in units if one is not None]
        copies = units[0].copies
        return ranking.auc_difference_by_unit(sides[0], sides[1], parts[0], parts[1], level, copies)
    joint: JointScores = cells[2].whole
    shared = ranking.Joint(joint.a, joint.b, joint.positives, joint.negatives)
    return ranking.auc_difference(sides[0], sides[1], shared, level)


def _measured(error: Error) -> Callable[[Params, Versions], tuple[PairRequest, ...]]:
    def needs(params: Params, versions: Versions) -> tuple[PairRequest, ...]:
        pair = replace(versions.a, cut=0.5), replace(versions.b, cut=0.5)
        truth = versions.truth if error in ("absolute", "squared") else ""
        return (
            Measured(*pair, error, "a", truth),
            Measured(*pair, error, "b", truth),
            Measured(*pair, error, "difference", truth),
        )

    return needs


def _mean_of(
    name: str,
    metric: Metric,
    error: Error,
    better: Literal["higher", "lower", "either"],
    tasks: tuple[str, ...],
    noun: str,
    labelled: bool = True,
) -> PairedMetric:
    def sides(cells: Cells, params: Params, level: Level) -> tuple[Estimate, Estimate]:
        return metric.estimate(cells[0], params, level), metric.estimate(cells[1], params, level)

    def difference(cells: Cells, params: Params, level: Level) -> Estimate:
        found = metric.estimate(cells[2], params, level)
        moments = cells[2].whole
        if moments.n and moments.m2 == 0 and moments.mean == 0:
            return replace(found, reason=ALIKE)
        return found

    return PairedMetric(
        name, metric, better, _measured(error), sides, difference, by_width,
        labelled=labelled, tasks=tasks, scored=True, noun=noun,
        method="the rows' own differences: outer of Student t and Hall's corrected t",
    )  # fmt: skip


def _number(
    name: str, summary: str, better: Literal["higher", "lower", "either"], noun: str
) -> Metric:
    """A mean under a name of its own, for numbers that no column holds."""
    return replace(
        CATALOGUE["mean"],
        name=name,
        summary=summary,
        better=better,
        reading=Reading(noun),
        parameters=(),
    )


METRICS = (
    PairedMetric(
        "auc", CATALOGUE["auc"], "higher", _auc_needs, _auc_sides, _auc, by_width, scored=True,
        method="paired DeLong (1988) with t quantiles, from scores binned together",
    ),
    _mean_of("brier", CATALOGUE["brier"], "brier", "lower", ("binary",), ""),
    _mean_of(
        "mean_score",
        _number("mean_score", "the mean of what the version says", "either", "the mean score"),
        "score",
        "either",
        ("binary", "regression"),
        "the mean score",
        labelled=False,
    ),
    _mean_of(
        "absolute_error",
        _number("absolute_error", "the mean distance from the truth", "lower",
                "the mean absolute error"),
        "absolute",
        "lower",
        ("regression",),
        "the mean absolute error",
    ),
    _mean_of(
        "squared_error",
        _number("squared_error", "the mean squared distance from the truth", "lower",
                "the mean squared error"),
        "squared",
        "lower",
        ("regression",),
        "the mean squared error",
    ),
    _mean_of(
        "mean_rating",
        _number("mean_rating", "the mean of a number of which more is better", "higher",
                "the mean rating"),
        "score",
        "higher",
        ("generation", "agent"),
        "the mean rating",
        labelled=False,
    ),
    _mean_of(
        "mean_cost",
        _number("mean_cost", "the mean of a number of which less is better: money, seconds, tokens",
                "lower", "the mean cost"),
        "score",
        "lower",
        ("generation", "agent"),
        "the mean cost",
        labelled=False,
    ),
)  # fmt: skip
