"""What may be given up for what: agreed trade-offs, and what records say of each."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from sextant.words.numbers import word
from sextant.words.tradeoffs.examples import EXAMPLES
from sextant_server.accounts.acting import Acting
from sextant_server.accounts.pages.forms import attempt
from sextant_server.candidates import actions, queries
from sextant_server.candidates.forms import TradeoffForm
from sextant_server.candidates.models import Tradeoff
from sextant_server.candidates.traded import of_versions
from sextant_server.candidates.trades import Answer
from sextant_server.core.errors import Refused
from sextant_server.products.entering import Here, in_product, show


@in_product
def trades(request: HttpRequest, here: Here) -> HttpResponse:
    """Every trade-off with its newest answers; POST proposes one."""
    start = next((one for one in EXAMPLES if one.key == request.GET.get("start")), None)
    form = TradeoffForm(request.POST or None, initial={"text": start.text} if start else None)
    if request.method == "POST":
        made = attempt(form, lambda: actions.propose(
            Acting.of(request), here.product, form.cleaned_data["text"], form.cleaned_data["why"]
        ))  # fmt: skip
        if made:
            messages.success(request, "It is proposed. Both sides have to agree to it.")
            return redirect("tradeoffs", here.product.slug)
    held = queries.tradeoffs_of(here.product)
    running = [one for one in held if not one.ended_at]
    answers = of_versions(here.product, running) if running else []
    context = {
        "headline": headline(running, answers),
        "lines": [(one, [each for each in answers if each.text == one.text], _open(here, one))
                  for one in running],
        "ended": [one for one in held if one.ended_at],
        "form": form if here.may("candidates") else None,
        "start": start,
        "examples": EXAMPLES,
    }  # fmt: skip
    return show(request, here, "candidates/tradeoffs.html", context, 422 if form.errors else 200)


@in_product
@require_POST
def answer(request: HttpRequest, here: Here, number: int) -> HttpResponse:
    """Agree for a side, or end it."""
    found = Tradeoff.objects.filter(product=here.product, number=number).first()
    if found is None:
        raise Http404(f"There is no trade-off {number}.")
    found.product = here.product
    by = Acting.of(request)
    try:
        if "end" in request.POST:
            actions.end(by, found, request.POST.get("why", ""))
            messages.success(request, "It is ended, and kept as such.")
        else:
            held = actions.agree(by, found, request.POST.get("side", ""))
            waits = "" if held.in_force else " The other side is still to agree."
            messages.success(request, f"It is agreed to for the {request.POST['side']}.{waits}")
    except Refused as refused:
        messages.error(request, refused.detail)
    return redirect("tradeoffs", here.product.slug)


def _open(here: Here, tradeoff: Tradeoff) -> list[str]:
    """The sides that this person can still agree for."""
    return [
        side for side, ability in actions.SIDES.items()
        if getattr(tradeoff, f"{side}_by_id") is None and here.may(ability)
    ]  # fmt: skip


def headline(running: list[Tradeoff], answers: list[Answer]) -> str:
    """What is agreed, and what the newest records say of it."""
    agreed = [one.text for one in running if one.in_force]
    if not running:
        return "Nobody has agreed what may be given up for what."
    if not agreed:
        many = "a trade-off waits" if len(running) == 1 else f"{word(len(running))} trade-offs wait"
        return f"Nothing is agreed yet; {many} for both sides."
    lost = {one.text for one in answers if one.verdict == "missed" and one.text in agreed}
    said = "One trade-off is agreed" if len(agreed) == 1 else f"{len(agreed)} trade-offs are agreed"
    if not lost:
        return f"{said}."
    return f"{said}; a version on record does not keep to {'it' if len(agreed) == 1 else 'one'}."
