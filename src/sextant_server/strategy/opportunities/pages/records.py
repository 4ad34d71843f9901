"""Adding, changing and dropping one record of what is known; a page for each small form."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from sextant_server.accounts.acting import Acting
from sextant_server.accounts.models import User
from sextant_server.accounts.pages.forms import attempt
from sextant_server.core.errors import Refused
from sextant_server.core.numbers import number_in
from sextant_server.products.entering import Here, in_product, show
from sextant_server.products.queries import visible_to
from sextant_server.strategy.bindings.grades import Grade
from sextant_server.strategy.opportunities import actions, forms, queries
from sextant_server.strategy.opportunities.actions.records import Record
from sextant_server.strategy.opportunities.models import (
    Alternative,
    Dependency,
    GoalLink,
    PainPoint,
    Period,
    Why,
)


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of record: its table, what its page asks, its name in a sentence."""

    model: type[Record]
    asks: str
    name: str


KINDS = {
    "pain": Kind(PainPoint, "Who hurts, how often, and in whose words?", "pain point"),
    "why": Kind(Why, "Why does it matter, and from where?", "reason"),
    "alternative": Kind(Alternative, "What could be done instead?", "alternative"),
    "dependency": Kind(Dependency, "What does it rest on, or what rests on it?", "dependency"),
    "goal": Kind(GoalLink, "Which goal does it serve, and by which metric?", "goal"),
}
FORMS: dict[str, type[forms.Versioned]] = {
    "pain": forms.PainForm, "why": forms.WhyForm, "alternative": forms.AlternativeForm,
}  # fmt: skip


@in_product
def new(request: HttpRequest, here: Here, kind: str) -> HttpResponse:
    """Add a record."""
    asked = _kind(kind)
    initial = {"grade": Grade.BELIEVED, "period": Period.MONTH, "noted_on": timezone.localdate(),
               "severity": 2, "fit": 2, "impact": request.GET.get("impact", "")}  # fmt: skip
    form = _form(request, here, kind, initial, None)
    if request.method == "POST":
        by = Acting.of(request)
        if made := attempt(form, lambda: actions.add(by, here.product, form.content())):
            messages.success(request, f"The {asked.name} is kept: {made}")
            return _back(here, kind)
    return _shown(request, here, kind, form, None)


@in_product
def edit(request: HttpRequest, here: Here, kind: str, record_id: int) -> HttpResponse:
    """Change a record; a page that has grown old changes nothing."""
    _kind(kind)
    record = _record(here, kind, record_id)
    form = _form(request, here, kind, forms.shown(record), record)
    if request.method == "POST":
        by = Acting.of(request)
        if attempt(form, lambda: actions.change(by, record, form.content(), form.seen)):
            messages.success(request, "It is kept.")
            return _back(here, kind)
    return _shown(request, here, kind, form, record)


@in_product
@require_POST
def drop(request: HttpRequest, here: Here, kind: str, record_id: int) -> HttpResponse:
    """Take a record away."""
    _kind(kind)
    record = _record(here, kind, record_id)
    try:
        actions.drop(Acting.of(request), record, number_in(request.POST, "version"))
        messages.success(request, f"It is dropped: {record}")
    except Refused as refused:
        messages.error(request, refused.detail)
    return _back(here, kind)


def _kind(kind: str) -> Kind:
    if kind not in KINDS:
        raise Http404(f"There are no records of kind '{kind[:40]}'.")
    return KINDS[kind]


def _record(here: Here, kind: str, record_id: int) -> Record:
    found = KINDS[kind].model.objects.filter(product=here.product, pk=record_id).first()
    if found is None:
        raise Http404("There is no such record; somebody may have dropped it.")
    return found


def _form(
    request: HttpRequest, here: Here, kind: str, initial: dict[str, Any], record: Record | None
) -> Any:
    sent = request.POST or None
    if kind == "dependency":
        products = visible_to(here.user).exclude(pk=here.product.pk)
        holds = Q(memberships__product=here.product, is_active=True)
        if isinstance(record, Dependency) and record.owner_id:
            holds |= Q(pk=record.owner_id)
        people = User.objects.filter(holds).distinct()
        return forms.DependencyForm(products, people, sent, initial=initial)
    if kind == "goal":
        return forms.LinkForm(queries.goals(), sent, initial=initial)
    make: Callable[..., forms.Versioned] = FORMS[kind]
    return make(sent, initial=initial)


def _shown(
    request: HttpRequest, here: Here, kind: str, form: forms.Versioned, record: Record | None
) -> HttpResponse:
    held = {"form": form, "kind": kind, "asks": KINDS[kind].asks, "name": KINDS[kind].name,
            "record": record}  # fmt: skip
    return show(request, here, "opportunities/record.html", held, 422 if form.errors else 200)


def _back(here: Here, kind: str) -> HttpResponse:
    place = redirect("opportunity", here.product.slug)
    place["Location"] += f"#{kind}"
    return place
