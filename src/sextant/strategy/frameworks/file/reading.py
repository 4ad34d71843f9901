"""A framework from a YAML text: complete, or every problem it has."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from sextant.contracts.file.document import parse_document
from sextant.contracts.file.fields import entries, whole
from sextant.contracts.file.node import Node
from sextant.contracts.problems import ContractError, Problem
from sextant.strategy.frameworks.digest import digest_of
from sextant.strategy.frameworks.file.checks import (
    check_examples,
    check_rule,
    check_stand_ins,
    check_tiers,
    check_use,
)
from sextant.strategy.frameworks.file.dimensions import read_dimensions
from sextant.strategy.frameworks.file.each import read_each, repeated
from sextant.strategy.frameworks.file.examples import read_examples
from sextant.strategy.frameworks.file.outcomes import read_asked_when, read_outcomes
from sextant.strategy.frameworks.file.parts import KEY, SHORT, Found, Scope, as_name, titled
from sextant.strategy.frameworks.file.questions import place_otherwise, read_questions
from sextant.strategy.frameworks.file.scales import read_scales, read_tables
from sextant.strategy.frameworks.model import GATES, READERS, TIERS, Framework, Outcome, Use

MAX_CHARACTERS = 100_000
MAX_USES, MAX_SOURCES, MAX_IDS = 10, 12, 40
DURATION = re.compile(r"([1-9]\d{0,3}) *(day|week|month|year)s?", re.ASCII)
REQUIRED = (
    "framework",
    "version",
    "name",
    "asks",
    "sources",
    "used_by",
    "valid_for",
    "scales",
    "questions",
    "dimensions",
    "outcomes",
)
KNOWN = (*REQUIRED, "ids", "each", "tables", "examples", "proposed")


class FrameworkError(ValueError):
    """The framework cannot be used. `problems` holds every reason, in the order of the file."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = ContractError(problems).problems
        super().__init__("\n".join(str(problem) for problem in self.problems))


def framework_from_text(text: str) -> Framework:
    """The framework in a YAML text. Raises `FrameworkError` with every problem of it."""
    if len(text) > MAX_CHARACTERS:
        what = f"It is longer than {MAX_CHARACTERS:,} characters."
        raise FrameworkError([Problem("framework", what, "A framework is a page of YAML.")])
    try:
        root = parse_document(text, "framework")
    except ContractError as error:
        raise FrameworkError(error.problems) from None
    scope = Scope()
    framework = _framework(scope, root)
    if scope.problems or framework is None:
        raise FrameworkError(scope.problems)
    return replace(framework, digest=digest_of(framework))


def _framework(scope: Scope, root: Node) -> Framework | None:
    """Read in the order in which parts name each other; None where the rule cannot be followed."""
    found = entries(root, KNOWN, REQUIRED, "the framework", scope.problems)
    several = read_each(found.get("each"), scope.problems)
    for part in ("scales", "tables", "questions", "dimensions", "outcomes", "examples"):
        if part in found:
            found[part] = repeated(found[part], several)
            scope.places["part", part] = found[part]
    read_scales(scope, found.get("scales"))
    read_tables(scope, found.get("tables"))
    conditions = read_questions(scope, found.get("questions"))
    _stand_ins(scope)
    read_dimensions(scope, found.get("dimensions"))
    outcomes = read_outcomes(scope, found.get("outcomes"))
    read_asked_when(scope, conditions, outcomes)
    framework = _head(scope, found, outcomes)
    if scope.problems or not outcomes:
        return None
    check_stand_ins(scope)
    if not scope.problems:
        check_use(scope, framework)
        check_tiers(scope, framework)
        check_rule(scope, framework)
    if not scope.problems:
        check_examples(scope, framework)
    return framework


def _stand_ins(scope: Scope) -> None:
    for key, (question, level) in place_otherwise(scope).items():
        one = scope.questions[key]
        scope.questions[key] = replace(one, otherwise=question, otherwise_level=level)


def _head(scope: Scope, found: Found, outcomes: dict[str, Outcome]) -> Framework:
    """The framework with all that is not a rule."""
    key = scope.said(found.get("framework"), "framework", SHORT)
    if "framework" in found and not KEY.fullmatch(key):
        remedy = "Use small letters, digits, - and _; begin with a letter."
        scope.wrong(found["framework"], f"'{key}' cannot be the key of a framework.", remedy)
    version = 1
    if "version" in found:
        version = whole(found["version"], "version", scope.problems, low=1, high=100_000) or 1
    ids = found.get("ids")
    return Framework(
        key=key,
        version=version,
        name=scope.said(found.get("name"), "name", SHORT) or titled(as_name(key)),
        asks=scope.said(found.get("asks"), "asks"),
        sources=scope.many(found.get("sources"), "sources", MAX_SOURCES),
        ids=scope.many(ids, "ids", MAX_IDS),
        used_by=_uses(scope, found.get("used_by")),
        valid_for=_valid_for(scope, found.get("valid_for")),
        scales=scope.scales,
        questions=scope.questions,
        dimensions=scope.dimensions,
        outcomes=outcomes,
        examples=read_examples(scope, found.get("examples"), outcomes),
        proposed=scope.said(found.get("proposed"), "proposed"),
    )


def _uses(scope: Scope, node: Node | None) -> tuple[Use, ...]:
    if node is None:
        return ()
    if node.kind != "list" or not 0 < len(node.items) <= MAX_USES:
        remedy = "Write - {gate: scoping, from: limited} or - {reader: case}."
        scope.wrong(node, f"'used_by' must be a list of 1 to {MAX_USES} gates and readers.", remedy)
        return ()
    uses = []
    for item in node.items:
        found = scope.keys(item, ("gate", "reader", "from", "begun"), (), "used_by")
        if ("gate" in found) == ("reader" in found):
            remedy = "Write {gate: scoping} or {reader: case}."
            scope.wrong(item, "A use names either a gate or a reader.", remedy)
            continue
        gate = scope.named(found["gate"], GATES, "gate") if "gate" in found else ""
        reader = scope.named(found["reader"], READERS, "reader") if "reader" in found else ""
        first = scope.word(found.get("from"), TIERS, "tier", "minimal")
        uses.append(Use(gate, reader, first, scope.flag(found.get("begun"), "begun")))
    return tuple(uses)


def _valid_for(scope: Scope, node: Node | None) -> str:
    if node is None:
        return "1 year"
    match = DURATION.fullmatch(node.raw.strip()) if node.kind == "scalar" else None
    if match is None:
        remedy = "Write it like 90 days, 6 weeks, 3 months or 1 year."
        scope.wrong(node, "'valid_for' must be a length of time.", remedy)
        return "1 year"
    count, unit = int(match[1]), match[2]
    return f"{count} {unit}" if count == 1 else f"{count} {unit}s"
