"""A recipe: steps in order, each of one kind, written as YAML.

recipe: orders
version: 2
steps:
- trim: all
- missing: {columns: [age, income], values: [-1, "?"]}
- replace: {column: state, values: {ma: MA, Ma: MA}}
- number: [income]
- date: [delivered]
- clamp: {column: age, low: 0, high: 120}
- flag: {column: income, low: 0, as: income_below_0}
- drop_copies: {ignore: [order_id]}
"""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from sextant.contracts.file.document import parse_document
from sextant.contracts.file.fields import Problems, add, entries, number, scalar, text
from sextant.contracts.file.node import Node, node_from_python
from sextant.contracts.model import Scalar
from sextant.contracts.problems import ContractError, suggest
from sextant.engines.cleaning import ALL, KINDS, Recipe, Step

KEYS = ("recipe", "version", "steps")
LISTS = ("trim", "number", "date")
MOST_STEPS = 500
PARTS: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "missing": (("columns", "values"), ("columns", "values")),
    "replace": (("column", "values"), ("column", "values")),
    "clamp": (("column", "low", "high"), ("column",)),
    "flag": (("column", "low", "high", "as"), ("column", "as")),
    "drop_copies": (("ignore",), ()),
}
"""The keys of each kind of step, and those it must have."""


def recipe_of(given: str | Mapping[str, Any]) -> Recipe:
    """The recipe of a YAML text or a mapping. Raises `ContractError` with every problem."""
    root = parse_document(given, "recipe") if isinstance(given, str) else node_from_python(given)
    problems: Problems = []
    found = entries(root, KEYS, ("steps",), "the recipe", problems)
    listed = found.get("steps")
    items = listed.items if listed is not None and listed.kind == "list" else ()
    if listed is not None and not 0 < len(items) <= MOST_STEPS:
        add(problems, listed, f"'steps' must be a list of 1 to {MOST_STEPS} steps.",
            "Write - trim: all.")  # fmt: skip
    steps = [step for one in items if (step := _step(one, problems)) is not None]
    name = text(found.get("recipe"), "recipe", problems)
    version = text(found.get("version"), "version", problems)
    if problems:
        raise ContractError(problems)
    return Recipe(name, version, tuple(steps))


def digest(recipe: Recipe) -> str:
    """What decides about a recipe: its steps, whatever it is called or how it is spaced."""
    plain = json.dumps([asdict(one) for one in recipe.steps], sort_keys=True, ensure_ascii=False)
    return "sha256:" + hashlib.sha256(plain.encode()).hexdigest()


def _step(node: Node, problems: Problems) -> Step | None:
    if node.kind != "mapping" or len(node.entries) != 1 or node.entries[0][0].kind != "scalar":
        add(problems, node, "A step is one kind with its columns.", "Write - trim: [state].")
        return None
    key, held = node.entries[0]
    if key.raw not in KINDS:
        add(problems, key, f"'{key.raw}' is no step.", suggest(key.raw, KINDS, "steps"))
        return None
    if key.raw in LISTS:
        every = held.kind == "scalar" and held.raw == ALL and key.raw == "trim"
        columns = (ALL,) if every else _names(held, key.raw, problems)
        return Step(key.raw, columns) if columns else None
    known, required = PARTS[key.raw]
    if held.empty and not required:
        return Step(key.raw)
    before = len(problems)
    parts = entries(held, known, required, key.raw, problems)
    one = text(parts.get("column"), "column", problems)
    listed = parts.get("columns") or parts.get("ignore")
    columns = (one,) if one else _names(listed, key.raw, problems) if listed else ()
    low, high = (_limit(parts.get(end), end, problems) for end in ("low", "high"))
    if key.raw in {"clamp", "flag"} and len(problems) == before:
        if low is None and high is None:
            add(problems, held, f"'{key.raw}' has no end.", "Add low: 0, or high: 120.")
        elif low is not None and high is not None and low > high:
            add(problems, held, f"low {low:g} lies above high {high:g}.", "Write the least first.")
    step = Step(
        key.raw, columns, _values(key.raw, parts.get("values"), problems), low, high,
        text(parts.get("as"), "as", problems),
    )  # fmt: skip
    return step if len(problems) == before else None


def _names(node: Node, what: str, problems: Problems) -> tuple[str, ...]:
    """A column, or a list of them."""
    listed = node.items if node.kind == "list" else (node,)
    if not listed:
        add(problems, node, f"'{what}' names no column.", "Write [state, age].")
    return tuple(text(one, "a column", problems) for one in listed)


def _limit(node: Node | None, name: str, problems: Problems) -> float | None:
    return None if node is None else number(node, name, problems, -math.inf, math.inf)


def _values(
    kind: str, node: Node | None, problems: Problems
) -> tuple[tuple[Scalar, str | None], ...]:
    """What is looked for, and what it becomes: None for a missing cell."""
    if node is None:
        return ()
    if kind == "replace":
        if node.kind != "mapping" or not node.entries:
            add(problems, node, "'values' must say what becomes what.", "Write {ma: MA}.")
            return ()
        return tuple(
            (found, text(new, "a new value", problems))
            for old, new in node.entries
            if (found := scalar(old, "a value", problems)) is not None
        )
    listed = node.items if node.kind == "list" else (node,)
    values = [scalar(one, "a value", problems) for one in listed]
    if not values:
        add(problems, node, "'values' is empty.", 'Write [-1, "?"].')
    return tuple((one, None) for one in values if one is not None)
