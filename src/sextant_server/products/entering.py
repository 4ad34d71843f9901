"""The way into a product: who stands in it, with which parts, and what he may do there."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import update_wrapper
from typing import Any, Concatenate, ParamSpec

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from sextant_server.accounts.acting import Acting, person_of
from sextant_server.accounts.models import User
from sextant_server.core.access import PRODUCT, access
from sextant_server.core.errors import NotAllowed
from sextant_server.products import queries
from sextant_server.products.abilities import ABILITIES
from sextant_server.products.models import Part, Product

P = ParamSpec("P")


@dataclass(frozen=True, slots=True)
class Here:
    """A person in a product that he may see."""

    user: User
    product: Product
    parts: frozenset[Part]

    def may(self, ability: str) -> bool:
        """Whether one of his parts, or his being an administrator, gives this ability."""
        asked = ABILITIES[ability]
        return not self.parts.isdisjoint(asked.parts) or (asked.admin and self.user.is_admin)

    def told(self, problems: list[str], otherwise: str) -> list[str]:
        """Why work failed. It can quote cells, so who does no such work reads `otherwise`."""
        full = not problems or self.may("run") or self.may("sources")
        return problems if full else [otherwise]

    def can(self) -> dict[str, bool]:
        """Every ability by name, for templates."""
        return {name: self.may(name) for name in ABILITIES}


def stand(user: User, product: Product) -> Here:
    """Where somebody stands in a product."""
    return Here(user, product, queries.parts_of(user, product))


def enter(user: User, slug: str) -> Here:
    """The product of this name, for somebody who may see it; raises Http404 for everybody else."""
    product = queries.visible_to(user).filter(slug=slug).first()
    if product is None:
        raise Http404("There is no such product, or it is not open to you.")
    return stand(user, product)


def need(by: Acting, product: Product, ability: str) -> User:
    """The person who acts, where he may do this here; raises NotAllowed with the parts that may.

    Every action on a product begins with it. It reads the parts anew: what a page showed before
    counts for nothing.
    """
    user = by.person()
    if not user.is_active or not stand(user, product).may(ability):
        asked = ABILITIES[ability]
        parts = " or ".join(part.label for part in asked.parts)
        raise NotAllowed(f"Only a {parts} of {product} may {asked.says}. The owner gives parts.")
    return user


def in_product(
    view: Callable[Concatenate[HttpRequest, Here, P], HttpResponse],
) -> Callable[..., HttpResponse]:
    """A page of one product: its view gets `Here` in the place of the product's name."""

    def entered(request: HttpRequest, slug: str, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        return view(request, enter(person_of(request), slug), *args, **kwargs)

    update_wrapper(entered, view)
    return access(PRODUCT)(entered)


def show(
    request: HttpRequest,
    here: Here,
    template: str,
    context: Mapping[str, Any] | None = None,
    status: int = 200,
) -> HttpResponse:
    """A page of a product; its template extends `products/page.html`."""
    held = {"here": here, "product": here.product, "can": here.can(), **(context or {})}
    return render(request, template, held, status=status)
