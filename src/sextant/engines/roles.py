"""Guess what a table's columns are for, from their names and values; a person confirms."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from sextant.engines.profile import ColumnProfile
from sextant.engines.tasks import HORIZONS, guessed_task, two_classes

_NAMES = {
    "label": "label|target|actual|truth|outcome|^y$|y_true|employed|churn|default|fraud|recid|"
    "^class$|click|convert|income|survived",
    "score": "^(?!.*propensity).*(score|prob|confidence|likelihood)|^p$",
    "prediction": "pred|decision|decided|y_hat|yhat|flagged",
    "time": "time|date|^day$|month|year|_at$|^ts$",
    "unit": "(user|customer|client|household|session|account|person|patient|conversation|member)"
    "s?(_?(id|no|key|number))?$",
    "segment": "sex|gender|^rac|ethnic|age|region|country|channel|segment|group|language|device|"
    "plan|tier|educ|marital|policy|campaign|horizon|ahead",
}
AGE_BANDS = (18, 30, 45, 65)
FEW_UNITS = 30
RISKS = (
    "fraud", "default", "risk", "chargeback", "abuse", "delinquen", "recid", "laundering", "scam",
    "suspicious", "bankrupt", "theft",
)  # fmt: skip
"""What a label is named after where the model looks for a risk in people."""


@dataclass(frozen=True, slots=True)
class Roles:
    """A guess per role; None or empty where nothing fits. `task` is what they are roles of."""

    label: ColumnProfile | None = None
    score: ColumnProfile | None = None
    scale: int = 1
    prediction: ColumnProfile | None = None
    time: ColumnProfile | None = None
    unit: ColumnProfile | None = None
    segments: tuple[ColumnProfile, ...] = ()
    task: str = "binary"


def guess(columns: Sequence[ColumnProfile]) -> Roles:
    """The likeliest column for each role; a column plays one part only."""
    left = list(columns)

    def take(role: str, fits: list[ColumnProfile]) -> ColumnProfile | None:
        named = [one for one in fits if one in left and _named(role, one)]
        if not named:
            return None
        left.remove(named[0])
        return named[0]

    score = take("score", [one for one in left if _scale(one)])
    prediction = take("prediction", [one for one in left if two_classes(one)])
    label = take("label", [one for one in left if two_classes(one) or len(one.values) == 2])
    task = "binary"
    if label is None:
        label, prediction, task = guessed_task(left, score, prediction)
        left = [one for one in left if one is not label and one is not prediction]
    if label is None and task == "binary":
        plain = [one for one in left if two_classes(one) and not _named("segment", one)]
        label = plain[-1] if len(plain) == 1 else None
        left = [one for one in left if one is not label]
    time = take("time", [one for one in left if _clock(one)])
    unit = take("unit", [one for one in left if FEW_UNITS < one.distinct < 0.9 * one.rows])
    segments = tuple(one for one in left if _named("segment", one) and _splits(one))
    return Roles(
        label, score, _scale(score) if score else 1, prediction, time, unit, segments[:4], task
    )


def risk_of(*names: str | None) -> str:
    """Why the names of a label and its positive class speak of a risk; empty where none does."""
    for name in names:
        if name and any(risk in name.casefold() for risk in RISKS):
            return f"{name!r} is a risk looked for in people"
    return ""


def _named(role: str, column: ColumnProfile) -> bool:
    return re.search(_NAMES[role], column.name.casefold()) is not None


def _scale(column: ColumnProfile) -> int:
    """1, 10, 100 or 1,000 where the column looks like probabilities of that scale, else 0."""
    if column.low is None or column.high is None or column.low < 0 or column.distinct <= 2:
        return 0
    return next((scale for scale in (1, 10, 100, 1000) if column.high <= scale), 0)


def _clock(column: ColumnProfile) -> bool:
    """Times, or numbers that count them; the numbers of a text file are no times."""
    return column.moments or (column.numeric and column.kind != "text")


def _splits(column: ColumnProfile) -> bool:
    return len(column.values) >= 2 or bool(bands_of(column))


def bands_of(column: ColumnProfile) -> tuple[int, ...]:
    """Where a column of numbers is cut into groups: ages, and horizons in three; else nowhere."""
    if is_age(column):
        return AGE_BANDS
    horizon = HORIZONS.search(column.name.casefold()) is not None
    if not horizon or column.low is None or column.high is None or column.high - column.low < 6:
        return ()
    third = (column.high - column.low) / 3
    return round(column.low + third), round(column.low + 2 * third)


def is_age(column: ColumnProfile) -> bool:
    """A number of years: cut into bands."""
    named = re.search(r"(^|_)age", column.name.casefold()) is not None
    return named and column.high is not None and column.distinct > 12 and column.high < 130
