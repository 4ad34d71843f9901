"""What is asked: of which groups, by which definitions, within what bounds."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from sextant.contracts.model import Contract
from sextant.contracts.normal_form import digest
from sextant.contracts.problems import ContractError, Problem, suggest
from sextant.metrics.calibration import TENTHS
from sextant.metrics.cells import decision_request
from sextant.metrics.requests import Request, Scores
from sextant.metrics.tally import Grouping
from sextant.studies.fairness.definitions import BY_NAME, DEFINITIONS, Definition

Selected = Literal["", "helps", "hurts"]
CROSS = re.compile(r"\s+[x×]\s+")


@dataclass(frozen=True, slots=True)
class Bound:
    """How unequal groups may be by one definition. `named`: by whom, if not the usual one."""

    definition: str
    value: float
    named: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """A contract's data and threshold, the groupings of its rows, the bounds of each of them.

    `selected`: whether being selected helps a person (a loan) or hurts (a search); empty: not told.
    """

    contract: Contract
    groupings: tuple[Grouping, ...]
    bounds: tuple[tuple[Grouping, tuple[Bound, ...]], ...]
    confidence: float = 0.95
    selected: Selected = ""

    def bound(self, grouping: Grouping, definition: Definition) -> Bound:
        held = dict(self.bounds)[grouping]
        return next(one for one in held if one.definition == definition.name)

    def digest(self) -> str:
        """Of all that decides."""
        form = {
            "contract": digest(self.contract),
            "groupings": self.groupings,
            "bounds": [[at, [[b.definition, b.value] for b in held]] for at, held in self.bounds],
            "confidence": self.confidence,
            "selected": self.selected,
        }
        text = json.dumps(form, sort_keys=True, separators=(",", ":"))
        return "sha256:" + hashlib.sha256(text.encode()).hexdigest()


def ask(
    contract: Contract,
    by: Sequence[str] = (),
    bounds: Mapping[str, float] | None = None,
    confidence: float = 0.95,
    selected: str = "",
) -> Asked:
    """The groupings (`sex`, `sex x race`; every segment by default) and their bounds.

    A bound is the one given, else the contract's own, as in `gap(recall) <= 5% across sex`, else
    the usual one. Raises `ContractError` with every problem.
    """
    problems: list[Problem] = []
    names = [segment.name for segment in contract.data.segments]
    groupings = _groupings(by, names, problems)
    given = bounds or {}
    _check_bounds(given, problems)
    if not 0.5 <= confidence < 1:
        what = f"The confidence {confidence:g} lies outside 0.5 to 1."
        problems.append(Problem("confidence", what, "Write 0.95 or 95%."))
    if selected not in get_args(Selected):
        what = f"Selected '{selected}' is neither helps nor hurts."
        problems.append(Problem("selected", what, "Say what being selected does to a person."))
    data = contract.data
    if contract.task != "binary":
        what = f"The task is {contract.task}; groups are compared by yes/no decisions."
        problems.append(Problem("task", what, "Name a contract of the task binary."))
    elif data.score is None and data.prediction is None:
        what = "Neither scores nor decisions are named."
        problems.append(Problem("score", what, "Name their column: score or prediction."))
    if problems:
        raise ContractError(problems)
    known = tuple((at, tuple(_bound(contract, at, one, given) for one in DEFINITIONS))
                  for at in groupings)  # fmt: skip
    return Asked(contract, groupings, known, confidence, selected)  # type: ignore[arg-type]


def requests_of(asked: Asked) -> tuple[Request, ...]:
    """The decisions of every group; where there are scores, these by tenths as well."""
    data, cut = asked.contract.data, asked.contract.threshold
    decisions = decision_of(asked.contract)
    if data.score is None:
        return (decisions,)
    edges = {*TENTHS, cut} if isinstance(decisions, Scores) else {*TENTHS}
    scores = Scores(tuple(sorted(edges)))
    return (scores,) if isinstance(decisions, Scores) else (decisions, scores)


def decision_of(contract: Contract) -> Request:
    """What decides: the prediction column where one is declared, else the score at the threshold.

    As a contract's own metrics read it, so that both say the same.
    """
    threshold = None if contract.data.prediction else contract.threshold
    return decision_request({"threshold": threshold}, 0.0)


def check_bounds(given: Mapping[str, float]) -> None:
    """Raises `ContractError` for bounds of unknown definitions, or outside 0 to 1."""
    problems: list[Problem] = []
    _check_bounds(given, problems)
    if problems:
        raise ContractError(problems)


def crossed(written: str) -> Grouping:
    """`sex x race` as two names."""
    return tuple(part.strip() for part in CROSS.split(written.strip()))


def _groupings(
    by: Sequence[str], names: list[str], problems: list[Problem]
) -> tuple[Grouping, ...]:
    found = tuple(dict.fromkeys(crossed(one) for one in by)) or tuple((name,) for name in names)
    for grouping in found:
        for name in grouping:
            if name not in names:
                what = f"'{name}' is no group of these data."
                problems.append(Problem("by", what, suggest(name, names, "groups")))
        if len(set(grouping)) < len(grouping):
            what = f"'{' x '.join(grouping)}' crosses a group with itself."
            problems.append(Problem("by", what, "Name each once."))
    if not found:
        what = "No group is named, so nobody can be compared."
        problems.append(Problem("by", what, "Name a column: by='sex', --by sex."))
    return found


def _check_bounds(given: Mapping[str, float], problems: list[Problem]) -> None:
    for name, value in given.items():
        if name not in BY_NAME:
            what = f"'{name}' is no definition of fairness here."
            problems.append(Problem("bounds", what, suggest(name, BY_NAME, "definitions")))
        elif not 0 <= value <= 1:
            what = f"The bound {value:g} of {name} lies outside 0 to 1."
            problems.append(Problem("bounds", what, "Write a share: 0.1 or 10%."))


def _bound(
    contract: Contract, grouping: Grouping, definition: Definition, given: Mapping[str, float]
) -> Bound:
    if definition.name in given:
        return Bound(definition.name, given[definition.name], "given")
    for criterion in contract.criteria:
        quantity = criterion.quantity
        written = f"{quantity.kind}({quantity.call.metric})"
        across = criterion.scope.kind == "across" and criterion.scope.groupings[0] == grouping
        if (
            across
            and written == definition.also
            and _same_cut(contract, dict(quantity.call.params))
        ):
            return Bound(definition.name, criterion.bound, criterion.text)
    return Bound(definition.name, definition.usual)


def _same_cut(contract: Contract, params: Mapping[str, object]) -> bool:
    return params.get("threshold") in (None, contract.threshold)
