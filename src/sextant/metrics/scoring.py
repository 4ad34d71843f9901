"""How good the scores are before any threshold: AUC and the Brier score."""

from __future__ import annotations

import numpy as np

from sextant.metrics.metric import Metric, Params, Reading
from sextant.metrics.requests import Errors, Scores
from sextant.metrics.tally import Cell
from sextant.states.scores import ScoreCounts
from sextant.stats.auc import auc, auc_by_unit
from sextant.stats.estimate import Estimate, Level
from sextant.stats.mean import mean, mean_by_unit


def _auc(cell: Cell, params: Params, level: Level) -> Estimate:
    whole: ScoreCounts = cell.whole
    if cell.by_unit is None:
        return auc(whole.positives, whole.negatives, whole.distinct, level)
    pos, neg = by_bin([state for _, state in cell.by_unit.parts])
    copies = cell.by_unit.copies
    fine = whole.scaled(1 / copies)
    return auc_by_unit(fine.positives, fine.negatives, fine.distinct, pos, neg, level, copies)


def by_bin(states: list[ScoreCounts]) -> tuple[np.ndarray, np.ndarray]:
    """Positives and negatives [units, bins] of states over the bins that any of them has."""
    keys = [state.bin * 4096 + state.cut for state in states]
    bins = np.unique(np.concatenate(keys)) if keys else np.zeros(0, dtype=np.int64)
    pos, neg = np.zeros((len(states), bins.size)), np.zeros((len(states), bins.size))
    for row, (key, state) in enumerate(zip(keys, states, strict=True)):
        at = np.searchsorted(bins, key)
        pos[row, at], neg[row, at] = state.positives, state.negatives
    return pos, neg


def _brier(cell: Cell, params: Params, level: Level) -> Estimate:
    if cell.by_unit is None:
        m = cell.whole
        found = mean(m.n, m.mean, m.m2, m.m3, level)
    else:
        units = cell.by_unit
        found = mean_by_unit(
            units.column(lambda m: m.n * m.mean), units.column(lambda m: m.n), level, units.copies
        )
    return found if found.value is not None else Estimate.undefined("no labelled row with a score")


METRICS = (
    Metric(
        name="auc",
        family="scores",
        summary="how often a random positive scores above a random negative (ROC area)",
        formula="P(score of a positive > score of a negative) + ½ P(equal)",
        interval=(
            "DeLong's variance on the logit scale with t quantiles, never wider than the "
            "Kullback-Leibler limits; bins of several scores widen it"
        ),
        domain=(
            "8 pieces carry the evidence; else the Kullback-Leibler limits alone, which always "
            "hold; at later looks 200 rows and 10 of each class"
        ),
        source="DeLong, DeLong and Clarke-Pearson 1988; Hoeffding 1963; Obuchowski 1997",
        unit="score",
        better="higher",
        reading=Reading(
            "AUC",
            "pairs of one positive and one negative case",
            "are ranked rightly",
            "are ranked wrongly",
        ),
        needs=lambda params, bound: Scores(),
        estimate=_auc,
        range=(0, 1),
    ),
    Metric(
        name="brier",
        family="scores",
        summary="the mean squared distance of the score from what happened",
        formula="mean of (score − label)²",
        interval="outer of Student t and Hall's skewness-corrected t",
        domain="as for mean",
        source="Brier 1950; Hall 1992",
        unit="score",
        better="lower",
        reading=Reading("the Brier score"),
        needs=lambda params, bound: Errors(),
        estimate=_brier,
        range=(0, 1),
    ),
)
