"""Everything that changes gates. A decision, its effect and its letters are one transaction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from sextant_server.accounts.acting import Acting
from sextant_server.accounts.models import User
from sextant_server.audit.seals import json_digest, seal_of
from sextant_server.core.errors import Conflict, Invalid, NotAllowed
from sextant_server.evidence.queries import latest_deciding
from sextant_server.gates import letters, queries
from sextant_server.gates.freezing import frozen
from sextant_server.gates.judging import MOVES, goes_against, is_alone, targets, verdict_now
from sextant_server.gates.models import (
    Condition,
    Decision,
    Gate,
    Opinion,
    Outcome,
    Question,
    Stance,
    State,
)
from sextant_server.gates.verdict import is_back
from sextant_server.products.abilities import ABILITIES
from sextant_server.products.actions import move
from sextant_server.products.entering import need
from sextant_server.products.models import Membership, Part, Product, Stage

MOST = 4000
STALE = "The gate has changed since you opened the page. Load it again and read what is new."


@dataclass(frozen=True, slots=True)
class Asked:
    """A condition as it is asked for."""

    text: str
    owner: User
    due: date


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
    held = _open(gate, version)
    newest = latest_deciding(held.product)
    if newest is None or newest.pk == held.evidence_id:
        raise Conflict("There is no newer evidence than the one that lies before it.")
    held.evidence = newest
    _changed(held)
    by.record("gate.evidence", held.subject, product=held.product_id, evidence=newest.number)
    return held


@transaction.atomic
def question(by: Acting, gate: Gate, text: str) -> Question:
    """Ask something that should be answered before it is decided."""
    user = need(by, gate.product, "question")
    held = _waiting(gate)
    made = Question.objects.create(gate=held, text=_said(text, "text"), by=user)
    _changed(held)
    by.record("gate.question", held.subject, product=held.product_id, question=made.pk)
    return made


@transaction.atomic
def answer(by: Acting, asked: Question, text: str) -> Question:
    """Answer a question; an answer stays as it was given."""
    user = need(by, asked.gate.product, "answer")
    held = Question.objects.select_for_update().select_related("gate").get(pk=asked.pk)
    if held.answered_at:
        raise Conflict("The question is answered. Ask another one.")
    held.answer, held.answered_by, held.answered_at = _said(text, "answer"), user, timezone.now()
    held.save()
    gate = Gate.objects.select_for_update().get(pk=held.gate_id)
    _changed(gate)
    by.record("gate.answer", gate.subject, product=gate.product_id, question=held.pk)
    return held


@transaction.atomic
def state_opinion(by: Acting, gate: Gate, stance: str, text: str) -> Opinion:
    """Agree or dissent. Dissent is kept as it was said, also after the decision."""
    user = need(by, gate.product, "question")
    held = Gate.objects.select_for_update().get(pk=gate.pk)
    if held.state == State.WITHDRAWN:
        raise Conflict("The gate was withdrawn: there is nothing to agree with.")
    if stance not in Stance.values:
        raise Invalid("Agree or dissent.", "stance")
    if stance == Stance.DISSENT and not text.strip():
        raise Invalid("A dissent says why.", "text")
    made = Opinion.objects.create(
        gate=held, by=user, stance=stance, text=text.strip()[:MOST],
        as_reviewer=_reviews(gate.product, user),
    )  # fmt: skip
    _changed(held)
    by.record("gate.opinion", held.subject, product=held.product_id, stance=stance,
              reviewer=made.as_reviewer)  # fmt: skip
    return made


@transaction.atomic
def decide(
    by: Acting, gate: Gate, outcome: str, reason: str, conditions: Sequence[Asked], version: int
) -> Decision:
    """Decide. With the verdict it takes effect at once, against it a second person is needed."""
    user = _person(by, gate, "decide")
    product = Product.objects.select_for_update().get(pk=gate.product_id)
    held = _open(gate, version)
    if outcome not in Outcome.values:
        raise Invalid(f"Decide one of {', '.join(Outcome.labels)}.", "outcome")
    why = _said(reason, "reason", "Say why. Whoever reads it in a year was not there.")
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
    user = _person(by, gate, "second")
    product = Product.objects.select_for_update().get(pk=gate.product_id)
    held = _proposed(gate, version)
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
            "The assessments, the value or the bet have changed since it was decided. Refuse it, so"
            " that it is decided on what is so now."
        )
    decision.seconded_by, decision.seconded_at = user, timezone.now()
    by.record("decision.seconded", decision.subject, product=product.pk)
    _take_effect(by, held, product, decision)
    return decision


@transaction.atomic
def refuse(by: Acting, gate: Gate, reason: str, version: int) -> Decision:
    """Refuse a decision against the verdict: the gate is open again, the refused one is kept."""
    user = _person(by, gate, "second")
    held = _proposed(gate, version)
    decision = Decision.objects.select_for_update().get(gate=held, refused_at=None)
    why = _said(reason, "reason")
    Decision.objects.filter(pk=decision.pk).update(refused_by=user, refused_at=timezone.now())
    Gate.objects.filter(pk=held.pk).update(state=State.OPEN, version=held.version + 1)
    stance = Stance.DISSENT
    Opinion.objects.create(gate=held, by=user, stance=stance, text=f"Refused: {why}")
    by.record("decision.refused", decision.subject, product=held.product_id)
    decision.refresh_from_db()
    return decision


@transaction.atomic
def withdraw(by: Acting, gate: Gate, reason: str) -> Gate:
    """Withdraw the question; the product stays where it is."""
    user = need(by, gate.product, "ask")
    held = _waiting(gate)
    if held.state == State.PROPOSED:
        decision = Decision.objects.get(gate=held, refused_at=None)
        if by.token or decision.decided_by_id != user.pk:
            _person(by, gate, "second")
    why = _said(reason, "reason")
    now = timezone.now()
    Decision.objects.filter(gate=held, refused_at=None).update(refused_by=by.user, refused_at=now)
    note = f"{held.note}\n\nWithdrawn: {why}".strip()
    Gate.objects.filter(pk=held.pk).update(
        state=State.WITHDRAWN, version=held.version + 1, note=note
    )
    by.record("gate.withdrawn", held.subject, product=held.product_id, reason=why)
    held.refresh_from_db()
    return held


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
    held.met_note = _said(note, "note", "Say what was done, so that others can see it.")
    held.met_at, held.met_by = timezone.now(), user
    held.save()
    by.record("condition.met", gate.subject, product=gate.product_id, condition=held.pk)
    return held


def _reviews(product: Product, user: User) -> bool:
    """Whether somebody speaks as a reviewer: with that part, and not who decides himself."""
    held = Membership.objects.filter(product=product, user=user).values_list("part", flat=True)
    parts = set(held)
    decides = parts & {str(part) for part in ABILITIES["decide"].parts}
    return Part.REVIEWER in parts and (product.solo or not decides)


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


def _person(by: Acting, gate: Gate, ability: str) -> User:
    if by.token:
        raise NotAllowed("Deciding takes a person in a browser, not a token.")
    return need(by, gate.product, ability)


def _open(gate: Gate, version: int) -> Gate:
    held = _waiting(gate)
    if held.state != State.OPEN:
        raise Conflict("A decision waits for its second person. Nothing else is decided meanwhile.")
    if held.version != version:
        raise Conflict(STALE)
    return held


def _proposed(gate: Gate, version: int) -> Gate:
    held = _waiting(gate)
    if held.state != State.PROPOSED:
        raise Conflict("No decision waits for a second person here.")
    if held.version != version:
        raise Conflict(STALE)
    return held


def _waiting(gate: Gate) -> Gate:
    held = Gate.objects.select_for_update().get(pk=gate.pk)
    if held.state not in queries.WAITS:
        raise Conflict(f"Gate {held.number} is {held.get_state_display()}.")
    return held


def _changed(gate: Gate) -> None:
    gate.version += 1
    gate.save()


def _evidence_seal(gate: Gate) -> str:
    evidence = queries.evidence_at(gate)
    return evidence.seal if evidence else ""


def _records(gate: Gate) -> dict[str, Any]:
    """What is known of the bet, as the decision keeps it."""
    return frozen(gate.product, Stage(gate.target), timezone.now().date())


def _said(text: str, field: str, otherwise: str = "Write something.") -> str:
    said = text.strip()
    if not said:
        raise Invalid(otherwise, field)
    if len(said) > MOST:
        raise Invalid(f"At most {MOST:,} characters, not {len(said):,}.", field)
    return said


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
