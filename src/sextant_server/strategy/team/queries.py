"""What is read of hats, levels, needs and outcomes, each in a fixed number of queries."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse

from sextant.strategy.literacy import Role, Skill, roles, skills
from sextant_server.accounts.models import User
from sextant_server.contracts.models import State
from sextant_server.evidence.models import Evidence
from sextant_server.evidence.queries import DECIDES
from sextant_server.products.models import Membership, Product, Stage
from sextant_server.products.queries import visible_to
from sextant_server.strategy.bindings.queries import newest
from sextant_server.strategy.team.gaps import Gap, Said, of_role, of_skill
from sextant_server.strategy.team.models import Hat, Kind, Level, Need
from sextant_server.strategy.team.records import Recorded, recorded, with_bets

MOST = 12
"""So many products stand under each question of a hat."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a question is answered for one product."""

    product: Product
    record: Recorded


@dataclass(frozen=True, slots=True)
class Answered:
    """A question of a hat, with a place for each product, or the page across them."""

    says: str
    places: tuple[Place, ...] = ()
    href: str = ""


@dataclass(frozen=True, slots=True)
class Home:
    """The hats of a person, the one that is worn, and its questions."""

    hats: tuple[Role, ...]
    hat: Role | None
    answered: tuple[Answered, ...] = ()
    more: int = 0


def hats_of(user: User) -> tuple[Role, ...]:
    """The hats that somebody wears, in the order of the roles."""
    worn = set(Hat.objects.filter(user=user).values_list("role", flat=True))
    return tuple(role for key, role in roles().items() if key in worn)


def home(user: User, today: date, hat: str = "") -> Home:
    """The questions of one of a person's hats, answered for the products he has a part in."""
    worn = hats_of(user)
    role = next((one for one in worn if one.key == hat), worn[0] if worn else None)
    if role is None:
        return Home((), None)
    products = list(owned(user, user.pk)[: MOST + 1])
    more = owned(user, user.pk).count() - MOST if len(products) > MOST else 0
    found = with_bets(products[:MOST], today)
    answered = []
    for asked in role.asks:
        if asked.page:
            answered.append(Answered(asked.says, href=reverse(asked.page)))
            continue
        places = tuple(
            Place(one.product, recorded(one, asked.record, today)) for one in found.values()
        )
        answered.append(Answered(asked.says, places))
    return Home(worn, role, tuple(answered), more)


def levels_of(user: User) -> dict[str, Level]:
    """What somebody says of himself, by skill."""
    rows = Level.objects.filter(user=user).select_related("confirmed_by")
    return {row.skill: row for row in rows if row.skill in skills()}


def needing(user: User) -> QuerySet[Product]:
    """The living products that somebody may see and that need something of their people."""
    return owned(user).filter(Exists(Need.objects.filter(product=OuterRef("pk"))))


@dataclass(frozen=True, slots=True)
class Needed:
    """A need of a product with its answer; `name` is that of the role or the skill."""

    need: Need
    name: str
    anchor: str
    gap: Gap


def needed(products: Collection[int]) -> list[Needed]:
    """Every need of these products with its answer; four queries, whatever their number."""
    known = {Kind.ROLE: roles(), Kind.SKILL: skills()}
    rows = Need.objects.filter(product__in=products).select_related("product")
    needs = [one for one in rows.order_by("product__name", "product_id", "kind", "key")
             if one.key in known[Kind(one.kind)]]  # fmt: skip
    people = _people({one.product_id for one in needs}) if needs else {}
    users = {user.pk for held in people.values() for user in held}
    hats, levels = _hats(users), _levels(users, {one.key for one in needs})
    return [_needed(one, people.get(one.product_id, []), hats, levels) for one in needs]


def _needed(
    need: Need,
    people: Sequence[User],
    hats: dict[int, frozenset[str]],
    levels: dict[tuple[int, str], Level],
) -> Needed:
    if need.kind == Kind.ROLE:
        worn = [(str(user), hats.get(user.pk, frozenset())) for user in people]
        return Needed(need, roles()[need.key].name, roles()[need.key].says,
                      of_role(worn, need.key))  # fmt: skip
    skill: Skill = skills()[need.key]
    said = [_said(user, levels.get((user.pk, need.key))) for user in people]
    return Needed(need, skill.name, skill.anchor(need.level), of_skill(need.level, said))


def _said(user: User, level: Level | None) -> Said:
    if level is None:
        return Said(str(user))
    return Said(str(user), level.level, level.confirmed_at is not None)


def _people(products: Collection[int]) -> dict[int, list[User]]:
    """The people with a part in each product whose accounts are open, each once."""
    rows = Membership.objects.filter(product__in=products, user__is_active=True)
    found: dict[int, dict[int, User]] = {}
    for row in rows.select_related("user").order_by("user__name", "user_id"):
        found.setdefault(row.product_id, {})[row.user_id] = row.user
    return {product: list(users.values()) for product, users in found.items()}


def _hats(users: Collection[int]) -> dict[int, frozenset[str]]:
    found: dict[int, set[str]] = {}
    for user, role in Hat.objects.filter(user__in=users).values_list("user_id", "role"):
        found.setdefault(user, set()).add(role)
    return {user: frozenset(worn) for user, worn in found.items()}


def _levels(users: Collection[int], asked: Collection[str]) -> dict[tuple[int, str], Level]:
    rows = Level.objects.filter(user__in=users, skill__in=asked)
    return {(row.user_id, row.skill): row for row in rows}


def owned(user: User, by: int = 0) -> QuerySet[Product]:
    """The products that somebody may see and that still live; or those one person has a part in."""
    rows = visible_to(user).exclude(stage=Stage.RETIRED)
    part = Membership.objects.filter(product=OuterRef("pk"), user=by)
    return rows.filter(Exists(part)) if by else rows


def colleagues(user: User) -> QuerySet[User]:
    """The people with a part in a product that somebody may see, whose accounts are open."""
    parts = Membership.objects.filter(product__in=visible_to(user), user=OuterRef("pk"))
    return User.objects.filter(Exists(parts), is_active=True)


def mine(user: User) -> list[Product]:
    """The first products in which somebody has a part."""
    return list(owned(user, user.pk)[:MOST])


def speaking(user: User) -> list[Product]:
    """The products whose evidence can show somebody a word: his own first, then those he sees."""
    told = Evidence.objects.filter(DECIDES, product=OuterRef("pk"), contract__state=State.LOCKED)
    part = Exists(Membership.objects.filter(product=OuterRef("pk"), user=user))
    rows = visible_to(user).filter(Exists(told)).annotate(own=part)
    return list(rows.order_by("-own", "name", "pk")[:MOST])


def brief_of(product: Product) -> dict[str, Any] | None:
    """What the newest evidence of a product says in brief, and what its contract calls the cases.

    The names stand in the record, which is not read for them.
    """
    found = newest([product.pk]).get(product.pk)
    if found is None:
        return None
    names = Evidence.objects.filter(pk=found.pk).values_list("record__names", flat=True).first()
    return {**found.brief, "names": names or {}}
