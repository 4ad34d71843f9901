"""Which cuts keep what is asked of them."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from sextant.contracts.evidence import Verdict
from sextant.stats.rate import clopper_pearson
from sextant.studies.thresholds.asked import Limit, Setting
from sextant.studies.thresholds.curve import Band, measured
from sextant.studies.thresholds.cuts import Cuts

Array = np.ndarray
HALFWAY = 0.5
"""A sequence of precisions begins where half of the errors allowed would still be shown to do."""


@dataclass(frozen=True, slots=True, eq=False)
class Kept:
    """One limit at every cut: shown to be kept, shown to be broken, neither. [K] each.

    `kept`: tested from the strictest cut on, in a fixed order that stops at the first that is not
    shown (Angelopoulos et al. 2110.01052), so that whichever of them is chosen keeps the limit with
    probability 1 - alpha/2. `broken` is each cut's own, alpha/2 shared by all limits.
    """

    limit: Limit
    band: Band
    kept: Array
    broken: Array

    def verdict(self, cut: int) -> Verdict:
        """What the cut's own interval says, without a choice among cuts."""
        estimate = self.band.at(cut)
        if estimate.value is None:
            return "undecided"
        low, high, bound = estimate.low, estimate.high, self.limit.bound
        if self.limit.op == ">=":
            return "met" if low >= bound else "missed" if high < bound else "undecided"
        return "met" if high <= bound else "missed" if low > bound else "undecided"


def kept(limit: Limit, cuts: Cuts, setting: Setting) -> Kept:
    """One limit put to every cut."""
    band = measured(cuts, limit.measure, setting)
    with np.errstate(invalid="ignore"):
        shown = band.low >= limit.bound if limit.op == ">=" else band.high <= limit.bound
        shown &= ~np.isnan(band.value)
        several = len(setting.limits)
        apart = (
            measured(cuts, limit.measure, setting, setting.alpha / several) if several > 1 else band
        )
        lost = apart.high < limit.bound if limit.op == ">=" else apart.low > limit.bound
    return Kept(limit, band, _in_order(shown, limit, cuts, setting), lost)


def region(limits: list[Kept], cuts: int) -> Array:
    """The cuts at which every limit is shown to be kept; all without a limit. [K]."""
    found = np.ones(cuts, dtype=bool)
    for one in limits:
        found &= one.kept
    return found


def outcome(limits: list[Kept]) -> Verdict:
    """Met: some cut is shown to keep every limit. Missed: every cut is shown to break one."""
    if not limits or region(limits, limits[0].kept.size).any():
        return "met"
    lost = np.zeros(limits[0].broken.size, dtype=bool)
    for one in limits:
        lost |= one.broken
    return "missed" if lost.all() else "undecided"


def _in_order(shown: Array, limit: Limit, cuts: Cuts, setting: Setting) -> Array:
    """The stretch of cuts from the strictest on, up to the first that is not shown."""
    size = shown.size
    from_top = limit.op == "<=" or limit.measure == "precision"
    order = np.arange(size)[::-1] if from_top else np.arange(size)
    if limit.measure == "precision":
        enough = fewest(1 - limit.bound, setting.alpha)
        order = order[(cuts.tp + cuts.fp)[order] >= enough]
    passed = shown[order]
    stop = passed.size if passed.all() else int(np.argmin(passed))
    found = np.zeros(size, dtype=bool)
    found[order[:stop]] = True
    return found


def fewest(bound: float, alpha: float) -> int:
    """The least number of rows of which half the errors allowed are shown to be few enough."""
    n = math.log(alpha / 2) / math.log1p(-bound)
    while True:
        size = math.ceil(n)
        high = clopper_pearson(math.floor(size * bound * HALFWAY), size, alpha)[1]
        if float(high) <= bound:
            return size
        n *= 1.1
