"""Roles as hats: who asks what, and the questions of one's own."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from sextant.strategy.literacy import roles as all_roles
from sextant.strategy.literacy import skills
from sextant.words.nouns import capital
from sextant.words.numbers import word
from sextant_server.accounts.acting import Acting, person_of
from sextant_server.accounts.pages.forms import attempt
from sextant_server.core.access import SIGNED_IN, access
from sextant_server.strategy.team import actions, queries
from sextant_server.strategy.team.forms import HatsForm


@access(SIGNED_IN)
def roles(request: HttpRequest) -> HttpResponse:
    """Every role with its questions; one chooses one's hats here."""
    worn = queries.hats_of(person_of(request))
    sent = request.POST if request.method == "POST" else None
    form = HatsForm(sent, initial={"roles": [one.key for one in worn]})
    if request.method == "POST":
        by = Acting.of(request)
        if attempt(form, lambda: (actions.wear(by, form.cleaned_data["roles"]),)):
            messages.success(request, "Your hats are kept.")
            return redirect("home")
    context = {
        "form": form,
        "worn": worn,
        "roles": [
            (role, [skills()[key].name for key in role.brings]) for role in all_roles().values()
        ],
    }
    return render(request, "team/roles.html", context, status=422 if form.errors else 200)


@access(SIGNED_IN)
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The questions of a hat, each with where it is answered for one's products."""
    today = timezone.now().date()
    found = queries.home(person_of(request), today, request.GET.get("hat", ""))
    count = capital(word(len(found.answered)))
    return render(request, "team/home.html", {"home": found, "count": count})
