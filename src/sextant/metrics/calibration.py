"""Whether scores mean what they say: the calibration error, in the large, and the slope."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np

from sextant.metrics.cells import Array
from sextant.metrics.means import named
from sextant.metrics.metric import Metric, Params, Reading
from sextant.metrics.requests import Scores
from sextant.metrics.tally import Cell
from sextant.states.scores import ScoreCounts
from sextant.stats.calibration_error import calibration_error, calibration_error_by_unit
from sextant.stats.calibration_slope import calibration_slope
from sextant.stats.critical import critical
from sextant.stats.estimate import Estimate, Level
from sextant.stats.mean import mean, mean_by_unit
from sextant.stats.rate import rate, rate_by_unit

FEW = 20.0
TENTHS = (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)


def _in_tenths(state: ScoreCounts) -> tuple[Array, Array, Array, Array]:
    """Positives, labelled rows, sum of scores and of what these may be off by, per tenth [10]."""
    place = np.searchsorted(np.array(TENTHS), state.low, side="right")
    rows = state.positives + state.negatives
    middle, half = (state.low + state.high) / 2, (state.high - state.low) / 2
    sums = np.zeros((4, len(TENTHS) + 1))
    np.add.at(sums.T, place, np.stack([state.positives, rows, rows * middle, rows * half], axis=1))
    return sums[0], sums[1], sums[2], sums[3]


def _calibration(cell: Cell, params: Params, level: Level) -> Estimate:
    k, n, total, off = _in_tenths(cell.whole)
    used = np.maximum(n, 1e-300)
    score, slack = total / used, off / used
    if cell.by_unit is None:
        return calibration_error(k, n, score, slack, level)
    parts = [_in_tenths(state) for _, state in cell.by_unit.parts]
    k_u, n_u = (np.stack([part[i] for part in parts]) for i in (0, 1))
    return calibration_error_by_unit(k_u, n_u, score, slack, level, cell.by_unit.copies)


def _surplus(state: ScoreCounts) -> tuple[Array, Array, Array]:
    """Rows, label − score at the middle of the bin, half of its spread, per bin and label."""
    rows = np.r_[state.positives, state.negatives]
    middle, half = (state.low + state.high) / 2, (state.high - state.low) / 2
    return rows, np.r_[1 - middle, -middle], np.r_[half, half]


def _in_the_large(cell: Cell, params: Params, level: Level) -> Estimate:
    rows, surplus, half = _surplus(cell.whole)
    n = float(rows.sum())
    value = float(rows @ surplus) / n if n else 0.0
    if cell.by_unit is None:
        d = surplus - value
        found = mean(n, value, float(rows @ d**2), float(rows @ d**3), level)
    else:
        parts = [_surplus(state) for _, state in cell.by_unit.parts]
        totals = np.array([part[0] @ part[1] for part in parts])
        sizes = np.array([part[0].sum() for part in parts])
        found = mean_by_unit(totals, sizes, level, cell.by_unit.copies)
    if found.value is None or not found.assessable:
        return named(found, "no labelled row with a score")
    shift, slack = value - found.value, float(rows @ half) / n
    low, high = found.low + shift, found.high + shift
    down, up = _few_events(cell, level)
    low, high = min(low, value - down) - slack, max(high, value + up) + slack
    return replace(found, value=value, low=max(low, -1.0), high=min(high, 1.0))


def _few_events(cell: Cell, level: Level) -> tuple[float, float]:
    """How far the limits lie from the value at least, where few rows came true, or few did not.

    A mean does not see what is absent: of 2 expected positives a sample has none in one of eight.
    So the exact limits of the share that came true, and the score's own error at the worst
    correlation. (0, 0) from 20 of each.
    """
    state = cell.whole
    k, n = float(state.positives.sum()), state.labelled
    if min(k, n - k) >= FEW:
        return 0.0, 0.0
    middle = (state.low + state.high) / 2
    counted = state.positives + state.negatives
    score = float(counted @ middle) / n
    if cell.by_unit is None:
        share, units = rate(k, n, level), n
        error = math.sqrt(float(counted @ np.square(middle - score)) / max(n - 1, 1) / n)
    else:
        held, copies = cell.by_unit.parts, cell.by_unit.copies
        hits, rows, total = np.array([_sums(one) for _, one in held]).T
        share, units = rate_by_unit(hits, rows, level, copies), len(held) * copies
        spread = float(np.square(total - score * rows).sum()) * copies
        error = math.sqrt(units / max(units - 1, 1) * spread) / n
    half = critical(n, units, level) * error
    value = k / n
    return value - share.low + half, share.high - value + half


def _sums(state: ScoreCounts) -> tuple[float, float, float]:
    """Rows that came true, labelled rows, and the sum of their scores."""
    rows = state.positives + state.negatives
    total = float(rows @ (state.low + state.high)) / 2
    return float(state.positives.sum()), float(rows.sum()), total


def _counted(state: ScoreCounts) -> tuple[Array, Array, Array]:
    """The middle score of each bin, and its k of n rows that came true."""
    return (state.low + state.high) / 2, state.positives, state.positives + state.negatives


def _slope(cell: Cell, params: Params, level: Level) -> Estimate:
    units = cell.by_unit
    if units is None:
        return calibration_slope(*_counted(cell.whole), level)
    parts = [_counted(state) for _, state in units.parts]
    return calibration_slope(*_counted(cell.whole), level, parts, units.copies)


METRICS = (
    Metric(
        name="calibration_error",
        family="scores",
        summary="how far scores lie from what came true, on average over ten bins of equal width "
        "(expected calibration error)",
        formula="Σ n_b/n |share of positives in bin b − mean score in bin b|",
        interval=(
            "upwards normal, downwards the quantile of what chance makes of perfect scores; "
            "dependent rows at the worst signs"
        ),
        domain="200 rows or 30 units, first look; else the box of the bins' exact limits",
        source="Naeini et al. 2015; folded normal sums, simulated in benchmarks/coverage",
        unit="score",
        better="lower",
        reading=Reading("the calibration error"),
        needs=lambda params, bound: Scores(TENTHS),
        estimate=_calibration,
        range=(0, 1),
    ),
    Metric(
        name="calibration_in_the_large",
        family="scores",
        summary="by how much more (below 0: less) came true than the scores said, over all rows",
        formula="share of positives − mean score",
        interval=(
            "outer of Student t and Hall's corrected t over the bins of scores; with fewer than "
            "20 of a class no narrower than the exact limits of the share that came true"
        ),
        domain="as for mean",
        source="Cox 1958; Van Calster et al. 2019; Hall 1992; Clopper and Pearson 1934",
        unit="score",
        better="either",
        reading=Reading("calibration in the large"),
        needs=lambda params, bound: Scores(),
        estimate=_in_the_large,
        range=(-1, 1),
    ),
    Metric(
        name="calibration_slope",
        family="scores",
        summary="how much the log-odds of what happens move with those of the score: 1 is right, "
        "below 1 the scores are too extreme, above 1 too timid",
        formula="b in logit P(positive) = a + b logit(score)",
        interval="logistic regression with the sandwich variance and t of the pieces",
        domain="100 rows, 20 of each class, 20 pieces; undefined where a score is 0 or 1",
        source="Cox 1958; Van Calster et al. 2019; Huber 1967",
        unit="score",
        better="either",
        reading=Reading("the calibration slope"),
        needs=lambda params, bound: Scores(),
        estimate=_slope,
    ),
)
