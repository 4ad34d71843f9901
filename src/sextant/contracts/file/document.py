"""A YAML file as nodes: YAML 1.2 read event by event, so that nothing is ever constructed.

The limits hold before anything is built: a megabyte, twelve levels, 10,000 values. Anchors,
aliases and tags are refused, for they can hide what a contract or a framework says.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    CollectionStartEvent,
    DocumentStartEvent,
    Event,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
    SequenceStartEvent,
)

from sextant.contracts.file.node import MAX_DEPTH, Node, refuse_unprintable
from sextant.contracts.file.scalars import resolve
from sextant.contracts.problems import ContractError, Problem

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MAX_BYTES = 1_000_000
MAX_NODES = 10_000
BEGIN = {"contract": "Run sextant init DATA to begin one."}


def read_text(path: Path) -> str:
    """The file's text. Raises `ContractError` where it is absent, too large or not UTF-8."""
    name = str(path)
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except FileNotFoundError:
        raise _error(name, "There is no such file.", "Check the path.") from None
    except IsADirectoryError:
        raise _error(name, "This is a folder.", "Name the contract file in it.") from None
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else "the name is not valid"
        raise _error(name, f"It cannot be read: {reason}.", "Check the file.") from None
    if len(data) > MAX_BYTES:
        raise _error(name, "It is larger than 1 MB.", "A contract is a page of YAML.")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise _error(f"line {line}", "This is not UTF-8 text.", "Save the file as UTF-8.") from None


def _error(where: str, what: str, remedy: str) -> ContractError:
    return ContractError([Problem(where, what, remedy)])


def parse_document(text: str, kind: str = "contract") -> Node:
    """The root of a YAML document; `kind` is what the file is called in messages.

    Raises `ContractError` with the place where it is no YAML.
    """
    try:
        return _Builder(text, kind).document()
    except MarkedYAMLError as error:
        raise ContractError([_syntax_problem(error, kind)]) from None
    except YAMLError as error:
        raise _error(kind, _first_line(error), "Remove the character.") from None


def _syntax_problem(error: MarkedYAMLError, kind: str) -> Problem:
    mark = error.problem_mark or error.context_mark
    where = f"line {mark.line + 1}, column {mark.column + 1}" if mark else kind
    reason = error.problem or error.context or "it cannot be read"
    remedies = {
        "\\t": "Indent with spaces, not tabs.",
        "mapping values": "Put a text that contains ': ' in quotes.",
        "expected ',' or '}'": "Put a text that contains , [ ] or { } in quotes.",
        "expected ',' or ']'": "Put a text that contains , [ ] or { } in quotes.",
        "cannot start any token": "Put a text that begins with a sign in quotes.",
        "expected <block end>": "Check the indentation and the quotes.",
        "end of stream": "Close the quotes.",
    }
    remedy = next((cure for sign, cure in remedies.items() if sign in reason), "Check the line.")
    return Problem(where, f"This is not valid YAML: {reason}.", remedy)


def _first_line(error: YAMLError) -> str:
    return f"This is not valid YAML: {str(error).splitlines()[0]}."


class _Builder:
    """Nodes from parser events, within the limits."""

    def __init__(self, text: str, kind: str) -> None:
        self.text = text
        self.kind = kind
        self.events: Iterator[Event] = YAML(typ="safe", pure=True).parse(text)
        self.nodes = 0

    def document(self) -> Node:
        root: Node | None = None
        for event in self.events:
            if isinstance(event, NodeEvent):
                root = self.node(event, 0)
            elif isinstance(event, DocumentStartEvent) and root is not None:
                remedy = "Keep one: remove the line ---."
                raise _error(_where(event), "A second document begins here.", remedy)
        if root is None or root.empty:
            raise _error(self.kind, "The file is empty.", BEGIN.get(self.kind, "Write its keys."))
        return root

    def node(self, event: Event, depth: int) -> Node:
        self.nodes += 1
        if self.nodes > MAX_NODES or depth > MAX_DEPTH:
            what = f"The {self.kind} holds too many values, or nests them too deeply."
            raise _error(_where(event), what, f"A {self.kind} is a page of YAML.")
        _refuse_tricks(event, self.kind)
        if isinstance(event, MappingStartEvent):
            return self.mapping(event, depth)
        if isinstance(event, SequenceStartEvent):
            return self.sequence(event, depth)
        if isinstance(event, ScalarEvent):
            return self.scalar(event)
        raise _error(_where(event), f"This cannot stand in a {self.kind}.", "Remove it.")

    def mapping(self, event: MappingStartEvent, depth: int) -> Node:
        entries: list[tuple[Node, Node]] = []
        while isinstance(ahead := next(self.events), NodeEvent):
            key = self.node(ahead, depth + 1)
            entries.append((key, self.node(next(self.events), depth + 1)))
        source = self.text if event.flow_style else ""
        return _collection(event, ahead, entries=tuple(entries), source=source)

    def sequence(self, event: SequenceStartEvent, depth: int) -> Node:
        items: list[Node] = []
        while isinstance(ahead := next(self.events), NodeEvent):
            items.append(self.node(ahead, depth + 1))
        return _collection(event, ahead, items=tuple(items))

    def scalar(self, event: ScalarEvent) -> Node:
        refuse_unprintable(event.value, _where(event))
        start, end = event.start_mark, event.end_mark
        is_plain = event.style is None
        value = resolve(event.value) if is_plain else event.value
        first = start.index + (0 if is_plain else 1)
        return Node(
            _where(event),
            "scalar",
            value,
            event.value,
            line=start.line + 1,
            column=start.column + 1,
            span=(start.index, end.index),
            plain=is_plain,
            exact=self.text.startswith(event.value, first) and event.style not in ("|", ">"),
        )


def _collection(event: CollectionStartEvent, last: Event, **parts: Any) -> Node:
    start = event.start_mark
    return Node(
        _where(event),
        "mapping" if isinstance(event, MappingStartEvent) else "list",
        line=start.line + 1,
        column=start.column + 1,
        span=(start.index, last.end_mark.index),
        flow=bool(event.flow_style),
        **parts,
    )


def _where(event: Event) -> str:
    return f"line {event.start_mark.line + 1}, column {event.start_mark.column + 1}"


def _refuse_tricks(event: Event, kind: str) -> None:
    if isinstance(event, AliasEvent) or getattr(event, "anchor", None):
        what = f"Anchors (&) and aliases (*) are not allowed in a {kind}."
        raise _error(_where(event), what, "Write the value out, or put it in quotes.")
    if getattr(event, "ctag", None):
        remedy = "Remove it, or put the value in quotes."
        raise _error(_where(event), f"Tags (!) are not allowed in a {kind}.", remedy)
