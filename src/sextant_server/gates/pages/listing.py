"""The gates of a product, and asking for a decision."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from sextant_server.accounts.acting import Acting
from sextant_server.accounts.pages.forms import attempt
from sextant_server.gates import actions, judging, queries
from sextant_server.gates.forms import AskForm
from sextant_server.gates.models import Gate
from sextant_server.gates.verdict import verdict_of
from sextant_server.gates.words import asks, decided, href_of
from sextant_server.products.entering import Here, in_product, show
from sextant_server.products.models import Stage


@in_product
def gates(request: HttpRequest, here: Here) -> HttpResponse:
    """What was asked and decided; what the next gate requires, before anybody asks."""
    product = here.product
    rows = list(queries.gates_of(product))
    waiting = next((one for one in rows if one.state in queries.WAITS), None)
    targets = judging.targets(product)
    form = AskForm(targets, request.POST or None, initial={"target": (targets or [""])[0]})
    if request.method == "POST":
        by = Acting.of(request)
        made = attempt(form, lambda: actions.ask(by, product, **form.cleaned_data))
        if made:
            messages.success(request, "The decision is asked for.")
            return redirect("gate", product.slug, made.number)
    ahead, verdict = [], "undecided"
    if targets and not waiting:
        ahead = judging.ahead(product)
        verdict = verdict_of(ahead)
    context = {
        "rows": [(one, *_told(one)) for one in rows if one is not waiting],
        "waiting": waiting,
        "asks": asks(waiting) if waiting else "",
        "form": form if targets else None,
        "ahead": [(one, href_of(product, one)) for one in ahead],
        "verdict": verdict,
        "next": Stage(targets[0]).label if targets else "",
    }
    return show(request, here, "gates/gates.html", context, 422 if form.errors else 200)


def _told(gate: Gate) -> tuple[str, str, object]:
    decision = queries.decision_of(gate)
    said = decided(decision) if decision else gate.get_state_display()
    return asks(gate), said, decision
