"""The API of gates: ask, watch, question. Deciding takes a person."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.http import Http404
from django.urls import reverse
from ninja import Router, Schema, Status

from sextant_server.accounts.bearer import Bearer
from sextant_server.gates import actions, judging, queries
from sextant_server.gates.models import Decision, Gate
from sextant_server.products.api import AuthedRequest, standing
from sextant_server.products.models import Product, Stage

router = Router(tags=["gates"])
MOST = 200


class RequirementOut(Schema):
    """One thing that the gate requires."""

    name: str
    verdict: str
    says: str


class ConditionOut(Schema):
    """What a conditional decision asks for."""

    text: str
    owner: str
    due: date
    met_at: datetime | None


class DecisionOut(Schema):
    """What was decided; without effect while it waits for a second person."""

    outcome: str
    reason: str
    verdict: str
    against: bool
    self_approved: bool
    decided_by: str
    seconded_by: str | None
    effective_at: datetime | None
    conditions: list[ConditionOut]
    seal: str


class GateOut(Schema):
    """A gate: the question, its computed verdict now or when it was decided, the decision.

    The verdict is empty where the question was withdrawn: nothing is decided by it any more.
    """

    number: int
    state: str
    origin: str
    target: str
    note: str
    evidence: int | None
    verdict: str
    requirements: list[RequirementOut]
    decision: DecisionOut | None
    page: str


class Asking(Schema):
    """Where the product shall go; without a target to the next stage, which never retires it."""

    target: str | None = None
    note: str = ""


class Said(Schema):
    """A text."""

    text: str


@router.get(
    "/products/{slug}/gates", response=list[GateOut], auth=Bearer("products:read"), summary="Gates"
)
def gates(request: AuthedRequest, slug: str) -> list[dict[str, Any]]:
    """All gates, the newest first, at most 200."""
    product = standing(request, slug).product
    found = list(queries.gates_of(product)[:MOST])
    for one in found:
        one.product = product
    return [_plain(one) for one in found]


@router.post(
    "/products/{slug}/gates", response={201: GateOut}, auth=Bearer("gates:write"), summary="Ask"
)
def ask(request: AuthedRequest, slug: str, asked: Asking) -> Status[dict[str, Any]]:
    """Ask for a decision, with the newest evidence that decides."""
    product = standing(request, slug).product
    target = asked.target or ""
    if not target and product.stage != Stage.OPERATIONS:
        target = next(iter(judging.targets(product)), "")
    made = actions.ask(request.auth, product, target, asked.note)
    return Status(201, _plain(_found(product, made.number)))


@router.get(
    "/products/{slug}/gates/{number}", response=GateOut, auth=Bearer("products:read"),
    summary="A gate",
)  # fmt: skip
def gate(request: AuthedRequest, slug: str, number: int) -> dict[str, Any]:
    """One gate, for a pipeline that waits for its decision."""
    return _plain(_found(standing(request, slug).product, number))


@router.post(
    "/products/{slug}/gates/{number}/questions", response={201: None}, auth=Bearer("gates:write"),
    summary="Ask a question",
)  # fmt: skip
def question(request: AuthedRequest, slug: str, number: int, said: Said) -> Status[None]:
    """Ask something that should be answered before it is decided."""
    actions.question(request.auth, _found(standing(request, slug).product, number), said.text)
    return Status(201, None)


@router.post(
    "/products/{slug}/gates/{number}/withdraw", response=GateOut, auth=Bearer("gates:write"),
    summary="Withdraw",
)  # fmt: skip
def withdraw(request: AuthedRequest, slug: str, number: int, said: Said) -> dict[str, Any]:
    """Withdraw the question, with a reason."""
    product = standing(request, slug).product
    actions.withdraw(request.auth, _found(product, number), said.text)
    return _plain(_found(product, number))


def _found(product: Product, number: int) -> Gate:
    found = queries.gate_of(product, number)
    if found is None:
        raise Http404
    return found


def _plain(one: Gate) -> dict[str, Any]:
    decision = queries.decision_of(one)
    verdict, required = _computed(one, decision)
    return {
        "number": one.number, "state": one.state, "origin": one.origin, "target": one.target,
        "note": one.note, "evidence": one.evidence.number if one.evidence else None,
        "verdict": verdict, "requirements": required,
        "decision": _decision(decision) if decision else None,
        "page": reverse("gate", args=[one.product.slug, one.number]),
    }  # fmt: skip


def _computed(one: Gate, decision: Decision | None) -> tuple[str, list[dict[str, Any]]]:
    """The verdict and what was required: as it was decided, or now while it waits."""
    if decision is not None:
        return decision.verdict, decision.requirements
    if one.state not in queries.WAITS:
        return "", []
    found, verdict = judging.verdict_now(one)
    return verdict, [requirement.plain() for requirement in found]


def _decision(decision: Any) -> dict[str, Any]:
    return {
        "outcome": decision.outcome, "reason": decision.reason, "verdict": decision.verdict,
        "against": decision.against, "self_approved": decision.self_approved,
        "decided_by": str(decision.decided_by),
        "seconded_by": str(decision.seconded_by) if decision.seconded_by else None,
        "effective_at": decision.effective_at, "seal": decision.seal,
        "conditions": [
            {"text": one.text, "owner": str(one.owner), "due": one.due, "met_at": one.met_at}
            for one in decision.conditions.all()
        ],
    }  # fmt: skip
