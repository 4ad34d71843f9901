"""What a criterion asks of the cells: a question per segment, or one that compares segments."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from sextant.contracts.looks import Look
from sextant.contracts.model import Criterion
from sextant.contracts.partition import Partition
from sextant.metrics.catalogue import CATALOGUE
from sextant.metrics.cells import at_threshold, grown
from sextant.metrics.tally import Cell, Tally, Values
from sextant.states.fit import FitMoments
from sextant.states.judged import Judged
from sextant.states.moments import CoMoments, Moments
from sextant.stats.estimate import Estimate, Level
from sextant.stats.groups import contrast, largest_gap, pairs_of, smallest_ratio
from sextant.stats.powered import NOBODY
from sextant.stats.settled import settled

ASIDE_LIMIT = 0.01
"""With a larger share of rows set aside, no criterion that needs them can be met."""

MOST_GROUPS = 200
"""So many groups at the most are compared in pairs."""

SUMS = Moments | CoMoments | FitMoments | Judged
"""States whose numbers were added up, in whatever order: their last digits are not of the rows."""

Segment = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Question:
    """One row of a criterion, ready to be asked at any level and any scale of the data.

    `by_labels`: it rests on labelled rows, so that more of those would decide it.
    """

    segment: Segment
    at: Callable[[Level, float], Estimate]
    rows: float
    labelled: float
    obstacle: str
    groups: tuple[Question, ...] = ()
    by_labels: bool = True

    def size(self) -> float:
        """What the row rests on, whatever the level."""
        return self.at(Level(), 1.0).n

    def sizes(self) -> dict[Segment, float]:
        """n of the row, or of each group that it compares."""
        return {one.segment: one.size() for one in self.groups or (self,)}


def questions_of(
    criterion: Criterion, tally: Tally, partition: Partition, look: Look
) -> list[Question]:
    """What a criterion asks: one question per segment, or one that compares segments."""
    found = _questions(criterion, tally, partition, look)
    by_labels = rests_on_labels(criterion)
    return [replace(question, by_labels=by_labels) for question in found]


def rests_on_labels(criterion: Criterion) -> bool:
    """Would more rows that people have judged decide it, rather than more rows of any kind?"""
    call = criterion.quantity.call
    return CATALOGUE[call.metric].labelled or dict(call.params).get("judge") is not None


def _questions(
    criterion: Criterion, tally: Tally, partition: Partition, look: Look
) -> list[Question]:
    scope = criterion.scope
    if scope.kind == "across":
        return [_comparison(criterion, partition, look, scope.groupings[0][0])]
    questions = []
    for grouping in scope.groupings or ((),):
        cells = partition.cells(grouping, criterion)
        aside = share_aside(tally, cells)
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

    if rests_on_labels(criterion) and not cell.labelled:
        unlabelled = Estimate.undefined("no labelled row" if metric.labelled else NOBODY)
        return Question(segment, lambda level, factor: unlabelled, cell.rows, 0, "")
    narrow = at_threshold(cell, params)
    added_up = isinstance(cell.whole, SUMS)

    def at(level: Level, factor: float) -> Estimate:
        found = metric.estimate(narrow if factor == 1 else grown(narrow, factor), params, level)
        return settled(found) if added_up else found

    return Question(segment, at, cell.rows, cell.labelled, obstacle_of(criterion, cell, aside))


def obstacle_of(criterion: Criterion, cell: Cell, aside: float) -> str:
    """Why this row cannot be met whatever its interval, if there is such a reason."""
    here = cell.aside / cell.rows if cell.rows else 0.0
    if max(here, aside) > ASIDE_LIMIT:
        return f"{100 * max(here, aside):.1f} % of the rows are set aside, more than 1 %"
    if cell.rows < criterion.min_rows:
        return f"{cell.rows:,.0f} rows are fewer than the {criterion.min_rows:,} it asks for"
    return ""


def share_aside(tally: Tally, cells: Mapping[Values, Cell | None]) -> float:
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
    elif len(cells) > MOST_GROUPS:
        return _too_many(cells)
    names = [values[0] for values in cells]
    aside = share_aside(partition.tally, partition.cells((segment,), criterion))
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


def _too_many(cells: Mapping[Values, Cell | None]) -> Question:
    """More groups than can be compared two by two, and than anybody could act upon."""
    known = [cell for cell in cells.values() if cell is not None]
    why = (
        f"{len(cells):,} groups are too many to be compared in pairs (at most {MOST_GROUPS}): "
        "fold the small ones with min_rows, or cut bands"
    )
    rows, labelled = sum(cell.rows for cell in known), sum(cell.labelled for cell in known)
    unknown = Estimate.undefined(why)
    return Question((), lambda level, factor: unknown, rows, labelled, "")


def _tuned(level: Level, n: float) -> Level:
    """The same error; always-valid limits of a group are tuned to its own first n."""
    return level if level.tuned_to is None else replace(level, tuned_to=max(n, 1.0))
