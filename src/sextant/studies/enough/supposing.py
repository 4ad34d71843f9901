"""Labels counted by segment, and the decisions that a model as expected would take on them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sextant.contracts.model import Contract, Criterion
from sextant.contracts.requests import request_of
from sextant.engines.plan import plan_of
from sextant.engines.scan import tally as scan
from sextant.engines.source import Source
from sextant.metrics.catalogue import CATALOGUE
from sextant.metrics.reading import roles_of
from sextant.metrics.requests import Decisions, Labels, Request, Scores
from sextant.metrics.tally import Cell, Grouping, Tally, Values
from sextant.states.confusion import Confusion
from sextant.states.counts import Counts

BY_RECALL = frozenset(("recall", "false_negative_rate", "miss_rate"))
BY_ALARMS = frozenset(("false_positive_rate", "specificity"))


def decides(criterion: Criterion) -> bool:
    """Whether a criterion rests on decisions at a threshold, which error rates say."""
    return isinstance(request_of(criterion), Decisions | Scores) and (
        "threshold" in dict(criterion.quantity.call.params)
    )


def by_labels_alone(criterion: Criterion) -> bool:
    """Whether it needs labels and no model: the prevalence."""
    return isinstance(request_of(criterion), Labels)


def of_columns(criterion: Criterion) -> bool:
    """Whether it is of columns or of rows alone: no model and no label has a part in it."""
    return not CATALOGUE[criterion.quantity.call.metric].labelled and not roles_of(
        request_of(criterion)
    )


def needs(criterion: Criterion) -> tuple[bool, bool]:
    """Whether recall, and whether the false positive rate must be known."""
    name = criterion.quantity.call.metric
    return name not in BY_ALARMS, name not in BY_RECALL


def labels_of(contract: Contract, source: Source, label: bool) -> Tally:
    """One scan: the label's classes in every grouping of the contract; without, the rows alone.

    The model's columns are not read: they are not there yet. Raises `SourceError`.
    """
    data = replace(contract.data, score=None, prediction=None)
    if not label:
        data = replace(data, label=None)
    if data.time is not None and data.period is None:
        data = replace(data, time=None)
    groupings: set[Grouping] = {()}
    for one in contract.criteria:
        groupings |= set(one.scope.groupings)
    bare = replace(contract, data=data, criteria=(), looks=None)
    asked: dict[Grouping, list[Request]] = {one: [Labels()] if label else [] for one in groupings}
    return scan(bare, source, None, plan_of(bare, asked))


def prevalence_of(tally: Tally) -> float | None:
    """The share of positive labels of all rows; None where there is none."""
    cell = tally.cells.get((), {}).get(Labels(), {}).get(())
    if cell is None:
        return None
    yes, no = cell.whole.get("yes"), cell.whole.get("no")
    return yes / (yes + no) if yes + no else None


def expecting(tally: Tally, prevalence: float) -> Tally:
    """Rows without labels as if each had one, of the expected prevalence in every segment."""

    def cell(rows: float) -> Cell:
        counts = Counts.of({"yes": rows * prevalence, "no": rows * (1 - prevalence)})
        return Cell(counts, None, rows, rows)

    cells: dict[Grouping, dict[Request, dict[Values, Cell]]] = {
        grouping: {Labels(): {values: cell(rows) for values, (rows, _) in held.items()}}
        for grouping, held in tally.counts.items()
    }
    return replace(tally, cells=cells)


def supposed(contract: Contract, tally: Tally, recall: float, alarms: float) -> Tally:
    """The tally of a model that finds `recall` of the positives, and flags `alarms` of the others.

    In every segment and unit alike, in exactly that share: an expectation, no draw.
    """
    requests = {request_of(one) for one in contract.criteria if decides(one)}

    def decided(state: Any) -> Confusion:
        yes, no, none = (state.get(key) for key in ("yes", "no", "none"))
        found, flagged = yes * recall, no * alarms
        share = (found + flagged) / (yes + no) if yes + no else 0.0
        return Confusion(found, flagged, yes - found, no - flagged, none * share,
                         none * (1 - share))  # fmt: skip

    def cell(one: Cell) -> Cell:
        units = one.by_unit
        if units is not None:
            units = replace(units, parts=tuple((u, decided(s)) for u, s in units.parts))
        return replace(one, whole=decided(one.whole), by_unit=units)

    cells = {}
    for grouping, held in tally.cells.items():
        known = dict(held)
        labels = held.get(Labels(), {})
        made = {values: cell(one) for values, one in labels.items()}
        known |= dict.fromkeys(requests, made)
        cells[grouping] = known
    return replace(tally, cells=cells)


def range_of(criterion: Criterion) -> tuple[float, float]:
    """The values that its metric can take."""
    return CATALOGUE[criterion.quantity.call.metric].range
