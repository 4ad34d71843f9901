"""What is written once for each of several things: `each: {bias: {name: Bias, it: …}, …}`.

A key that holds `{each}` is repeated for every one of them, with its words in the place of
`{each}`, `{name}` and so on; an item of a list that holds `{each}` likewise.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from sextant.contracts.file.fields import Problems, add, text
from sextant.contracts.file.node import Node

Words = Mapping[str, str]
EACH = "{each}"
MAX_EACH = 12


def read_each(node: Node | None, problems: Problems) -> tuple[Words, ...]:
    """The words of every repetition, in order."""
    if node is None:
        return ()
    if node.kind != "mapping" or not 0 < len(node.entries) <= MAX_EACH:
        what = f"'each' must be a mapping of 1 to {MAX_EACH} things."
        add(problems, node, what, "Write them like bias: {name: Bias, it: it harms groups}.")
        return ()
    found = []
    for key, value in node.entries:
        words = {"each": key.raw}
        for name, held in value.entries:
            words[name.raw] = text(held, name.raw, problems)
        if value.kind == "scalar":
            words["it"] = text(value, key.raw, problems)
        found.append(words)
    return tuple(found)


def repeated(node: Node, several: tuple[Words, ...]) -> Node:
    """The node with everything that holds `{each}` written out."""
    if not several:
        return node
    if node.kind == "mapping":
        entries = [
            (_filled(key, words), _filled(value, words))
            if words
            else (key, repeated(value, several))
            for key, value in node.entries
            for words in (several if EACH in key.raw else ({},))
        ]
        return replace(node, entries=tuple(entries))
    items = [
        _filled(item, words) if words else repeated(item, several)
        for item in node.items
        for words in (several if EACH in item.raw else ({},))
    ]
    return replace(node, items=tuple(items))


def _filled(node: Node, words: Words) -> Node:
    if node.kind == "scalar":
        if not isinstance(node.value, str) or "{" not in node.raw:
            return node
        filled = node.raw
        for name, word in words.items():
            filled = filled.replace(f"{{{name}}}", word)
        return replace(node, raw=filled, value=filled)
    return replace(
        node,
        entries=tuple((_filled(key, words), _filled(held, words)) for key, held in node.entries),
        items=tuple(_filled(item, words) for item in node.items),
    )
