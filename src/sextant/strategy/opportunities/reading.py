"""Reading the files of patterns and industries: YAML with the place of every problem."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from importlib.resources import files
from typing import TYPE_CHECKING, TypeVar

from sextant.contracts.file.document import parse_document
from sextant.contracts.file.fields import Problems, add, entries, text
from sextant.contracts.problems import ContractError

if TYPE_CHECKING:
    from sextant.contracts.file.node import Node

T = TypeVar("T")
KEY = re.compile(r"[a-z]+(-[a-z]+)*")


def texts_in(folder: str) -> dict[str, str]:
    """The shipped files of a folder by their names, in the order of the names."""
    place = files("sextant.strategy.opportunities") / "files" / folder
    found = sorted((one for one in place.iterdir() if one.name.endswith(".yaml")), key=str)
    return {one.name: one.read_text(encoding="utf-8") for one in found}


def parsed(source: str, read: Callable[[Node, Problems], T]) -> T:
    """What a file says; raises ContractError with every problem of it."""
    problems: Problems = []
    made = read(parse_document(source), problems)
    if problems:
        raise ContractError(problems)
    return made


def key_of(node: Node | None, name: str, problems: Problems) -> str:
    """A key: small letters with single hyphens between them."""
    found = text(node, name, problems)
    if node is not None and found and not KEY.fullmatch(found):
        add(problems, node, f"'{found}' is no key.", "Use small letters and hyphens: fraud-check.")
    return found


def lines(node: Node | None, name: str, problems: Problems) -> tuple[str, ...]:
    """A list of texts, at least one."""
    return tuple(text(one, name, problems) for one in _items(node, name, problems))


def rows(
    node: Node | None, keys: Sequence[str], name: str, problems: Problems
) -> list[dict[str, str]]:
    """A list of mappings of texts, at least one, each with all of the keys."""
    return [row(one, keys, name, problems) for one in _items(node, name, problems)]


def row(node: Node, keys: Sequence[str], name: str, problems: Problems) -> dict[str, str]:
    """A mapping of texts with all of the keys."""
    found = entries(node, keys, keys, name, problems)
    return {key: text(found.get(key), key, problems) for key in keys}


def _items(node: Node | None, name: str, problems: Problems) -> tuple[Node, ...]:
    if node is None:
        return ()
    if node.kind != "list" or not node.items:
        add(problems, node, f"'{name}' must be a list.", "Begin each of its lines with a hyphen.")
        return ()
    return node.items
