"""Short lessons, each with something to do on one's own product; and what to read further."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from sextant.contracts.file.fields import Problems, add, entries, text, whole
from sextant.contracts.file.node import Node
from sextant.strategy.literacy.glossary import glossary
from sextant.strategy.shipped import chosen, items, once, settle, shipped, texts

LESSON = ("lesson", "name", "minutes", "says", "words", "do", "versus")
RESOURCE = ("aim", "name", "by", "href")


@dataclass(frozen=True, slots=True)
class Versus:
    """Two things beside each other: their names, and what is so of each."""

    left: str
    right: str
    rows: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class Lesson:
    """A lesson of a few minutes. `do` is what to do then, on the `page` of a product."""

    key: str
    name: str
    minutes: int
    says: tuple[str, ...]
    words: tuple[str, ...]
    do: str
    page: str
    versus: Versus | None = None


@dataclass(frozen=True, slots=True)
class Resource:
    """Something to read elsewhere, by what one wants to reach with it.

    `href` is empty where no address is confirmed: then name and author have to do.
    """

    aim: str
    name: str
    by: str
    href: str = ""


@cache
def lessons() -> Mapping[str, Lesson]:
    """Every lesson by its key, in the order in which to read them."""
    problems: Problems = []
    root = shipped(__package__, "lessons.yaml")
    held = entries(root, ("lessons",), ("lessons",), "the lessons", problems)
    rows = items(held.get("lessons"), "lessons", problems)
    found = [_lesson(row, problems) for row in rows]
    once(((one.key, row) for one, row in zip(found, rows, strict=True)), "lesson", problems)
    settle(problems)
    return MappingProxyType({one.key: one for one in found})


@cache
def resources() -> tuple[Resource, ...]:
    """What to read, those of one aim together."""
    problems: Problems = []
    root = shipped(__package__, "resources.yaml")
    held = entries(root, ("resources",), ("resources",), "what to read", problems)
    found = []
    for row in items(held.get("resources"), "resources", problems):
        parts = entries(row, RESOURCE, RESOURCE[:-1], "something to read", problems)
        given = [name for name in RESOURCE if name != "href" or name in parts]
        one = Resource(*(text(parts.get(name), name, problems) for name in given))
        if one.href and not one.href.startswith("https://"):
            add(problems, row, f"'{one.href}' is no address.", "Begin it with https://.")
        found.append(one)
    settle(problems)
    return tuple(found)


def _lesson(node: Node, problems: Problems) -> Lesson:
    held = entries(node, LESSON, LESSON[:-1], "a lesson", problems)
    key, name = (text(held.get(one), one, problems) for one in ("lesson", "name"))
    minutes = whole(held["minutes"], "minutes", problems, 1, 30) if "minutes" in held else None
    last = entries(held["do"], ("says", "page"), ("says", "page"), "what to do", problems) \
        if "do" in held else {}  # fmt: skip
    return Lesson(
        key,
        name,
        minutes or 0,
        says=texts(held.get("says"), "says", problems),
        words=chosen(held.get("words"), tuple(glossary()), "term", problems),
        do=text(last.get("says"), "says", problems),
        page=text(last.get("page"), "page", problems),
        versus=_versus(held["versus"], problems) if "versus" in held else None,
    )


def _versus(node: Node, problems: Problems) -> Versus:
    names = ("left", "right", "rows")
    held = entries(node, names, names, "a comparison", problems)
    rows: list[tuple[str, str, str]] = []
    for row in items(held.get("rows"), "rows", problems):
        cells = texts(row, "a row", problems)
        if len(cells) == 3:
            rows.append((cells[0], cells[1], cells[2]))
        else:
            add(problems, row, f"A row has {len(cells)} cells.", "Give it what, left, right.")
    left, right = (text(held.get(one), one, problems) for one in ("left", "right"))
    return Versus(left, right, tuple(rows))
