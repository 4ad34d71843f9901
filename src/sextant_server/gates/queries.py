"""What is read of gates and decisions."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db.models import Exists, OuterRef, Prefetch, QuerySet

from sextant_server.accounts.models import User
from sextant_server.candidates.models import Tradeoff
from sextant_server.evidence.models import Evidence
from sextant_server.evidence.queries import BULKY
from sextant_server.gates.models import Condition, Decision, Gate, Opinion, State
from sextant_server.products.models import Product

WAITS = (State.OPEN, State.PROPOSED)


def gates_of(product: Product) -> QuerySet[Gate]:
    """All gates of a product with their decisions, the newest first."""
    decisions = Decision.objects.select_related("decided_by", "seconded_by").prefetch_related(
        "conditions__owner"
    )
    rows = Gate.objects.filter(product=product)
    rows = rows.select_related("asked_by", "evidence__contract", "evidence__seen")
    rows = rows.defer(
        *(f"evidence__{name}" for name in BULKY), *(f"evidence__seen__{name}" for name in BULKY)
    )
    return rows.prefetch_related(Prefetch("decisions", decisions)).order_by("-number")


def gate_of(product: Product, number: int) -> Gate | None:
    """One gate by its number, with its evidence and its decisions."""
    agreed = Tradeoff.objects.filter(product=OuterRef("product"), ended_at=None).exclude(seal="")
    rows = gates_of(product).annotate(agreed_there=Exists(agreed))
    found = rows.filter(number=number).first()
    if found is not None:
        found.product, found.trades_agreed = product, found.agreed_there
    return found


def waiting_gate(product: Product) -> Gate | None:
    """The gate that waits for a decision or its second person."""
    return gates_of(product).filter(state__in=WAITS).first()


def evidence_at(gate: Gate) -> Evidence | None:
    """The evidence that a gate looks at, with its contract."""
    if gate.evidence_id is None:
        return None
    rows = Evidence.objects.select_related("contract", "seen")
    deferred = (*BULKY, *(f"seen__{name}" for name in BULKY))
    return rows.defer(*deferred).get(pk=gate.evidence_id)


def decision_of(gate: Gate) -> Decision | None:
    """The decision that stands at a gate, whether it has taken effect or waits."""
    return next((one for one in gate.decisions.all() if one.refused_at is None), None)


def reviewers_who_spoke(gate: Gate) -> list[str]:
    """The reviewers who have stated an opinion at a gate."""
    rows = Opinion.objects.filter(gate=gate, as_reviewer=True).select_related("by")
    return list(dict.fromkeys(str(one.by) for one in rows))


def open_conditions(product: Product) -> QuerySet[Condition]:
    """The conditions of decisions that took effect, and are not met yet."""
    rows = Condition.objects.filter(
        decision__gate__product=product, decision__effective_at__isnull=False, met_at=None
    )
    return rows.select_related("owner", "decision__gate")


def overdue(product: Product, today: date) -> list[Condition]:
    """Those of them whose day has passed."""
    return [one for one in open_conditions(product) if one.due < today]


def names(ids: Sequence[int]) -> list[str]:
    """The names of people, in the order of their numbers."""
    held = {user.pk: str(user) for user in User.objects.filter(pk__in=ids)}
    return [held[one] for one in dict.fromkeys(ids) if one in held]
