"""A champion's choice as it was made: the table then, the proof, the reason, the people."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from sextant_server.accounts.acting import Acting
from sextant_server.candidates import actions, queries
from sextant_server.candidates.forms import DiscardForm
from sextant_server.candidates.models import Choice
from sextant_server.core.errors import Refused
from sextant_server.products.entering import Here, in_product, show


@in_product
@require_safe
def choice(request: HttpRequest, here: Here, number: int) -> HttpResponse:
    """What was known, what was chosen, why."""
    found = _found(here, number)
    context = {
        "choice": found,
        "options": found.options,
        "mine": found.decided_by_id == here.user.pk,
        "form": DiscardForm(),
    }
    return show(request, here, "candidates/choice.html", context)


@in_product
@require_POST
def answer(request: HttpRequest, here: Here, number: int) -> HttpResponse:
    """Agree as the second person, or refuse."""
    found, by = _found(here, number), Acting.of(request)
    try:
        if "refuse" in request.POST:
            actions.refuse(by, found, request.POST.get("reason", ""))
            messages.success(request, "It is refused, and kept as such.")
        else:
            actions.second(by, found)
            messages.success(request, f"{found.candidate} is the champion.")
    except Refused as refused:
        messages.error(request, refused.detail)
    return redirect("choice", here.product.slug, found.number)


def _found(here: Here, number: int) -> Choice:
    found = queries.choice_one(here.product, number)
    if found is None:
        raise Http404(f"There is no choice {number}.")
    return found
