"""The questions of a framework file."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from sextant.contracts.file.fields import number
from sextant.contracts.file.node import Node
from sextant.strategy.frameworks.file.parts import SHORT, Found, Scope, as_name, titled
from sextant.strategy.frameworks.model import BINDS, READERS, ROLES, TIERS, Question
from sextant.strategy.grades import GRADES

MAX_QUESTIONS = 80
MAX_CUTS = 6
KINDS = ("level", "range", "text")
KNOWN = (
    "name",
    "asks",
    "kind",
    "scale",
    "cuts",
    "better",
    "unit",
    "from",
    "to",
    "grade",
    "binds",
    "role",
    "otherwise",
    "once_verified",
    "asked_when",
    "read_by",
    "help",
    "proposed",
)
ONLY = {
    "cuts": ("range",),
    "better": ("range",),
    "unit": ("range",),
    "scale": ("level", "range"),
    "grade": ("level", "range"),
    "binds": ("level", "range"),
    "otherwise": ("level", "range"),
    "once_verified": ("level", "range"),
}
"""Keys that mean nothing to another kind of question."""


def read_questions(scope: Scope, node: Node | None) -> dict[str, Node]:
    """Reads the questions into the scope; gives `asked_when` by question, to be read last."""
    conditions: dict[str, Node] = {}
    for key, value in scope.members(node, "question", MAX_QUESTIONS):
        found = scope.keys(value, KNOWN, ("asks",), f"question '{key}'")
        one = scope.questions[key] = _question(scope, key, value, found)
        if "grade" in found and "measured" in one.grades.values() and not found.get("binds"):
            what = f"'{key}' has to be measured, and may rest on nothing that measures."
            scope.wrong(found["grade"], what, f"Add binds: one or more of {', '.join(BINDS)}.")
        if "scale" in found and scope.questions[key].scale is None:
            scope.broken.add(key)
        if "asked_when" in found:
            conditions[key] = found["asked_when"]
        if "otherwise" in found:
            scope.places["otherwise", key] = found["otherwise"]
    return conditions


def _question(scope: Scope, key: str, node: Node, found: Found) -> Question:
    kind = scope.word(found.get("kind"), KINDS, "kind", "level")
    for name, kinds in ONLY.items():
        if name in found and kind not in kinds:
            what = f"'{name}' means nothing in a question of kind {kind}."
            scope.wrong(found[name], what, f"Take it out, or write kind: {kinds[-1]}.")
    name = scope.said(found.get("name"), "name", SHORT) or titled(as_name(key))
    first = scope.word(found.get("from"), TIERS, "tier", "minimal")
    last = scope.word(found.get("to"), TIERS, "tier", "high")
    if TIERS.index(first) > TIERS.index(last):
        what = f"The question is asked from {first} to {last}: never."
        scope.wrong(found["to"], what, "Name the lower tier in from.")
    return Question(
        key,
        name,
        scope.said(found.get("asks"), "asks"),
        kind,
        **_levels(scope, node, found, kind),
        unit=scope.said(found.get("unit"), "unit", SHORT),
        first=first,
        last=last,
        grades=_grades(scope, found.get("grade")),
        binds=scope.names(found.get("binds"), BINDS, "kind of reference"),
        role=scope.word(found.get("role"), ROLES, "role", ROLES[0]),
        once_verified=scope.flag(found.get("once_verified"), "once_verified"),
        read_by=scope.names(found.get("read_by"), READERS, "reader"),
        help=scope.said(found.get("help"), "help"),
        proposed=scope.said(found.get("proposed"), "proposed"),
    )


def _levels(scope: Scope, node: Node, found: Found, kind: str) -> dict[str, Any]:
    """The scale and the cuts: a level needs a scale, a range has both or neither."""
    name = scope.named(found["scale"], scope.scales, "scale") if "scale" in found else ""
    scale = scope.scales.get(name)
    cuts = _cuts(scope, found.get("cuts"))
    if kind == "level" and "scale" not in found:
        scope.wrong(node, "A question of kind level needs a scale.", "Add scale: …")
    if kind == "range" and ("scale" in found) != ("cuts" in found):
        remedy = "Add the other; a range without both is compared with another one."
        scope.wrong(node, "A range has a scale and cuts, or neither.", remedy)
    if scale is not None and "cuts" in found and len(cuts) != len(scale.levels) - 1:
        what = f"{len(cuts)} cuts make {len(cuts) + 1} levels; '{name}' has {len(scale.levels)}."
        scope.wrong(found["cuts"], what, f"Write {len(scale.levels) - 1} numbers.")
    better = scope.word(found.get("better"), ("higher", "lower"), "direction", "higher")
    return {
        "scale": scale if kind != "text" else None,
        "cuts": cuts,
        "lower_is_better": better == "lower",
    }


def _cuts(scope: Scope, node: Node | None) -> tuple[float, ...]:
    if node is None:
        return ()
    if node.kind != "list" or not 0 < len(node.items) <= MAX_CUTS:
        remedy = "Write them ascending, like [1, 5]."
        scope.wrong(node, f"'cuts' must be a list of 1 to {MAX_CUTS} numbers.", remedy)
        return ()
    read = [number(item, "cuts", scope.problems) for item in node.items]
    cuts = tuple(cut for cut in read if cut is not None)
    if any(low >= high for low, high in pairwise(cuts)):
        scope.wrong(node, "The cuts do not ascend.", "Sort them, each once.")
    return cuts


def _grades(scope: Scope, node: Node | None) -> dict[str, Any]:
    """The least grade by tier; what holds for a tier holds for those above it."""
    if node is None:
        return {}
    if node.kind == "scalar":
        grade = scope.word(node, GRADES, "grade", "believed")
        return dict.fromkeys(TIERS, grade)
    found = scope.keys(node, TIERS, (), "grade")
    grades: dict[str, Any] = {}
    least = "believed"
    for tier in TIERS:
        before = least
        least = scope.word(found.get(tier), GRADES, "grade", least)
        if GRADES.index(least) < GRADES.index(before):
            what = f"At {tier} risk a weaker grade is enough than below it."
            scope.wrong(found[tier], what, f"Write {before} or more.")
        grades[tier] = least
    return grades


def place_otherwise(scope: Scope) -> dict[str, tuple[str, str]]:
    """For each question with `otherwise`: the question, or the level, that stands in."""
    found: dict[str, tuple[str, str]] = {}
    for key, one in scope.questions.items():
        node = scope.places.get(("otherwise", key))
        if node is None or one.scale is None:
            continue
        fitting = [
            other.key
            for other in scope.questions.values()
            if other.scale == one.scale and other.key != key
        ]
        name = scope.named(node, (*fitting, *one.scale.keys), "question or level of its scale")
        found[key] = (name, "") if name in fitting else ("", name)
    return found
