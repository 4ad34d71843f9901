"""The outcomes of a framework file and their conditions."""

from __future__ import annotations

from dataclasses import replace

from sextant.contracts.file.fields import whole
from sextant.contracts.file.node import Node
from sextant.strategy.frameworks.file.parts import SHORT, Scope, as_name, titled
from sextant.strategy.frameworks.model import (
    VERDICTS,
    Clause,
    Condition,
    Count,
    Outcome,
    Scale,
)

MAX_OUTCOMES = 12
MAX_CONDITIONS = 12
MAX_DEMANDS = 12
KNOWN = ("name", "when", "verdict", "says", "demands", "proposed")
COUNT = "count"


def read_outcomes(scope: Scope, node: Node | None) -> dict[str, Outcome]:
    outcomes: dict[str, Outcome] = {}
    for key, value in scope.members(node, "outcome", MAX_OUTCOMES):
        found = scope.keys(value, KNOWN, ("verdict", "says"), f"outcome '{key}'")
        outcomes[key] = Outcome(
            key,
            scope.said(found.get("name"), "name", SHORT) or titled(as_name(key)),
            scope.word(found.get("verdict"), VERDICTS, "verdict", "undecided"),
            scope.said(found.get("says"), "says"),
            read_when(scope, found["when"]) if "when" in found else (),
            scope.many(found.get("demands"), "demands", MAX_DEMANDS),
            scope.said(found.get("proposed"), "proposed"),
        )
    return outcomes


def read_asked_when(
    scope: Scope, conditions: dict[str, Node], outcomes: dict[str, Outcome]
) -> None:
    """Outcomes that demand a question, or conditions under which it is asked."""
    for key, node in conditions.items():
        one = scope.questions[key]
        first = node.items[0] if node.kind == "list" and node.items else node
        if first.kind == "mapping":
            one = replace(one, asked_when=read_when(scope, node))
        else:
            one = replace(one, asked_for=scope.names(node, outcomes, "outcome"))
        scope.questions[key] = one


def read_when(scope: Scope, node: Node) -> tuple[Condition, ...]:
    """One mapping, all of which has to hold; or a list of mappings, one of which has to."""
    items = node.items if node.kind == "list" else (node,)
    if not items or len(items) > MAX_CONDITIONS:
        remedy = "Write dimension: level for each that counts; leave when out for all the rest."
        scope.wrong(node, f"'when' must hold 1 to {MAX_CONDITIONS} conditions.", remedy)
        return ()
    return tuple(_condition(scope, item) for item in items)


def _condition(scope: Scope, node: Node) -> Condition:
    clauses: list[Clause] = []
    counts: list[Count] = []
    known = (*scope.dimensions, *scope.broken, COUNT)
    for key, value in scope.keys(node, known, (), "when").items():
        if key == COUNT:
            items = value.items if value.kind == "list" else (value,)
            counts += [one for item in items if (one := _count(scope, item)) is not None]
        elif key in scope.dimensions:
            scale = scope.dimensions[key].scale
            clauses.append(Clause(key, accepted(scope, value, scale)))
    if node.kind == "mapping" and not node.entries:
        scope.wrong(node, "'when' is empty.", "Leave it out where the outcome is all the rest.")
    return Condition(tuple(clauses), tuple(counts))


def accepted(scope: Scope, node: Node, scale: Scale) -> frozenset[str]:
    """One level, a list of levels, or from `at_least` to `at_most`."""
    if node.kind != "mapping":
        return frozenset(scope.names(node, scale.keys, "level"))
    found = scope.keys(node, ("at_least", "at_most"), (), "the levels")
    ends = {
        name: scale.keys.index(level)
        for name, held in found.items()
        if (level := scope.named(held, scale.keys, "level"))
    }
    low, high = ends.get("at_least", 0), ends.get("at_most", len(scale.keys) - 1)
    if low > high:
        what = (
            f"No level is at least {scale.keys[low]} and at most {scale.keys[high]}: "
            f"worst to best they are {', '.join(scale.keys)}."
        )
        scope.wrong(node, what, "Exchange them.")
    return frozenset(scale.keys[low : high + 1])


def _count(scope: Scope, node: Node) -> Count | None:
    known = ("of", "at_least", "at_most", "is", "many")
    found = scope.keys(node, known, ("of", "many"), "count")
    if not {"of", "many"} <= set(found):
        return None
    names = scope.names(found["of"], scope.dimensions, "dimension")
    many = whole(found["many"], "many", scope.problems, low=1)
    scales = {scope.dimensions[name].scale for name in names}
    if len(scales) > 1:
        scope.wrong(found["of"], "The dimensions are on different scales.", "Take those of one.")
    if many is not None and names and many > len(names):
        what = f"{many} of {len(names)} dimensions can never be."
        scope.wrong(found["many"], what, f"Write {len(names)} at most.")
    if len(scales) != 1 or many is None:
        return None
    scale = scales.pop()
    if "is" in found:
        return Count(names, accepted(scope, found["is"], scale), many)
    bounds = tuple((key, held) for key, held in node.entries if key.raw in ("at_least", "at_most"))
    if not bounds:
        scope.wrong(node, "The count says of which level.", "Add at_least: LEVEL.")
    return Count(names, accepted(scope, replace(node, entries=bounds), scale), many)
