"""The data files that lie beside the code: read whole, with every problem and its place."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from importlib.resources import files

from sextant.contracts.file.document import parse_document
from sextant.contracts.file.fields import Problems, add, one_of, text
from sextant.contracts.file.node import Node
from sextant.contracts.problems import ContractError


def shipped(package: str, name: str) -> Node:
    """The root of `files/<name>` of a package. Raises `ContractError` where it is no YAML."""
    return parse_document((files(package) / "files" / name).read_text("utf-8"))


def items(node: Node | None, name: str, problems: Problems) -> tuple[Node, ...]:
    """The items of a list; none, and a problem, where it is something else."""
    if node is None:
        return ()
    if node.kind != "list":
        add(problems, node, f"'{name}' must be a list.", "Begin each item with a hyphen.")
    return node.items


def texts(node: Node | None, name: str, problems: Problems) -> tuple[str, ...]:
    """A list of texts."""
    return tuple(text(one, name, problems) for one in items(node, name, problems))


def chosen(
    node: Node | None, known: Sequence[str], name: str, problems: Problems
) -> tuple[str, ...]:
    """A list of words that are known; each once."""
    found: list[str] = []
    for one in items(node, name, problems):
        word = one_of(one, known, name, problems)
        if word in found:
            add(problems, one, f"'{word}' is given twice.", "Keep one.")
        elif word:
            found.append(word)
    return tuple(found)


def once(keys: Iterable[tuple[str, Node]], name: str, problems: Problems) -> None:
    """A problem for each key that an earlier item has already."""
    places: dict[str, Node] = {}
    for key, node in keys:
        if key in places:
            add(problems, node, f"The {name} '{key}' is given twice; first at {places[key].where}.",
                "Keep one.")  # fmt: skip
        places.setdefault(key, node)


def settle(problems: Problems) -> None:
    """Raise `ContractError` where there is a problem."""
    if problems:
        raise ContractError(problems)
