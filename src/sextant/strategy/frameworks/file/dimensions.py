"""The dimensions of a framework file, each after what it rests on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, cast

from sextant.contracts.file.node import Node
from sextant.strategy.frameworks.file.parts import (
    SHORT,
    Found,
    Scope,
    as_name,
    level_mapping,
    titled,
)
from sextant.strategy.frameworks.model import READERS, Dimension, Scale, Table

MAX_DIMENSIONS = 60
Kind = Literal["is", "least", "most", "table", "compare"]
KINDS: tuple[Kind, ...] = ("is", "least", "most", "table", "compare")
KNOWN = (
    "name",
    *KINDS,
    "down",
    "across",
    "against",
    "otherwise",
    "scale",
    "says",
    "read_by",
    "context",
    "proposed",
)


@dataclass(frozen=True, slots=True)
class Raw:
    """A dimension with the nodes of what it names."""

    key: str
    node: Node
    found: Found
    kind: Kind

    @property
    def inputs(self) -> tuple[Node, ...]:
        if self.kind in ("table", "compare"):
            names = ("down", "across") if self.kind == "table" else ("compare", "against")
            return tuple(self.found[name] for name in names if name in self.found)
        held = self.found[self.kind]
        return held.items if held.kind == "list" else (held,)


def read_dimensions(scope: Scope, node: Node | None) -> None:
    """Reads the dimensions into the scope, in the order of the file."""
    raws: dict[str, Raw] = {}
    members = scope.members(node, "dimension", MAX_DIMENSIONS)
    for key, value in members:
        found = scope.keys(value, KNOWN, (), f"dimension '{key}'")
        kinds = [kind for kind in KINDS if kind in found]
        if len(kinds) != 1:
            what = f"The dimension '{key}' needs exactly one of {', '.join(KINDS)}."
            scope.wrong(value, what, "Write is: QUESTION where it is that of one question.")
        elif key in scope.questions:
            first = scope.places["question", key].where
            if kinds != ["is"] or found["is"].raw != key:
                what = f"'{key}' is a question too, at {first}, and something else."
                scope.wrong(scope.places["dimension", key], what, "Give one another key.")
            else:
                raws[key] = Raw(key, value, found, kinds[0])
        else:
            raws[key] = Raw(key, value, found, kinds[0])
    for key in raws:
        _place(scope, key, raws, [])
    scope.broken |= {key for key, _ in members} - set(scope.dimensions)
    ordered = {key: scope.dimensions[key] for key in raws if key in scope.dimensions}
    scope.dimensions.clear()
    scope.dimensions.update(ordered)


def _place(scope: Scope, key: str, raws: Mapping[str, Raw], above: list[str]) -> None:
    if key in scope.dimensions or ("tried", key) in scope.places:
        return
    if key in above:
        ring = " → ".join([*above[above.index(key) :], key])
        what = f"The dimension '{key}' rests on itself: {ring}."
        scope.wrong(scope.places["dimension", key], what, "Take one of them out of the circle.")
        scope.places["tried", key] = raws[key].node
        return
    raw = raws[key]
    for node in raw.inputs:
        if node.raw in raws and node.raw != key:
            _place(scope, node.raw, raws, [*above, key])
        elif node.raw == key and key not in scope.questions:
            what = f"The dimension '{key}' rests on itself."
            scope.wrong(node, what, "Name a question or another dimension.")
            scope.places["tried", key] = raw.node
    if ("tried", key) not in scope.places:
        scope.places["tried", key] = raw.node
        if (one := _dimension(scope, raw, raws)) is not None:
            scope.dimensions[key] = one


def _dimension(scope: Scope, raw: Raw, raws: Mapping[str, Raw]) -> Dimension | None:
    found = raw.found
    for name, kinds in (("down", "table"), ("across", "table"), ("against", "compare")):
        if (name in found) != (raw.kind == kinds):
            remedy = f"{'Add' if raw.kind == kinds else 'Take out'} {name}."
            scope.wrong(raw.node, f"'{name}' belongs to {kinds}, and only there.", remedy)
            return None
    of, scales, table = _inputs(scope, raw, raws)
    scale = table.scale if table else scales[0] if scales else None
    if raw.kind == "compare":
        scale = _two_levels(scope, raw)
    if scale is None or not all(of):
        return None
    return Dimension(
        raw.key,
        scope.said(found.get("name"), "name", SHORT) or titled(as_name(raw.key)),
        raw.kind,
        of,
        scale,
        table,
        _otherwise(scope, raw, scale),
        level_mapping(scope, found.get("says"), scale, "says"),
        scope.names(found.get("read_by"), READERS, "reader"),
        scope.flag(found.get("context"), "context"),
        scope.said(found.get("proposed"), "proposed"),
    )


def _inputs(
    scope: Scope, raw: Raw, raws: Mapping[str, Raw]
) -> tuple[tuple[str, ...], list[Scale], Table | None]:
    """What it rests on, by name; the scales of these; the table of a table."""
    if raw.kind == "compare":
        ranges = [one.key for one in scope.questions.values() if one.kind == "range"]
        bare = [key for key in ranges if not scope.questions[key].cuts]
        of = tuple(scope.named(node, bare, "range without cuts") for node in raw.inputs)
        if len(of) == 2 and of[0] and of[0] == of[1]:
            scope.wrong(raw.inputs[1], "A range is compared with itself.", "Name another range.")
            return ("",), [], None
        return of, [], None
    known: dict[str, Scale | None] = {
        key: one.scale for key, one in scope.questions.items() if one.scale
    }
    known |= {key: one.scale for key, one in scope.dimensions.items()}
    names: list[str] = []
    for node in raw.inputs:
        broken = node.raw in raws and node.raw not in known
        names.append("" if broken else scope.named(node, known, "question or dimension"))
    if raw.kind == "is" and len(raw.inputs) != 1:
        scope.wrong(raw.node, "'is' names one question.", "For several write least or most.")
        return ("",), [], None
    scales = [cast("Scale", known[name]) for name in names if name]
    if raw.kind == "table":
        return tuple(names), scales, _table(scope, raw, names, scales)
    for node, scale in zip(raw.inputs, scales, strict=False):
        if scale != scales[0]:
            what = f"'{node.raw}' is on the scale {scale.key}, not {scales[0].key}."
            scope.wrong(node, what, "Take those of one scale.")
            return ("",), [], None
    return tuple(names), scales, None


def _table(scope: Scope, raw: Raw, names: list[str], scales: list[Scale]) -> Table | None:
    key = scope.named(raw.found["table"], scope.tables, "table")
    table = scope.tables.get(key)
    if table is None or len(scales) != 2:
        return None
    for node, scale, wanted in zip(raw.inputs, scales, (table.down, table.across), strict=True):
        if scale != wanted:
            what = f"'{node.raw}' is on the scale {scale.key}; the table takes {wanted.key}."
            scope.wrong(node, what, "Name one on that scale.")
            names[:] = [""]
    return table


def _two_levels(scope: Scope, raw: Raw) -> Scale | None:
    """The scale of a comparison: below is the worse of two levels, above the better."""
    if "scale" not in raw.found:
        scope.wrong(raw.node, "A comparison needs a scale.", "Add scale: …")
        return None
    scale = scope.scales.get(scope.named(raw.found["scale"], scope.scales, "scale"))
    if scale is not None and len(scale.levels) != 2:
        what = f"The scale of a comparison has two levels; '{scale.key}' has {len(scale.levels)}."
        scope.wrong(raw.found["scale"], what, "The worse is below, the better above.")
        return None
    return scale


def _otherwise(scope: Scope, raw: Raw, scale: Scale) -> str:
    node = raw.found.get("otherwise")
    if node is None:
        return ""
    if raw.kind != "compare":
        what = "Only a comparison has a stand-in; that of a question is written at the question."
        scope.wrong(node, what, "Take it out.")
        return ""
    fitting = [one.key for one in scope.questions.values() if one.scale == scale]
    return scope.named(node, fitting, f"question on the scale {scale.key}")
