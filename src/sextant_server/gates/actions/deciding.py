"""A decision, its second person, its conditions. Its effect and its letters are one transaction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from sextant_server.accounts.acting import Acting
from sextant_server.accounts.models import User
from sextant_server.audit.seals import json_digest, seal_of
from sextant_server.core.errors import Conflict, Invalid, NotAllowed
from sextant_server.gates import letters, queries
from sextant_server.gates.actions.held import decider, open_gate, proposed_gate, said
from sextant_server.gates.freezing import frozen
from sextant_server.gates.judging import MOVES, goes_against, is_alone, verdict_now
from sextant_server.gates.models import Condition, Decision, Gate, Opinion, Outcome, Stance, State
from sextant_server.products.actions import move
from sextant_server.products.entering import need
from sextant_server.products.models import Membership, Product, Stage


@dataclass(frozen=True, slots=True)
class Asked:
    """A condition as it is asked for."""

    text: str
    owner: User
    due: date


@transaction.atomic
def decide(
    by: Acting, gate: Gate, outcome: str, reason: str, conditions: Sequence[Asked], version: int
) -> Decision:
    """Decide. With the verdict it takes effect at once, against it a second person is needed."""
    user = decider(by, gate, "decide")
    product = Product.objects.select_for_update().get(pk=gate.product_id)
    held = open_gate(gate, version)
    if outcome not in Outcome.values:
        raise Invalid(f"Decide one of {', '.join(Outcome.labels)}.", "outcome")
    why = said(reason, "reason", "Say why. Whoever reads it in a year was not there.")
    asked = _checked(product, outcome, conditions)
    found, verdict = verdict_now(held)
    against = goes_against(outcome, verdict)
    alone = against and is_alone(product, held)
    now = timezone.now()
    decision = Decision(
        gate=held, outcome=outcome, reason=why, aim=product.outcome, verdict=verdict,
        requirements=[one.plain() for one in found], records=_records(held),
        evidence=held.evidence,
        evidence_seal=held.evidence.seal if held.evidence else "", against=against,
        self_approved=alone, decided_by=user, decided_at=now,
    )  # fmt: skip
    decision.save()
    for one in asked:
        Condition.objects.create(decision=decision, text=one.text, owner=one.owner, due=one.due)
    if against and not alone:
        Gate.objects.filter(pk=held.pk).update(state=State.PROPOSED, version=held.version + 1)
        by.record("decision.proposed", decision.subject, product=product.pk, outcome=outcome,
                  verdict=verdict)  # fmt: skip
        letters.proposed(held, decision)
        return decision
    _take_effect(by, held, product, decision)
    return decision


@transaction.atomic
def second(by: Acting, gate: Gate, version: int) -> Decision:
    """Agree with a decision against the verdict as a second person; now it takes effect."""
    user = decider(by, gate, "second")
    product = Product.objects.select_for_update().get(pk=gate.product_id)
    held = proposed_gate(gate, version)
    decision = Decision.objects.select_for_update().get(gate=held, refused_at=None)
    if decision.decided_by_id == user.pk:
        raise NotAllowed("It takes a second person: you have decided it yourself.")
    need(Acting(user=decision.decided_by), product, "decide")
    _, verdict = verdict_now(held)
    if verdict != decision.verdict or _evidence_seal(held) != decision.evidence_seal:
        raise Conflict(
            f"The verdict was {decision.verdict} when it was decided and is {verdict} now."
            " Refuse it, so that it is decided on what is so now."
        )
    if json_digest(_records(held)) != json_digest(decision.records):
        raise Conflict(
            "The assessments, the value, the bet, the ways to fail, the studies or the trade-offs"
            " have changed since it was decided. Refuse it, so that it is decided on what is so"
            " now."
        )
    decision.seconded_by, decision.seconded_at = user, timezone.now()
    by.record("decision.seconded", decision.subject, product=product.pk)
    _take_effect(by, held, product, decision)
    return decision


@transaction.atomic
def refuse(by: Acting, gate: Gate, reason: str, version: int) -> Decision:
    """Refuse a decision against the verdict: the gate is open again, the refused one is kept."""
    user = decider(by, gate, "second")
    held = proposed_gate(gate, version)
    decision = Decision.objects.select_for_update().get(gate=held, refused_at=None)
    why = said(reason, "reason")
    Decision.objects.filter(pk=decision.pk).update(refused_by=user, refused_at=timezone.now())
    Gate.objects.filter(pk=held.pk).update(state=State.OPEN, version=held.version + 1)
    stance = Stance.DISSENT
    Opinion.objects.create(gate=held, by=user, stance=stance, text=f"Refused: {why}")
    by.record("decision.refused", decision.subject, product=held.product_id)
    decision.refresh_from_db()
    return decision


@transaction.atomic
def meet_condition(by: Acting, condition: Condition, note: str) -> Condition:
    """Report a condition met: whoever owes it, or the product's owner."""
    gate = condition.decision.gate
    user = by.person()
    if user.pk != condition.owner_id or not user.is_active:
        need(by, gate.product, "decide")
    held = Condition.objects.select_for_update().get(pk=condition.pk)
    if held.met_at:
        return held
    held.met_note = said(note, "note", "Say what was done, so that others can see it.")
    held.met_at, held.met_by = timezone.now(), user
    held.save()
    by.record("condition.met", gate.subject, product=gate.product_id, condition=held.pk)
    return held


def _take_effect(by: Acting, gate: Gate, product: Product, decision: Decision) -> None:
    """Seal the decision, move the product, write the letters; all of it or nothing."""
    decision.effective_at = timezone.now()
    decision.save()
    decision.seal = seal_of(decision)
    decision.save(update_fields=["seal"])
    Gate.objects.filter(pk=gate.pk).update(state=State.DECIDED, version=gate.version + 1)
    by.record(
        "decision.taken", decision.subject, product=product.pk, outcome=str(decision.outcome),
        verdict=decision.verdict, against=decision.against, self_approved=decision.self_approved,
        seal=decision.seal,
    )  # fmt: skip
    if decision.outcome in MOVES:
        move(by, product, Stage(gate.target), decision.reason, decision.subject)
    letters.decided(gate, decision)


def _evidence_seal(gate: Gate) -> str:
    evidence = queries.evidence_at(gate)
    return evidence.seal if evidence else ""


def _records(gate: Gate) -> dict[str, Any]:
    """What is known of the bet and of how it fails, as the decision keeps it."""
    target, today = Stage(gate.target), timezone.now().date()
    return frozen(gate.product, target, today, queries.evidence_at(gate))


def _checked(product: Product, outcome: str, conditions: Sequence[Asked]) -> list[Asked]:
    """The conditions of a conditional decision, each with somebody who is here and a day ahead."""
    if outcome != Outcome.CONDITIONAL:
        if conditions:
            raise Invalid("Conditions belong to 'Go with conditions'.", "outcome")
        return []
    if not conditions:
        raise Invalid("Name at least one condition, who sees to it, and by when.", "conditions")
    today, found = timezone.now().date(), []
    for one in conditions:
        member = Membership.objects.filter(product=product, user=one.owner, user__is_active=True)
        if not member.exists():
            raise Invalid(f"{one.owner} has no part in {product}.", "conditions")
        if one.due < today:
            raise Invalid(f"{one.due:%d %b %Y} has passed. A condition is due later.", "conditions")
        text = " ".join(one.text.split())
        if not text or len(text) > 300:
            raise Invalid("A condition is a sentence of at most 300 characters.", "conditions")
        found.append(Asked(text, one.owner, one.due))
    return found
