"""The bet itself, a small form for each part: stake, kind, effort, and its kill criterion."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from sextant_server.accounts.acting import Acting
from sextant_server.accounts.pages.forms import attempt
from sextant_server.core.errors import Refused
from sextant_server.products.entering import Here, in_product, show
from sextant_server.strategy.opportunities import actions, forms, queries
from sextant_server.strategy.opportunities.models import Bet


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the bet: its form, its action, what its page asks and why."""

    form: type[forms.Versioned]
    act: Callable[[Acting, Any, Any, int], Bet]
    asks: str
    why: str


PARTS = {
    "stake": Part(
        forms.StakeForm, actions.set_stake,
        "What is staked, what would end it, what is learned next?",
        "A bet that nothing can end is no bet. Every amount is a range.",
    ),
    "kind": Part(
        forms.KindForm, actions.set_kind, "What kind of bet is it?",
        "The decision names the family of the task, and that the metrics to promise.",
    ),
    "effort": Part(
        forms.EffortForm, actions.set_effort, "What would it take, and from when?",
        "In person-months by role, from at least to at most. A role that is left out takes"
        " nothing.",
    ),
}  # fmt: skip


@in_product
def say(request: HttpRequest, here: Here, part: str) -> HttpResponse:
    """Write down a part of the bet; whatever happens, what was typed is still there."""
    if part == "kill":
        return _kill(request, here)
    if part not in PARTS:
        raise Http404(f"A bet has no part '{part[:40]}'.")
    asked, held = PARTS[part], queries.bet_of(here.product)
    form: Any = asked.form(request.POST or None, initial=_initial(held))
    if request.method == "POST":
        by = Acting.of(request)
        if attempt(form, lambda: asked.act(by, here.product, form.content(), form.seen)):
            messages.success(request, "It is kept.")
            return _back(here)
    held_ = {"form": form, "asks": asked.asks, "why": asked.why}
    return show(request, here, "opportunities/part.html", held_, 422 if form.errors else 200)


def _kill(request: HttpRequest, here: Here) -> HttpResponse:
    """Report what has become of the kill criterion."""
    held = queries.bet_of(here.product)
    initial = {"version": held.version if held else 0}
    form = forms.KillForm(request.POST or None, initial=initial)
    if request.method == "POST":
        by = Acting.of(request)
        if attempt(form, lambda: actions.report_kill(
            by, here.product, form.cleaned_data["kill_state"], form.cleaned_data["kill_note"],
            form.seen,
        )):  # fmt: skip
            messages.success(request, "It is kept.")
            return _back(here)
    kill = held.kill if held else ""
    why = f"It says: {kill}" if kill else "No kill criterion is on record yet."
    context = {"form": form, "asks": "Has it come true?", "why": why}
    return show(request, here, "opportunities/part.html", context, 422 if form.errors else 200)


@in_product
@require_POST
def draft(request: HttpRequest, here: Here) -> HttpResponse:
    """Begin a contract with the criteria of the pattern as comments."""
    try:
        made = actions.draft_from_pattern(Acting.of(request), here.product)
    except Refused as refused:
        messages.error(request, refused.detail)
        return _back(here)
    messages.success(request, "A draft is begun; the pattern's criteria stand in it as comments.")
    return redirect("contract_edit", here.product.slug, made.number)


def _initial(held: Bet | None) -> dict[str, Any]:
    if held is None:
        return {"version": 0}
    ends = {f"{role}_{end}": value for role, span in held.effort.items()
            for end, value in zip(("low", "high"), span, strict=True)}  # fmt: skip
    return {**forms.shown(held), **ends}


def _back(here: Here) -> HttpResponse:
    place = redirect("opportunity", here.product.slug)
    place["Location"] += "#bet"
    return place
