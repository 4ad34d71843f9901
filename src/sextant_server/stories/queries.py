"""What Today and the page of a product read, each in a fixed number of queries."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, OuterRef, Prefetch, Subquery, Window
from django.db.models.functions import RowNumber

from sextant_server.accounts.models import User
from sextant_server.contracts.models import Contract, Signature
from sextant_server.contracts.models import State as ContractState
from sextant_server.evidence.models import Evidence
from sextant_server.evidence.queries import DECIDES
from sextant_server.gates.models import Condition, Decision, Gate, Question
from sextant_server.gates.models import State as GateState
from sextant_server.products.models import Membership, Part, Product
from sextant_server.studies.models import Study

GONE = (ContractState.SUPERSEDED, ContractState.WITHDRAWN)
RECENT = 8
"""So many evidences and decisions stand on a product's page."""
REMEMBERED = 4
"""So many evidences of a product tell since when a promise is broken."""
BULKY = ("record", "states", "sample")


@dataclass(frozen=True, slots=True)
class Mine:
    """A product in which somebody has parts."""

    product: Product
    parts: frozenset[Part]

    @property
    def acts(self) -> bool:
        """Whether this person does more here than read."""
        return not self.parts <= {Part.VIEWER, Part.ANNOTATOR}


def mine(user: User) -> dict[int, Mine]:
    """The products in which somebody has a part, by their keys."""
    held: dict[int, tuple[Product, set[Part]]] = {}
    rows = Membership.objects.filter(user=user).select_related("product").order_by("product_id")
    for row in rows:
        held.setdefault(row.product_id, (row.product, set()))[1].add(Part(row.part))
    return {key: Mine(product, frozenset(parts)) for key, (product, parts) in held.items()}


def deciding(keys: Sequence[int]) -> dict[int, list[Evidence]]:
    """The last evidences of each product's locked contract, the newest first."""
    place = Window(RowNumber(), partition_by=F("product_id"), order_by=F("number").desc())
    rows = (
        Evidence.objects.filter(DECIDES, product__in=keys, contract__state=ContractState.LOCKED)
        .annotate(place=place)
        .filter(place__lte=REMEMBERED)
        .defer(*BULKY)
        .order_by("product_id", "-number")
    )
    found: dict[int, list[Evidence]] = {}
    for row in rows:
        found.setdefault(row.product_id, []).append(row)
    return found


def arrived(keys: Sequence[int], since: datetime, most: int) -> list[Evidence]:
    """The evidence that came since a moment, the newest first."""
    rows = Evidence.objects.filter(product__in=keys, recorded_at__gt=since)
    return list(rows.select_related("product").defer(*BULKY).order_by("-recorded_at")[:most])


def studied(keys: Sequence[int]) -> list[Study]:
    """Of each question of these products the newest study that its contract still stands behind."""
    place = Window(RowNumber(), partition_by=[F("product_id"), F("question")],
                   order_by=F("number").desc())  # fmt: skip
    rows = Study.objects.filter(product__in=keys).exclude(contract__state__in=GONE)
    rows = rows.annotate(place=place).filter(place=1).order_by("-number")
    return list(rows.only("product_id", "number", "kind", "headline", "verdict", "question",
                          "figure", "recorded_at", "opened_at"))  # fmt: skip


def contracts(keys: Sequence[int], signatures: bool = False) -> dict[int, list[Contract]]:
    """The draft and the locked contract of each product; with their signatures if asked for."""
    rows = Contract.objects.filter(
        product__in=keys, state__in=[ContractState.DRAFT, ContractState.LOCKED]
    )
    if signatures:
        rows = rows.prefetch_related(Prefetch("signatures", Signature.objects.all()))
    found: dict[int, list[Contract]] = {}
    for row in rows:
        found.setdefault(row.product_id, []).append(row)
    return found


def open_gates(keys: Sequence[int]) -> dict[int, Gate]:
    """The gate of each product that waits for a decision or for a second person."""
    decided_by = Decision.objects.filter(gate=OuterRef("pk"), refused_at=None).values("decided_by")
    rows = (
        Gate.objects.filter(product__in=keys, state__in=[GateState.OPEN, GateState.PROPOSED])
        .annotate(decider=Subquery(decided_by[:1]))
        .select_related("asked_by", "evidence")
        .defer(*(f"evidence__{name}" for name in BULKY))
    )
    return {gate.product_id: gate for gate in rows}


def proposed(gates: Iterable[Gate]) -> dict[int, Decision]:
    """The decisions that wait for a second person, by their gates; no query where none does."""
    waiting = [gate for gate in gates if gate.state == GateState.PROPOSED]
    if not waiting:
        return {}
    rows = Decision.objects.filter(gate__in=waiting, refused_at=None)
    return {one.gate_id: one for one in rows.select_related("decided_by")}


def decided_on(evidence: Iterable[Evidence]) -> dict[int, Decision]:
    """The last decision that took effect on each of these evidences, by their keys."""
    keys = [one.pk for one in evidence]
    if not keys:
        return {}
    rows = Decision.objects.filter(evidence__in=keys, effective_at__isnull=False)
    return {
        one.evidence_id or 0: one for one in rows.select_related("gate").order_by("effective_at")
    }


def unanswered(gates: Sequence[Gate]) -> list[Question]:
    """The questions at these gates that nobody has answered."""
    return list(
        Question.objects.filter(gate__in=gates, answered_at=None).select_related("by", "gate")
    )


def conditions_of(user: User) -> list[Condition]:
    """What somebody owes to decisions that have taken effect."""
    rows = Condition.objects.filter(owner=user, met_at=None, decision__effective_at__isnull=False)
    return list(rows.select_related("decision__gate__product"))


def arrived_in(product: Product, most: int = RECENT) -> list[Evidence]:
    """The last evidence of one product, with its contracts."""
    rows = product.evidence.select_related("contract").defer(*BULKY)
    return list(rows.order_by("-number")[:most])


def newest_deciding(product: Product, recent: Sequence[Evidence]) -> Evidence | None:
    """The newest evidence of the locked contract; read anew only where it is not among these."""
    for one in recent:
        if one.decides and one.contract.state == ContractState.LOCKED:
            return one
    held = deciding([product.pk]).get(product.pk) if len(recent) >= RECENT else None
    return held[0] if held else None


def decisions_of(product: Product, most: int = RECENT) -> list[Decision]:
    """The last decisions about one product that took effect."""
    rows = Decision.objects.filter(gate__product=product, effective_at__isnull=False)
    return list(rows.select_related("gate", "decided_by").order_by("-effective_at")[:most])
