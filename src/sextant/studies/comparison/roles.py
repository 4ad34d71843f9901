"""Who the versions are and what the other columns mean, from a contract or from loose words."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sextant.contracts.file.fields import Problems
from sextant.contracts.file.node import node_from_python
from sextant.contracts.file.sections import read_costs, read_data
from sextant.contracts.model import Contract
from sextant.contracts.problems import ContractError, Problem, suggest
from sextant.engines.joined import Joined
from sextant.engines.pairs import holds_words
from sextant.engines.source import Source
from sextant.metrics.paired.requests import Side
from sextant.studies.comparison.asked import TASKS

AT = re.compile(r"(.+)@(\d*\.?\d+(?:[eE][-+]?\d+)?)")
NUMBERS = ("regression", "forecasting")
"""Tasks whose versions are numbers, which lie so far from another number, the truth."""
KEYS = ("column", "threshold", "scale", "decisions")


@dataclass(frozen=True, slots=True)
class Given:
    """One version as it was named; None where the default counts."""

    column: str
    threshold: float | None = None
    scale: float | None = None
    decisions: bool | None = None

    @property
    def written(self) -> str:
        return self.column if self.threshold is None else f"{self.column}@{self.threshold:g}"


def given(version: str | Mapping[str, Any], which: str) -> Given:
    """`score`, `score@0.6`, or a mapping with column, threshold, scale, decisions.

    Raises `ContractError` for a mapping without a column, or with another key.
    """
    if isinstance(version, str):
        match = AT.fullmatch(version)
        return Given(match[1], _cut(float(match[2]), which)) if match else Given(version)
    problems = [
        Problem(which, f"'{key}' is no key of a version.", suggest(str(key), KEYS, "keys"))
        for key in version
        if key not in KEYS
    ]
    if not isinstance(version.get("column"), str):
        problems.append(Problem(which, "The version names no column.", "Add column: NAME."))
    if problems:
        raise ContractError(problems)
    threshold, scale = version.get("threshold"), version.get("scale")
    return Given(
        version["column"],
        None if threshold is None else _cut(float(threshold), which),
        None if scale is None else _scale(float(scale), which),
        version.get("decisions"),
    )


def loose_contract(
    source: str,
    *,
    task: str = "binary",
    label: str | Mapping[str, Any] | None = None,
    unit: str | None = None,
    time: str | None = None,
    segments: Mapping[str, Any] | Sequence[str] | None = None,
    threshold: float | None = None,
    costs: Mapping[str, Any] | None = None,
    score: str | Mapping[str, Any] | None = None,
    product: str = "Comparison",
) -> Contract:
    """A contract without promises, from the roles that it would name.

    Raises `ContractError` with every problem.
    """
    problems: Problems = []
    if task not in TASKS:
        what = f"Two versions of task '{task}' cannot be compared yet."
        problems.append(Problem("task", what, f"Write {', '.join(TASKS)}."))
    named = {name: name for name in segments} if isinstance(segments, list | tuple) else segments
    roles = {"source": source, "unit": unit, "time": time, "segments": named, "score": score}
    if task != "regression":
        roles["label"] = label
    written = {name: role for name, role in roles.items() if role is not None}
    data = read_data(node_from_python(written), problems).data
    found = read_costs(node_from_python(costs), problems) if costs is not None else None
    if problems:
        raise ContractError(problems)
    cut = 0.5 if threshold is None else _cut(float(threshold), "threshold")
    return Contract(product, "", task, data, (), threshold=cut, costs=found)


def truth_of(label: str | Mapping[str, Any] | None) -> str:
    """The column of the number that both versions predict. Raises `ContractError` for none."""
    column = label.get("column") if isinstance(label, Mapping) else label
    if not isinstance(column, str) or not column:
        what = "A regression needs the true numbers."
        raise ContractError([Problem("label", what, "Name their column: label.")])
    return column


def comparable(contract: Contract) -> Contract:
    """The contract as versions are compared by it: what they should have said is no class.

    A forecast is a number; its horizon is a segment. Other tasks stay as they are.
    """
    if contract.task not in NUMBERS:
        return contract
    return replace(contract, task="regression", data=replace(contract.data, label=None))


def truth_in(contract: Contract) -> str:
    """The column of the number that the versions of a contract predict; empty for other tasks.

    Raises `ContractError` for a contract of numbers that names none.
    """
    if contract.task not in NUMBERS:
        return ""
    return truth_of(contract.data.label.column if contract.data.label else None)


def own_version(contract: Contract) -> Given | None:
    """The contract's own version: its score, else what it says: a number, a class, a place."""
    data = contract.data
    if data.score is not None:
        return Given(data.score.column, scale=data.score.scale, decisions=False)
    decides = contract.task not in NUMBERS
    return Given(data.prediction, decisions=decides) if data.prediction else None


def defaults(version: Given, contract: Contract) -> Given:
    """The version with the contract's scale where it names none of its own."""
    score = contract.data.score
    if version.scale is not None or score is None:
        return version
    return replace(version, scale=score.scale)


def renamed(joined: Joined, version: Given, second: bool) -> Given:
    """The version by what its column is called in the joined table."""
    if not second or version.column not in joined.second:
        return version
    return replace(version, column=joined.second[version.column])


def side_of(version: Given, contract: Contract, source: Source) -> Side:
    """What a version is in these rows: words are decisions; numbers are scores, unless told."""
    decides = version.decisions
    if contract.task in ("multiclass", "ranking"):
        if version.threshold is not None:
            whole = "of many classes none is cut"
            whole = "an order is not cut" if contract.task == "ranking" else whole
            what = f"{version.written} has a threshold, and {whole}."
            raise ContractError([Problem("version", what, f"Write {version.column} alone.")])
        decides = contract.task == "multiclass" or bool(decides)
    elif decides is None and contract.task != "regression":
        decides = holds_words(source, version.column)
    cut = contract.threshold if version.threshold is None else version.threshold
    scale = 1.0 if version.scale is None else version.scale
    return Side(version.column, scale, cut, bool(decides))


def _cut(value: float, which: str) -> float:
    if not 0 <= value <= 1:
        what = f"The threshold {value:g} lies outside 0 to 1."
        raise ContractError([Problem(which, what, "A score is a probability; cut it inside.")])
    return value


def _scale(value: float, which: str) -> float:
    if not value > 0:
        remedy = "Write the score that stands for certainty: 100, 1000."
        raise ContractError([Problem(which, f"The scale {value:g} is not above 0.", remedy)])
    return value
