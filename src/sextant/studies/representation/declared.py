"""Whom a table is to stand for: shares declared in a file or a mapping, or counted in a table.

    population: Adults of Massachusetts
    source: American Community Survey 2016
    margin: 20 %
    shares:
      sex: {1: 48 %, 2: 52 %}
      age:
        column: AGEP
        bands: [25, 45, 65]
        shares: {under 25: 31 %, 25–44: 26 %, 45–64: 28 %, 65 and over: rest}
      sex x age:
        shares: {1: {under 25: 16 %, …}, 2: {…}}

A share is `48 %` or 0.48; `people:` in the place of `shares:` takes counts. One may be `rest`.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sextant.contracts.file.document import parse_document
from sextant.contracts.file.fields import Problems, add, entries, text
from sextant.contracts.file.node import Node, node_from_python
from sextant.contracts.file.sections import read_segment
from sextant.contracts.grammar import band_labels
from sextant.contracts.grammar.segments import value_text
from sextant.contracts.model import Segment
from sextant.contracts.problems import ContractError, suggest

KEYS = ("population", "source", "margin", "shares")
PART_KEYS = ("column", "bands", "labels", "shares", "people")
CROSS = " x "
MARGIN = 0.2
ROUNDED = 0.005
"""Declared shares may miss 1 by so much: they are written with few digits."""
MOST_GROUPS = 1_000
REST = "rest"
Values = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """The population cut once: by one segment, or by several crossed. The shares sum to 1.

    `n`: the rows in which the shares were counted, where these are a sample themselves.
    """

    segments: tuple[Segment, ...]
    shares: tuple[tuple[Values, float], ...]
    n: float | None = None

    @property
    def name(self) -> str:
        return CROSS.join(one.name for one in self.segments)


@dataclass(frozen=True, slots=True)
class Population:
    """Whom the rows are to stand for. `margin`: a group may be smaller by so much of its share."""

    name: str
    parts: tuple[Part, ...]
    source: str = ""
    margin: float = MARGIN


def population_of(given: str | Mapping[str, Any]) -> Population:
    """The population of a YAML text or a mapping. Raises `ContractError` with every problem."""
    root = (
        parse_document(given, "population") if isinstance(given, str) else node_from_python(given)
    )
    problems: Problems = []
    found = entries(root, KEYS, ("shares",), "the population", problems)
    margin = _share(found["margin"], "margin", problems) if "margin" in found else MARGIN
    parts = _parts(found.get("shares"), problems)
    if problems:
        raise ContractError(problems)
    return Population(
        text(found.get("population"), "population", problems) or "the declared population",
        parts, text(found.get("source"), "source", problems), margin or MARGIN,
    )  # fmt: skip


def _parts(node: Node | None, problems: Problems) -> tuple[Part, ...]:
    if node is None:
        return ()
    if node.kind != "mapping" or not node.entries:
        add(problems, node, "'shares' names no column.", "Write sex: {men: 49 %, women: 51 %}.")
        return ()
    known: dict[str, Segment] = {}
    found: list[Part] = []
    for key, value in node.entries:
        name = text(key, "a name in shares", problems)
        if name in {one.name for one in found}:
            add(problems, key, f"'{name}' is declared twice.", "Keep one.")
        elif name:
            found += _part(name, value, known, problems)
    total = sum(len(one.shares) for one in found)
    if total > MOST_GROUPS:
        what = f"{total:,} groups are declared, more than {MOST_GROUPS:,}."
        add(problems, node, what, "Cut coarser bands, or leave columns out.")
    return tuple(found)


def _part(name: str, node: Node, known: dict[str, Segment], problems: Problems) -> list[Part]:
    names = [one.strip() for one in name.split(CROSS)]
    held: Node | None = node
    unit, given = "shares", {}
    words = {key.raw for key, _ in node.entries} if node.kind == "mapping" else set()
    if words & {"shares", "people"}:
        given = entries(node, PART_KEYS, (), f"'{name}'", problems)
        unit = "people" if "people" in given else "shares"
        held = given.get(unit)
        if {"shares", "people"} <= set(given):
            add(problems, node, f"'{name}' has both shares and people.", "Keep one.")
    if len(names) == 1:
        segment = read_segment(name, _of_segment(name, node, given), problems)
        segments: tuple[Segment, ...] = (segment,)
        known[name] = segment
    else:
        segments = tuple(known.get(one) or Segment(one, one) for one in names)
        for word in ("column", "bands", "labels"):
            if word in given:
                what = f"'{name}' crosses {len(names)} splits; '{word}' belongs to one of them."
                add(problems, given[word], what, f"Declare {names[0]} by itself, above.")
    if held is None or held.kind != "mapping" or not held.entries:
        add(problems, held or node, f"'{name}' has no {unit}.", "Write {men: 49 %, women: 51 %}.")
        return []
    before = len(problems)
    leaves = list(_leaves(held, segments, (), unit, problems))
    if len(problems) > before:
        return []
    shares = _whole(name, held, leaves, unit, problems)
    return [Part(segments, shares)] if shares else []


def _of_segment(name: str, node: Node, given: Mapping[str, Node]) -> Node:
    """The mapping that says a segment: its column, else its own name, with bands or labels."""
    column = given.get("column") or node_from_python(name)
    picked = [(node_from_python("column"), column)]
    picked += [(node_from_python(key), given[key]) for key in ("bands", "labels") if key in given]
    return Node(node.where, "mapping", entries=tuple(picked))


def _leaves(
    node: Node, segments: tuple[Segment, ...], above: Values, unit: str, problems: Problems
) -> list[tuple[Values, float | None, Node]]:
    """Every group with its share, None for the rest; maps stand in maps, a level a segment."""
    found: list[tuple[Values, float | None, Node]] = []
    segment, seen = segments[len(above)], set[str]()
    allowed = band_labels(segment.bands) or tuple(dict.fromkeys(n for _, n in segment.labels))
    for key, value in node.entries:
        said = value_text(key.value) if key.kind == "scalar" else ""
        # a band may be written with a plain hyphen
        word = next((one for one in allowed if _plain(one) == _plain(said)), said)
        if not said or word in seen:
            what = f"'{said}' stands twice." if said else "A group must be one value."
            add(problems, key, what, "Write each group once.")
            continue
        seen.add(word)
        if allowed and word not in allowed:
            add(problems, key, f"'{said}' is no group of '{segment.name}'.",
                suggest(said, allowed, "groups"))  # fmt: skip
            continue
        deeper = len(above) + 1 < len(segments)
        if deeper != (value.kind == "mapping"):
            remedy = f"Write a share for each of {segments[-1].name}."
            what = f"'{word}' should hold " + ("groups." if deeper else "one share.")
            add(problems, value, what, remedy)
        elif deeper:
            found += _leaves(value, segments, (*above, word), unit, problems)
        elif value.raw.strip() == REST:
            found.append(((*above, word), None, value))
        else:
            share = (_count if unit == "people" else _share)(value, word, problems)
            found.append(((*above, word), share or math.nan, value))
    return found


def _plain(word: str) -> str:
    return word.replace("\N{EN DASH}", "-")


def _whole(
    name: str, node: Node, leaves: list[tuple[Values, float | None, Node]], unit: str,
    problems: Problems,
) -> tuple[tuple[Values, float], ...]:  # fmt: skip
    """Shares that sum to 1, by the rest or within what rounding leaves. Else a problem."""
    rests = [one for one in leaves if one[1] is None]
    total = sum(share for _, share, _ in leaves if share is not None)
    if len(rests) > 1 or (rests and unit == "people"):
        add(problems, rests[-1][2], f"'{name}' cannot have this rest.", "One share may be rest.")
        return ()
    if unit == "people":
        return tuple((values, (share or 0.0) / total) for values, share, _ in leaves)
    if rests and total < 1:
        return tuple((v, 1 - total if share is None else share) for v, share, _ in leaves)
    if rests or abs(total - 1) > ROUNDED:
        remedy = "Write one as rest, or counts as people: {…}." if total < 1 else "Check them."
        what = f"The shares of '{name}' add up to {100 * total:.4g} %, not to 100 %."
        add(problems, node, what + (" Nothing is left for the rest." if rests else ""), remedy)
        return ()
    return tuple((values, (share or 0.0) / total) for values, share, _ in leaves)


def _share(node: Node, name: str, problems: Problems) -> float | None:
    """`48 %` or 0.48; above 0 and at most 1."""
    written = node.raw.strip() if node.kind == "scalar" else ""
    try:
        value = float(written.removesuffix("%")) / (100 if written.endswith("%") else 1)
    except ValueError:
        value = math.nan
    if not 0 < value <= 1 or isinstance(node.value, bool):
        what = f"'{written:.60}' is no share of '{name}' above 0 and up to 100 %."
        add(problems, node, what, "Write it like 48 % or 0.48, or leave the group out.")
        return None
    return value


def _count(node: Node, name: str, problems: Problems) -> float | None:
    written = node.raw.strip().replace(",", "").replace("_", "") if node.kind == "scalar" else ""
    try:
        value = float(written)
    except ValueError:
        value = math.nan
    if not 0 < value < math.inf or isinstance(node.value, bool):
        what = f"'{written:.60}' is no number of people of '{name}'."
        add(problems, node, what, "Write it like 3200000, or leave the group out.")
        return None
    return value
