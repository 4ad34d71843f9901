"""What stands on every page of a product: why it exists, where it stands, where one may go."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import template
from django.urls import reverse

from sextant_server.products.models import STAGES, Product
from sextant_server.ui.parts import Progress, Step

register = template.Library()
LINKS = (
    ("Where it stands", "product"),
    ("Contract", "contracts"),
    ("Sources", "sources"),
    ("Evidence", "evidence"),
    ("Studies", "studies"),
    ("Candidates", "candidates"),
    ("Failures", "failures"),
    ("Gates", "gates"),
    ("People", "product_people"),
    ("History", "product_history"),
)
BET: tuple[tuple[str, str], ...] = (
    ("Opportunity", "opportunity"),
    ("Value", "value_model"),
    ("Assessments", "assessments"),
    ("Risks", "risks"),
    ("Case", "case"),
)
"""The pages about a product as a bet; the first of them stands among the product's own."""


@register.inclusion_tag("products/components/pinned.html")
def pinned(product: Product) -> dict[str, Any]:
    """The outcome, the problem and the people affected, and the stage it has reached."""
    return {"product": product, "steps": steps_of(product)}


@register.inclusion_tag("products/components/links.html")
def product_links(product: Product, path: str) -> dict[str, Any]:
    """The pages of a product; the one that is shown, or that it belongs to, is marked."""
    links = _marked(product, path, (*LINKS[:1], *BET[:1], *LINKS[1:]))
    bet = _marked(product, path, BET)
    return {"links": links, "bet": bet if any(here for _, _, here in bet) else []}


def _marked(
    product: Product, path: str, pages: Sequence[tuple[str, str]]
) -> list[tuple[str, str, bool]]:
    links = [(word, reverse(route, args=[product.slug])) for word, route in pages]
    here = max((href for _, href in links if path.startswith(href)), key=len, default="")
    return [(word, href, href == here) for word, href in links]


def steps_of(product: Product) -> list[Step]:
    """The stages as a track; a product that is not retired does not show that it could be."""
    order = [stage for stage in STAGES if stage != "retired" or product.stage == "retired"]
    at = order.index(product.stage)  # type: ignore[arg-type]

    def progress(place: int) -> Progress:
        return "now" if place == at else "done" if place < at else "ahead"

    return [Step(str(stage.label), progress(place)) for place, stage in enumerate(order)]
