"""What is read of products and their people."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from sextant_server.accounts.models import User
from sextant_server.audit.models import Entry
from sextant_server.products.models import Membership, Part, Product


def visible_to(user: User) -> QuerySet[Product]:
    """The products that somebody may see: open ones for members, else those he has a part in."""
    if user.is_admin:
        return Product.objects.all()
    mine = Exists(Membership.objects.filter(product=OuterRef("pk"), user=user))
    if user.is_member:
        return Product.objects.filter(Q(is_open=True) | mine)
    return Product.objects.filter(mine)


def parts_of(user: User, product: Product) -> frozenset[Part]:
    """The parts that somebody has in a product."""
    held = Membership.objects.filter(product=product, user=user).values_list("part", flat=True)
    return frozenset(Part(part) for part in held)


def people_of(product: Product) -> QuerySet[Membership]:
    """Everybody with a part in a product, with their accounts."""
    return Membership.objects.filter(product=product).select_related("user")


def holders(product: Product, *parts: Part) -> list[User]:
    """The people with one of these parts whose accounts are open, each once."""
    return list(
        User.objects.filter(
            memberships__product=product, memberships__part__in=parts, is_active=True
        ).distinct()
    )


def alone_since(product: Product, moment: datetime) -> bool:
    """Whether a declared team of one has indeed nobody else who could second.

    It must have been so since `moment`: whoever takes the others' parts away to decide alone still
    needs them.
    """
    if not product.solo:
        return False
    parts = (Part.OWNER, Part.BUSINESS, Part.TECHNICAL, Part.REVIEWER)
    people = Membership.objects.filter(product=product, part__in=parts, user__is_active=True)
    if people.values("user").distinct().count() != 1:
        return False
    since = Entry.objects.filter(subject=product.subject, at__gte=moment)
    declared = Q(action="product.changed", detail__contains='"solo"')
    return not since.filter(declared | Q(action="part.taken")).exists()
