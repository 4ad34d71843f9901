"""What a recalibration gains on rows that it was not fitted on: paired, with intervals."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from sextant.metrics.calibration import TENTHS
from sextant.metrics.tally import Cell
from sextant.states.scores import ScoreCounts
from sextant.stats.calibration_error import calibration_error, calibration_error_by_unit
from sextant.stats.estimate import Estimate, Level
from sextant.stats.mean import mean, mean_by_unit
from sextant.studies.calibration.mapping import Mapping
from sextant.studies.calibration.result import Gain

Floats = NDArray[np.float64]
Loss = Callable[[Floats, Floats], Floats]
INFINITE = "a score of 0 came true or one of 1 did not, and its log loss is infinite"
NO_ROWS = "no labelled row was held out"


@dataclass(frozen=True, slots=True)
class Rows:
    """Labelled rows by cell: scores at the middle, the ends and after the mapping; label; count.

    All of shape [cells]; `unit` numbers the bucket of dependent rows, which are at most 256.
    """

    middle: Floats
    low: Floats
    high: Floats
    mapping: tuple[Floats, Floats, Floats]
    label: Floats
    n: Floats
    unit: NDArray[np.int64]
    by_unit: bool


def gain(cell: Cell, mapping: Mapping, level: Level) -> Gain:
    """Both losses before and after, and what was gained: before − after, above 0 is better.

    `cell` holds rows that the mapping was not fitted on, so that its gain there is a mean of
    independent rows (or units).
    """
    fine = _rows([(cell.whole, 0)], mapping, False)
    coarse = fine
    if cell.by_unit is not None:
        units = [(state, bucket) for bucket, state in cell.by_unit.parts]
        coarse = _rows(units, mapping, True)
    log = _mean_gain(fine, coarse, _log_loss, level)
    brier = _mean_gain(fine, coarse, _brier, level)
    return Gain(log, brier, _error_gain(fine, coarse, level))


def _rows(states: Sequence[tuple[ScoreCounts, int]], mapping: Mapping, by_unit: bool) -> Rows:
    held: list[tuple[Floats, ...]] = []
    for state, unit in states:
        middle = (state.low + state.high) / 2
        mapped = mapping(middle), mapping(state.low), mapping(state.high)
        for truth, rows in ((1.0, state.positives), (0.0, state.negatives)):
            used = rows > 0
            full = np.full(state.low.size, truth), np.full(state.low.size, float(unit))
            columns = (middle, state.low, state.high, *mapped, full[0], rows, full[1])
            held.append(tuple(column[used] for column in columns))
    joined = [np.concatenate([one[i] for one in held]) for i in range(9)] if held else [
        np.zeros(0)
    ] * 9  # fmt: skip
    middle, low, high, new, new_low, new_high, label, n, unit_of = joined
    return Rows(middle, low, high, (new, new_low, new_high), label, n, unit_of.astype(int), by_unit)


def _brier(score: Floats, label: Floats) -> Floats:
    return np.asarray((score - label) ** 2)


def _log_loss(score: Floats, label: Floats) -> Floats:
    with np.errstate(divide="ignore"):
        return np.asarray(-np.log(np.where(label == 1, score, 1 - score)))


def _mean_gain(
    fine: Rows, coarse: Rows, loss: Loss, level: Level
) -> tuple[Estimate, Estimate, Estimate]:
    """Before, after, and the rows' own differences; widened by what cells of scores may hide."""
    total = float(fine.n.sum())
    if total <= 0:
        nothing = Estimate.undefined(NO_ROWS)
        return nothing, nothing, nothing

    def at(rows: Rows, which: int) -> tuple[Floats, Floats]:
        old = (rows.middle, rows.low, rows.high)[which]
        return loss(old, rows.label), loss(rows.mapping[which], rows.label)

    before, after = at(fine, 0)
    mine, ends = at(coarse, 0), [at(fine, which) for which in (1, 2)]

    def side(which: int) -> Estimate:
        values = (before, after)[which]
        if not np.isfinite(values).all():
            return Estimate.undefined(INFINITE, total)
        spread = _half(values, *(end[which] for end in ends))
        return _mean(values, spread, fine, coarse, mine[which], level)

    both = side(0), side(1)
    if not np.isfinite(before).all() or not np.isfinite(after).all():
        return *both, Estimate.undefined(INFINITE, total)
    with np.errstate(invalid="ignore"):
        differ = _half(before - after, *(end[0] - end[1] for end in ends))
    found = _mean(before - after, differ, fine, coarse, mine[0] - mine[1], level)
    return *both, found


def _half(middle: Floats, low: Floats, high: Floats) -> Floats:
    """By how much a row's value may be off; an end that is infinite says nothing."""
    with np.errstate(invalid="ignore"):  # both ends may be infinite
        off = np.maximum(np.abs(low - middle), np.abs(high - middle))
    return np.where(np.isfinite(off), off, 0.0)


def _mean(
    values: Floats, spread: Floats, fine: Rows, coarse: Rows, by_unit: Floats, level: Level
) -> Estimate:
    n = float(fine.n.sum())
    value = float(fine.n @ values) / n
    if not coarse.by_unit:
        d = values - value
        found = mean(n, value, float(fine.n @ d**2), float(fine.n @ d**3), level)
    else:
        totals = np.bincount(coarse.unit, coarse.n * by_unit)
        found = mean_by_unit(totals, np.bincount(coarse.unit, coarse.n), level)
    if found.value is None or not found.assessable:
        return replace(found, value=value if found.value is not None else None)
    shift, slack = value - found.value, float(fine.n @ spread) / n
    return replace(
        found, value=value, low=found.low + shift - slack, high=found.high + shift + slack
    )


def _error_gain(fine: Rows, coarse: Rows, level: Level) -> tuple[Estimate, Estimate, Estimate]:
    """The calibration error before and after, and the difference at their worst correlation.

    Both are sums of absolute values over different bins of the same rows, whose errors may agree
    or oppose each other, so the distances of their limits add up.
    """
    old, new = (fine.middle, fine.low, fine.high), fine.mapping
    before = _error(old, fine, coarse.middle, coarse, level)
    after = _error(new, fine, coarse.mapping[0], coarse, level)
    if before.value is None or after.value is None:
        return before, after, before
    difference = before.value - after.value
    low = difference - (before.value - before.low) - (after.high - after.value)
    high = difference + (before.high - before.value) + (after.value - after.low)
    method = "limits of both, at their worst correlation"
    if math.isinf(low) or math.isinf(high):
        return before, after, Estimate.unassessable(difference, before.n, before.reason)
    return before, after, Estimate(difference, low, high, before.n, method)


def _error(
    scores: tuple[Floats, Floats, Floats],
    fine: Rows,
    by_unit: Floats,
    coarse: Rows,
    level: Level,
) -> Estimate:
    score = scores[0]
    edges = np.array(TENTHS)
    size = edges.size + 1
    at = np.searchsorted(edges, score, side="right")
    n = np.bincount(at, fine.n, size)
    k = np.bincount(at, fine.n * fine.label, size)
    held = np.maximum(n, 1e-300)
    mean_score = np.bincount(at, fine.n * score, size) / held
    slack = np.bincount(at, fine.n * _half(*scores), size) / held
    if not coarse.by_unit:
        return calibration_error(k, n, mean_score, slack, level)
    place = coarse.unit * size + np.searchsorted(edges, by_unit, side="right")
    full = (int(coarse.unit.max()) + 1) * size
    k_u, n_u = (
        np.bincount(place, weight, full).reshape(-1, size)
        for weight in (coarse.n * coarse.label, coarse.n)
    )
    return calibration_error_by_unit(k_u, n_u, mean_score, slack, level)
