"""Estimates of a mean from a cell of `Moments`, whatever the rows' numbers are."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from sextant.metrics.metric import Params
from sextant.metrics.tally import Cell
from sextant.states.moments import CoMoments, Moments
from sextant.stats.estimate import Estimate, Level
from sextant.stats.mean import mean, mean_by_unit
from sextant.stats.ratio_of_means import ratio_of_means, ratio_of_means_by_unit

Estimator = Callable[[Cell, Params, Level], Estimate]

INTERVAL = "outer of Student t and Hall's corrected t; dependent rows: ratio of totals"
DOMAIN = "50 rows or units (at later looks 200); values rarer than 4 in n may go unseen"
SOURCE = "Hall 1992; Waudby-Smith et al. 2021 for later looks"


def mean_of(cell: Cell, level: Level) -> Estimate:
    """The mean of the rows of a cell of `Moments`; by unit where it holds units."""
    if cell.by_unit is None:
        m: Moments = cell.whole
        return mean(m.n, m.mean, m.m2, m.m3, level)
    units = cell.by_unit
    totals = units.column(lambda m: m.n * m.mean)
    return mean_by_unit(totals, units.column(lambda m: m.n), level, units.copies)


def ratio_of(cell: Cell, level: Level) -> Estimate:
    """The ratio of both means of a cell of `CoMoments`; by unit where it holds units."""
    if cell.by_unit is None:
        c: CoMoments = cell.whole
        return ratio_of_means(c.n, c.mean_x, c.mean_y, c.m2_x, c.m2_y, c.c, level)
    units = cell.by_unit
    x, y = units.column(lambda c: c.n * c.mean_x), units.column(lambda c: c.n * c.mean_y)
    return ratio_of_means_by_unit(x, y, units.column(lambda c: c.n), level, units.copies)


def named(found: Estimate, nothing: str) -> Estimate:
    """The estimate, or `nothing` as the reason where there was no row to take it from."""
    return found if found.value is not None or found.n else Estimate.undefined(nothing)


def mean_or(nothing: str) -> Estimator:
    """An estimator of the mean; `nothing` says why there is no row."""
    return lambda cell, params, level: named(mean_of(cell, level), nothing)


def root(found: Estimate) -> Estimate:
    """The square root of a mean of squares, limits included."""
    if found.value is None:
        return found
    return replace(
        found,
        value=max(found.value, 0.0) ** 0.5,
        low=max(found.low, 0.0) ** 0.5 if found.assessable else found.low,
        high=max(found.high, 0.0) ** 0.5,
    )
