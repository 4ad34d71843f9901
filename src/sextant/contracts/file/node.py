"""A value with its place in a contract, whether it came from a file or from Python."""

from __future__ import annotations

import math
import numbers
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import PurePath
from typing import Any, Literal

from sextant.contracts.problems import ContractError, Problem

MAX_DEPTH = 12
HALVES = re.compile("[\x00\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Node:
    """A scalar with its `value`, a list with its `items`, or a mapping with its `entries`.

    `raw` is the text of a scalar as written. `flow` marks what stands in [ ] or { }, `plain` a
    scalar without quotes, `exact` one whose text stands in the file character by character.
    `span` is its place in the source text, as a pair of indexes; a mapping in { } keeps that text.
    """

    where: str
    kind: Literal["scalar", "list", "mapping"]
    value: Any = None
    raw: str = ""
    items: tuple[Node, ...] = ()
    entries: tuple[tuple[Node, Node], ...] = ()
    line: int = 0
    column: int = 0
    span: tuple[int, int] = (0, 0)
    plain: bool = False
    flow: bool = False
    exact: bool = False
    source: str = field(default="", repr=False)

    @property
    def empty(self) -> bool:
        """Whether nothing was written, or null."""
        return self.kind == "scalar" and self.value is None

    def at(self, offset: int) -> str:
        """The place of a character of the scalar: exact where it was written on one line."""
        if not self.line:
            return f"{self.where}, character {offset + 1}"
        if not self.exact:
            return self.where
        quote = 0 if self.plain else 1
        return f"line {self.line}, column {self.column + quote + offset}"


def node_from_python(value: Any, where: str = "contract", depth: int = 0) -> Node:
    """The node of a mapping, list or scalar. Raises `ContractError` for other objects."""
    if depth > MAX_DEPTH:
        raise ContractError([Problem(where, "It is nested too deeply.", "A contract is flat.")])
    if isinstance(value, Mapping):
        entries = tuple(
            (
                node_from_python(key, _path(where, key), depth + 1),
                node_from_python(held, _path(where, key), depth + 1),
            )
            for key, held in value.items()
        )
        return Node(where, "mapping", entries=entries)
    if isinstance(value, list | tuple):
        items = tuple(
            node_from_python(held, f"{where}[{index}]", depth + 1)
            for index, held in enumerate(value)
        )
        return Node(where, "list", items=items)
    return _scalar(value, where)


def _path(where: str, key: object) -> str:
    return str(key) if where == "contract" else f"{where}.{key}"


def _scalar(value: Any, where: str) -> Node:
    if isinstance(value, PurePath):
        value = str(value)
    elif isinstance(value, numbers.Integral):
        value = _whole(value)
    elif isinstance(value, numbers.Real):
        value = float(value)
    if value is not None and not isinstance(value, str | int | float | date):
        what = f"A {type(value).__name__} cannot stand in a contract."
        remedy = "Use text, a number, a date, a list or a mapping."
        raise ContractError([Problem(where, what, remedy)])
    refuse_unprintable(_raw(value), where)
    return Node(where, "scalar", value, _raw(value))


def refuse_unprintable(text: str, where: str) -> None:
    """Raise `ContractError` for half characters and NUL, which no file and no page can show."""
    if HALVES.search(text):
        what = "The text holds a character that cannot be written."
        raise ContractError([Problem(where, what, "Remove it.")])


def _whole(value: numbers.Integral | bool) -> int:
    return value if isinstance(value, bool) else int(value)


def _raw(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and math.isfinite(value) and value.is_integer():
        return f"{value:.0f}" if abs(value) < 1e15 else repr(value)
    return "" if value is None else str(value)
