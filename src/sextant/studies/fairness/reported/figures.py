"""A report's columns under one name each, and its lines as numbers with what they leave open."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

COUNTS: Mapping[str, tuple[str, ...]] = {
    "tp": ("true_positives", "true_positive", "num_true_positives"),
    "fp": ("false_positives", "false_positive", "num_false_positives"),
    "fn": ("false_negatives", "false_negative", "num_false_negatives"),
    "tn": ("true_negatives", "true_negative", "num_true_negatives"),
    "n": ("count", "counts", "rows", "size", "num_instances", "group_size"),
    "selected": ("flagged", "n_selected", "num_pred_positives", "predicted_positives"),
}
RATES: Mapping[str, tuple[str, ...]] = {
    "selection_rate": ("predicted_positive_rate",),
    "true_positive_rate": ("tpr", "recall", "recall_score", "sensitivity"),
    "false_positive_rate": ("fpr",),
    "false_negative_rate": ("fnr",),
    "true_negative_rate": ("tnr", "specificity", "specificity_score"),
    "precision": ("precision_score", "ppv", "positive_predictive_value"),
    "accuracy": ("accuracy_score",),
    "base_rate": ("prevalence",),
}
"""What Fairlearn, AI Fairness 360 and scikit-learn call them besides."""
KNOWN = {
    other: name
    for names in (COUNTS, RATES)
    for name, others in names.items()
    for other in (name, *others)
}
ROUNDING = 1e-9
"""What a double's arithmetic may be off by: a rate written in full is exact to this."""
FULL = 10
"""Digits after the point from which on a table of rates counts as written in full."""


@dataclass(frozen=True, slots=True)
class Line:
    """One group of a report: its values, and what is said of it by the names of this module."""

    values: tuple[str, ...]
    said: Mapping[str, float]

    @property
    def name(self) -> str:
        return " × ".join(self.values)


@dataclass(frozen=True, slots=True)
class Report:
    """The lines of a report, by which columns it groups, and how far its rates may be rounded.

    `slack`: half a unit of the last digit. `left`: columns that nothing is read from.
    """

    by: tuple[str, ...]
    lines: tuple[Line, ...]
    slack: float
    left: tuple[str, ...] = ()

    @property
    def digits(self) -> int:
        """Digits after the point, where rates are rounded."""
        return round(-math.log10(2 * self.slack))


def known(column: str) -> str:
    """What a column is called here; empty where it is none that is known."""
    return KNOWN.get(re.sub(r"[^a-z0-9]+", "_", column.strip().lower()).strip("_"), "")


def slack_of(written: Sequence[str]) -> float:
    """Half a unit in the last digit of the rates of a whole table, as they are written.

    One rate says little: 0.5 may stand for itself. A table is written by one hand, so that its
    longest rate tells how all of them were rounded.
    """
    digits = max((_digits(one) for one in written), default=FULL)
    return ROUNDING if digits >= FULL else 0.5 * 10.0**-digits


def _digits(written: str) -> int:
    number, _, power = written.strip().lower().partition("e")
    after = len(number.partition(".")[2])
    return max(0, after - int(power)) if power.lstrip("+-").isdigit() else after
