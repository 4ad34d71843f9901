"""The fallback band: what is answered automatically, and what a person or a rule decides."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from sextant.stats.cuts_by_unit import effective
from sextant.stats.estimate import Estimate
from sextant.stats.rate import EXACT, NO_ROWS, clopper_pearson
from sextant.studies.thresholds.asked import Setting
from sextant.studies.thresholds.cuts import Cuts
from sextant.studies.thresholds.limits import fewest

Array = np.ndarray
STEPS = 41


@dataclass(frozen=True, slots=True)
class Handling:
    """What a decision costs when the band is given to a person, flagged, or left."""

    people: float
    flag: float
    leave: float


@dataclass(frozen=True, slots=True)
class Fallback:
    """Rows below `low` are left, rows from `high` on are flagged, both automatically.

    `automated`: their share of all rows. `error`: how many of them are decided wrongly. `wrong`:
    rows decided automatically and wrongly, of all rows. `people`: the share that is left to people.
    """

    low: float
    high: float
    automated: Estimate
    error: Estimate
    wrong: Estimate
    people: Estimate
    cost: Handling | None


@dataclass(frozen=True, slots=True)
class Bands:
    """The bands that a bound gives: two guarantees, and the one that was asked about.

    `among`: the narrowest at which of the automated ones at most `bound` are wrong, with
    probability 1 - alpha/2 over the rows it was set on (Learn-then-Test). `average`: the narrowest
    at which automated and wrong are at most `bound` of all rows on average over such rows
    (conformal risk control); None where rows are dependent, which it does not allow. `steps`: the
    curve of both, strictest first.
    """

    bound: float | None
    among: Fallback | None
    average: Fallback | None
    asked: Fallback | None
    steps: tuple[Fallback, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class _Order:
    """Cells in the order in which they become automatic as the band narrows around a cut.

    A step automates every cell at the same relative distance: for cut c and u from 1 to 0 the band
    is c(1-u) to c + (1-c)u, so it is known before any label is seen.
    """

    cut: int
    order: Array
    stops: Array


def fallback(cuts: Cuts, setting: Setting, curve: int = STEPS) -> Bands:
    """The bands around today's threshold that keep the bound, that asked about, a curve of them."""
    order = _ordered(cuts, setting.current)
    bound = setting.automated_error
    among = average = None
    steps: tuple[Fallback, ...] = ()
    if cuts.labelled:
        shown = np.unique(np.linspace(0, order.stops.size - 1, curve).astype(int))
        steps = tuple(_step(cuts, order, int(stop), setting) for stop in order.stops[shown])
        if bound is not None:
            among = _among(cuts, order, bound, setting)
            average = None if cuts.by_unit is not None else _average(cuts, order, bound, setting)
    asked = None if setting.band is None else band(cuts, *setting.band, setting)
    return Bands(bound, among, average, asked, steps)


def band(cuts: Cuts, low: float, high: float, setting: Setting) -> Fallback:
    """Two thresholds as they are."""
    first, last = cuts.index(low), cuts.index(high)
    return _made(cuts, first, max(first, last), low, high, setting)


def _ordered(cuts: Cuts, threshold: float) -> _Order:
    cut = cuts.index(threshold)
    above = np.arange(cuts.low.size) >= cut
    room = 1 - threshold if threshold < 1 else 1.0
    distance = np.where(
        above, (cuts.low - threshold) / room, (threshold - cuts.high) / max(threshold, 1e-12)
    )
    order = np.argsort(-distance, kind="stable")
    sorted_ = distance[order]
    stops = np.append(np.flatnonzero(np.diff(sorted_) < -1e-12) + 1, order.size)
    return _Order(cut, order, stops)


def _step(cuts: Cuts, order: _Order, stop: int, setting: Setting) -> Fallback:
    """The band that leaves the first `stop` cells of the order outside it."""
    outside = np.zeros(cuts.low.size, dtype=bool)
    outside[order.order[:stop]] = True
    first = int(np.count_nonzero(outside[: order.cut]))
    last = cuts.low.size - int(np.count_nonzero(outside[order.cut :]))
    return _made(cuts, first, last, cuts.threshold(first), cuts.threshold(last), setting)


def _made(cuts: Cuts, first: int, last: int, low: float, high: float, setting: Setting) -> Fallback:
    """The band between two cuts: cells from `first` up to `last`."""
    inside = slice(first, last)
    n_all, alpha = cuts.total, setting.alpha
    rows = cuts.rows + cuts.unlabelled
    held = float(rows[inside].sum())
    wrong_u, auto_u, all_u = _unit_counts(cuts, first, last)
    return Fallback(
        low,
        high,
        _share(auto_u, all_u, (n_all - held, n_all), alpha),
        _share(wrong_u, auto_u, None, alpha),
        _share(wrong_u, all_u, None, alpha),
        _share(all_u - auto_u, all_u, (held, n_all), alpha),
        _costs(cuts, first, last, setting),
    )


def _unit_counts(cuts: Cuts, first: int, last: int) -> tuple[Array, Array, Array]:
    """Wrong and automated, automated, all labelled rows; per bucket of units, or one of all."""
    table = np.stack([cuts.pos, cuts.neg])[:, None, :] if cuts.by_unit is None else cuts.by_unit
    wrong = table[0, :, :first].sum(axis=1) + table[1, :, last:].sum(axis=1)
    whole = table.sum(axis=(0, 2))
    return wrong, whole - table[:, :, first:last].sum(axis=(0, 2)), whole


def _share(k: Array, n: Array, whole: tuple[float, float] | None, alpha: float) -> Estimate:
    """A share with exact limits, at its effective size where there are units."""
    found, size = whole or (float(k.sum()), float(n.sum()))
    if size <= 0:
        return Estimate.undefined(NO_ROWS)
    if k.size == 1:
        low, high = clopper_pearson(found, size, alpha)
        return Estimate(found / size, float(low), float(high), size, EXACT)
    k_e, n_e = effective(k[:, None], n[:, None], alpha)
    low, high = clopper_pearson(k_e[0], n_e[0], alpha)
    return Estimate(found / size, float(low), float(high), size, f"{EXACT}, units")


def _sequence(cuts: Cuts, order: _Order) -> tuple[Array, Array]:
    """Automated labelled rows and the wrong ones among them at every step, [G, S] or [1, S]."""
    table = np.stack([cuts.pos, cuts.neg])[:, None, :] if cuts.by_unit is None else cuts.by_unit
    above = np.arange(cuts.low.size) >= order.cut
    errors = np.where(above, table[1], table[0])[:, order.order]
    rows = table.sum(axis=0)[:, order.order]
    at = order.stops - 1
    return np.cumsum(rows, axis=1)[:, at], np.cumsum(errors, axis=1)[:, at]


def _among(cuts: Cuts, order: _Order, bound: float, setting: Setting) -> Fallback | None:
    """From the strictest band on, as long as the high limit of the error stays within the bound."""
    n_u, wrong_u = _sequence(cuts, order)
    n = n_u.sum(axis=0)
    if cuts.by_unit is None:
        high = clopper_pearson(wrong_u[0], np.maximum(n, 1.0), setting.alpha)[1]
    else:
        k_e, n_e = effective(wrong_u, n_u, setting.alpha)
        high = clopper_pearson(k_e, np.where(n_e > 0, n_e, 1.0), setting.alpha)[1]
    tried = np.flatnonzero(n >= fewest(bound, setting.alpha))
    last = -1
    for step in tried.tolist():
        if high[step] > bound:
            break
        last = step
    return None if last < 0 else _step(cuts, order, int(order.stops[last]), setting)


def _average(cuts: Cuts, order: _Order, bound: float, setting: Setting) -> Fallback | None:
    """The narrowest band with at most floor((n+1) bound - 1) automated and wrong of n rows."""
    wrong = _sequence(cuts, order)[1][0]
    most = math.floor((cuts.labelled + 1) * bound - 1 + 1e-9)
    held = np.flatnonzero(wrong <= most)
    return None if not held.size or most < 0 else _step(
        cuts, order, int(order.stops[held[-1]]), setting
    )  # fmt: skip


def _costs(cuts: Cuts, first: int, last: int, setting: Setting) -> Handling | None:
    """The mean cost of a decision by who decides in the band; people are taken to be right."""
    if not cuts.labelled:
        return None
    tp_cost, fp_cost, fn_cost, tn_cost = setting.amounts
    pos, neg = cuts.pos, cuts.neg
    outside = (
        fn_cost * pos[:first].sum() + tn_cost * neg[:first].sum()
        + tp_cost * pos[last:].sum() + fp_cost * neg[last:].sum()
    )  # fmt: skip
    p, n = pos[first:last].sum(), neg[first:last].sum()
    each = (
        p * (tp_cost + setting.review) + n * (tn_cost + setting.review),
        p * tp_cost + n * fp_cost,
        p * fn_cost + n * tn_cost,
    )
    return Handling(*(float(outside + one) / cuts.labelled for one in each))
