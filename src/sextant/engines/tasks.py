"""Guess what a table without two classes is about, from its columns' names and values."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

from sextant.engines.profile import FEW, ColumnProfile

_TWO = ({"0", "1"}, {"0.0", "1.0"}, {"false", "true"}, {"no", "yes"}, {"n", "y"}, {"-1", "1"})
MOST_CLASSES = 250
LABELS = re.compile(
    r"label|target|actual|truth|outcome|^y$|y_true|^class$|category|price|amount|value|sales|"
    r"demand|calls|sold|observed"
)
PREDICTIONS = re.compile(r"pred|forecast|estimat|y_hat|yhat|guide|routed|assigned|said|expected")
GAINS = re.compile(r"rating|stars|relevance|grade|gain|click|like")
ITEMS = re.compile(r"(item|movie|film|product|article|song|doc|video|ad|sku)s?(_?(id|no|key))?$")
HORIZONS = re.compile(r"horizon|ahead|lead_?time|_lead$")
DONE = re.compile(r"resolved|success|solved|completed|done|accomplished")
EFFORT = re.compile(r"steps|tool|retries|turns")
RUBRIC = re.compile(
    r"helpful|faithful|rubric|grounded|correct|relevan|quality|toxic|polite|fluen|complete|verdict"
)
Guess = tuple[ColumnProfile | None, ColumnProfile | None, str]


def guessed_task(
    columns: Sequence[ColumnProfile],
    score: ColumnProfile | None,
    prediction: ColumnProfile | None,
) -> Guess:
    """Label, prediction and task of a table whose label has not two classes.

    Without a better guess the prediction as it is, no label, and "binary".
    """
    said = _first(columns, PREDICTIONS, lambda one: one.numeric or one.kind in ("text", "number"))
    label = _first([one for one in columns if one is not said], LABELS)
    if label and said:
        if label.numeric and said.numeric and label.distinct > FEW:
            horizon = any(HORIZONS.search(one.name.casefold()) for one in columns)
            return label, said, "forecasting" if horizon else "regression"
        if 2 < label.distinct <= MOST_CLASSES and said.distinct <= MOST_CLASSES:
            return label, said, "multiclass"
    gain = _first(columns, GAINS, lambda one: one.numeric)
    if gain and (score or said) and _first(columns, ITEMS):
        return gain, None if score else said, "ranking"
    if score or prediction:
        return None, prediction, "binary"
    if done_column(columns) and _first(columns, EFFORT, lambda one: one.numeric):
        return None, prediction, "agent"
    if rubrics(columns):
        return None, prediction, "generation"
    return None, prediction, "binary"


def done_column(columns: Sequence[ColumnProfile]) -> ColumnProfile | None:
    """Whether a task of an agent was done: a yes/no column."""
    return _first(columns, DONE, two_classes)


def effort_columns(columns: Sequence[ColumnProfile]) -> list[ColumnProfile]:
    """What an agent spent: steps, tool calls, retries, tokens, cost, seconds."""
    spent = re.compile(EFFORT.pattern + r"|token|cost|seconds|latency|duration|_ms$")
    return [one for one in columns if one.numeric and spent.search(one.name.casefold())]


def rubrics(columns: Sequence[ColumnProfile]) -> list[ColumnProfile]:
    """What answers were given on a rubric: yes/no, or a few grades."""
    return [
        one
        for one in columns
        if RUBRIC.search(one.name.casefold()) and (two_classes(one) or _graded(one))
    ]


def two_classes(column: ColumnProfile) -> bool:
    """Whether the values name two classes without a hint: 0 and 1, no and yes."""
    values = {value.casefold() for value in column.values}
    return bool(values) and any(values <= pair for pair in _TWO)


def _graded(column: ColumnProfile) -> bool:
    return column.numeric and 2 < len(column.values) <= FEW


def _first(
    columns: Iterable[ColumnProfile],
    names: re.Pattern[str],
    fits: Callable[[ColumnProfile], bool] = lambda _: True,
) -> ColumnProfile | None:
    for one in columns:
        if names.search(one.name.casefold()) and fits(one):
            return one
    return None
