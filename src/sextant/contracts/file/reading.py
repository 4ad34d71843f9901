"""A contract from a YAML file or a mapping: complete, or every problem it has."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sextant.contracts.file.criteria import read_criteria
from sextant.contracts.file.document import parse_document, read_text
from sextant.contracts.file.fields import Problems, add, entries, number, one_of, text
from sextant.contracts.file.node import Node, node_from_python
from sextant.contracts.file.sections import DataPart, read_costs, read_data, read_lock, read_names
from sextant.contracts.grammar.setting import Setting, default_catalogue
from sextant.contracts.model import Contract, Looks
from sextant.contracts.normal_form import SCHEMA, digest
from sextant.contracts.problems import ContractError, Problem

if TYPE_CHECKING:
    from sextant.contracts.model import Costs
    from sextant.metrics.metric import Metric

Catalogue = Mapping[str, "Metric"]

KEYS = (
    "schema",
    "product",
    "outcome",
    "task",
    "data",
    "threshold",
    "costs",
    "looks",
    "valid_for",
    "names",
    "model",
    "locked",
    "criteria",
)
REQUIRED = ("product", "outcome", "task", "data", "criteria")
TASKS = ("binary", "multiclass", "regression", "forecasting", "ranking", "generation", "agent")
DURATION = re.compile(r"([1-9]\d{0,4}) *(day|week|month|year)s?", re.ASCII)


def read_contract(path: Path | str, *, catalogue: Catalogue | None = None) -> Contract:
    """The contract in a YAML file. Raises `ContractError` with every problem of the file."""
    file = Path(path)
    return contract_from_text(read_text(file), file, catalogue=catalogue)


def contract_from_text(
    text: str, path: Path | None = None, *, catalogue: Catalogue | None = None
) -> Contract:
    """The contract in a YAML text; `path` is where it lies. Raises `ContractError`."""
    return _contract(parse_document(text), path, catalogue)


def contract_from_mapping(
    mapping: Mapping[str, Any], path: Path | None = None, *, catalogue: Catalogue | None = None
) -> Contract:
    """The contract in a mapping with the keys of the file. Raises `ContractError`."""
    return _contract(node_from_python(mapping), path, catalogue)


def _contract(root: Node, path: Path | None, catalogue: Catalogue | None) -> Contract:
    metrics = default_catalogue() if catalogue is None else catalogue
    _refuse_newer(root)
    problems: Problems = []
    found = entries(root, KEYS, REQUIRED, "the contract", problems)
    part = read_data(found.get("data"), problems)
    threshold = _threshold(found.get("threshold"), problems)
    costs = read_costs(found.get("costs"), problems)
    task = one_of(found.get("task"), TASKS, "task", problems)
    _check_positive(part, task, found.get("data"), problems)
    setting = _setting(part, threshold, costs, task, metrics)
    contract = Contract(
        product=text(found.get("product"), "product", problems),
        outcome=text(found.get("outcome"), "outcome", problems),
        task=task or TASKS[0],
        data=part.data,
        criteria=read_criteria(found.get("criteria"), setting, problems),
        threshold=threshold,
        costs=costs,
        looks=_looks(found.get("looks"), problems),
        valid_for=_valid_for(found.get("valid_for"), problems),
        names=read_names(found.get("names"), problems),
        model=text(found.get("model"), "model", problems),
        path=path,
    )
    locked = read_lock(found.get("locked"), problems)
    if problems:
        raise ContractError(problems)
    if locked and (now := digest(contract, metrics)) != locked:
        raise ContractError([_edited(found["locked"], locked, now)])
    return replace(contract, locked=locked)


def _refuse_newer(root: Node) -> None:
    """A newer schema may give every other key another meaning, so nothing else is said."""
    for key, node in root.entries:
        if key.raw != "schema" or node.empty:
            continue
        version = node.value
        if isinstance(version, bool) or not isinstance(version, int) or version < 1:
            what = f"'schema' must be a whole number, not '{node.raw}'."
            raise ContractError([Problem(node.where, what, f"Write schema: {SCHEMA}.")])
        if version > SCHEMA:
            what = f"The contract is written for schema {version}; this Sextant reads {SCHEMA}."
            raise ContractError([Problem(node.where, what, "Install a newer Sextant.")])


def _setting(
    part: DataPart, threshold: float, costs: Costs | None, task: str | None, metrics: Catalogue
) -> Setting:
    segments = {segment.name: segment for segment in part.data.segments}
    return Setting(
        segments=segments if part.segments_known else None,
        roles=part.roles,
        threshold=threshold,
        costs=costs,
        task=task or TASKS[0],
        catalogue=metrics,
    )


def _check_positive(
    part: DataPart, task: str | None, node: Node | None, problems: Problems
) -> None:
    """A positive class makes two classes of a label, and only a binary task knows them."""
    label = part.data.label
    if node is None or task in (None, "binary") or label is None or label.positive is None:
        return
    what = f"A positive class makes two classes of '{label.column}', and the task is {task}."
    add(problems, node, what, f"Write label: {label.column}, or task: binary.")


def _threshold(node: Node | None, problems: Problems) -> float:
    if node is None:
        return 0.5
    value = number(node, "threshold", problems, 0, 1)
    return 0.5 if value is None else value


def _looks(node: Node | None, problems: Problems) -> Looks:
    if node is None:
        return None
    if node.raw == "continuous":
        return "continuous"
    value = node.value
    if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= 10_000:
        shown = f", not '{node.raw}'" if node.kind == "scalar" else ""
        what = f"'looks' must be a whole number of 1 or more{shown}."
        add(problems, node, what, "Write how often the data will be looked at, or continuous.")
        return None
    return value


def _valid_for(node: Node | None, problems: Problems) -> str:
    """A length of time as words, "90 days"; "" where evidence does not expire."""
    if node is None:
        return ""
    match = DURATION.fullmatch(node.raw.strip()) if node.kind == "scalar" else None
    if match is None:
        shown = f", not '{node.raw}'" if node.kind == "scalar" else ""
        what = f"'valid_for' must be a length of time{shown}."
        add(problems, node, what, "Write it like 90 days, 6 weeks, 3 months or 1 year.")
        return ""
    count, unit = int(match[1]), match[2]
    return f"{count} {unit}" if count == 1 else f"{count} {unit}s"


def _edited(node: Node, locked: str, now: str) -> Problem:
    what = f"The contract was locked as {locked}; it now reads {now}."
    remedy = (
        "A locked contract may not be edited: undo the change, or supersede it "
        "(copy it to a new file, take out the key locked, edit, and lock that one)."
    )
    return Problem(node.where, what, remedy)
