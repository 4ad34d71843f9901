"""Everything that changes products, the parts of their people, and their stage."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.core.validators import DecimalValidator
from django.db import transaction
from django.db.models import TextChoices
from django.utils.text import slugify

from sextant_server.accounts.acting import Acting
from sextant_server.accounts.models import User
from sextant_server.audit.chain import Plain
from sextant_server.core.errors import Conflict, Invalid, NotAllowed
from sextant_server.products.entering import need
from sextant_server.products.models import (
    DIGITS,
    PLACES,
    AiType,
    Automation,
    Membership,
    Part,
    Product,
    Risk,
    Stage,
    StageMove,
)

SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
MOST_SLUG = 60
RESERVED = frozenset({"new"})
CHOICES: dict[str, type[TextChoices]] = {"ai_type": AiType, "automation": Automation, "risk": Risk}


@dataclass(frozen=True, slots=True)
class About:
    """What a product is, as its form and the API send it. The outcome may still be open."""

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


@transaction.atomic
def begin(by: Acting, about: About, slug: str = "") -> Product:
    """Begin a product as an opportunity; whoever begins it owns it."""
    user = by.person()
    if not (user.is_active and user.is_member):
        raise NotAllowed("Only a member may begin a product. Ask an administrator for the role.")
    if slug and not (len(slug) <= MOST_SLUG and SLUG.fullmatch(slug)):
        raise Invalid(
            f"'{slug[:MOST_SLUG]}' is no address. Use small letters, digits and single hyphens"
            f" between them, at most {MOST_SLUG}: fraud-check.", "slug",
        )  # fmt: skip
    address = slug or _free_slug(about.name)
    if slug and (slug in RESERVED or Product.objects.filter(slug=slug).exists()):
        raise Conflict(f"The address '{slug}' is taken. Choose another.", "slug")
    product = Product(slug=address, created_by=user)
    _apply(product, about)
    product.save()
    Membership.objects.create(product=product, user=user, part=Part.OWNER)
    StageMove.objects.create(product=product, stage=product.stage, by=user, cause="begun")
    by.record("product.begun", product.subject, name=product.name, slug=product.slug)
    return product


@transaction.atomic
def edit(by: Acting, product: Product, about: About, version: int) -> Product:
    """Change what a product is; `version` is the one that the editor saw."""
    need(by, product, "edit")
    held = Product.objects.select_for_update().get(pk=product.pk)
    if held.version != version:
        raise Conflict(
            "Somebody else changed this product since you opened the page. Load it again; what you"
            " typed is still in the form."
        )
    before = {name: str(getattr(held, name)) for name in About.__dataclass_fields__}
    _apply(held, about)
    after = {name: str(getattr(held, name)) for name in About.__dataclass_fields__}
    changed = sorted(name for name in after if before[name] != after[name])
    if changed:
        held.version += 1
        held.save()
        details: dict[str, Plain] = {name: [before[name], after[name]] for name in changed}
        by.record("product.changed", held.subject, changed=details)
    return held


@transaction.atomic
def give_part(by: Acting, product: Product, user: User, part: str) -> Membership:
    """Give somebody a part. The part of the owner passes from one person to the other."""
    need(by, product, "people")
    if part not in Part.values:
        raise Invalid(f"There is no part {part!r}. Use {', '.join(Part.values)}.", "part")
    if not user.is_active:
        raise Invalid(f"The account of {user} is closed. Choose somebody who is here.", "user")
    Product.objects.select_for_update().get(pk=product.pk)
    if held := Membership.objects.filter(product=product, user=user, part=part).first():
        return held
    if part == Part.OWNER:
        Membership.objects.filter(product=product, part=Part.OWNER).delete()
    membership = Membership.objects.create(product=product, user=user, part=part)
    by.record("part.given", product.subject, person=f"person:{user.pk}", part=part)
    return membership


@transaction.atomic
def take_part(by: Acting, product: Product, user: User, part: str) -> None:
    """Take a part from somebody. There is always an owner."""
    need(by, product, "people")
    Product.objects.select_for_update().get(pk=product.pk)
    held = Membership.objects.filter(product=product, user=user, part=part)
    if not held.exists():
        return
    if part == Part.OWNER:
        raise Conflict("A product always has an owner. Make somebody else the owner instead.")
    held.delete()
    by.record("part.taken", product.subject, person=f"person:{user.pk}", part=part)


@transaction.atomic
def set_people(by: Acting, product: Product, wanted: list[tuple[str, str]]) -> None:
    """Give and take parts until exactly these are held: (mail address, part).

    The owner comes last, so that whoever hands the product on can still do the rest.
    """
    need(by, product, "people")
    pairs = {(email.strip().lower(), part) for email, part in wanted}
    users = {user.email: user for user in User.objects.filter(email__in=[e for e, _ in pairs])}
    if unknown := sorted({email for email, _ in pairs} - set(users)):
        raise Invalid(f"{', '.join(unknown[:5])}: no such account. Invite them first.", "people")
    if sum(part == Part.OWNER for _, part in pairs) != 1:
        raise Invalid("A product has exactly one owner. Name one.", "people")
    held = {
        (row.user.email, row.part): row
        for row in Membership.objects.filter(product=product).select_related("user")
    }
    given, taken = sorted(pairs - set(held)), sorted(set(held) - pairs)
    for email, part in given:
        if part != Part.OWNER:
            give_part(by, product, users[email], part)
    for email, part in taken:
        if part != Part.OWNER:
            take_part(by, product, held[email, part].user, part)
    for email, part in given:
        if part == Part.OWNER:
            give_part(by, product, users[email], part)


def move(by: Acting, product: Product, stage: Stage, reason: str, cause: str) -> StageMove:
    """Move a product to a stage, inside the transaction of the decision that is the `cause`.

    Gates call it after they have asked permission; nothing else does.
    """
    held = Product.objects.select_for_update().get(pk=product.pk)
    origin = held.stage
    Product.objects.filter(pk=held.pk).update(stage=stage)
    made = StageMove.objects.create(
        product=held, origin=origin, stage=stage, by=by.user, reason=reason, cause=cause
    )
    by.record("product.moved", held.subject, origin=str(origin), stage=str(stage), cause=cause)
    return made


def _apply(product: Product, about: About) -> None:
    product.name = _line(about.name, "name", 80)
    if not product.name:
        raise Invalid("A product needs a name.", "name")
    product.problem = about.problem.strip()[:4000]
    product.affected = _line(about.affected, "affected", 300)
    product.metric = _line(about.metric, "metric", 160)
    product.baseline = _number(about.baseline, "baseline")
    product.target = _number(about.target, "target")
    product.due = about.due
    for name, choices in CHOICES.items():
        value = getattr(about, name)
        if value not in choices.values:
            raise Invalid(f"There is no {name} {value!r}. Use {', '.join(choices.values)}.", name)
        setattr(product, name, value)
    product.is_open, product.solo = about.is_open, about.solo


def _number(number: Decimal | None, field: str) -> Decimal | None:
    """A number that the field of the product holds. Raises Invalid for any other."""
    try:
        if number is not None:
            DecimalValidator(DIGITS, PLACES)(number)
    except ValidationError:
        raise Invalid(
            f"'{str(number)[:40]}' cannot be kept. Use a number of at most {DIGITS - PLACES} digits"
            f" before the point and {PLACES} after it.", field,
        ) from None  # fmt: skip
    return number


def _line(text: str, field: str, limit: int) -> str:
    line = " ".join(text.split())
    if len(line) > limit:
        raise Invalid(f"At most {limit} characters, not {len(line)}.", field)
    return line


def _free_slug(name: str) -> str:
    """`fraud-check`, or `fraud-check-2` where that is taken."""
    base = slugify(name)[:50] or "product"
    taken = set(Product.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    taken |= RESERVED
    if base not in taken:
        return base
    return next(f"{base}-{n}" for n in range(2, 10_000) if f"{base}-{n}" not in taken)
