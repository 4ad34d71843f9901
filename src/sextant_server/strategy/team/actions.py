"""Everything that changes hats, levels and needs."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from django.db import transaction
from django.utils import timezone

from sextant.strategy.literacy import LEVELS, roles, skills
from sextant_server.accounts.acting import Acting
from sextant_server.accounts.models import User
from sextant_server.audit.chain import Plain
from sextant_server.core.errors import Conflict, Invalid, NotAllowed
from sextant_server.core.storable import unstorable
from sextant_server.products.entering import need
from sextant_server.products.models import Product
from sextant_server.strategy.team.models import Hat, Kind, Level, Need

LONGEST = 300


@transaction.atomic
def wear(by: Acting, keys: Collection[str]) -> int:
    """Wear exactly these hats; one person may wear all of them. How many changed."""
    user = _person(by)
    if unknown := sorted(set(keys) - set(roles())):
        raise Invalid(f"There is no role {unknown[0][:40]!r}. Use {', '.join(roles())}.", "roles")
    held = set(Hat.objects.filter(user=user).values_list("role", flat=True))
    on, off = sorted(set(keys) - held), sorted(held - set(keys))
    Hat.objects.filter(user=user, role__in=off).delete()
    for key in on:
        Hat.objects.create(user=user, role=key)
    if on or off:
        by.record("hats.changed", f"person:{user.pk}", on=list(on), off=list(off))
    return len(on) + len(off)


@transaction.atomic
def say(by: Acting, levels: Mapping[str, str]) -> int:
    """Say how far one is in some skills; an empty level takes a word back. How many changed."""
    user, now = _person(by), timezone.now()
    for skill, level in levels.items():
        if skill not in skills():
            raise Invalid(f"There is no skill {skill[:40]!r}. Use {', '.join(skills())}.", "skill")
        if level and level not in LEVELS:
            raise Invalid(f"There is no level {level[:40]!r}. Use {', '.join(LEVELS)}.", skill)
    User.objects.select_for_update().get(pk=user.pk)
    held = {one.skill: one for one in Level.objects.filter(user=user)}
    before = {skill: held[skill].level if skill in held else "" for skill in levels}
    changed = {skill: level for skill, level in levels.items() if before[skill] != level}
    Level.objects.filter(user=user, skill__in=changed).delete()
    for skill, level in changed.items():
        if level:
            Level.objects.create(user=user, skill=skill, level=level, said_at=now)
    if changed:
        moved: dict[str, Plain] = {
            skill: [before[skill], level] for skill, level in sorted(changed.items())
        }
        by.record("skills.said", f"person:{user.pk}", changed=moved)
    return len(changed)


@transaction.atomic
def confirm(by: Acting, of: User, skill: str, level: str) -> None:
    """Confirm what another says of himself; `level` is the one that was read."""
    user = _person(by)
    if not user.is_member:
        raise NotAllowed("Only a member may confirm a skill. Ask an administrator for the role.")
    if user.pk == of.pk:
        raise NotAllowed("Nobody confirms his own skill. Ask somebody who has seen you do it.")
    held = Level.objects.select_for_update().filter(user=of, skill=skill).first()
    if held is None or held.level != level:
        raise Conflict(f"{of} says something else now. Read it again before you confirm it.")
    if held.confirmed_at:
        return
    held.confirmed_at, held.confirmed_by = timezone.now(), user
    held.save()
    by.record("skill.confirmed", f"person:{of.pk}", skill=skill, level=level)


@transaction.atomic
def state_need(
    by: Acting, product: Product, kind: str, key: str, level: str = "", why: str = ""
) -> Need:
    """State that a product needs a role, or a skill at a level, and why."""
    user = need(by, product, "explore")
    _check(kind, key, level)
    reason = " ".join(why.split())
    if not reason:
        raise Invalid("Say why the product needs it, so that others can judge.", "why")
    if len(reason) > LONGEST:
        raise Invalid(f"At most {LONGEST} characters, not {len(reason)}.", "why")
    if found := unstorable(reason):
        raise Invalid(f"{found}, which cannot be kept. Take it out.", "why")
    Product.objects.select_for_update().get(pk=product.pk)
    asked = {"level": level, "why": reason}
    if held := Need.objects.filter(product=product, kind=kind, key=key).first():
        if asked == {name: getattr(held, name) for name in asked}:
            return held
        raise Conflict("That is stated already. Take the old one back first.", "key")
    made = Need.objects.create(product=product, kind=kind, key=key, stated_by=user, **asked)
    by.record("need.stated", product.subject, kind=kind, key=key, level=level, why=reason)
    return made


@transaction.atomic
def drop_need(by: Acting, product: Product, number: int) -> None:
    """Take a need back; what is gone already stays gone."""
    need(by, product, "explore")
    held = Need.objects.filter(product=product, pk=number).first()
    if held is None:
        return
    by.record("need.dropped", product.subject, kind=held.kind, key=held.key, level=held.level)
    held.delete()


def _person(by: Acting) -> User:
    user = by.person()
    if not user.is_active:
        raise NotAllowed("The account is closed. Ask an administrator to open it.")
    return user


def _check(kind: str, key: str, level: str) -> None:
    """A role that is known, without a level; or a known skill with one above none."""
    if kind not in Kind.values:
        raise Invalid(f"There is no kind {kind[:40]!r}. Use {', '.join(Kind.values)}.", "key")
    known = roles() if kind == Kind.ROLE else skills()
    if key not in known:
        raise Invalid(f"There is no {kind} {key[:40]!r}. Use {', '.join(known)}.", "key")
    if kind == Kind.SKILL and level not in LEVELS[1:]:
        raise Invalid(f"Say which level it takes: {', '.join(LEVELS[1:])}.", "level")
    if kind == Kind.ROLE and level:
        raise Invalid("A role has no level. Leave it empty.", "level")
