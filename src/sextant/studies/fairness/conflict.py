"""Which definitions cannot hold together on these data, because base rates differ.

With base rate p, recall t, false positive rate f and precision v of a group,
f = p/(1−p) · (1−v)/v · t (Chouldechova 2017): where p differs, equal t and v force f apart, unless
prediction is perfect. Kleinberg, Mullainathan and Raghavan (2017) show the same of scores.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from sextant.states.confusion import Confusion
from sextant.stats.estimate import Estimate, Level
from sextant.stats.groups import difference, pairs_of
from sextant.studies.fairness.counted import Counted
from sextant.studies.fairness.measures import BASE
from sextant.studies.fairness.result import Conflict, GroupResult, Trade

Follows = Callable[[float], float]
METHOD = "from the ends of the base rate"


def conflict(
    groups: Sequence[tuple[GroupResult, Counted]], bounds: Mapping[str, float], level: Level
) -> Conflict | None:
    """The pair with the farthest base rates, and what would follow; None without two of them."""
    known = [one for one in groups if one[0]["base_rate"].value is not None]
    known = [one for one in known if not one[0].too_small(("base_rate",))]
    if len(known) < 2:
        return None
    at = level.split(pairs_of(len(known)))
    ordered = sorted(known, key=lambda one: one[0]["base_rate"].value or 0.0)
    low, high = ordered[0], ordered[-1]
    rates = BASE.estimate(high[1], at), BASE.estimate(low[1], at)
    base = difference(*rates)
    both = high[1].confusion + low[1].confusion
    trades = tuple(
        _trade(equal, held, measure, follows, (high[0], low[0]), rates, bounds)
        for equal, held, measure, follows in _trades(both)
    )
    return Conflict((high[0], low[0]), base, trades)


def _trades(
    both: Confusion,
) -> list[tuple[tuple[str, ...], tuple[float, ...], str, Follows]]:
    """What is held equal, at what values, what follows of it, and how from the base rate p."""
    if not (both.positives and both.negatives and both.tp and both.tp + both.fp):
        return []
    t, f = both.tp / both.positives, both.fp / both.negatives
    v, s = both.tp / (both.tp + both.fp), (both.tp + both.fp) / both.labelled

    def precision(p: float) -> float:
        flagged = p * t + (1 - p) * f
        return p * t / flagged if flagged else v

    def false_positives(p: float) -> float:
        return min(p / (1 - p) * (1 - v) / v * t, 1.0) if p < 1 else 1.0

    def selection(p: float) -> float:
        return p * t + (1 - p) * f

    def recall(p: float) -> float:
        return min(s * v / p, 1.0) if p else 1.0

    return [
        (("true_positive_rate", "false_positive_rate"), (t, f), "precision", precision),
        (("precision", "true_positive_rate"), (v, t), "false_positive_rate", false_positives),
        (("true_positive_rate", "false_positive_rate"), (t, f), "selection_rate", selection),
        (("selection_rate", "precision"), (s, v), "true_positive_rate", recall),
    ]


def _trade(
    equal: tuple[str, ...],
    held: tuple[float, ...],
    measure: str,
    follows: Follows,
    groups: tuple[GroupResult, GroupResult],
    rates: tuple[Estimate, Estimate],
    bounds: Mapping[str, float],
) -> Trade:
    would = _would(follows, rates[0]), _would(follows, rates[1])
    gap = difference(*sorted(would, key=lambda one: -(one.value or 0.0)))
    now = groups[0][measure], groups[1][measure]
    return Trade(equal, held, measure, now, would, gap, bounds[measure])


def _would(follows: Follows, rate: Estimate) -> Estimate:
    """A monotone function of the base rate at its value and at its ends."""
    assert rate.value is not None
    ends = sorted((follows(rate.low), follows(rate.high)))
    return Estimate(follows(rate.value), ends[0], ends[1], rate.n, METHOD)
