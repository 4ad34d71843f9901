"""What people ask, answer and think before it is decided."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from sextant_server.accounts.acting import Acting
from sextant_server.accounts.models import User
from sextant_server.core.errors import Conflict, Invalid
from sextant_server.gates.actions.held import MOST, changed, said, waiting_gate_of
from sextant_server.gates.models import Gate, Opinion, Question, Stance, State
from sextant_server.products.abilities import ABILITIES
from sextant_server.products.entering import need
from sextant_server.products.models import Membership, Part, Product


@transaction.atomic
def question(by: Acting, gate: Gate, text: str) -> Question:
    """Ask something that should be answered before it is decided."""
    user = need(by, gate.product, "question")
    held = waiting_gate_of(gate)
    made = Question.objects.create(gate=held, text=said(text, "text"), by=user)
    changed(held)
    by.record("gate.question", held.subject, product=held.product_id, question=made.pk)
    return made


@transaction.atomic
def answer(by: Acting, asked: Question, text: str) -> Question:
    """Answer a question; an answer stays as it was given."""
    user = need(by, asked.gate.product, "answer")
    held = Question.objects.select_for_update().select_related("gate").get(pk=asked.pk)
    if held.answered_at:
        raise Conflict("The question is answered. Ask another one.")
    held.answer, held.answered_by, held.answered_at = said(text, "answer"), user, timezone.now()
    held.save()
    gate = Gate.objects.select_for_update().get(pk=held.gate_id)
    changed(gate)
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
    changed(held)
    by.record("gate.opinion", held.subject, product=held.product_id, stance=stance,
              reviewer=made.as_reviewer)  # fmt: skip
    return made


def _reviews(product: Product, user: User) -> bool:
    """Whether somebody speaks as a reviewer: with that part, and not who decides himself."""
    held = Membership.objects.filter(product=product, user=user).values_list("part", flat=True)
    parts = set(held)
    decides = parts & {str(part) for part in ABILITIES["decide"].parts}
    return Part.REVIEWER in parts and (product.solo or not decides)
