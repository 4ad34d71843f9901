"""The letters that gates cause, written in the transaction of what they tell about."""

from __future__ import annotations

from django.urls import reverse

from sextant_server.accounts.models import User
from sextant_server.gates.models import Decision, Gate, Outcome
from sextant_server.mail.actions import write_to
from sextant_server.products.models import Part, Product, Stage
from sextant_server.products.queries import holders

OUTCOMES = {
    Outcome.GO: "go", Outcome.CONDITIONAL: "go with conditions", Outcome.HOLD: "hold",
    Outcome.STOP: "stop",
}  # fmt: skip


def asked(gate: Gate, by: User) -> None:
    """To those who decide or review: a decision waits."""
    people = holders(gate.product, Part.OWNER, Part.BUSINESS, Part.REVIEWER)
    subject = f"{gate.product}: a decision waits, to {_stage(gate)}"
    _write(gate, [one for one in people if one.pk != by.pk], subject, "asked", {"by": by})


def proposed(gate: Gate, decision: Decision) -> None:
    """To those who may second: a decision against the verdict waits for a second person."""
    people = holders(gate.product, Part.OWNER, Part.BUSINESS, Part.TECHNICAL, Part.REVIEWER)
    others = [one for one in people if one.pk != decision.decided_by_id]
    subject = f"{gate.product}: a decision against the verdict waits for a second person"
    _write(gate, others, subject, "proposed", {"decision": decision})


def decided(gate: Gate, decision: Decision) -> None:
    """To everybody with a part: what was decided, and why."""
    people = holders(gate.product, *Part)
    outcome = OUTCOMES[Outcome(decision.outcome)]
    subject = f"{gate.product}: {outcome}, to {_stage(gate)}"
    _write(gate, people, subject, "decided", {"decision": decision, "outcome": outcome})


def _write(
    gate: Gate, people: list[User], subject: str, template: str, context: dict[str, object]
) -> None:
    product: Product = gate.product
    held = {
        **context, "gate": gate, "product": product, "stage": _stage(gate),
        "path": reverse("gate", args=[product.slug, gate.number]),
    }  # fmt: skip
    write_to(people, subject, f"gates/mail/{template}.txt", held)


def _stage(gate: Gate) -> str:
    return str(Stage(gate.target).label).lower()
