"""Changing what a product is, and who is who in it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from sextant_server.accounts.acting import Acting
from sextant_server.accounts.models import User
from sextant_server.accounts.pages.forms import attempt
from sextant_server.core.errors import Refused
from sextant_server.core.numbers import number_in
from sextant_server.products import actions, queries
from sextant_server.products.abilities import ABILITIES
from sextant_server.products.entering import Here, in_product, show
from sextant_server.products.forms import AboutForm, PartForm
from sextant_server.products.models import Membership, Part

GAPS = (
    (Part.OWNER, "Nobody who is here owns it, so nobody answers for it."),
    (Part.BUSINESS, "Nobody signs for the business, so no contract can be locked."),
    (Part.TECHNICAL, "Nobody signs for the technical side, so no contract can be locked."),
)


@in_product
def edit(request: HttpRequest, here: Here) -> HttpResponse:
    """Change it; a page that has grown old changes nothing."""
    initial = AboutForm.initial_of(here.product)
    form = AboutForm(request.POST or None, initial=initial)
    if request.method == "POST":
        by = Acting.of(request)
        made = attempt(form, lambda: actions.edit(
            by, here.product, form.about(), form.cleaned_data["version"] or 0
        ))  # fmt: skip
        if made:
            messages.success(request, "It is kept.")
            return redirect("product", made.slug)
    status = 422 if form.errors else 200
    return show(request, here, "products/edit.html", {"form": form}, status)


@in_product
def people(request: HttpRequest, here: Here) -> HttpResponse:
    """Who has which parts, what the parts mean, and what is missing."""
    rows = list(queries.people_of(here.product))
    listed = User.objects.filter(is_active=True) if here.may("people") else User.objects.none()
    form = PartForm(list(listed), request.POST or None)
    if request.method == "POST":
        by = Acting.of(request)
        user = get_object_or_404(User, pk=number_in(request.POST, "user"))
        made = attempt(form, lambda: actions.give_part(
            by, here.product, user, form.cleaned_data["part"]
        ))  # fmt: skip
        if made:
            messages.success(request, f"{user} is now {made.get_part_display()}.")
            return redirect("product_people", here.product.slug)
    context = {
        "people": _by_person(rows),
        "form": form,
        "gaps": _gaps(rows),
        "matrix": _matrix(rows),
    }
    return show(request, here, "products/people.html", context, 422 if form.errors else 200)


@in_product
@require_POST
def take(request: HttpRequest, here: Here) -> HttpResponse:
    """Take a part from somebody."""
    user = get_object_or_404(User, pk=number_in(request.POST, "user"))
    part = request.POST.get("part", "")
    try:
        actions.take_part(Acting.of(request), here.product, user, part)
        messages.success(request, f"{user} no longer has that part.")
    except Refused as refused:
        messages.error(request, refused.detail)
    return redirect("product_people", here.product.slug)


def _by_person(rows: list[Membership]) -> list[tuple[User, list[Membership]]]:
    held: dict[int, tuple[User, list[Membership]]] = {}
    order = [str(part) for part in Part]
    for row in sorted(rows, key=lambda one: order.index(one.part)):
        held.setdefault(row.user_id, (row.user, []))[1].append(row)
    return list(held.values())


def _gaps(rows: list[Membership]) -> list[str]:
    """What cannot happen for want of somebody, as sentences."""
    here = {row.part for row in rows if row.user.is_active}
    return [says for part, says in GAPS if part not in here]


def _matrix(rows: list[Membership]) -> list[tuple[str, str, list[User]]]:
    """Who answers for what: each ability, the parts that give it, the people who hold them."""
    found = []
    for ability in ABILITIES.values():
        users = {row.user_id: row.user for row in rows
                 if row.part in ability.parts and row.user.is_active}  # fmt: skip
        parts = ", ".join(str(part.label) for part in ability.parts)
        found.append((ability.says, parts, list(users.values())))
    return found
