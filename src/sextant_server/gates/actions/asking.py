"""Asking for a decision, laying newer evidence before it, taking the question back."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from sextant_server.accounts.acting import Acting
from sextant_server.core.errors import Conflict, Invalid
from sextant_server.evidence.queries import latest_deciding
from sextant_server.gates import letters, queries
from sextant_server.gates.actions.held import (
    MOST,
    changed,
    decider,
    open_gate,
    said,
    waiting_gate_of,
)
from sextant_server.gates.judging import targets
from sextant_server.gates.models import Decision, Gate, State
from sextant_server.gates.verdict import is_back
from sextant_server.products.entering import need
from sextant_server.products.models import Product, Stage


@transaction.atomic
def ask(by: Acting, product: Product, target: str, note: str = "") -> Gate:
    """Ask for a decision; the newest evidence that decides is laid before it."""
    user = need(by, product, "ask")
    held = Product.objects.select_for_update().get(pk=product.pk)
    if target not in targets(held):
        words = ", ".join(targets(held)) or "no other stage"
        raise Invalid(f"From {held.get_stage_display().lower()} it can go to {words}.", "target")
    if waiting := queries.waiting_gate(held):
        raise Conflict(f"Gate {waiting.number} waits for a decision. One is asked at a time.")
    forward = not is_back(Stage(held.stage), Stage(target))
    if not forward and not note.strip():
        raise Invalid("Say why it shall go back.", "note")
    last = Gate.objects.filter(product=held).aggregate(last=Max("number"))["last"] or 0
    gate = Gate.objects.create(
        product=held, number=last + 1, origin=held.stage, target=target, note=note.strip()[:MOST],
        evidence=latest_deciding(held), asked_by=user,
    )  # fmt: skip
    by.record("gate.asked", gate.subject, product=held.pk, origin=str(held.stage), target=target)
    letters.asked(gate, user)
    return gate


@transaction.atomic
def take_evidence(by: Acting, gate: Gate, version: int) -> Gate:
    """Lay the newest evidence before a gate that is open."""
    need(by, gate.product, "ask")
    held = open_gate(gate, version)
    newest = latest_deciding(held.product)
    if newest is None or newest.pk == held.evidence_id:
        raise Conflict("There is no newer evidence than the one that lies before it.")
    held.evidence = newest
    changed(held)
    by.record("gate.evidence", held.subject, product=held.product_id, evidence=newest.number)
    return held


@transaction.atomic
def withdraw(by: Acting, gate: Gate, reason: str) -> Gate:
    """Withdraw the question; the product stays where it is."""
    user = need(by, gate.product, "ask")
    held = waiting_gate_of(gate)
    if held.state == State.PROPOSED:
        decision = Decision.objects.get(gate=held, refused_at=None)
        if by.token or decision.decided_by_id != user.pk:
            decider(by, gate, "second")
    why = said(reason, "reason")
    now = timezone.now()
    Decision.objects.filter(gate=held, refused_at=None).update(refused_by=by.user, refused_at=now)
    note = f"{held.note}\n\nWithdrawn: {why}".strip()
    Gate.objects.filter(pk=held.pk).update(
        state=State.WITHDRAWN, version=held.version + 1, note=note
    )
    by.record("gate.withdrawn", held.subject, product=held.product_id, reason=why)
    held.refresh_from_db()
    return held
