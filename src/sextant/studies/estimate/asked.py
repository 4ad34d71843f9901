"""What is asked: a contract's criteria, or the usual numbers, of rows without labels."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from sextant.contracts.model import Call, Contract, Criterion, Period, Segment
from sextant.contracts.problems import ContractError, Problem
from sextant.engines.windows import WINDOW
from sextant.metrics.requests import Scores
from sextant.metrics.tally import Grouping
from sextant.studies.estimate.measures import DEFAULTS, can_expect

COMPLETE = 0.95


@dataclass(frozen=True, slots=True)
class Asked:
    """A contract whose score and label the reference has, and how the current rows are cut.

    `by`: a column of windows. `selection`: the probability with which a row was given a label.
    `label_time`: when it came; labels are complete where `complete` of those that will come have.
    `rows`: the period of the current rows, by the contract's time; None takes all. `clock`: `by` is
    no column but a stretch of that time.
    """

    contract: Contract
    by: str = ""
    confidence: float = 0.95
    selection: str = ""
    label_time: str = ""
    as_of: str = ""
    complete: float = COMPLETE
    rows: Period | None = None
    clock: bool = False

    @property
    def thresholds(self) -> tuple[float, ...]:
        """Every cut of the score that a number rests on."""
        calls = [call for _, call in self.calls()]
        found = {dict(call.params).get("threshold") for call in calls}
        return tuple(sorted({float(one) for one in found if one is not None}))

    @property
    def request(self) -> Scores:
        return Scores(self.thresholds)

    @property
    def promised(self) -> tuple[Criterion, ...]:
        """The criteria that can be estimated."""
        return tuple(one for one in self.contract.criteria if not refusal(one))

    @property
    def left_out(self) -> tuple[tuple[str, str], ...]:
        """The others, with the reason."""
        found = ((one.text, refusal(one)) for one in self.contract.criteria)
        return tuple((text, why) for text, why in found if why)

    def calls(self) -> Iterator[tuple[Criterion | None, Call]]:
        """Every number that is told: those promised, then the usual ones that are not."""
        for criterion in self.promised:
            yield criterion, criterion.quantity.call
        known = {one.quantity.call for one in self.promised if one.scope.kind == "all"}
        for name in DEFAULTS:
            call = Call(name, () if name == "auc" else (("threshold", self.contract.threshold),))
            if call not in known:
                yield None, call

    def groupings(self, criterion: Criterion | None) -> tuple[Grouping, ...]:
        """Where a number is told: where it is promised, else for all rows.

        Without any promise also in every group.
        """
        if criterion is not None:
            return criterion.scope.groupings or ((),)
        groups = () if self.promised else self.contract.data.segments
        return ((), *((one.name,) for one in groups))

    def places(self) -> tuple[Grouping, ...]:
        """All groupings that a number is told of, all rows first."""
        found = [
            grouping for criterion, _ in self.calls() for grouping in self.groupings(criterion)
        ]
        return tuple(dict.fromkeys([(), *found]))

    @property
    def window(self) -> Segment | None:
        """The windows as a segment; a contract's own segment of that name serves."""
        if not self.by:
            return None
        if self.clock:
            return Segment(self.by, WINDOW)
        own = [one for one in self.contract.data.segments if one.name == self.by]
        return own[0] if own else Segment(self.by, self.by)


def refusal(criterion: Criterion) -> str:
    """Why a criterion cannot be estimated from scores; "" where it can."""
    return can_expect(criterion.quantity.call)


def checked(asked: Asked) -> Asked:
    """The same where it can be answered. Raises `ContractError` with every problem."""
    contract, problems = asked.contract, []
    if contract.task != "binary":
        what = f"What labels would show is estimated for two classes; the task is {contract.task}."
        problems.append(Problem("task", what, "Name a table with a probability and a 0/1 label."))
    if contract.data.label is None:
        problems.append(Problem("label", "No label is named.", "Name the reference's: label."))
    if contract.data.score is None:
        problems.append(Problem("score", "No score is named.", "Name the probability: score."))
    if not 0.5 <= asked.confidence < 1:
        what = f"A confidence of {asked.confidence:g} is out of range."
        problems.append(Problem("confidence", what, "Write one from 0.5 to 0.9999."))
    if not 0.5 <= asked.complete < 1:
        what = f"Labels complete to {asked.complete:g} are out of range."
        problems.append(Problem("complete", what, "Write a share from 0.5 to 0.99: 95%."))
    if asked.label_time and not contract.data.time:
        what = f"'{asked.label_time}' says when a label came, and nothing when it was predicted."
        problems.append(Problem("label_time", what, "Name the time of the prediction: time."))
    if asked.rows is not None and not contract.data.time:
        what = "A period of the rows is named, and no column that says when."
        problems.append(Problem("time", what, "Name the time of the prediction: time."))
    if problems:
        raise ContractError(problems)
    return asked


def within(contract: Contract, by: Segment | None, more: tuple[Segment, ...] = ()) -> Contract:
    """The contract with the windows, and `more`, as further segments, without criteria."""
    data = contract.data
    names = {one.name for one in data.segments}
    windows = () if by is None or by.name in names else (by,)
    return replace(
        contract, data=replace(data, segments=(*data.segments, *windows, *more)), criteria=()
    )
