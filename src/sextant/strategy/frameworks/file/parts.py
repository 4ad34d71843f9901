"""What every part of a framework file is read with: bounded texts, keys, and names in scope."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sextant.contracts.file.fields import Problems, add, entries, one_of, text
from sextant.contracts.file.node import Node
from sextant.contracts.problems import suggest
from sextant.strategy.frameworks.model import Dimension, Question, Scale, Table

KEY = re.compile(r"[a-z][a-z0-9_-]{0,59}")
SHORT, LONG = 90, 600
Found = dict[str, Node]


@dataclass(slots=True)
class Scope:
    """What has been read so far, where it stands, and what was wrong.

    `broken` names what is declared but could not be read, so that it is complained of once.
    """

    problems: Problems = field(default_factory=list)
    scales: dict[str, Scale] = field(default_factory=dict)
    tables: dict[str, Table] = field(default_factory=dict)
    questions: dict[str, Question] = field(default_factory=dict)
    dimensions: dict[str, Dimension] = field(default_factory=dict)
    places: dict[tuple[str, str], Node] = field(default_factory=dict)
    broken: set[str] = field(default_factory=set)

    def wrong(self, node: Node, what: str, remedy: str) -> None:
        add(self.problems, node, what, remedy)

    def named(self, node: Node, known: Iterable[str], what: str) -> str:
        """The name in a node, or "" and a problem where it is not known."""
        names = tuple(known)
        raw = node.raw if node.kind == "scalar" else ""
        if raw in names:
            return raw
        if raw not in self.broken:
            shown = f"'{raw[:80]}'" if node.kind == "scalar" else f"A {node.kind}"
            self.wrong(node, f"{shown} is no {what}.", suggest(raw, names, "names"))
        return ""

    def names(self, node: Node | None, known: Iterable[str], what: str) -> tuple[str, ...]:
        """One name or a list of them, each known."""
        if node is None:
            return ()
        names = tuple(known)
        items = node.items if node.kind == "list" else (node,)
        found = [self.named(item, names, what) for item in items]
        return tuple(dict.fromkeys(name for name in found if name))

    def said(self, node: Node | None, name: str, longest: int = LONG) -> str:
        """A text of bounded length."""
        if node is None:
            return ""
        written = " ".join(text(node, name, self.problems).split())
        if len(written) > longest:
            self.wrong(node, f"'{name}' is longer than {longest} characters.", "Shorten it.")
        return written

    def many(self, node: Node | None, name: str, most: int) -> tuple[str, ...]:
        """One text or a list of texts."""
        if node is None:
            return ()
        items = node.items if node.kind == "list" else (node,)
        if len(items) > most:
            self.wrong(node, f"'{name}' holds more than {most} texts.", "Keep what is needed.")
        return tuple(self.said(item, name) for item in items[:most])

    def word(self, node: Node | None, known: Sequence[Any], name: str, default: Any) -> Any:
        return one_of(node, known, name, self.problems) or default

    def flag(self, node: Node | None, name: str) -> bool:
        if node is not None and not isinstance(node.value, bool):
            self.wrong(node, f"'{name}' must be true or false.", f"Write {name}: true.")
        return node is not None and node.value is True

    def members(self, node: Node | None, what: str, most: int) -> list[tuple[str, Node]]:
        """The entries of a mapping of parts, each with a key that can be one, each once."""
        if node is None:
            return []
        if node.kind != "mapping" or not node.entries:
            remedy = "Write the key of each first."
            self.wrong(node, f"The {what}s must be a mapping with at least one.", remedy)
            return []
        if len(node.entries) > most:
            remedy = "Split the framework, or keep what decides."
            self.wrong(node, f"There are more than {most} {what}s.", remedy)
            return []
        found: list[tuple[str, Node]] = []
        for key, value in node.entries:
            if key.kind != "scalar" or not KEY.fullmatch(key.raw):
                remedy = "Use small letters, digits, - and _; begin with a letter; at most 60."
                self.wrong(key, f"'{key.raw[:80]}' cannot be the key of a {what}.", remedy)
            elif (what, key.raw) in self.places:
                first = self.places[what, key.raw].where
                remedy = "Keep one."
                self.wrong(key, f"There are two {what}s '{key.raw}'; the first at {first}.", remedy)
            else:
                self.places[what, key.raw] = key
                found.append((key.raw, value))
        return found

    def keys(self, node: Node, known: Sequence[str], required: Sequence[str], name: str) -> Found:
        return entries(node, known, required, name, self.problems)


def as_name(key: str) -> str:
    """What a key is called where nothing else is written."""
    return key.replace("_", " ").replace("-", " ")


def titled(name: str) -> str:
    return name[:1].upper() + name[1:]


def level_mapping(scope: Scope, node: Node | None, scale: Scale, name: str) -> Mapping[str, str]:
    """Texts by level of a scale."""
    if node is None:
        return {}
    found = scope.keys(node, scale.keys, (), name)
    return {key: scope.said(value, key) for key, value in found.items()}
