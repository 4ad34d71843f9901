"""A threshold per group: what it makes equal, and what that costs."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sextant.stats.cuts import Prices
from sextant.stats.estimate import Estimate, Level
from sextant.stats.groups import largest_gap, pairs_of
from sextant.stats.paired.shares import Part, share_difference, share_difference_by_unit
from sextant.studies.thresholds.asked import EQUAL, Measure, Setting
from sextant.studies.thresholds.best import cheapest
from sextant.studies.thresholds.curve import cost_band, shares, single
from sextant.studies.thresholds.cuts import Cuts

Array = np.ndarray
UNREACHED = "no threshold of its own comes near"
NEAR = 0.05
FEWEST = 30
"""Below so many rows that a share is taken of, a group keeps the common threshold."""


@dataclass(frozen=True, slots=True, eq=False)
class Group:
    """One value of a segment: its shares at the common cut, and its own cheapest cut."""

    name: str
    n: float
    positives: float
    at_common: dict[str, Estimate]
    cut: int | None
    threshold: float | None
    ends: tuple[float, float] | None


@dataclass(frozen=True, slots=True)
class Moved:
    """A group's threshold once a share is made equal; `reason` where it keeps the common one."""

    name: str
    threshold: float
    before: Estimate
    after: Estimate
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Equalised:
    """Thresholds at which a share is as nearly the same in every group as their rows allow.

    `target`: the share of all rows at the common cut. `gap`: the largest difference between two
    groups before and after. `cost` and `errors`: what a decision costs more, and how many more are
    wrong, than at the common cut.
    """

    measure: Measure
    target: float
    groups: tuple[Moved, ...]
    gap_before: Estimate
    gap_after: Estimate
    cost: Estimate
    errors: Estimate


@dataclass(frozen=True, slots=True, eq=False)
class Grouped:
    """One segment: its groups at the common threshold, and a threshold each."""

    segment: str
    common: float
    groups: tuple[Group, ...]
    equalised: tuple[Equalised, ...]
    apart: Estimate | None
    """What a decision costs more at each group's own cheapest threshold: below 0, it saves. The
    limits allow for the choice of the thresholds on the same rows."""


def grouped(segment: str, held: dict[str, Cuts | None], setting: Setting) -> Grouped:
    """The groups of a segment at today's threshold, and what a threshold each would change."""
    common = setting.current
    known = {name: cuts for name, cuts in held.items() if cuts is not None}
    measures = (setting.equalise,) if setting.equalise else EQUAL
    groups = tuple(_group(name, cuts, common, setting) for name, cuts in known.items())
    empty = tuple(
        Group(name, 0, 0, {}, None, None, None) for name, cuts in held.items() if cuts is None
    )
    equalised: tuple[Equalised, ...] = ()
    apart = None
    if len(known) > 1:
        found = [_equalised(one, known, common, setting) for one in measures]
        equalised = tuple(one for one in found if one is not None)
        own = {one.name: one.cut for one in groups if one.cut is not None}
        tried = sum(cuts.size for cuts in known.values())
        apart = _price(known, own, common, setting.prices, setting.alpha / tried)
    return Grouped(segment, common, groups + empty, equalised, apart)


def _group(name: str, cuts: Cuts, common: float, setting: Setting) -> Group:
    at = cuts.index(common)
    found: dict[str, Estimate] = {one: single(cuts, one, setting, at) for one in EQUAL}
    found["cost"] = cost_band(cuts, setting, at=at).at(0)
    if not (cuts.positives and cuts.negatives):
        return Group(name, cuts.total, cuts.positives, found, None, None, None)
    chosen, members = cheapest(cuts, setting, np.ones(cuts.size, dtype=bool))
    held = np.flatnonzero(members)
    ends = cuts.threshold(int(held[0])), cuts.threshold(int(held[-1]))
    return Group(name, cuts.total, cuts.positives, found, chosen, cuts.threshold(chosen), ends)


def _equalised(
    measure: Measure, held: dict[str, Cuts], common: float, setting: Setting
) -> Equalised | None:
    """None where fewer than two groups have enough rows to speak of."""
    target = _target(measure, held, common)
    if target is None:
        return None
    today = {name: cuts.index(common) for name, cuts in held.items()}
    chosen: dict[str, int] = {}
    moved = []
    for name, cuts in held.items():
        at, reason = _nearest(cuts, measure, target, today[name], setting)
        chosen[name] = at
        threshold = common if at == today[name] else cuts.threshold(at)
        before, after = (single(cuts, measure, setting, one) for one in (today[name], at))
        moved.append(Moved(name, threshold, before, after, reason))
    judged = [one.name for one in moved if one.reason in ("", UNREACHED)]
    if len(judged) < 2:
        return None

    def gap(cut: dict[str, int]) -> Estimate:
        split = Level(setting.alpha).split(pairs_of(len(judged))).alpha
        each, apart = (
            [single(held[name], measure, setting, cut[name], alpha) for name in judged]
            for alpha in (setting.alpha, split)
        )
        return largest_gap(judged, each, apart)

    return Equalised(
        measure,
        target,
        tuple(moved),
        gap(today),
        gap(chosen),
        _price(held, chosen, common, setting.prices, setting.alpha),
        _price(held, chosen, common, Prices(1, 1), setting.alpha),
    )


def _target(measure: Measure, held: dict[str, Cuts], common: float) -> float | None:
    """The share of all groups together at the common cut."""
    tp = fp = p = n = flagged = total = 0.0
    for cuts in held.values():
        at = cuts.index(common)
        tp, fp = tp + float(cuts.tp[at]), fp + float(cuts.fp[at])
        p, n = p + cuts.positives, n + cuts.negatives
        flagged, total = flagged + float(cuts.flagged[at]), total + cuts.total
    k, size = {
        "recall": (tp, p),
        "false_positive_rate": (fp, n),
        "precision": (tp, tp + fp),
        "flagged": (flagged, total),
    }[measure]
    return k / size if size else None


def _nearest(
    cuts: Cuts, measure: Measure, target: float, today: int, setting: Setting
) -> tuple[int, str]:
    """The cut whose share lies nearest to the target; today's where no other can be told."""
    sizes = {"recall": cuts.positives, "false_positive_rate": cuts.negatives}
    size = sizes.get(measure, cuts.total if measure == "flagged" else cuts.labelled)
    noun = {"recall": "positives", "false_positive_rate": "negatives"}.get(measure, "rows")
    if size < FEWEST:
        return today, f"{size:,.0f} {noun} are too few for a threshold of its own"
    value, n = shares(cuts, measure)
    distance = np.abs(np.where(n >= FEWEST, value, np.nan) - target)
    if np.isnan(distance).all():
        return today, "too few rows are flagged at any threshold"
    ties = np.flatnonzero(distance <= np.nanmin(distance) + 1e-15)
    chosen = int(ties[np.argmin(np.abs(ties - today))])
    found = single(cuts, measure, setting, chosen)
    near = found.low <= target <= found.high or float(distance[chosen]) <= NEAR
    return (chosen, "") if near else (today, UNREACHED)


def _price(
    held: dict[str, Cuts], chosen: dict[str, int], common: float, prices: Prices, alpha: float
) -> Estimate:
    """What a decision costs more with a cut per group than with the common one, of all rows.

    Only the rows between the two cuts of a group count. The rows' own prevalence.
    """
    kinds = {one: [] for one in ("lost", "found", "alarmed", "spared")}  # type: ignore[var-annotated]
    sizes = []
    for name, cuts in held.items():
        at = cuts.index(common)
        to = chosen.get(name, at)
        first, last = sorted((at, to))
        table = np.stack([cuts.pos, cuts.neg])[:, None, :] if cuts.by_unit is None else cuts.by_unit
        pos, neg = (table[which, :, first:last].sum(axis=1) for which in (0, 1))
        lowered, none = to < at, np.zeros_like(pos)
        kinds["found"].append(pos if lowered else none)
        kinds["lost"].append(none if lowered else pos)
        kinds["alarmed"].append(neg if lowered else none)
        kinds["spared"].append(none if lowered else neg)
        sizes.append(table.sum(axis=(0, 2)))
    dependent = any(cuts.by_unit is not None for cuts in held.values())
    joined = {kind: _joined(each, dependent) for kind, each in kinds.items()}
    size = _joined(sizes, dependent)
    parts = [
        Part(joined["lost"], joined["found"], size, prices.miss),
        Part(joined["alarmed"], joined["spared"], size, prices.alarm),
    ]
    if dependent:
        return share_difference_by_unit(parts, Level(alpha))
    whole = [Part(float(p.gain), float(p.loss), float(p.size), p.weight) for p in parts]
    return share_difference(whole, Level(alpha))


def _joined(each: list[Array], dependent: bool) -> Array | float:
    """Rows of all groups; of dependent rows the groups' buckets one after another."""
    if dependent:
        return np.concatenate(each)
    return float(sum(float(one.sum()) for one in each))
