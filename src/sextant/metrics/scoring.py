"""How good the scores are before any threshold: AUC, average precision, Brier score, log loss."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from sextant.metrics.cells import Array
from sextant.metrics.means import mean_or, named
from sextant.metrics.metric import Metric, Params, Reading
from sextant.metrics.requests import Errors, Scores
from sextant.metrics.tally import Cell
from sextant.states.scores import ScoreCounts
from sextant.stats.auc import auc, auc_by_unit
from sextant.stats.average_precision import average_precision, average_precision_by_unit
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


def _average_precision(cell: Cell, params: Params, level: Level) -> Estimate:
    whole: ScoreCounts = cell.whole
    if cell.by_unit is None:
        return average_precision(whole.positives, whole.negatives, whole.distinct, level)
    pos, neg = by_bin([state for _, state in cell.by_unit.parts])
    copies = cell.by_unit.copies
    fine = whole.scaled(1 / copies)
    return average_precision_by_unit(
        fine.positives, fine.negatives, fine.distinct, pos, neg, level, copies
    )


def _losses(state: ScoreCounts) -> tuple[Array, Array, Array, Array]:
    """Rows and loss −log(probability of what happened) per bin of positives, then of negatives.

    (rows, the loss at the middle of the bin's scores, half of its spread there, whether it may be
    infinite: a score of 0 that came true, or of 1 that did not).
    """
    rows = np.r_[state.positives, state.negatives]
    with np.errstate(divide="ignore"):
        least = -np.log(np.r_[state.high, 1 - state.low])
        most = -np.log(np.r_[state.low, 1 - state.high])
    used = rows > 0
    rows, least, most = rows[used], least[used], most[used]
    infinite = np.isinf(most)
    most[infinite] = least[infinite] = 0.0
    return rows, (least + most) / 2, (most - least) / 2, infinite


def _log_loss(cell: Cell, params: Params, level: Level) -> Estimate:
    rows, loss, spread, infinite = _losses(cell.whole)
    n = float(rows.sum())
    if infinite.any():
        why = "a score of 0 came true or one of 1 did not, and its loss is infinite: cut the scores"
        return Estimate.undefined(f"{why} (here {rows[infinite].sum():,.0f} rows)", n)
    value = float(rows @ loss) / n if n else 0.0
    if cell.by_unit is None:
        d = loss - value
        found = mean(n, value, float(rows @ d**2), float(rows @ d**3), level)
    else:
        parts = [_losses(state) for _, state in cell.by_unit.parts]
        totals = np.array([part[0] @ part[1] for part in parts])
        sizes = np.array([part[0].sum() for part in parts])
        found = mean_by_unit(totals, sizes, level, cell.by_unit.copies)
    if found.value is None or not found.assessable:
        return named(found, "no labelled row with a score")
    shift, slack = value - found.value, float(rows @ spread) / n
    low = max(found.low + shift - slack, 0.0)
    return replace(found, value=value, low=low, high=found.high + shift + slack)


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
        name="average_precision",
        family="scores",
        summary="the mean precision at each positive, from the highest score down (the area under "
        "the precision-recall steps)",
        formula="Σ (R_i − R_(i−1)) P_i over the scores as thresholds",
        interval="linearised on the logit scale with t quantiles; bins of several scores widen it",
        domain="30 positives, 15 pieces that carry the evidence; at later looks 200 rows",
        source="Boyd, Eng and Page 2013; Efron 1982 (infinitesimal jackknife)",
        unit="score",
        better="higher",
        reading=Reading("average precision"),
        needs=lambda params, bound: Scores(),
        estimate=_average_precision,
        range=(0, 1),
    ),
    Metric(
        name="log_loss",
        family="scores",
        summary="the mean surprise at what happened: a confident error costs much, a score of 0 "
        "that comes true without end",
        formula="mean of −log(score), of −log(1 − score) where it did not happen; natural",
        interval="outer of Student t and Hall's corrected t over the bins of scores",
        domain="as for mean; undefined where a score of 0 came true or one of 1 did not",
        source="Good 1952; Hall 1992",
        unit="score",
        better="lower",
        reading=Reading("the log loss"),
        needs=lambda params, bound: Scores(),
        estimate=_log_loss,
        range=(0, float("inf")),
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
        estimate=mean_or("no labelled row with a score"),
        range=(0, 1),
    ),
)
