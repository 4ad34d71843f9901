"""Whether an assessment would come to rest on itself."""

from __future__ import annotations

from collections.abc import Mapping

from django.db.models import Q

from sextant_server.accounts.models import User
from sextant_server.products.models import Product
from sextant_server.strategy.assessments.models import Answer

Edges = Mapping[str, frozenset[str]]


def edges_of(product: Product, user: User) -> Edges:
    """Which assessment of a product rests on which, as far as somebody may know.

    What others have answered while an assessment is blind is left out: to name it would tell it.
    Nothing can rest on a blind assessment, so that it closes no circle.
    """
    known = Q(assessment__uncovered_at__isnull=False) | Q(by=user)
    rows = Answer.objects.filter(
        known, assessment__product=product, assessment__ended_at=None, superseded_at=None,
        reference__startswith="assessment:",
    )  # fmt: skip
    found: dict[str, set[str]] = {}
    for key, reference in rows.values_list("assessment__key", "reference"):
        found.setdefault(key, set()).add(reference.partition(":")[2])
    return {key: frozenset(on) for key, on in found.items()}


def circle(edges: Edges, key: str, on: str) -> tuple[str, ...]:
    """The way from `key` over `on` back to it, the shortest one; empty where there is none."""
    ways: list[tuple[str, ...]] = [(key, on)]
    seen = {on}
    while ways:
        way = ways.pop(0)
        if way[-1] == key:
            return way
        for following in sorted(edges.get(way[-1], frozenset())):
            if following == key:
                return (*way, key)
            if following not in seen:
                seen.add(following)
                ways.append((*way, following))
    return ()
