"""Can these data answer this contract? Before the scan by its columns, after it by its values."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sextant.contracts.model import Contract
from sextant.engines.classes import Labels, two_classes
from sextant.engines.duck import Columns
from sextant.engines.plan import Plan
from sextant.engines.query import FACTS, REASONS, Query
from sextant.engines.source import RELATION, Source
from sextant.engines.sql import DIALECT, column, sql
from sextant.metrics.requests import Distribution, Flag, Pairs, Request, Values


@dataclass(frozen=True, slots=True)
class Answered:
    """A query, what it was asked for, and the columns it came back with."""

    contract: Contract
    plan: Plan
    source: Source
    query: Query
    columns: Columns
    reasons: tuple[str, ...]

    def rows(self, keys: tuple[str, ...], kept_only: bool = True) -> NDArray[np.int64]:
        """The rows of one grouping set; without those set aside from everything."""
        ids = np.asarray(self.columns["id"], dtype=np.int64)
        found = np.flatnonzero(ids == self.query.number(keys))
        if kept_only and found.size:
            found = found[np.asarray(self.columns["kept"][found]) == 1]
        return found

    def total(self) -> int:
        """All rows that were read, those set aside included."""
        return int(np.asarray(self.columns["n"])[self.rows(FACTS, kept_only=False)].sum())

    def broken_lines(self) -> int:
        """Lines of a CSV that do not fit its header."""
        if self.source.typed:
            return 0
        found = self.source.session.rows(
            "SELECT count(DISTINCT (file_id, line)) FROM reject_errors"
        )
        return int(found[0][0])

    def set_aside(self) -> dict[str, int]:
        """Rows by the reason for which they could not be used; a row may have several."""
        rows = self.rows(REASONS, kept_only=False)
        masks = np.asarray(self.columns["w"][rows], dtype=np.int64)
        n = np.asarray(self.columns["n"][rows], dtype=np.int64)
        counted: dict[str, int] = {}
        for bit, reason in enumerate(self.reasons):
            if total := int(n[(masks >> bit) & 1 == 1].sum()):
                counted[reason] = total
        if broken := self.broken_lines():
            counted["broken line"] = broken
        return counted


def column_problems(contract: Contract, plan: Plan, source: Source) -> list[str]:
    """Columns that are absent, or hold text where numbers are due."""
    problems = source.check_columns(plan.columns)
    due: dict[str, str] = {}
    if contract.data.score and "the score" in plan.columns.values():
        due[contract.data.score.column] = "scores are"
    for request in plan.all_requests:
        due |= dict.fromkeys(_numeric_columns(request), "numbers are")
    for segment in contract.data.segments:
        if segment.bands:
            due[segment.column] = "numbers for bands are"
    for name, what in due.items():
        kind = source.columns.get(name)
        if kind in {"other", "time"} or (kind == "text" and source.typed):
            values = examples(source, name)
            shown = f", such as {values[0]!r}," if values else ""
            problems.append(
                f"Column '{name}' holds {kind}{shown} where {what} due. Convert it to numbers."
            )
    return problems


def _numeric_columns(request: Request) -> tuple[str, ...]:
    match request:
        case Values() | Distribution() | Flag(kind="range"):
            return (request.column,)
        case Pairs():
            return (request.x, request.y)
        case _:
            return ()


def examples(source: Source, name: str) -> list[str]:
    """Some of a column's values as text."""
    text = sql("cast(:x as text)", x=column(name)).sql(dialect=DIALECT)
    rows = source.session.rows(
        f'SELECT DISTINCT {text} AS v FROM "{RELATION}" WHERE v IS NOT NULL ORDER BY v LIMIT 5'
    )
    return [row[0] for row in rows]


def classes(answered: Answered, use: str, problems: list[str]) -> Labels:
    """What the codes of the label or the prediction mean; a problem is added to the list."""
    data = answered.contract.data
    label = data.label.column if data.label else None
    name, key = (label, "y") if use == "label" else (data.prediction, "d")
    if name is None or key not in answered.columns:
        return lambda codes: codes
    held = np.ma.compressed(np.ma.asarray(answered.columns[key]))
    positive = data.label.positive if data.label else None
    found = two_classes(
        {int(code) for code in held}, positive, name, use, examples(answered.source, name)
    )
    if isinstance(found, str):
        problems.append(found)
        return lambda codes: codes
    return found


def value_problems(answered: Answered) -> list[str]:
    """Scores outside 0 to 1, yes/no columns that are none, columns that cannot be read at all."""
    return [*_scores(answered), *_flags(answered), *_unreadable(answered)]


def _scores(answered: Answered) -> list[str]:
    score = answered.contract.data.score
    facts = answered.rows(FACTS)
    if score is None or "p_low" not in answered.columns or not facts.size:
        return []
    low, high = (np.ma.asarray(answered.columns[name])[facts] for name in ("p_low", "p_high"))
    if low.count() == 0 or (low.min() >= 0 and high.max() <= 1):
        return []
    top = float(high.max())
    remedy = "A score is a probability of the positive class."
    if low.min() >= 0 and score.scale == 1:
        scale = _power_of_ten(top)
        remedy = (
            f"If they are out of {scale:g}: score: {{column: {score.column}, scale: {scale:g}}}."
        )
    divided = f" after dividing by {score.scale:g}" if score.scale != 1 else ""
    run = f"run from {float(low.min()):g} to {top:g}{divided}"
    return [f"Scores in '{score.column}' {run}, outside 0 to 1. {remedy}"]


def _power_of_ten(value: float) -> float:
    scale = 1.0
    while scale < value:
        scale *= 10
    return scale


def _flags(answered: Answered) -> list[str]:
    problems = []
    for index, request in enumerate(answered.plan.all_requests):
        if not isinstance(request, Flag) or request.kind != "true":
            continue
        codes = np.ma.compressed(np.ma.asarray(answered.columns[f"f{index}"]))
        seen = examples(answered.source, request.column)
        found = two_classes({int(c) for c in codes}, None, request.column, "yes/no", seen)
        if isinstance(found, str):
            problems.append(found)
    return problems


def _unreadable(answered: Answered) -> list[str]:
    """A text column of which nothing can be read is no column of numbers or times."""
    n, problems = answered.total(), []
    for reason, rows in answered.set_aside().items():
        if rows < n or not reason.endswith((" is not a number", " cannot be read")):
            continue
        name = _column_of(answered.contract, reason.removesuffix(" is not a number"))
        values = examples(answered.source, name)
        shown = ", ".join(repr(value) for value in values[:3])
        problems.append(f"No value in '{name}' can be read ({shown}). {_remedy(reason, values)}")
    return problems


def _column_of(contract: Contract, called: str) -> str:
    data = contract.data
    if called == "score" and data.score:
        return data.score.column
    return data.time if called.startswith("time ") and data.time else called


def _remedy(reason: str, values: list[str]) -> str:
    if reason.startswith("time "):
        return "Write times as 2026-03-31 or 2026-03-31 09:00."
    if any("," in value and "." not in value for value in values):
        return "These are decimal commas: export the file with decimal points."
    return "Name a column of numbers."
