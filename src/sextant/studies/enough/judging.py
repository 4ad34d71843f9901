"""Would these rows decide each criterion, if the model were as expected?"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from datetime import date

from sextant.contracts.looks import Look
from sextant.contracts.model import Contract, Criterion
from sextant.contracts.normal_form import digest
from sextant.contracts.partition import Partition
from sextant.contracts.problems import suggest
from sextant.contracts.questions import Question, questions_of
from sextant.engines.errors import SourceError
from sextant.engines.source import Source
from sextant.metrics.tally import Tally
from sextant.stats.critical import normal
from sextant.stats.estimate import Estimate, Level
from sextant.stats.needed import decided, factor_to_decide
from sextant.stats.rate import EXACT, rate
from sextant.studies.enough.expected import Expected
from sextant.studies.enough.result import Enough, Read, Row, Told
from sextant.studies.enough.supposing import (
    by_labels_alone,
    decides,
    expecting,
    labels_of,
    needs,
    of_columns,
    prevalence_of,
    supposed,
)

POWER = 0.8
SMALLEST = 1e-4
LOOK = Look(1, None, {})
WITHOUT = "it needs no model: sextant check measures it on rows that have its columns"
BEFORE = "it needs more than error rates; sextant check says it once there is a model"


def enough(
    contract: Contract, source: Source, expected: Expected, today: date, code: str
) -> Enough:
    """Every criterion and segment: rows needed, rows there, enough or not. One scan.

    The labels are those of the table; without any, the expected prevalence in every segment. The
    criteria are asked at a first look of a model that errs exactly as expected, with the interval
    so much wider that in 80 of 100 such tables the true one decides. Raises `SourceError`.
    """
    label = contract.data.label
    there = label is not None and label.column in source.columns
    if label is not None and not there and expected.prevalence is None:
        remedy = suggest(label.column, source.columns, "columns")
        what = f"The label '{label.column}' is not in {source.name}, and no prevalence is expected."
        raise SourceError([f"{what} {remedy} Or write --expect prevalence=12%."])
    tally = labels_of(contract, source, there)
    found = prevalence_of(tally) if there else None
    kind: Read = "read" if found is not None else "none"
    if found is None and expected.prevalence is not None:
        tally, found, kind = expecting(tally, expected.prevalence), expected.prevalence, "expected"
    alarms = expected.alarms(found)
    notes = []
    if alarms is not None and alarms > 1:
        what = f"A precision of {expected.precision:g} at a recall of {expected.recall:g}"
        raise SourceError([f"{what} would flag more negatives than there are. Expect other rates."])
    if kind == "read" and expected.prevalence is not None:
        notes.append("The table has labels; the expected prevalence was not used.")
    rows = tuple(
        row for one in contract.criteria for row in _rows(one, contract, tally, expected, alarms)
    )
    labelled = tally.labelled or 0 if kind != "expected" else tally.rows
    return Enough(
        contract, digest(contract), source.name, expected, rows, tally.rows, labelled, kind,
        found, POWER, today.isoformat(), code, tuple(notes),
    )  # fmt: skip


def _rows(
    criterion: Criterion, contract: Contract, tally: Tally, expected: Expected, alarms: float | None
) -> Iterator[Row]:
    if by_labels_alone(criterion):
        for question in _asked(criterion, contract, tally):
            yield _answered(criterion, question)
        return
    if not decides(criterion):
        why = WITHOUT if of_columns(criterion) else BEFORE
        yield Row(criterion, (), "cannot be said", tally.rows, tally.labelled or 0, reason=why)
        return
    by_recall, by_alarms = needs(criterion)
    known = (not by_recall or expected.recall is not None) and (not by_alarms or alarms is not None)
    if known:
        model = supposed(contract, tally, expected.recall or 0.0, alarms or 0.0)
        for question in _asked(criterion, contract, model):
            yield _answered(criterion, question)
        return
    perfect = supposed(contract, tally, 1.0, 0.0)
    for question in _asked(criterion, contract, perfect):
        yield _perfect(criterion, question, (by_recall, by_alarms))


def _asked(criterion: Criterion, contract: Contract, tally: Tally) -> list[Question]:
    return questions_of(criterion, tally, Partition(contract, tally), LOOK)


def _answered(criterion: Criterion, question: Question) -> Row:
    """Of a model whose errors are expected: decided with `POWER`, or from how many rows on."""
    level = _powered(criterion)
    base = question.labelled if question.by_labels else question.rows
    value = question.at(_level(criterion), 1.0)
    row = _row(criterion, question, value)
    if value.value is None:
        return row("not enough" if not base else "cannot be said", reason=value.reason)

    def at(factor: float) -> Estimate:
        return question.at(level, factor)

    towards = decided(at(1.0), criterion.bound, criterion.op)
    needed = _needed(at, criterion, base, towards is not None)
    if needed is None:
        return row("cannot be said", reason="what is expected lies too near to the bound")
    rows, how = needed
    least = max(rows, criterion.min_rows)
    told = "enough" if towards is not None and question.rows >= criterion.min_rows else "not enough"
    return row(told, needed=least, towards=how)


def _needed(
    at: Callable[[float], Estimate], criterion: Criterion, base: float, there: bool
) -> tuple[int, str] | None:
    """Rows from which it is decided: searched above what is there, or below where that decides."""
    start = SMALLEST if there else 1.0

    def grown(factor: float) -> Estimate:
        return at(factor * start)

    step = 1 / (base * start) if base * start >= 1 else 1.0
    found = factor_to_decide(grown, criterion.bound, criterion.op, step)
    if found is None:
        return None
    return math.ceil(found[0] * start * base - 1e-6), found[1]


def _perfect(criterion: Criterion, question: Question, by: tuple[bool, bool]) -> Row:
    """Nothing is expected: what a model without an error could show, and the least that would."""
    level = _level(criterion)
    best = question.at(level, 1.0)
    row = _row(criterion, question, None, best.n)
    base = question.labelled if question.by_labels else question.rows
    if best.value is None:
        return row("not enough" if not base else "cannot be said", reason=best.reason)
    towards = decided(best, criterion.bound, criterion.op)
    if towards == "met" and question.rows >= criterion.min_rows:
        reason = "it depends on how often the model errs"
        return row("cannot be said", shows_from=_least(criterion, best), reason=reason)
    if towards == "missed":
        return row("cannot be said", reason="no model without an error would keep this bound")
    found = _needed(lambda f: question.at(level, f), criterion, base, towards is not None)
    if found is None:
        return row("cannot be said", reason="the bound is that of a model without an error")
    reason = "not even a model without an error would show it"
    return row("not enough", needed=max(found[0], criterion.min_rows), reason=reason)


def _least(criterion: Criterion, best: Estimate) -> float | None:
    """The value nearest to the bound that n rows show to keep it with `POWER`; of plain shares."""
    if best.method != EXACT or criterion.quantity.kind != "metric":
        return None
    level, n, bound = _powered(criterion), best.n, criterion.bound
    inside, outside = (1.0 if criterion.op == ">=" else 0.0), bound
    if decided(rate(inside * n, n, level), bound, criterion.op) != "met":
        return inside
    for _ in range(30):
        middle = (inside + outside) / 2
        if decided(rate(middle * n, n, level), bound, criterion.op) == "met":
            inside = middle
        else:
            outside = middle
    return inside


def _row(
    criterion: Criterion, question: Question, value: Estimate | None, n: float | None = None
) -> Callable[..., Row]:
    counts = n if n is not None else value.n if value else 0.0

    def made(told: Told, **more: object) -> Row:
        return Row(
            criterion, question.segment, told, question.rows, question.labelled, counts, value,
            **more,  # type: ignore[arg-type]
        )  # fmt: skip

    return made


def _level(criterion: Criterion) -> Level:
    return Level(round(1 - criterion.confidence, 12))


def _powered(criterion: Criterion) -> Level:
    """The level whose half width is that of the criterion's plus what chance takes in 80 of 100.

    P(low >= bound) is 80 % where the expected value lies (z_alpha + z_power) standard errors off.
    """
    from scipy import special

    reach = normal(1 - criterion.confidence) + float(special.ndtri(POWER))
    return Level(2 * float(special.ndtr(-reach)))
