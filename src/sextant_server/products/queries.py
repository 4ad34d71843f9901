"""What is read of products and their people."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet

from sextant_server.accounts.models import User
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
