"""What stands on every page of a product: why it exists, where it stands, where one may go."""

from __future__ import annotations

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
    ("Gates", "gates"),
    ("People", "product_people"),
    ("History", "product_history"),
)


@register.inclusion_tag("products/components/pinned.html")
def pinned(product: Product) -> dict[str, Any]:
    """The outcome, the problem and the people affected, and the stage it has reached."""
    return {"product": product, "steps": steps_of(product)}


@register.inclusion_tag("products/components/links.html")
def product_links(product: Product, path: str) -> dict[str, Any]:
    """The pages of a product; the one that is shown, or that it belongs to, is marked."""
    links = [(word, reverse(route, args=[product.slug])) for word, route in LINKS]
    here = max((href for _, href in links if path.startswith(href)), key=len, default="")
    return {"links": [(word, href, href == here) for word, href in links]}


def steps_of(product: Product) -> list[Step]:
    """The stages as a track; a product that is not retired does not show that it could be."""
    order = [stage for stage in STAGES if stage != "retired" or product.stage == "retired"]
    at = order.index(product.stage)  # type: ignore[arg-type]

    def progress(place: int) -> Progress:
        return "now" if place == at else "done" if place < at else "ahead"

    return [Step(str(stage.label), progress(place)) for place, stage in enumerate(order)]
