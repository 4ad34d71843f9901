"""What the labels of each window say of a contract's criteria, where rows of now have labels.

Each window is a segment of a contract of its own, so that a promise is judged there as it is
anywhere: met by its own interval, missed at an error that all windows and criteria share.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sextant.contracts.evidence import RowResult
from sextant.contracts.judge import judged
from sextant.contracts.looks import Look
from sextant.contracts.model import Contract, Scope, Segment
from sextant.contracts.partition import Partition
from sextant.contracts.questions import Question, questions_of
from sextant.contracts.requests import request_of
from sextant.engines.errors import SourceError
from sextant.engines.plan import plan_of
from sextant.engines.scan import tally as scan
from sextant.engines.source import Source
from sextant.engines.succession import repeats
from sextant.metrics.catalogue import CATALOGUE
from sextant.metrics.requests import Request
from sextant.metrics.tally import Grouping, Tally
from sextant.stats.estimate import Estimate, Level
from sextant.stats.needed import decided
from sextant.stats.rate import rate
from sextant.studies.drift.effects import criteria_of
from sextant.studies.drift.labels import Labelled, Performed, Succession
from sextant.studies.drift.result import Asked

PLACE = "the window"
"""What a window is called among the segments of its contract."""
LOOK = Look()


def performance(
    asked: Asked, reference: Source, current: Source, by: str, names: Sequence[str]
) -> Labelled:
    """One scan of each table; nothing without a contract, or where rows of now have no label.

    `by`: the column of `current` that makes windows, `names` those windows.
    """
    if asked.contract is None or not criteria_of(asked.contract):
        return Labelled()
    held, before = _contract(asked.contract, by), _contract(asked.contract, "")
    if absent := _absent(held, current):
        return Labelled(why=f"{current.name} has no column '{absent}'")
    try:
        now, was = _scanned(held, current), _scanned(before, reference)
    except SourceError as error:
        return Labelled(why=str(error).rstrip("."))
    partition = Partition(held, now)
    tests = len(held.criteria) * (1 if asked.run_length is not None else len(names))
    level = Level(asked.alpha).split(tests)
    found: dict[str, list[Performed]] = {_key(name): [] for name in names}
    for one, whole in zip(held.criteria, before.criteria, strict=True):
        (reference_row,) = questions_of(whole, was, Partition(before, was), LOOK)
        stood = reference_row.at(LOOK.level(whole, ()), 1.0)
        questions = questions_of(one, now, partition, LOOK)
        rows = judged(one, questions, LOOK).rows
        for question, row in zip(questions, rows, strict=True):
            key = _key(row.segment[0][1]) if row.segment else _key(names[0])
            if key in found:
                found[key].append(Performed(one, stood, _shown(row, question, level)))
    told = tuple(tuple(found[_key(name)]) for name in names)
    time = asked.time or asked.contract.data.time or ""
    return Labelled(held, told, "", _succession(held, now, current, time))


def _contract(agreed: Contract, by: str) -> Contract:
    """The contract of all rows, with the windows for its only segments."""
    scope = Scope("every", ((PLACE,),)) if by else Scope()
    segments = (Segment(PLACE, by),) if by else ()
    data = replace(agreed.data, time=None, period=None, segments=segments)
    criteria = tuple(replace(one, scope=scope) for one in criteria_of(agreed))
    return replace(agreed, data=data, criteria=criteria, looks=None)


def _absent(held: Contract, current: Source) -> str:
    """The first column that the criteria rest on and the table lacks; "" where it has all."""
    data = held.data
    labelled = any(CATALOGUE[one.quantity.call.metric].labelled for one in held.criteria)
    wanted = [data.label.column] if data.label and labelled else []
    wanted += [data.score.column] if data.score else []
    wanted += [data.prediction] if data.prediction else []
    return next((name for name in wanted if name not in current.columns), "")


def _scanned(held: Contract, source: Source) -> Tally:
    by = tuple(one.name for one in held.data.segments)
    wanted: dict[Grouping, list[Request]] = {by: [request_of(one) for one in held.criteria]}
    if (params := _decisions(held)) is not None:
        wanted[()] = [*wanted.get((), []), CATALOGUE["accuracy"].needs(params, 0.0)]
    return scan(held, source, None, plan_of(held, wanted))


def _shown(row: RowResult, question: Question, level: Level) -> RowResult:
    """A miss is one that all windows' shared error allows; what is less than that stays open."""
    if row.verdict != "missed":
        return row
    one = row.criterion
    shared: Estimate = question.at(level, 1.0)
    return (
        row if decided(shared, one.bound, one.op) == "missed" else replace(row, verdict="undecided")
    )


def _key(window: str) -> str:
    """17.0 of a column of fractions is the window 17 of the contract's."""
    return window.removesuffix(".0")


def _succession(held: Contract, now: Tally, current: Source, time: str) -> Succession | None:
    """How labels follow one another in time, where they name classes; None where no two do."""
    if held.data.label is None or held.task not in {"binary", "multiclass"}:
        return None
    if time not in current.columns:
        return None
    found = repeats(current, held.data.label.column, time)
    if not found.rows:
        return None
    same, usual = (rate(k, found.rows, Level()) for k in (found.same, found.usual))
    return Succession(same, usual, _right(held, now), time)


def _right(held: Contract, now: Tally) -> Estimate:
    """The share of decisions that are right, where the contract's scores or predictions give it."""
    params, metric = _decisions(held), CATALOGUE["accuracy"]
    if params is None:
        return Estimate.undefined("no decisions")
    cells = now.find((), metric.needs(params, 0.0))
    return metric.estimate(cells[()], params, Level()) if cells else Estimate.undefined("no row")


def _decisions(held: Contract) -> dict[str, Any] | None:
    """The parameters of accuracy, where rows are decided as yes or no and have a label."""
    data = held.data
    if held.task != "binary" or data.label is None or (data.score or data.prediction) is None:
        return None
    return {"threshold": None if data.prediction else held.threshold}
