"""The cheapest cut, the cuts that cannot be told apart from it, and what today's costs more."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from sextant.stats.cuts import Dearer, dearer_than, may_be_best, regret
from sextant.stats.cuts_by_unit import dearer_than_by_unit, may_be_best_by_unit
from sextant.stats.estimate import Estimate
from sextant.studies.thresholds.asked import Setting
from sextant.studies.thresholds.curve import Band, cost_band, cost_values
from sextant.studies.thresholds.cuts import Cuts

Array = np.ndarray
PAIRS = "square-and-add of the rows between, simultaneous"


@dataclass(frozen=True, slots=True, eq=False)
class Best:
    """The cut of least cost on these rows, and how sure that is.

    `members`: the cuts not shown to cost more than another, [K]; the truly cheapest is among them
    with probability 1 - alpha/2. `cost`: of the chosen cut, its limits valid although it was chosen
    on the same rows. `regret`: what today's cut costs more than the truly cheapest; `gain`: more
    than the chosen one. Both None where today's is no cut of these rows.
    """

    cut: int
    members: Array
    cost: Estimate
    regret: Estimate
    gain: Estimate

    @property
    def ends(self) -> tuple[int, int]:
        """The lowest and the highest member."""
        held = np.flatnonzero(self.members)
        return int(held[0]), int(held[-1])


def best(cuts: Cuts, setting: Setting, allowed: Array, costs: Band) -> Best | None:
    """The cheapest of the allowed cuts [K]; None where none is allowed or a class is missing."""
    if not allowed.any() or not (cuts.positives and cuts.negatives):
        return None
    chosen, members = cheapest(cuts, setting, allowed)
    among, today = np.flatnonzero(allowed), cuts.index(setting.current)
    dearer = dearer_by(cuts, setting)
    free = None if allowed.all() else among
    found = regret(today, cuts.rows, dearer, setting.alpha, free)
    n = cuts.labelled
    return Best(
        chosen,
        members,
        _cost(cuts, setting, chosen, among, costs),
        Estimate(found[0], found[1], found[2], n, PAIRS),
        _gain(today, chosen, dearer, setting.alpha / among.size, found[2], n),
    )


def cheapest(cuts: Cuts, setting: Setting, allowed: Array) -> tuple[int, Array]:
    """The cut of least cost, of equal ones that next to today's, and those that may be it. [K]."""
    among = np.flatnonzero(allowed)
    value = cost_values(cuts, setting)[among]
    least = among[value <= value.min() + 1e-12 * max(abs(float(value.min())), 1.0)]
    chosen = int(least[np.argmin(np.abs(least - cuts.index(setting.current)))])
    members = allowed & _members(cuts, setting)
    members[chosen] = True
    return chosen, members


def _members(cuts: Cuts, setting: Setting) -> Array:
    if cuts.by_unit is None:
        return may_be_best(cuts.pos, cuts.neg, setting.prices, setting.alpha)
    return may_be_best_by_unit(cuts.by_unit[0], cuts.by_unit[1], setting.prices, setting.alpha)


def dearer_by(cuts: Cuts, setting: Setting) -> Dearer:
    """What a cut of these rows costs more than others."""

    def dearer(cut: int, others: Array, alpha: float) -> tuple[Array, Array, Array]:
        if cuts.by_unit is None:
            return dearer_than(cut, others, cuts.pos, cuts.neg, setting.prices, alpha)
        pos, neg = cuts.by_unit
        return dearer_than_by_unit(cut, others, pos, neg, setting.prices, alpha)

    return dearer


def _gain(today: int, chosen: int, dearer: Dearer, alpha: float, high: float, n: float) -> Estimate:
    """At most the regret; low at an error shared by every cut that could have been chosen."""
    if chosen == today:
        return Estimate(0.0, 0.0, 0.0, n, PAIRS)
    value, low, _ = dearer(today, np.array([chosen]), alpha)
    return Estimate(float(value[0]), float(low[0]), high, n, PAIRS)


def _cost(cuts: Cuts, setting: Setting, chosen: int, among: Array, costs: Band) -> Estimate:
    """low: the least low limit, since the best is one of them; high: corrected for the choice."""
    apart = cost_band(cuts, setting, setting.alpha / among.size, chosen).at(0)
    low = float(np.nanmin(costs.low[among]))
    return replace(costs.at(chosen), low=low, high=apart.high)
