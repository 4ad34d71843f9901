"""From states to verdicts: what decides, row by row, criterion by criterion."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from sextant.contracts.evidence import CriterionResult, Needed, RowResult, Verdict
from sextant.contracts.looks import Look
from sextant.contracts.model import Contract, Criterion
from sextant.contracts.partition import Partition
from sextant.metrics.catalogue import CATALOGUE
from sextant.metrics.cells import at_threshold
from sextant.metrics.tally import Cell, Tally, Values
from sextant.stats.estimate import Estimate, Level
from sextant.stats.groups import contrast, largest_gap, pairs_of, smallest_ratio
from sextant.stats.needed import decided, factor_to_decide

ASIDE_LIMIT = 0.01
"""With a larger share of rows set aside, no criterion that needs them can be met."""

Segment = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Question:
    """One row of a criterion, ready to be asked at any level and any scale of the data."""

    segment: Segment
    at: Callable[[Level, float], Estimate]
    rows: float
    labelled: float
    obstacle: str
    groups: tuple[Question, ...] = ()

    def size(self) -> float:
        """What the row rests on, whatever the level."""
        return self.at(Level(), 1.0).n

    def sizes(self) -> dict[Segment, float]:
        """n of the row, or of each group that it compares."""
        return {one.segment: one.size() for one in self.groups or (self,)}


def judge(contract: Contract, tally: Tally, look: Look) -> tuple[CriterionResult, ...]:
    """Every criterion with its rows and verdicts, at this look."""
    partition = Partition(contract, tally, look.folds)
    return tuple(_criterion(one, contract, tally, partition, look) for one in contract.criteria)


def overall(criteria: Sequence[CriterionResult]) -> Verdict:
    """A contract is missed when a primary or guardrail is, met when all are, else undecided."""
    verdicts = [one.verdict for one in criteria if one.criterion.role != "secondary"]
    if "missed" in verdicts:
        return "missed"
    return "met" if verdicts and all(v == "met" for v in verdicts) else "undecided"


def _criterion(
    criterion: Criterion, contract: Contract, tally: Tally, partition: Partition, look: Look
) -> CriterionResult:
    questions = _questions(criterion, contract, tally, partition, look)
    rows = tuple(_row(criterion, question, look) for question in questions)
    compared = sum(1 for row in rows if row.estimate.assessable)
    proven = tuple(
        question.segment
        for question, row in zip(questions, rows, strict=True)
        if row.verdict == "missed" and _proven(criterion, question, look, compared)
    )
    if proven:
        verdict: Verdict = "missed"
    else:
        met = bool(rows) and all(row.verdict == "met" for row in rows)
        verdict = "met" if met else "undecided"
    sizes = tuple(size for question in questions for size in question.sizes().items())
    return CriterionResult(criterion, verdict, rows, proven, max(compared, 1), sizes)


def _proven(criterion: Criterion, question: Question, look: Look, compared: int) -> bool:
    """Holm's first step: the interval lies beyond the bound at alpha shared by all rows."""
    level = look.level(criterion, question.segment).split(compared)
    estimate = question.at(level, 1.0)
    return decided(estimate, criterion.bound, criterion.op) == "missed"


def _row(criterion: Criterion, question: Question, look: Look) -> RowResult:
    level = look.level(criterion, question.segment)
    estimate = look.stated(question.at(level, 1.0), level)
    verdict: Verdict = decided(estimate, criterion.bound, criterion.op) or "undecided"
    obstacle = question.obstacle or look.obstacle
    if obstacle and (verdict == "met" or look.obstacle):
        verdict = "undecided"
    needed = None
    if verdict == "undecided":
        needed = _needed(criterion, question, look, estimate, obstacle)
    return RowResult(
        criterion=criterion,
        segment=question.segment,
        estimate=estimate,
        confidence=criterion.confidence,
        verdict=verdict,
        rows=question.rows,
        labelled=question.labelled,
        needed=needed,
        obstacle=obstacle,
    )


def _needed(
    criterion: Criterion, question: Question, look: Look, estimate: Estimate, obstacle: str
) -> Needed:
    """How many further rows would decide at the next look, if the estimate stays as it is."""
    if obstacle:
        return Needed(why=obstacle)
    if estimate.value is None:
        return Needed(why=estimate.reason)
    following = look.following(criterion, question.segment, estimate.n)
    if following is None:
        return Needed(why=f"no look is left of the {look.locked} locked")
    base = (
        question.labelled if CATALOGUE[criterion.quantity.call.metric].labelled else question.rows
    )
    found = factor_to_decide(
        lambda factor: question.at(following, factor),
        criterion.bound,
        criterion.op,
        step=1 / base,
    )
    if found is None:
        return Needed(why="the estimate lies too close to the bound")
    factor, towards = found
    return Needed(rows=math.ceil((factor - 1) * base - 1e-6), towards=towards)


def _questions(
    criterion: Criterion, contract: Contract, tally: Tally, partition: Partition, look: Look
) -> list[Question]:
    scope = criterion.scope
    if scope.kind == "across":
        return [_comparison(criterion, partition, look, scope.groupings[0][0])]
    questions = []
    for grouping in scope.groupings or ((),):
        cells = partition.cells(grouping, criterion)
        aside = _share_aside(tally, cells)
        absent = "no row in this segment" if grouping else "no row"
        if scope.kind == "one":
            known = ", ".join(value for (value,) in list(cells)[:12]) or "none"
            absent = f"no row in this segment; its values are: {known}"
            cells = {(scope.value,): cells.get((scope.value,))}
        for values, cell in cells.items():
            segment = tuple(zip(grouping, values, strict=True))
            questions.append(_plain(criterion, segment, cell, aside, absent))
    return questions


def _plain(
    criterion: Criterion,
    segment: Segment,
    cell: Cell | None,
    aside: float,
    absent: str = "no row in this segment",
) -> Question:
    call = criterion.quantity.call
    metric = CATALOGUE[call.metric]
    params = dict(call.params)
    if cell is None:
        empty = Estimate.undefined(absent)
        return Question(segment, lambda level, factor: empty, 0, 0, "")

    if metric.labelled and not cell.labelled:
        unlabelled = Estimate.undefined("no labelled row")
        return Question(segment, lambda level, factor: unlabelled, cell.rows, 0, "")
    narrow = at_threshold(cell, params)

    def at(level: Level, factor: float) -> Estimate:
        return metric.estimate(narrow if factor == 1 else narrow.scaled(factor), params, level)

    return Question(segment, at, cell.rows, cell.labelled, _obstacle(criterion, cell, aside))


def _obstacle(criterion: Criterion, cell: Cell, aside: float) -> str:
    """Why this row cannot be met whatever its interval, if there is such a reason."""
    here = cell.aside / cell.rows if cell.rows else 0.0
    if max(here, aside) > ASIDE_LIMIT:
        return f"{100 * max(here, aside):.1f} % of the rows are set aside, more than 1 %"
    if cell.rows < criterion.min_rows:
        return f"{cell.rows:,.0f} rows are fewer than the {criterion.min_rows:,} it asks for"
    return ""


def _share_aside(tally: Tally, cells: Mapping[Values, Cell | None]) -> float:
    """The share of all rows that these cells could not use, or that no cell could."""
    held = [cell for cell in cells.values() if cell is not None]
    kept = sum(cell.rows for cell in held)
    unused = sum(cell.aside for cell in held)
    return (unused + max(tally.rows - kept, 0)) / tally.rows if tally.rows else 0.0


def _comparison(criterion: Criterion, partition: Partition, look: Look, segment: str) -> Question:
    """The worst pair of a segment's values, or the contrast of two of them."""
    quantity = criterion.quantity
    cells = partition.cells((segment,), criterion)
    if quantity.kind == "contrast":
        wanted = [(quantity.of,), (quantity.against,)]
        cells = {values: cells.get(values) for values in wanted}
    names = [values[0] for values in cells]
    aside = _share_aside(partition.tally, partition.cells((segment,), criterion))
    groups = [
        _plain(replace(criterion, min_rows=0), ((segment, name),), cell, aside)
        for name, cell in zip(names, cells.values(), strict=True)
    ]

    first = [look.first_n(criterion, group.segment, group.size()) for group in groups]

    def at(level: Level, factor: float) -> Estimate:
        def each(one: Level) -> list[Estimate]:
            return [
                group.at(_tuned(one, n), factor) for group, n in zip(groups, first, strict=True)
            ]

        if quantity.kind == "contrast":
            of, against = each(level)
            return contrast((names[0], names[1]), of, against)
        split = each(level.split(pairs_of(len(groups))))
        combine = largest_gap if quantity.kind == "gap" else smallest_ratio
        return combine(names, each(level), split)

    obstacles = [group.obstacle for group in groups if group.obstacle]
    rows = sum(group.rows for group in groups)
    if not obstacles and rows < criterion.min_rows:
        obstacles = [f"{rows:,.0f} rows are fewer than the {criterion.min_rows:,} it asks for"]
    return Question(
        (),
        at,
        rows,
        sum(group.labelled for group in groups),
        obstacles[0] if obstacles else "",
        tuple(groups),
    )


def _tuned(level: Level, n: float) -> Level:
    """The same error; always-valid limits of a group are tuned to its own first n."""
    return level if level.tuned_to is None else replace(level, tuned_to=max(n, 1.0))
