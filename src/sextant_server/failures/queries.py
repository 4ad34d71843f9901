"""What is read of failure modes, for many products in a fixed number of queries."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.db.models import QuerySet

from sextant_server.contracts.models import State as ContractState
from sextant_server.contracts.reading import read
from sextant_server.evidence.models import Evidence
from sextant_server.failures.models import FailureMode
from sextant_server.failures.reading import Criteria, Sight, Watched, sight, watchable
from sextant_server.products.models import Product
from sextant_server.strategy.bindings.memory import remembered
from sextant_server.strategy.bindings.queries import newest


def modes_of(products: Collection[int]) -> QuerySet[FailureMode]:
    """The modes of these products that were not given up, the severe ones first."""
    rows = FailureMode.objects.filter(product__in=products, withdrawn_at=None)
    return rows.select_related("amber_owner", "red_owner", "product")


def standing(products: Collection[int], today: date) -> dict[int, list[Sight]]:
    """Each product's modes by the newest evidence that decides; one query where there are none."""
    modes = list(modes_of(products))
    if not modes:
        return {}
    held = newest({one.product_id for one in modes})
    criteria = criteria_of(held.values())
    found: dict[int, list[Sight]] = {}
    for mode in modes:
        evidence = held.get(mode.product_id)
        seen = criteria[evidence.pk] if evidence else []
        found.setdefault(mode.product_id, []).append(sight(mode, evidence, seen, today))
    return found


def standing_on(product: int, evidence: Evidence | None, today: date) -> list[Sight]:
    """A product's modes as one evidence shows them: that of a gate, or of its own page."""
    modes = list(modes_of([product]))
    criteria = criteria_of([evidence]) if evidence and modes else {}
    seen = criteria[evidence.pk] if evidence and modes else []
    return [sight(mode, evidence, seen, today) for mode in modes]


def criteria_of(evidence: Collection[Evidence]) -> dict[int, Criteria]:
    """What the records of these evidences say of their criteria, by the evidences' keys."""
    loaded = {one.pk: one.record["criteria"] for one in evidence if "record" in one.__dict__}
    left = [one.pk for one in evidence if one.pk not in loaded]
    return {**loaded, **remembered("criteria", left, _criteria)}


def _criteria(keys: Collection[int]) -> dict[int, Criteria]:
    rows = Evidence.objects.filter(pk__in=keys).order_by()
    return dict(rows.values_list("pk", "record__criteria"))


def offered(product: Product) -> list[Watched]:
    """The numbers that a mode can be watched by: those of the newest evidence that decides.

    Where there is none, the criteria of the contract that speak of all rows.
    """
    evidence = newest([product.pk]).get(product.pk)
    if evidence is not None:
        return watchable(criteria_of([evidence])[evidence.pk])
    rows = product.contracts.filter(state__in=[ContractState.LOCKED, ContractState.DRAFT])
    contract = rows.order_by("-state", "-number").first()
    found = read(contract.text, product).contract if contract else None
    return [
        Watched(one.text, (), one.quantity.call.metric, {"op": one.op, "limit": one.bound})
        for one in (found.criteria if found else ())
        if one.scope.kind in ("all", "across")
    ]
