"""Skills: what products need, who says he can, and who confirms it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from sextant.strategy.literacy import skills as all_skills
from sextant.words.numbers import word
from sextant_server.accounts.acting import Acting, person_of
from sextant_server.accounts.pages.forms import attempt
from sextant_server.core.access import MEMBER, SIGNED_IN, access
from sextant_server.core.errors import Refused
from sextant_server.core.numbers import number_in
from sextant_server.products.entering import Here, in_product, show
from sextant_server.strategy.team import actions, queries
from sextant_server.strategy.team.forms import LevelsForm, NeedForm
from sextant_server.ui.paging import page_of


@access(SIGNED_IN)
@require_safe
def gaps(request: HttpRequest) -> HttpResponse:
    """What the products need and whether it is there; a page holds the needs of 50 products."""
    user = person_of(request)
    page = page_of(request, queries.needing(user))
    needed = queries.needed([one.pk for one in page.rows])
    context = {
        "page": page,
        "needed": needed,
        "headline": _headline(needed),
        "people": list(queries.colleagues(user)[:50]) if user.is_member else [],
    }
    return render(request, "team/skills.html", context)


@access(SIGNED_IN)
def mine(request: HttpRequest) -> HttpResponse:
    """What one says of oneself, by anchors."""
    user = person_of(request)
    said = queries.levels_of(user)
    sent = request.POST if request.method == "POST" else None
    form = LevelsForm(sent, initial={key: one.level for key, one in said.items()})
    if request.method == "POST":
        by = Acting.of(request)
        changed = attempt(form, lambda: (actions.say(by, form.cleaned_data),))
        if changed:
            messages.success(request, "It is kept." if changed[0] else "Nothing has changed.")
            return redirect("skills_mine")
    context = {"form": form, "said": [(all_skills()[key], one) for key, one in said.items()]}
    return render(request, "team/skills_mine.html", context, status=422 if form.errors else 200)


@access(MEMBER)
def person(request: HttpRequest, user_id: int) -> HttpResponse:
    """What a colleague says, for those who can confirm it."""
    found = get_object_or_404(queries.colleagues(person_of(request)), pk=user_id)
    if request.method == "POST":
        skill, level = request.POST.get("skill", ""), request.POST.get("level", "")
        try:
            actions.confirm(Acting.of(request), found, skill, level)
            messages.success(request, "It is confirmed.")
        except Refused as refused:
            messages.error(request, refused.detail)
        return redirect("skills_person", found.pk)
    said = queries.levels_of(found)
    context = {
        "person": found,
        "itself": found.pk == person_of(request).pk,
        "said": [(all_skills()[key], one, all_skills()[key].anchor(one.level))
                 for key, one in said.items()],
        "hats": queries.hats_of(found),
    }  # fmt: skip
    return render(request, "team/skills_person.html", context)


@in_product
def needs(request: HttpRequest, here: Here) -> HttpResponse:
    """What one product needs of its people."""
    form = NeedForm(request.POST or None)
    if request.method == "POST":
        by = Acting.of(request)
        if attempt(form, lambda: actions.state_need(by, here.product, **form.need())):
            messages.success(request, "It is stated.")
            return redirect("product_needs", here.product.slug)
    needed = queries.needed([here.product.pk])
    headline = _headline(needed) if needed else "Which roles and skills does this take?"
    context = {"form": form, "needed": needed, "headline": headline}
    return show(request, here, "team/needs.html", context, 422 if form.errors else 200)


@in_product
@require_POST
def drop(request: HttpRequest, here: Here) -> HttpResponse:
    """Take a need back."""
    try:
        actions.drop_need(Acting.of(request), here.product, number_in(request.POST, "need"))
        messages.success(request, "It is taken back.")
    except Refused as refused:
        messages.error(request, refused.detail)
    return redirect("product_needs", here.product.slug)


def _headline(needed: Sequence[queries.Needed]) -> str:
    """How many needs are not covered, and of how many that is not known."""
    counts = Counter(one.gap.state for one in needed)
    missed, unknown = counts["not covered"], counts["not said"]
    if not needed:
        return "No product says what it needs of its people."
    if not missed and not unknown:
        return "Everything that is needed is covered."
    needs = f"Of {word(len(needed))} need{'' if len(needed) == 1 else 's'}"
    be = "is" if unknown == 1 else "are"
    if not missed:
        return f"{needs} {word(unknown)} {be} not known to be covered."
    told = f"{needs} {word(missed)} {'is' if missed == 1 else 'are'} not covered"
    return f"{told}, and {word(unknown)} {be} not known to be." if unknown else f"{told}."
