"""The last decision and the open question of many products, for the apps below."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import date, datetime

from django.db.models import OuterRef, Q, Subquery
from django.urls import reverse
from django.utils import timezone

from sextant_server.gates.models import Decision, Gate, Outcome, State
from sextant_server.gates.queries import WAITS
from sextant_server.gates.words import asks
from sextant_server.strategy.bindings.gates import AtGates, Decided, Waiting


def standing(products: Collection[int]) -> dict[int, AtGates]:
    """What gates say of each product, by its key; one query.

    A product has at most one gate that waits. Of decisions the last counts that took effect; one
    that was refused, or waits for a second person, has not.
    """
    last = Decision.objects.filter(
        gate__product=OuterRef("product"), effective_at__isnull=False
    ).order_by("-effective_at", "-pk")
    stands = Decision.objects.filter(gate=OuterRef("pk"), refused_at=None)
    rows = (
        Gate.objects.filter(product__in=products)
        .filter(Q(state__in=WAITS) | Q(pk=Subquery(last.values("gate")[:1])))
        .annotate(
            outcome=Subquery(stands.values("outcome")[:1]),
            effective_at=Subquery(stands.values("effective_at")[:1]),
        )
        .select_related("product")
        .order_by()
    )
    found: dict[int, AtGates] = {}
    for row in rows:
        found[row.product_id] = _with(found.get(row.product_id, AtGates()), row)
    return found


def _with(held: AtGates, row: Gate) -> AtGates:
    href = reverse("gate", args=[row.product.slug, row.number])
    outcome, effective_at = row.outcome, row.effective_at  # type: ignore[attr-defined]
    word = str(Outcome(outcome).label) if outcome else ""
    if row.state in WAITS:
        said = word if row.state == State.PROPOSED else ""
        return replace(held, waiting=Waiting(asks(row), _day(row.asked_at), href, said))
    return replace(held, decided=Decided(word, _day(effective_at), href))


def _day(at: datetime) -> date:
    return timezone.localtime(at).date()
