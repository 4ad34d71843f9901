"""Adding, changing and dropping what is known of an opportunity.

One action for all kinds of record: each content checks itself, and this holds the permission, the
version, the rule that nothing is kept twice, and the entry of the audit log.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.forms.models import model_to_dict

from sextant_server.accounts.acting import Acting
from sextant_server.audit.chain import Plain
from sextant_server.core.errors import Conflict
from sextant_server.products.entering import need
from sextant_server.products.models import Product
from sextant_server.strategy.opportunities.contents import (
    Because,
    Content,
    Other,
    Pain,
    Rests,
    Serves,
)
from sextant_server.strategy.opportunities.graphs import refuse_cycle
from sextant_server.strategy.opportunities.models import (
    Alternative,
    Dependency,
    GoalLink,
    PainPoint,
    Why,
)

Record = PainPoint | Why | Alternative | Dependency | GoalLink
MODELS: dict[type, type[Record]] = {
    Pain: PainPoint, Because: Why, Other: Alternative, Rests: Dependency, Serves: GoalLink,
}  # fmt: skip
ONCE: dict[type[Record], tuple[str, ...]] = {
    Why: ("impact",), Alternative: ("kind", "name"), GoalLink: ("goal",),
    Dependency: ("kind", "name", "on"), PainPoint: (),
}  # fmt: skip
"""By what a record is known again in its product; a pain point by all that it says."""
UNLOGGED = frozenset({"quote"})
"""What somebody said may have to be forgotten; the audit log forgets nothing."""
MOST = 200
"""So many records of one kind a product keeps; a page must show them all."""
STALE = (
    "Somebody else changed this since you opened the page. Load it again; what you typed is still"
    " in the form."
)


@transaction.atomic
def add(by: Acting, product: Product, content: Content) -> Record:
    """Keep a record; the same one sent twice is kept once."""
    user = need(by, product, "explore")
    model, fields = MODELS[type(content)], content.fields()
    _lock(product, fields)
    rows = model.objects.filter(product=product)
    if held := rows.filter(**{name: fields[name] for name in ONCE[model] or fields}).first():
        if any(getattr(held, name) != value for name, value in fields.items()):
            raise Conflict(f"“{held}” is on record already. Change that one.")
        return held
    if rows.count() >= MOST:
        raise Conflict(f"{MOST} of these are on record. Drop some that say nothing.")
    _check_path(product, fields)
    made = model(product=product, edited_by=user, **fields)
    made.save()
    _record(by, f"{model.__name__.lower()}.added", made, fields)
    return made


@transaction.atomic
def change(by: Acting, record: Record, content: Content, version: int) -> Record:
    """Change a record; `version` is the one that the editor saw."""
    user = need(by, record.product, "explore")
    model, fields = type(record), content.fields()
    _lock(record.product, fields)
    held = _held(record, version)
    others = model.objects.filter(product=held.product).exclude(pk=held.pk)
    known = {name: fields[name] for name in ONCE[model]}
    if known and others.filter(**known).exists():
        raise Conflict("Another record says that already. Change that one, or drop this.")
    changed = sorted(name for name, value in fields.items() if getattr(held, name) != value)
    if not changed:
        return held
    _check_path(held.product, fields)
    for name in changed:
        setattr(held, name, fields[name])
    held.version += 1
    held.edited_by = user
    held.save()
    _record(by, f"{model.__name__.lower()}.changed", held, {name: fields[name] for name in changed})
    return held


@transaction.atomic
def drop(by: Acting, record: Record, version: int) -> None:
    """Take a record away; the audit log keeps what it said. What is gone already stays gone."""
    need(by, record.product, "explore")
    if not type(record).objects.filter(pk=record.pk).exists():
        return
    held = _held(record, version)
    _record(by, f"{type(held).__name__.lower()}.dropped", held, model_to_dict(held))
    held.delete()


def _held(record: Record, version: int) -> Record:
    held = type(record).objects.select_for_update().filter(pk=record.pk).first()
    if held is None:
        raise Conflict("Somebody has dropped this since you opened the page. Add it anew.")
    if held.version != version:
        raise Conflict(STALE)
    return held


def _lock(product: Product, fields: dict[str, Any]) -> None:
    """Hold the product, and for a dependency between products all that it could close a circle of.

    In the order of their keys, so that two who do this at once wait instead of blocking each other.
    """
    keys = {product.pk}
    if on := fields.get("on"):
        edges = Dependency.objects.filter(on__isnull=False).values_list("product", "on")
        keys |= {on.pk, *(key for edge in edges for key in edge)}
    list(Product.objects.select_for_update().filter(pk__in=keys).order_by("pk"))


def _check_path(product: Product, fields: dict[str, Any]) -> None:
    """Refuse a dependency that comes back to where it began, with the way it takes."""
    on = fields.get("on")
    if on is None:
        return
    rows = Dependency.objects.filter(on__isnull=False).exclude(product=product, on=on)
    edges = list(rows.values_list("product", "on"))
    refuse_cycle(edges, product.pk, on.pk, _names, "on", "rests on")


def _names(keys: Iterable[int]) -> dict[int, str]:
    return dict(Product.objects.filter(Q(pk__in=list(keys))).values_list("pk", "name"))


def _record(by: Acting, action: str, row: Record, fields: dict[str, Any]) -> None:
    says: dict[str, Plain] = {
        name: _plain(value) for name, value in fields.items() if name not in UNLOGGED
    }
    by.record(action, row.subject, product=row.product_id, says=says)


def _plain(value: Any) -> Plain:
    if value is None or isinstance(value, bool | int | str):
        return value
    return getattr(value, "pk", None) or str(value)
