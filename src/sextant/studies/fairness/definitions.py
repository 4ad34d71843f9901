"""Definitions of fairness: what each compares between groups, and its estimate at any level."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from sextant.contracts.model import Op
from sextant.stats.estimate import Estimate, Level
from sextant.stats.groups import largest_gap, pairs_of, smallest_ratio
from sextant.studies.fairness.counted import Counted
from sextant.studies.fairness.measures import (
    ACCURACY,
    BIAS,
    FALSE,
    PRECISION,
    RECALL,
    SELECTION,
    Measure,
)

Kind = Literal["gap", "ratio"]
USUAL = 0.1
"""The largest difference that is usually called fair (AI Fairness 360's own reading)."""
FOUR_FIFTHS = 0.8
"""The rule of US employment law: 29 CFR 1607.4(D)."""


@dataclass(frozen=True, slots=True)
class Definition:
    """What must be alike between groups, as the worst pair's difference or ratio.

    Of several measures the worst counts, as in Fairlearn's `equalized_odds_difference`. `usual` is
    the bound where nobody names one. `also`: how the bound may be written in a contract, as the
    gap or the ratio of a metric.
    """

    name: str
    title: str
    measures: tuple[Measure, ...]
    kind: Kind
    usual: float
    also: str = ""

    @property
    def op(self) -> Op:
        return "<=" if self.kind == "gap" else ">="


DEFINITIONS = (
    Definition(
        "demographic_parity_difference", "Demographic parity", (SELECTION,), "gap", USUAL,
        "gap(selection_rate)",
    ),
    Definition(
        "demographic_parity_ratio", "Four-fifths rule", (SELECTION,), "ratio", FOUR_FIFTHS,
        "ratio(selection_rate)",
    ),
    Definition(
        "equal_opportunity_difference", "Equal opportunity", (RECALL,), "gap", USUAL, "gap(recall)"
    ),
    Definition(
        "false_positive_rate_difference", "Predictive equality", (FALSE,), "gap", USUAL,
        "gap(false_positive_rate)",
    ),
    Definition("equalized_odds_difference", "Equalised odds", (RECALL, FALSE), "gap", USUAL),
    Definition(
        "precision_difference", "Predictive parity", (PRECISION,), "gap", USUAL, "gap(precision)"
    ),
    Definition(
        "accuracy_score_difference", "Equal accuracy", (ACCURACY,), "gap", USUAL, "gap(accuracy)"
    ),
    Definition("calibration_difference", "Calibration between groups", (BIAS,), "gap", USUAL),
)  # fmt: skip

BY_NAME: Mapping[str, Definition] = {one.name: one for one in DEFINITIONS}


def definitions_of(measures: Sequence[Measure]) -> tuple[Definition, ...]:
    """Those that these measures can answer."""
    return tuple(one for one in DEFINITIONS if set(one.measures) <= set(measures))


def estimated(
    definition: Definition,
    groups: Sequence[Counted],
    tuned: Callable[[Level, Measure, int], Level],
    level: Level,
    factor: float = 1.0,
) -> Estimate:
    """The worst pair of groups, with the names of the pair.

    *Within the bound* needs every pair of every measure within it at the whole error
    (intersection-union); *beyond it* is claimed of one among pairs × measures, which share the
    error. `tuned(level, measure, i)` is the level of one group's estimate at a later look.
    """
    names = [group.name for group in groups]
    scaled = [group if factor == 1 else group.scaled(factor) for group in groups]
    split = level.split(pairs_of(len(groups)) * len(definition.measures))
    combine = largest_gap if definition.kind == "gap" else smallest_ratio
    found = []
    for measure in definition.measures:
        at = [
            [measure.estimate(g, tuned(one, measure, i)) for i, g in enumerate(scaled)]
            for one in (level, split)
        ]
        found.append(combine(names, at[0], at[1]))
    return _worst(found) if len(found) > 1 else found[0]


def _worst(found: Sequence[Estimate]) -> Estimate:
    """The largest of several gaps: known to be at most the largest high, at least the largest low.

    Where one is not known at all the others may still prove it large, and nothing bounds it.
    """
    known = [one for one in found if one.value is not None]
    reason = "; ".join(dict.fromkeys(one.reason for one in found if one.reason))
    if not known:
        return Estimate.undefined(reason, max(one.n for one in found))
    worst = max(known, key=lambda one: one.value or 0.0)
    high = max(one.high for one in known) if len(known) == len(found) else float("inf")
    return replace(
        worst, low=max(one.low for one in known), high=high, n=max(one.n for one in found),
        reason=reason,
    )  # fmt: skip
