"""Scales with anchored levels, worst to best, and tables over two of them."""

from __future__ import annotations

from sextant.contracts.file.node import Node
from sextant.strategy.frameworks.file.parts import SHORT, Scope, as_name
from sextant.strategy.frameworks.model import Level, Scale, Table

MAX_SCALES, MAX_LEVELS, MAX_TABLES = 30, 7, 10
PROPOSED = "proposed"


def read_scales(scope: Scope, node: Node | None) -> None:
    """`reach: {short: …, enough: …}`; the key `proposed` beside the levels says what is ours."""
    for key, value in scope.members(node, "scale", MAX_SCALES):
        scale = _scale(scope, key, value)
        if scale is None:
            scope.broken.add(key)
        else:
            scope.scales[key] = scale


def _scale(scope: Scope, key: str, node: Node) -> Scale | None:
    levels: list[Level] = []
    proposed = ""
    twice = False
    for name, value in node.entries:
        if name.raw == PROPOSED:
            proposed = scope.said(value, PROPOSED)
        elif name.raw in {level.key for level in levels}:
            scope.wrong(name, f"The level '{name.raw}' is there twice.", "Keep one.")
            twice = True
        else:
            levels.append(_level(scope, name.raw, value))
    if twice:
        return None
    if not 2 <= len(levels) <= MAX_LEVELS:
        remedy = "Write them worst to best, each with what has to be so: often: Every day."
        scope.wrong(node, f"The scale '{key}' needs 2 to {MAX_LEVELS} levels.", remedy)
        return None
    return Scale(key, tuple(levels), proposed)


def _level(scope: Scope, key: str, node: Node) -> Level:
    if node.empty:
        remedy = f"Write what has to be so, like {key}: Every day."
        scope.wrong(node, f"The level '{key}' has no anchor.", remedy)
    if node.kind != "mapping":
        return Level(key, as_name(key), "" if node.empty else scope.said(node, key))
    found = scope.keys(node, ("name", "means"), ("means",), f"level '{key}'")
    name = scope.said(found.get("name"), "name", SHORT) or as_name(key)
    return Level(key, name, scope.said(found.get("means"), "means"))


def read_tables(scope: Scope, node: Node | None) -> None:
    """`risk: {down: likelihood, across: impact, scale: risk, gives: {likely: [high, …]}}`."""
    for key, value in scope.members(node, "table", MAX_TABLES):
        known = ("down", "across", "scale", "gives", PROPOSED)
        found = scope.keys(value, known, known[:4], f"table '{key}'")
        names = [
            scope.named(found[one], scope.scales, "scale") for one in known[:3] if one in found
        ]
        if len(names) == 3 and all(names) and "gives" in found:
            down, across, scale = (scope.scales[name] for name in names)
            gives = _gives(scope, found["gives"], down, across, scale)
            proposed = scope.said(found.get(PROPOSED), PROPOSED)
            scope.tables[key] = Table(key, scale, down, across, gives, proposed)
        else:
            scope.broken.add(key)


def _gives(
    scope: Scope, node: Node, down: Scale, across: Scale, scale: Scale
) -> dict[str, tuple[str, ...]]:
    gives = dict.fromkeys(down.keys, (scale.keys[0],) * len(across.keys))
    for key, row in scope.keys(node, down.keys, down.keys, "the table").items():
        if len(row.items) != len(across.keys):
            what = f"The row '{key}' holds {len(row.items)} levels, not {len(across.keys)}."
            scope.wrong(row, what, f"Write one for each of: {', '.join(across.keys)}.")
            continue
        levels = [scope.named(item, scale.keys, "level") for item in row.items]
        gives[key] = tuple(level or scale.keys[0] for level in levels)
    return gives
