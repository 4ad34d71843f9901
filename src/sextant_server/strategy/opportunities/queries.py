"""What is read of ideas, goals and bets, for many products in a fixed number of queries."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date, timedelta
from typing import Any, TypeVar

from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, When
from django.utils import timezone

from sextant_server.accounts.models import User
from sextant_server.core.among import among
from sextant_server.products.models import Product
from sextant_server.strategy.bindings.reading import Reading, Reference
from sextant_server.strategy.opportunities import facts
from sextant_server.strategy.opportunities.freezing import plain
from sextant_server.strategy.opportunities.known import Known, known_of
from sextant_server.strategy.opportunities.models import (
    Alternative,
    AlternativeKind,
    Bet,
    Dependency,
    Goal,
    GoalLink,
    Idea,
    IdeaState,
    PainPoint,
    Why,
)

T = TypeVar("T")
REVIEW_DAYS = 90
"""Proposed: an idea that nobody has looked at for so long is asked about again."""


def known(products: Collection[int], today: date | None = None) -> dict[int, Known]:
    """What is known of each product, by its key; three queries, whatever their number."""
    day = today or timezone.localdate()
    without_ai = Alternative.objects.filter(product=OuterRef("pk"), kind=AlternativeKind.BASELINE)
    bet = [f"bet__{name}" for name in facts.BET]
    held = Product.objects.filter(among("pk", products)).order_by()
    rows = held.values_list("pk", Exists(without_ai), "bet__pk", *bet)
    pains = PainPoint.objects.filter(among("product", products)).values_list(
        "product_id", *facts.PAIN
    )
    links = GoalLink.objects.filter(among("product", products)).values_list(
        "product_id", *facts.LINK
    )
    told, served = _by_product(facts.PainFacts, pains), _by_product(facts.LinkFacts, links)
    return {
        key: known_of(
            None if said is None else facts.BetFacts(*of_bet), told.get(key, []),
            served.get(key, []), bool(baseline), day,
        )
        for key, baseline, said, *of_bet in rows
    }  # fmt: skip


def readings(
    wanted: Iterable[tuple[int, Reference]], today: date
) -> dict[tuple[int, Reference], Reading]:
    """What each dependency is at now: its word is the version noted. One query."""
    asked = [one for one in dict.fromkeys(wanted) if one[1].kind == "dependency"]
    keys = {int(one.key) for _, one in asked if one.key.isascii() and one.key.isdecimal()}
    rows = Dependency.objects.filter(pk__in=keys).select_related("on") if keys else []
    held = {(row.product_id, str(row.pk)): row for row in rows}
    return {(key, one): _reading(held.get((key, one.key))) for key, one in asked}


def offered(product: int) -> list[tuple[Reference, Reading]]:
    """The dependencies of a product that an answer can rest on."""
    rows = Dependency.objects.filter(product=product).select_related("on")
    return [(Reference("dependency", str(row.pk)), _reading(row)) for row in rows]


def _reading(row: Dependency | None) -> Reading:
    if row is None:
        return Reading(absent="the dependency is no longer on record.")
    on = f"{row.noted_on.day} {row.noted_on:%b %Y}"
    version = row.noted_version or "no version"
    return Reading(
        word=version, says=f"{row}: {version}, noted on {on}.", origin=row.subject, on=row.noted_on
    )


def bet_of(product: Product) -> Bet | None:
    """The bet of a product, where anything has been said of it."""
    return Bet.objects.filter(product=product).select_related("kill_said_by").first()


def pains_of(product: Product) -> list[PainPoint]:
    """The pain points of a product, the gravest first."""
    return list(PainPoint.objects.filter(product=product))


def whys_of(product: Product) -> list[Why]:
    """Why it matters."""
    return list(Why.objects.filter(product=product))


def alternatives_of(product: Product) -> list[Alternative]:
    """What there is beside it, the baseline without AI first."""
    order = [str(kind) for kind in AlternativeKind]
    rows = Alternative.objects.filter(product=product)
    return sorted(rows, key=lambda one: (order.index(one.kind), one.pk))


def dependencies_of(product: Product) -> list[Dependency]:
    """What it rests on, and the other products whose people say that they rest on it."""
    rows = Dependency.objects.filter(Q(product=product) | Q(on=product))
    return list(rows.select_related("owner"))


def bound_to(product: Product) -> QuerySet[Dependency, Any]:
    """The keys of the products at the other ends of its dependencies."""
    mine = Q(product=product, on__isnull=False)
    other = Case(When(product=product, then=F("on")), default=F("product"))
    rows = Dependency.objects.filter(mine | Q(on=product))
    return rows.order_by().annotate(other=other).values("other")


def links_of(product: Product) -> list[GoalLink]:
    """The goals that a product serves, the closest first."""
    return list(GoalLink.objects.filter(product=product).select_related("goal"))


def frozen(product: Product, today: date | None = None) -> dict[str, Any]:
    """All that is on record of an opportunity as plain JSON, for a decision to keep."""
    return plain(
        known([product.pk], today)[product.pk],
        {
            "pains": pains_of(product), "why": whys_of(product),
            "alternatives": alternatives_of(product), "dependencies": dependencies_of(product),
            "goals": links_of(product),
        },
    )  # fmt: skip


def ideas_for(user: User) -> QuerySet[Idea]:
    """The ideas, the newest first; they are open to members alone."""
    rows = Idea.objects.select_related("created_by", "looked_by", "product")
    return rows if user.is_member else rows.none()


def unreviewed(rows: QuerySet[Idea], today: date) -> QuerySet[Idea]:
    """Open ideas that nobody has looked at for so long, the oldest first."""
    before = today - timedelta(days=REVIEW_DAYS)
    silent = Q(looked_on__lt=before) | Q(looked_on=None, created_at__date__lt=before)
    return rows.filter(silent, state__in=(IdeaState.NEW, IdeaState.KEPT)).order_by("pk")


def goals() -> list[Goal]:
    """All goals, in the order in which they were written."""
    return list(Goal.objects.select_related("edited_by"))


def links_among(visible: QuerySet[Product]) -> list[GoalLink]:
    """Which of the products that may be seen serves which goal."""
    return list(GoalLink.objects.filter(product__in=visible).select_related("product"))


def _by_product(made: Callable[..., T], rows: Iterable[Any]) -> Mapping[int, list[T]]:
    """Rows whose first column is the product's key, made of their other columns."""
    found: dict[int, list[T]] = {}
    for product, *row in rows:
        found.setdefault(product, []).append(made(*row))
    return found
