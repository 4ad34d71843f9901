"""The API of products: list, read, begin, change; their people by mail address."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django.http import HttpRequest
from ninja import Router, Schema, Status

from sextant_server.accounts.acting import Acting
from sextant_server.accounts.bearer import Bearer
from sextant_server.products import actions, queries
from sextant_server.products.entering import Here, enter
from sextant_server.products.models import Product

router = Router(tags=["products"])
MOST = 500


class AuthedRequest(HttpRequest):
    """A request after `Bearer`."""

    auth: Acting


class About(Schema):
    """What a product is. An outcome has all of metric, baseline, target and due, or none."""

    name: str
    ai_type: str
    automation: str
    risk: str
    problem: str = ""
    affected: str = ""
    metric: str = ""
    baseline: Decimal | None = None
    target: Decimal | None = None
    due: date | None = None
    is_open: bool = True
    solo: bool = False


class NewProduct(About):
    """A new product; without a slug it gets one from its name."""

    slug: str = ""


class ChangedProduct(About):
    """A product as it shall be; `version` is the one that was read."""

    version: int


class ProductOut(About):
    """A product as it is."""

    slug: str
    stage: str
    outcome: str
    version: int


class Member(Schema):
    """One part of one person."""

    email: str
    part: str


class People(Schema):
    """Everybody with a part, the owner included."""

    people: list[Member]


def standing(request: AuthedRequest, slug: str) -> Here:
    """The product of this name, for the person of the token; Http404 for everybody else."""
    return enter(request.auth.person(), slug)


@router.get(
    "/products", response=list[ProductOut], auth=Bearer("products:read"), summary="Products"
)
def products(request: AuthedRequest) -> list[Product]:
    """The products that the person may see, by name, at most 500."""
    return list(queries.visible_to(request.auth.person())[:MOST])


@router.post(
    "/products",
    response={201: ProductOut},
    auth=Bearer("products:write"),
    summary="Begin one",
)
def begin(request: AuthedRequest, asked: NewProduct) -> Status[Product]:
    """Begin a product as an opportunity, owned by the person of the token."""
    about = asked.model_dump(exclude={"slug"})
    return Status(201, actions.begin(request.auth, actions.About(**about), asked.slug))


@router.get(
    "/products/{slug}", response=ProductOut, auth=Bearer("products:read"), summary="A product"
)
def product(request: AuthedRequest, slug: str) -> Product:
    """What a product is and where it stands."""
    return standing(request, slug).product


@router.put(
    "/products/{slug}",
    response=ProductOut,
    auth=Bearer("products:write"),
    summary="Change one",
)
def change(request: AuthedRequest, slug: str, asked: ChangedProduct) -> Product:
    """Change what a product is; 409 where it was changed since it was read."""
    about = actions.About(**asked.model_dump(exclude={"version"}))
    return actions.edit(request.auth, standing(request, slug).product, about, asked.version)


@router.get(
    "/products/{slug}/people", response=People, auth=Bearer("products:read"), summary="Its people"
)
def people(request: AuthedRequest, slug: str) -> dict[str, Any]:
    """Everybody with a part, by part and mail address."""
    return _people(standing(request, slug).product)


@router.put(
    "/products/{slug}/people",
    response=People,
    auth=Bearer("products:write"),
    summary="Set people",
)
def set_people(request: AuthedRequest, slug: str, asked: People) -> dict[str, Any]:
    """Give and take parts until exactly these are held. Who has no account is refused."""
    found = standing(request, slug).product
    actions.set_people(request.auth, found, [(one.email, one.part) for one in asked.people])
    return _people(found)


def _people(found: Product) -> dict[str, Any]:
    rows = [{"email": one.user.email, "part": one.part} for one in queries.people_of(found)]
    return {"people": sorted(rows, key=lambda one: (one["part"], one["email"]))}
