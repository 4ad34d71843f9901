"""Typed reading of nodes: a value of the right kind, or None and a problem that says why."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

from sextant.contracts.problems import Problem, nearest, suggest

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sextant.contracts.file.node import Node

Problems = list[Problem]
Scalar = str | int | float | bool

MAX_TEXT = 10_000


def add(problems: Problems, node: Node, what: str, remedy: str) -> None:
    problems.append(Problem(node.where, what, remedy))


def entries(
    node: Node, known: Sequence[str], required: Sequence[str], name: str, problems: Problems
) -> dict[str, Node]:
    """The values of a mapping by key, null ones left out.

    Unknown, double and missing keys are problems; a misspelt key still lends its value to the key
    it most likely meant, so that the rest of the file is read as intended.
    """
    found: dict[str, Node] = {}
    places: dict[str, Node] = {}
    if node.kind != "mapping":
        add(
            problems,
            node,
            f"{name[0].upper()}{name[1:]} must be a mapping of keys.",
            f"Its keys: {', '.join(known)}.",
        )
        return found
    guessed: dict[str, Node] = {}
    for key, value in _joined(node, known):
        word = key.raw
        if key.kind != "scalar" or word not in known:
            guess = _unknown_key(key, known, name, problems)
            if guess:
                guessed.setdefault(guess, value)
        elif word in places:
            what = f"Key '{word}' is given twice; first at {places[word].where}."
            add(problems, key, what, "Keep one.")
        else:
            places[word] = key
            if not value.empty:
                found[word] = value
    found = guessed | found
    for word in required:
        if word not in found:
            at = places.get(word, node)
            lack = "has no value" if word in places else "is missing"
            add(problems, at, f"Key '{word}' {lack} in {name}.", f"Add {word}: …")
    return found


def _unknown_key(key: Node, known: Sequence[str], name: str, problems: Problems) -> str | None:
    if key.kind != "scalar":
        add(problems, key, f"A key of {name} must be one word.", suggest("", known, "keys"))
        return None
    add(problems, key, f"Key '{key.raw}' is not known in {name}.", suggest(key.raw, known, "keys"))
    return nearest(key.raw, known)


def _joined(node: Node, known: Sequence[str]) -> list[tuple[Node, Node]]:
    """The entries, with texts in { } put together again that a comma took apart.

    `{check: quantile(ms, q=0.95) <= 300, id: fast}` reads in YAML as if `q=0.95) <= 300` were a
    key without a value. No key of a contract stands without one, so it belongs to the text.
    """
    joined: list[tuple[Node, Node]] = []
    for key, value in node.entries:
        orphan = node.flow and value.empty and value.plain and value.span[0] == value.span[1]
        if orphan and key.plain and key.raw not in known and joined and joined[-1][1].plain:
            first, before = joined[-1]
            joined[-1] = (first, _extended(before, key, node.source))
        else:
            joined.append((key, value))
    return joined


def _extended(before: Node, rest: Node, source: str) -> Node:
    span = (before.span[0], rest.span[1])
    written = source[span[0] : span[1]]
    text = " ".join(written.split())
    return replace(before, value=text, raw=text, span=span, exact=text == written)


def text(node: Node | None, name: str, problems: Problems) -> str:
    """A scalar's text as written, so that `model: 1.10` stays 1.10; "" where there is none."""
    if node is None:
        return ""
    if node.kind != "scalar":
        add(problems, node, f"'{name}' must be text.", "Write one line of text.")
        return ""
    if len(node.raw) > MAX_TEXT:
        add(problems, node, f"'{name}' is longer than {MAX_TEXT:,} characters.", "Shorten it.")
        return ""
    if not node.raw.strip():
        add(problems, node, f"'{name}' is empty.", "Write one line of text.")
    return node.raw.strip()


def name_of(node: Node | None, name: str, problems: Problems) -> str | None:
    """A column's name, or None where there is none."""
    return text(node, name, problems) or None


def scalar(node: Node, name: str, problems: Problems) -> Scalar | None:
    """A text, a number or a truth value; a date counts as its text."""
    value = node.value
    if node.kind != "scalar" or value is None:
        add(problems, node, f"'{name}' must be one value.", "Write text, a number, true or false.")
        return None
    if isinstance(value, float) and not math.isfinite(value):
        add(problems, node, f"'{name}' is {node.raw}, which equals nothing.", "Write a value.")
        return None
    return value if isinstance(value, str | int | float | bool) else node.raw


def number(
    node: Node,
    name: str,
    problems: Problems,
    low: float = -math.inf,
    high: float = math.inf,
) -> float | None:
    """A finite number from `low` to `high`."""
    value = node.value
    usable = isinstance(value, int | float) and not isinstance(value, bool)
    if not usable or not math.isfinite(value):
        shown = f", not '{node.raw}'" if node.kind == "scalar" else ""
        add(problems, node, f"'{name}' must be a number{shown}.", "Write it like 0.5.")
        return None
    if not low <= value <= high:
        limits = f"from {low:g} to {high:g}" if math.isfinite(high) else f"{low:g} or more"
        add(problems, node, f"'{name}' is {node.raw}, out of range.", f"Write one {limits}.")
        return None
    return float(value)


def whole(
    node: Node, name: str, problems: Problems, low: int = 0, high: int = 10**15
) -> int | None:
    """A whole number from `low` to `high`."""
    value = node.value
    if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
        shown = f", not '{node.raw}'" if node.kind == "scalar" else ""
        what = f"'{name}' must be a whole number of at least {low}{shown}."
        add(problems, node, what, f"Write {max(low, 1)} or more.")
        return None
    return value


def one_of(node: Node | None, known: Sequence[str], name: str, problems: Problems) -> str | None:
    """One of a few words."""
    if node is None:
        return None
    if node.kind == "scalar" and node.raw in known:
        return node.raw
    shown = node.raw if node.kind == "scalar" else node.kind
    add(problems, node, f"'{shown}' is no {name}.", suggest(shown, known, f"words for {name}"))
    return None
