"""Rates and their differences as short figures: `45 of 100 (41 to 49)`, `30.1 points`."""

from __future__ import annotations

import math
from collections.abc import Mapping

from sextant.contracts.model import Contract
from sextant.metrics.tally import Grouping
from sextant.stats.estimate import Estimate
from sextant.studies.fairness.result import GroupResult
from sextant.words.frequency import frequency
from sextant.words.nouns import among, rows_noun
from sextant.words.numbers import Scale, span

NOUNS: Mapping[str, str] = {
    "selection_rate": "how many are flagged",
    "true_positive_rate": "how many are found",
    "false_negative_rate": "how many are missed",
    "false_positive_rate": "how many are wrongly flagged",
    "precision": "how many flags are right",
    "accuracy": "how many decisions are right",
    "base_rate": "how many are truly positive",
    "calibration_bias": "how far scores lie above what came true",
    "calibration_error": "how far scores lie from what came true",
}
TERMS: Mapping[str, str] = {
    "selection_rate": "selection rate",
    "true_positive_rate": "true positive rate",
    "false_negative_rate": "false negative rate",
    "false_positive_rate": "false positive rate",
    "precision": "precision",
    "accuracy": "accuracy",
    "base_rate": "base rate",
    "calibration_bias": "calibration bias",
    "calibration_error": "calibration error",
}
ARE: Mapping[str, str] = {
    "selection_rate": "are flagged",
    "true_positive_rate": "are found",
    "false_negative_rate": "are missed",
    "false_positive_rate": "are wrongly flagged",
    "precision": "are rightly flagged",
    "accuracy": "are decided rightly",
    "base_rate": "are truly positive",
}


def whom(measure: str, contract: Contract) -> str:
    """Of whom a measure is the share, in the plural."""
    match measure:
        case "true_positive_rate" | "false_negative_rate":
            return rows_noun(contract, "positive")
        case "false_positive_rate":
            return rows_noun(contract, "negative")
        case "precision":
            return f"flagged {rows_noun(contract)}"
        case _:
            return rows_noun(contract)


def where(grouping: Grouping, group: GroupResult, contract: Contract) -> str:
    """`among women`, `where race is Black and sex is Female`."""
    return among(tuple(zip(grouping, group.values, strict=True)), contract)


def one_scale(*rates: Estimate) -> Scale:
    """One denominator for shares that stand side by side, fit for the smallest above 0."""
    seen = [one for one in rates if one.value]
    if not seen:
        return Scale(100.0)
    least = min(seen, key=lambda one: one.value or 0.0)
    return frequency(least.value or 0.0, least.low, least.high, 0.0, ">=", share=False)


def counted(scale: Scale, rate: Estimate) -> str:
    """`45 (41 to 49)`."""
    if rate.value is None:
        return "an unknown number"
    if rate.low == rate.high:
        return scale.bare(rate.value)
    return f"{scale.bare(rate.value)} ({span(scale, rate.low, rate.high)})"


def people(value: float, low: float, high: float) -> str:
    """`540 (370 to 675)`, rounded to whole ones."""
    return f"{round(value):,} ({math.floor(low):,} to {math.ceil(high):,})"
