"""A gate as a question, and its answer."""

from __future__ import annotations

from django.urls import reverse

from sextant.words.numbers import word
from sextant_server.gates.known import Requirement, Verdict
from sextant_server.gates.models import Decision, Gate, Outcome, State
from sextant_server.gates.verdict import is_back
from sextant_server.products.models import Product, Stage

QUESTIONS = {
    Stage.SCOPING: "Is it worth scoping?",
    Stage.DEVELOPMENT: "May it be built?",
    Stage.LAUNCH: "May it launch?",
    Stage.OPERATIONS: "May it go into operation?",
    Stage.RETIRED: "Shall it be retired?",
}
NUMBERED = {"evidence": "evidence_one", "study": "study"}
SAYS: dict[Verdict, str] = {
    "met": "Everything that was agreed is met.",
    "missed": "Not by what was agreed.",
    "undecided": "Not known yet.",
}


def asks(gate: Gate) -> str:
    """`May it launch?`; `Shall it go back to development?`."""
    target = Stage(gate.target)
    if is_back(Stage(gate.origin), target):
        return f"Shall it go back to {target.label.lower()}?"
    return QUESTIONS[target]


def answer(
    gate: Gate, decision: Decision | None, found: list[Requirement], verdict: Verdict
) -> str:
    """The headline of a gate: the question with what is computed, or what was decided."""
    if gate.state == State.WITHDRAWN:
        return f"{asks(gate)} The question was withdrawn."
    if decision is None:
        if not found:
            return f"{asks(gate)} The reason decides."
        return f"{asks(gate)} {SAYS[verdict]}"
    if decision.effective_at is None:
        said = decision.get_outcome_display().lower()
        return f"{asks(gate)} “{said.capitalize()}” waits for a second person."
    return f"{asks(gate)} {decided(decision)}"


def decided(decision: Decision) -> str:
    """`Go, with two conditions.`; `Hold.`."""
    match Outcome(decision.outcome):
        case Outcome.CONDITIONAL:
            count = len(decision.conditions.all())
            return f"Go, with {word(count)} condition{'' if count == 1 else 's'}."
        case other:
            return f"{other.label}."


def href_of(product: Product, one: Requirement) -> str:
    """The page on which a requirement is seen to; empty where there is none of its own."""
    if not one.where:
        return ""
    route, _, name = one.where.partition(":")
    if route in NUMBERED:
        page = NUMBERED[route]
        return reverse(page, args=[product.slug, int(name)]) if name else _of(route, product)
    return reverse(route, args=[product.slug, name]) if name else _of(route, product)


def _of(route: str, product: Product) -> str:
    return reverse(route, args=[product.slug])
