"""Industries: the risks that are typical of each, and dated pointers to what regulates it.

Pointers are data with a date and a source, never rules in code: a law changes, and whether it
applies is for a person who knows it to say.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from sextant.contracts.file.fields import Problems, add, entries, text
from sextant.strategy.opportunities.reading import key_of, parsed, rows, texts_in

if TYPE_CHECKING:
    from sextant.contracts.file.node import Node

REQUIRED = ("industry", "name", "risks", "pointers")


@dataclass(frozen=True, slots=True)
class Peril:
    """A typical risk: of which of the six kinds, and how it shows here."""

    kind: str
    says: str


@dataclass(frozen=True, slots=True)
class Pointer:
    """Where to look: the text, the place that applies, the day of the text, its source."""

    name: str
    where: str
    asks: str
    dated: date
    source: str


@dataclass(frozen=True, slots=True)
class Industry:
    """One industry."""

    key: str
    name: str
    risks: tuple[Peril, ...]
    pointers: tuple[Pointer, ...]


RISKS = ("performance", "bias", "security", "reliability", "adoption", "regulatory")


def industry_from_text(source: str) -> Industry:
    """The industry that a file states; raises ContractError with every problem and its place."""
    return parsed(source, _industry)


@cache
def industries() -> Mapping[str, Industry]:
    """The shipped industries by key, in the order of their names."""
    read = map(industry_from_text, texts_in("industries").values())
    return MappingProxyType({one.key: one for one in sorted(read, key=lambda one: one.name)})


def _industry(root: Node, problems: Problems) -> Industry:
    found = entries(root, REQUIRED, REQUIRED, "an industry", problems)
    risks, pointers = found.get("risks"), found.get("pointers")
    perils = rows(risks, ("kind", "says"), "risks", problems)
    for one, item in zip(perils, risks.items if risks else (), strict=True):
        if one["kind"] not in RISKS:
            add(problems, item, f"'{one['kind']}' is no kind of risk.", f"Use {', '.join(RISKS)}.")
    laws = rows(pointers, ("name", "where", "asks", "dated", "source"), "pointers", problems)
    places = pointers.items if pointers else ()
    dated = [_dated(one, item, problems) for one, item in zip(laws, places, strict=True)]
    return Industry(
        key=key_of(found.get("industry"), "industry", problems),
        name=text(found.get("name"), "name", problems),
        risks=tuple(Peril(**one) for one in perils),
        pointers=tuple(Pointer(**{**one, "dated": on})  # type: ignore[arg-type]
                       for one, on in zip(laws, dated, strict=True)),
    )  # fmt: skip


def _dated(row: dict[str, str], item: Node, problems: Problems) -> date:
    try:
        return date.fromisoformat(row["dated"])
    except ValueError:
        add(
            problems,
            item,
            f"'{row['dated']}' is no date.",
            "Write the day of the text: 2024-06-13.",
        )
        return date.min
