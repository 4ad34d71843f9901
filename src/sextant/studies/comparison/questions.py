"""The questions about two versions, put to the cells of a scan."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from sextant.contracts.evidence import CriterionResult
from sextant.contracts.judge import judged
from sextant.contracts.looks import Look
from sextant.contracts.model import Criterion, Scope
from sextant.contracts.partition import Partition
from sextant.contracts.questions import Question, Segment, obstacle_of, share_aside
from sextant.metrics.metric import Params
from sextant.metrics.paired.catalogue import PAIRED
from sextant.metrics.paired.metric import Cells, PairedMetric, Versions
from sextant.metrics.paired.orders import order_of
from sextant.metrics.paired.requests import Agreed, Nearer, PairRequest
from sextant.metrics.requests import Request
from sextant.metrics.tally import Cell, Grouping, Tally, Values
from sextant.stats.estimate import Estimate, Level
from sextant.studies.comparison.asked import OF_COLUMNS, Asked, is_scored
from sextant.studies.comparison.result import Answer, Compared

NOBODY = "no row that both versions have judged"


def requests_of(asked: Asked) -> dict[Grouping, list[Request]]:
    """What a scan must yield: each question's states, and who gets another answer."""
    change = change_request(asked)
    wanted: dict[Grouping, list[Request]] = {(): [change]}
    wanted |= {(segment.name,): [change] for segment in asked.contract.data.segments}
    for criterion in asked.contract.criteria:
        for grouping in _groupings(criterion.scope):
            wanted.setdefault(grouping, []).extend(_needs(criterion, asked.versions))
    return wanted


def change_request(asked: Asked) -> PairRequest:
    """Whose answer changes: of numbers by their distance or height, else by the decisions.

    Of rankings by what the first question says of a user.
    """
    versions = asked.versions
    if asked.contract.task == "ranking":
        call = asked.contract.criteria[0].quantity.call
        return order_of(call.metric, dict(call.params), versions)
    if versions.truth or (asked.contract.task in OF_COLUMNS and is_scored(versions)):
        return Nearer(versions.a, versions.b, versions.truth)
    return Agreed(versions.a, versions.b)


def answer(criterion: Criterion, asked: Asked, partition: Partition, look: Look) -> Answer:
    """One question judged at this look, with both versions' own numbers."""
    metric = PAIRED[criterion.quantity.call.metric]
    params = dict(criterion.quantity.call.params)
    found = _cells(criterion, asked, partition)
    questions = [
        _question(criterion, segment, cells, metric, params, partition.tally, aside)
        for segment, cells, aside in found
    ]
    informs = metric.better == "either"
    result = (
        _open(judged(criterion, questions, look))
        if informs
        else (judged(criterion, questions, look))
    )
    rows = []
    for (segment, cells, _), row in zip(found, result.rows, strict=True):
        level = look.level(criterion, segment)
        nobody = Estimate.undefined(NOBODY)
        a, b = metric.sides(cells, params, level) if cells else (nobody, nobody)
        seen = row.estimate.assessable and cells
        power = metric.detectable(cells, params, level, row.estimate) if cells and seen else None
        rows.append(Compared(row, a, b, power))
    return Answer(result, tuple(rows), informs)


def _open(result: CriterionResult) -> CriterionResult:
    """Without a verdict: more of this number is neither good nor bad."""
    rows = tuple(replace(row, verdict="undecided", needed=None) for row in result.rows)
    return replace(result, verdict="undecided", rows=rows, proven_missed=())


def _groupings(scope: Scope) -> tuple[Grouping, ...]:
    return scope.groupings or ((),)


def _needs(criterion: Criterion, versions: Versions) -> tuple[PairRequest, ...]:
    call = criterion.quantity.call
    return PAIRED[call.metric].needs(dict(call.params), versions)


def _cells(
    criterion: Criterion, asked: Asked, partition: Partition
) -> list[tuple[Segment, Cells | None, float]]:
    """Each segment with its cells, in the order of the metric's requests; None without rows."""
    found: list[tuple[Segment, Cells | None, float]] = []
    for grouping in _groupings(criterion.scope):
        held: list[Mapping[Values, Cell | None]] = [
            partition.named(grouping, partition.tally.find(grouping, request))
            for request in _needs(criterion, asked.versions)
        ]
        aside = share_aside(partition.tally, held[0])
        values = [(criterion.scope.value,)] if criterion.scope.kind == "one" else list(held[0])
        for value in values:
            cells = tuple(cell for one in held if (cell := one.get(value)) is not None)
            segment = tuple(zip(grouping, value, strict=True))
            found.append((segment, cells if len(cells) == len(held) else None, aside))
    return found


def _question(
    criterion: Criterion,
    segment: Segment,
    cells: Cells | None,
    metric: PairedMetric,
    params: Params,
    tally: Tally,
    aside: float,
) -> Question:
    if cells is None:
        return Question(segment, _never(NOBODY), 0, 0, "")
    first = cells[0]
    labelled = _labelled(first, metric)
    if metric.labelled and not labelled:
        return Question(segment, _never("no labelled row"), first.rows, 0, "")

    def at(level: Level, factor: float) -> Estimate:
        scaled = cells if factor == 1 else tuple(cell.scaled(factor) for cell in cells)
        return metric.difference(scaled, params, level)

    obstacle = obstacle_of(criterion, first, aside)
    return Question(segment, at, first.rows, labelled, obstacle, by_labels=metric.labelled)


def _never(reason: str) -> Callable[[Level, float], Estimate]:
    nothing = Estimate.undefined(reason)
    return lambda level, factor: nothing


def _labelled(cell: Cell, metric: PairedMetric) -> float:
    """Rows with a true answer: of a class as counted, of a number those that were measured."""
    counted = "regression" not in metric.tasks or not metric.labelled
    return cell.labelled if counted else float(cell.whole.n)
