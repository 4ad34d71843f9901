"""Champion and challengers of a product, and how it came to this."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from sextant_server.accounts.acting import Acting
from sextant_server.accounts.pages.forms import attempt
from sextant_server.candidates import actions
from sextant_server.candidates.board import board_of, options_of
from sextant_server.candidates.forms import AddForm
from sextant_server.candidates.words import headline, step_of
from sextant_server.products.entering import Here, in_product, show


@in_product
@require_safe
def board(request: HttpRequest, here: Here) -> HttpResponse:
    """The table of options; the chain of champions; what was discarded, and why."""
    found = board_of(here.product)
    context = {
        "headline": headline(found),
        "board": found,
        "options": options_of(found),
        "chain": [(one, step_of(one, found)) for one in found.choices],
        "discarded": [one for one in found.candidates if one.dropped_at],
        "simple": any(one.is_simple for one in found.running),
        "evidence": found.evidence,
    }
    return show(request, here, "candidates/board.html", context)


@in_product
def new(request: HttpRequest, here: Here) -> HttpResponse:
    """Put a version in the running."""
    initial = {name: values[-1] for name, values in request.GET.lists()}
    form = AddForm(here.product, request.POST or None, initial=initial)
    if request.method == "POST":
        made = attempt(form, lambda: actions.add(Acting.of(request), here.product, form.about()))
        if made:
            return redirect("candidate", here.product.slug, made.number)
    context = {"form": form}
    return show(request, here, "candidates/new.html", context, 422 if form.errors else 200)
