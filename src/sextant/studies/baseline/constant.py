"""A version against one that answers everybody the same, from the counts of that version alone.

Who always says no differs from the model exactly where the model says yes: so the table of both
versions' decisions, which a comparison rests on, follows from the model's own four counts. No row
is read, and every difference, interval and verdict is that of a comparison.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Literal

import numpy as np

from sextant.contracts.looks import Look
from sextant.contracts.model import Contract
from sextant.metrics.paired.metric import Versions
from sextant.metrics.paired.requests import Agreed, Side
from sextant.metrics.requests import Decisions, Request, Scores
from sextant.metrics.tally import Cell, Grouping, Tally, Values, covers
from sextant.states.agreement import NEGATIVE, POSITIVE, SHAPE, UNLABELLED, Agreement
from sextant.states.confusion import Confusion
from sextant.states.scores import ScoreCounts
from sextant.studies.comparison.asked import Asked, Named, ask
from sextant.studies.comparison.comparing import compared
from sextant.studies.comparison.result import Comparison

Constant = Literal["always no", "always yes"]
CONSTANTS: tuple[Constant, Constant] = ("always no", "always yes")
NO_CUT = "None of its promises counts decisions at the contract's cut. Promise accuracy or recall."


def own_request(contract: Contract) -> Request | None:
    """What holds the decisions of the contract's own version; None where it names no version."""
    if contract.task != "binary" or contract.data.label is None:
        return None
    if contract.data.score is not None:
        return Scores((contract.threshold,))
    return Decisions() if contract.data.prediction else None


def decided(contract: Contract, tally: Tally) -> Cell | None:
    """The four counts of all rows at the contract's cut; None where no promise has counted them."""
    request = own_request(contract)
    held = tally.cells.get((), {})
    wide = next((one for one in held if request is not None and covers(one, request)), None)
    if wide is None:
        return None
    cell = held[wide].get(())
    if cell is None:
        return None

    def at_cut(state: ScoreCounts | Confusion) -> Confusion:
        return state if isinstance(state, Confusion) else state.at(contract.threshold)

    units = cell.by_unit
    if units is not None:
        units = replace(units, parts=tuple((u, at_cut(one)) for u, one in units.parts))
    return replace(cell, whole=at_cut(cell.whole), by_unit=units)


def best_constant(contract: Contract, cell: Cell) -> Constant:
    """The constant that is hardest to beat on these rows: the cheaper one, else the commoner."""
    state: Confusion = cell.whole
    positives, negatives = state.tp + state.fn, state.fp + state.tn
    costs = contract.costs
    if costs is None:
        return "always yes" if positives > negatives else "always no"
    yes = costs.true_positive * positives + costs.false_positive * negatives
    no = costs.false_negative * positives + costs.true_negative * negatives
    return "always yes" if yes < no else "always no"


def against_constant(
    contract: Contract, tally: Tally, constant: Constant, name: str, look: int, today: date,
    code: str = "",
) -> Comparison:  # fmt: skip
    """Is the contract's own version (B) better than `constant` (A), by cost or by accuracy?

    `look`: how often these promises were looked at, so this question with them. Raises ValueError
    where `decided` gives nothing.
    """
    cell = decided(contract, tally)
    if cell is None:
        raise ValueError(NO_CUT)
    asked = _asked(contract, constant, name)
    request = Agreed(asked.versions.a, asked.versions.b)
    units = cell.by_unit
    if units is not None:
        parts = tuple((u, _agreement(one, constant)) for u, one in units.parts)
        units = replace(units, parts=parts)
    pair = replace(cell, whole=_agreement(cell.whole, constant), by_unit=units)
    held: dict[Grouping, dict[Values, tuple[float, float]]] = {(): {(): (pair.rows, pair.labelled)}}
    both = replace(tally, cells={(): {request: {(): pair}}}, counts=held)
    at = Look(look, contract.looks, None if look > 1 else {})
    return compared(asked, both, at, contract.data.source, today, code)


def _asked(contract: Contract, constant: Constant, name: str) -> Asked:
    """The question; without groups, whose counts the states need not hold."""
    whole = replace(contract, data=replace(contract.data, segments=()))
    score = contract.data.score
    own = (
        Side(score.column, score.scale, contract.threshold)
        if score is not None
        else Side(str(contract.data.prediction), decides=True)
    )
    pair = Versions(Side(constant, decides=True), own, by_unit=contract.data.unit is not None)
    question = "accuracy" if contract.costs is None else "cost"
    return ask(whole, pair, Named(constant, name), [question])


def _agreement(state: Confusion, constant: Constant) -> Agreement:
    """Counts [label, A, B] where A says the same of every row."""
    counts = np.zeros(SHAPE)
    a = CONSTANTS.index(constant)
    counts[NEGATIVE, a] = state.tn, state.fp
    counts[POSITIVE, a] = state.fn, state.tp
    counts[UNLABELLED, a] = state.unlabelled_negative, state.unlabelled_positive
    return Agreement(counts)
