"""What waits for one person: gates to decide or second, signatures, questions, conditions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from django.urls import reverse

from sextant_server.accounts.models import User
from sextant_server.contracts.models import Contract
from sextant_server.contracts.models import State as ContractState
from sextant_server.gates.models import Condition, Decision, Gate, Question, State
from sextant_server.gates.words import asks
from sextant_server.products.abilities import ABILITIES
from sextant_server.products.models import Part, Product
from sextant_server.stories.line import Line, of, ranked, stake
from sextant_server.stories.queries import Mine

SIGNS = {Part.BUSINESS: "business", Part.TECHNICAL: "technical"}


def decisions(
    user: User,
    mine: Mapping[int, Mine],
    gates: Mapping[int, Gate],
    proposed: Mapping[int, Decision],
) -> list[Line]:
    """The gates that this person may decide, or whose decision he may second."""
    lines = []
    for key, gate in gates.items():
        product, parts = mine[key].product, mine[key].parts
        if gate.state == State.OPEN and _may(parts, "decide"):
            lines.append(_to_decide(product, gate))
        elif gate.state == State.PROPOSED and _may(parts, "second"):
            decision = proposed.get(gate.pk)
            if decision and decision.decided_by_id != user.pk:
                lines.append(_to_second(product, gate, str(decision.decided_by)))
    return ranked(lines)


def signatures(user: User, mine: Mapping[int, Mine], contracts: Iterable[Contract]) -> list[Line]:
    """The drafts that lack this person's signature and can be signed: their text can be read."""
    lines = []
    for contract in contracts:
        if contract.state != ContractState.DRAFT or not contract.digest:
            continue
        product, parts = mine[contract.product_id].product, mine[contract.product_id].parts
        signed = {
            one.part for one in contract.signatures.all()
            if one.text_digest == contract.text_digest
        }  # fmt: skip
        lacking = [word for part, word in SIGNS.items() if part in parts and word not in signed]
        if lacking:
            lines.append(
                Line(
                    says=f"{product}: contract {contract.number} waits for your signature.",
                    why=f"You sign for the {' and the '.join(lacking)} side.",
                    href=reverse("contract", args=[product.slug, contract.number]),
                    label="Read and sign",
                    word="to sign",
                    rank=stake(product),
                )
            )
    return lines


def questions(user: User, mine: Mapping[int, Mine], open_ones: Sequence[Question]) -> list[Line]:
    """The questions of others at gates that this person may answer."""
    lines = []
    for question in open_ones:
        held = mine[question.gate.product_id]
        if question.by_id != user.pk and _may(held.parts, "answer"):
            address = reverse("gate", args=[held.product.slug, question.gate.number])
            lines.append(
                Line(
                    says=f"{held.product}: “{question.text}”",
                    why=f"{question.by} asked on {question.at.day} {question.at:%b}.",
                    href=f"{address}#question-{question.pk}",
                    label="Answer",
                    word="question",
                    rank=stake(held.product),
                )
            )
    return lines


def conditions(owed: Sequence[Condition], today: date) -> list[Line]:
    """What this person owes to a decision, the most overdue first."""
    lines = []
    for one in owed:
        gate = one.decision.gate
        days = (one.due - today).days
        when = f"due in {days} days" if days > 1 else "due tomorrow" if days == 1 else "due today"
        late = "" if days >= 0 else f"{-days} day{'s' if days < -1 else ''} overdue"
        lines.append(
            Line(
                says=f"{gate.product}: {one.text}",
                why=f"A condition of gate {gate.number}, {late or when}.",
                href=reverse("gate", args=[gate.product.slug, gate.number]) + "#conditions",
                label="Report it met",
                word="overdue" if late else "condition",
                rank=(-days,),
            )
        )
    return ranked(lines)


def _may(parts: frozenset[Part], ability: str) -> bool:
    return not parts.isdisjoint(ABILITIES[ability].parts)


def _to_decide(product: Product, gate: Gate) -> Line:
    evidence = gate.evidence
    by = f"Asked by {gate.asked_by}" if gate.asked_by else "Asked"
    return Line(
        says=of(product, f"{asks(gate)} {evidence.headline if evidence else ''}".rstrip()),
        why=f"{by} on {gate.asked_at.day} {gate.asked_at:%b}.",
        href=reverse("gate", args=[product.slug, gate.number]),
        label="Open the gate",
        verdict=evidence.verdict if evidence else "",
        word="" if evidence else "decide",
        rank=stake(product),
    )


def _to_second(product: Product, gate: Gate, decider: str) -> Line:
    return Line(
        says=of(product, f"{asks(gate)} {decider} has decided against the verdict."),
        why="It has no effect until a second person agrees.",
        href=reverse("gate", args=[product.slug, gate.number]),
        label="Second or refuse",
        word="second",
        rank=stake(product),
    )
