"""Every cut measured: how many are flagged, found, flagged in error; what a decision costs."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sextant.stats.cuts import cost_limits
from sextant.stats.cuts_by_unit import effective
from sextant.stats.estimate import Estimate, Level
from sextant.stats.rate import EXACT, clopper_pearson
from sextant.stats.weighted import MOVER, cost_by_unit
from sextant.studies.thresholds.asked import MEASURES, Measure, Setting
from sextant.studies.thresholds.cuts import Cuts

Array = np.ndarray
NOTHING = {
    "flagged": "no row with a score",
    "recall": "no positive row",
    "precision": "no flagged row with a label",
    "false_positive_rate": "no negative row",
    "friction": "no labelled row",
    "cost": "no labelled row",
}
SHIFTED = "exact limits carried to another prevalence"


@dataclass(frozen=True, slots=True, eq=False)
class Band:
    """A number at every cut with its limits, each at the whole level; NaN where undefined. [K]."""

    value: Array
    low: Array
    high: Array
    n: Array
    method: str
    nothing: str = ""

    def at(self, cut: int) -> Estimate:
        """The estimate at one cut."""
        value = float(self.value[cut])
        if np.isnan(value):
            return Estimate.undefined(self.nothing)
        n = float(self.n[cut])
        return Estimate(value, float(self.low[cut]), float(self.high[cut]), n, self.method)


def measured(
    cuts: Cuts,
    measure: Measure,
    setting: Setting,
    alpha: float | None = None,
    at: int | None = None,
) -> Band:
    """A share at every cut, or `at` one, with exact limits; by effective numbers of dependent rows.

    At another prevalence recall and false positive rate stay, friction is its share of negatives;
    flagged is square-and-add of both, precision the box of both at half the error each.
    """
    level = setting.alpha if alpha is None else alpha
    if setting.prevalence is not None and measure not in _BOTH:
        return _shifted(cuts, measure, setting.prevalence, level, at)
    return _rate(cuts, measure, level, at)


def single(
    cuts: Cuts, measure: Measure, setting: Setting, at: int, alpha: float | None = None
) -> Estimate:
    """A share at one cut."""
    return measured(cuts, measure, setting, alpha, at).at(0)


def shares(cuts: Cuts, measure: Measure) -> tuple[Array, Array]:
    """(value, denominator) at every cut, without limits and at the rows' own prevalence."""
    k, n = _counts(cuts, measure)
    return np.where(n > 0, k / np.where(n > 0, n, 1.0), np.nan), n


def all_measured(cuts: Cuts, setting: Setting) -> dict[str, Band]:
    """Every measure and the cost, at every cut."""
    found: dict[str, Band] = {one: measured(cuts, one, setting) for one in MEASURES}
    found["cost"] = cost_band(cuts, setting)
    return found


def cost_band(
    cuts: Cuts, setting: Setting, alpha: float | None = None, at: int | None = None
) -> Band:
    """The mean cost of a decision at every cut, or `at` one."""
    level = setting.alpha if alpha is None else alpha
    chosen = _places(cuts, at)
    n = np.full(chosen.size, cuts.labelled)
    if not cuts.labelled or (setting.prevalence and not (cuts.positives and cuts.negatives)):
        empty = np.full(n.size, np.nan)
        return Band(empty, empty, empty, n, "none", NOTHING["cost"])
    if cuts.by_unit is not None:
        return _cost_by_unit(cuts, setting, level, at)
    tp, fp = cuts.tp[chosen], cuts.fp[chosen]
    counts = tp, fp, cuts.positives - tp, cuts.negatives - fp
    value, low, high = cost_limits(counts, setting.amounts, level, setting.prevalence)
    return Band(value, low, high, n, MOVER, NOTHING["cost"])


def cost_values(cuts: Cuts, setting: Setting) -> Array:
    """The mean cost of a decision at every cut, without limits, [K]; there are both classes."""
    recall, fpr = cuts.tp / cuts.positives, cuts.fp / cuts.negatives
    p = cuts.positives / cuts.labelled if setting.prevalence is None else setting.prevalence
    tp, fp, fn, tn = setting.amounts
    mixed = p * (tp * recall + fn * (1 - recall)) + (1 - p) * (fp * fpr + tn * (1 - fpr))
    return np.asarray(mixed)


def _places(cuts: Cuts, at: int | None) -> Array:
    return np.arange(cuts.size) if at is None else np.array([at])


def _counts(cuts: Cuts, measure: Measure) -> tuple[Array, Array]:
    match measure:
        case "flagged":
            return cuts.flagged, np.full(cuts.size, cuts.total)
        case "recall":
            return cuts.tp, np.full(cuts.size, cuts.positives)
        case "precision":
            return cuts.tp, cuts.tp + cuts.fp
        case "false_positive_rate":
            return cuts.fp, np.full(cuts.size, cuts.negatives)
        case _:
            return cuts.fp, np.full(cuts.size, cuts.labelled)


def _rate(cuts: Cuts, measure: Measure, alpha: float, at: int | None) -> Band:
    chosen = _places(cuts, at)
    k, n = (one[chosen] for one in _counts(cuts, measure))
    held = n > 0
    safe = np.where(held, n, 1.0)
    value = np.where(held, k / safe, np.nan)
    if cuts.by_unit is None:
        low, high = clopper_pearson(k, safe, alpha)
        method = EXACT
    else:
        k_u, n_u = (one[:, chosen] for one in _unit_counts(cuts, measure))
        k_e, n_e = effective(k_u, n_u, alpha)
        low, high = clopper_pearson(k_e, np.where(n_e > 0, n_e, 1.0), alpha)
        method = f"{EXACT}, effective size of units"
    blank = np.where(held, 0.0, np.nan)
    return Band(value, low + blank, high + blank, n, method, NOTHING[measure])


def _unit_counts(cuts: Cuts, measure: Measure) -> tuple[Array, Array]:
    """Numerator and denominator per bucket of units, [G, K]; of labelled rows."""
    tp, fp = cuts.units_above(0), cuts.units_above(1)
    p, n = tp[:, :1] + 0 * tp, fp[:, :1] + 0 * fp
    match measure:
        case "flagged":
            return tp + fp, p + n
        case "recall":
            return tp, p
        case "precision":
            return tp, tp + fp
        case "false_positive_rate":
            return fp, n
        case _:
            return fp, p + n


def _shifted(cuts: Cuts, measure: Measure, prevalence: float, alpha: float, at: int | None) -> Band:
    """At another share of positives, with recall and false positive rate as they are."""
    half = alpha / 2 if measure == "precision" else alpha
    recall, fpr = (_rate(cuts, one, half, at) for one in _BOTH)
    rows = np.full(recall.value.size, cuts.labelled)
    w, v = prevalence, 1 - prevalence
    if measure == "friction":
        return Band(v * fpr.value, v * fpr.low, v * fpr.high, fpr.n, SHIFTED, fpr.nothing)
    if measure == "flagged":
        value = w * recall.value + v * fpr.value
        down = np.hypot(w * (recall.value - recall.low), v * (fpr.value - fpr.low))
        up = np.hypot(w * (recall.high - recall.value), v * (fpr.high - fpr.value))
        return Band(value, value - down, value + up, rows, MOVER, NOTHING["flagged"])

    def precision(true: Array, false: Array) -> Array:
        total = w * true + v * false
        return np.asarray(np.where(total > 0, w * true / np.where(total > 0, total, 1.0), np.nan))

    return Band(
        precision(recall.value, fpr.value),
        precision(recall.low, fpr.high),
        precision(recall.high, fpr.low),
        (cuts.tp + cuts.fp)[_places(cuts, at)],
        f"{SHIFTED}, Bonferroni",
        NOTHING["precision"],
    )


def _cost_by_unit(cuts: Cuts, setting: Setting, alpha: float, at: int | None) -> Band:
    tp, fp = cuts.units_above(0), cuts.units_above(1)
    p, n = tp[:, 0], fp[:, 0]
    if setting.prevalence is not None:
        w, v = setting.prevalence, 1 - setting.prevalence
        c = setting.amounts
        recall, fpr = (_rate(cuts, one, alpha, at) for one in _BOTH)
        a, b = w * (c[2] - c[0]), v * (c[1] - c[3])
        value = w * c[2] + v * c[3] - a * recall.value + b * fpr.value
        down = a * (recall.high - recall.value) + b * (fpr.value - fpr.low)
        up = a * (recall.value - recall.low) + b * (fpr.high - fpr.value)
        return Band(value, value - down, value + up, recall.n, f"{SHIFTED}, units")
    each = [
        cost_by_unit(tp[:, j], fp[:, j], p - tp[:, j], n - fp[:, j], setting.amounts, Level(alpha))
        for j in _places(cuts, at)
    ]
    table = np.array([(one.value, one.low, one.high, one.n) for one in each], dtype=float)
    value, low, high, size = table.T
    return Band(value, low, high, size, each[0].method)


_BOTH: tuple[Measure, Measure] = ("recall", "false_positive_rate")
