"""The examples of a framework file: answers to begin from, with the outcome they have."""

from __future__ import annotations

from collections.abc import Mapping

from sextant.contracts.file.fields import number
from sextant.contracts.file.node import Node
from sextant.strategy.frameworks.file.parts import SHORT, Scope, as_name, titled
from sextant.strategy.frameworks.given import Given
from sextant.strategy.frameworks.model import TIERS, Example, Outcome, Question

MAX_EXAMPLES = 12
KNOWN = ("name", "says", "tier", "answers", "outcome")


def read_examples(
    scope: Scope, node: Node | None, outcomes: Mapping[str, Outcome]
) -> tuple[Example, ...]:
    examples = []
    for key, value in scope.members(node, "example", MAX_EXAMPLES):
        found = scope.keys(value, KNOWN, ("answers", "outcome"), f"example '{key}'")
        if {"answers", "outcome"} <= set(found):
            examples.append(
                Example(
                    key,
                    scope.said(found.get("name"), "name", SHORT) or titled(as_name(key)),
                    scope.said(found.get("says"), "says"),
                    _answers(scope, found["answers"]),
                    scope.named(found["outcome"], outcomes, "outcome"),
                    scope.word(found.get("tier"), TIERS, "tier", "minimal"),
                )
            )
    return tuple(examples)


def _answers(scope: Scope, node: Node) -> dict[str, Given]:
    known = [one.key for one in scope.questions.values() if one.kind != "text"]
    found = scope.keys(node, known, (), "the answers")
    return {key: _answer(scope, scope.questions[key], held) for key, held in found.items()}


def _answer(scope: Scope, question: Question, node: Node) -> Given:
    """A level, or the two ends of a range."""
    if node.kind == "scalar" and question.scale is not None:
        return Given(frozenset({scope.named(node, question.scale.keys, "level")}))
    if question.kind != "range" or node.kind != "list" or len(node.items) != 2:
        what = f"'{question.key}' is answered otherwise."
        scope.wrong(node, what, "Write a level, or [low, high] where it is a range.")
        return Given()
    low, high = (number(item, question.key, scope.problems) for item in node.items)
    if low is not None and high is not None and low > high:
        scope.wrong(node, f"The range runs from {low:g} to {high:g}.", "Exchange them.")
        return Given()
    return Given(low=low, high=high)
