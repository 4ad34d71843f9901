"""What is small and large here, which mix is aimed at, and the rates between currencies."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from sextant_server.accounts.acting import Acting, person_of
from sextant_server.accounts.pages.forms import attempt
from sextant_server.core.access import MEMBER, access
from sextant_server.core.errors import Refused
from sextant_server.core.numbers import number_in
from sextant_server.strategy.portfolio import actions, queries
from sextant_server.strategy.portfolio.forms import RateForm, YardstickForm


@access(MEMBER)
def yardsticks(request: HttpRequest) -> HttpResponse:
    """The yardsticks, which administrators set, and the rates, which every member keeps."""
    form = YardstickForm(
        request.POST or None, initial=YardstickForm.initial_of(queries.yardstick())
    )
    if request.method == "POST":
        by = Acting.of(request)
        if attempt(form, lambda: actions.set_yardsticks(
            by, form.marks(), form.cleaned_data["version"] or 0
        )):  # fmt: skip
            messages.success(request, "The yardsticks are kept. Every bet is measured anew.")
            return redirect("yardsticks")
    return _page(request, form, RateForm(), 422 if form.errors else 200)


@access(MEMBER)
@require_POST
def rate(request: HttpRequest) -> HttpResponse:
    """Keep a rate."""
    by, form = Acting.of(request), RateForm(request.POST)
    made = attempt(form, lambda: actions.keep_rate(by, **form.cleaned_data))
    if made:
        messages.success(request, f"{made}: kept.")
        return redirect("yardsticks")
    shown = YardstickForm(initial=YardstickForm.initial_of(queries.yardstick()))
    return _page(request, shown, form, 422)


@access(MEMBER)
@require_POST
def rate_drop(request: HttpRequest) -> HttpResponse:
    """Take a rate back."""
    try:
        actions.drop_rate(Acting.of(request), number_in(request.POST, "rate"))
        messages.success(request, "The rate is taken back.")
    except Refused as refused:
        messages.error(request, refused.detail)
    return redirect("yardsticks")


def _page(
    request: HttpRequest, form: YardstickForm, rate_form: RateForm, status: int
) -> HttpResponse:
    context = {
        "form": form,
        "told": YardstickForm.told(queries.yardstick()),
        "rate_form": rate_form,
        "rates": queries.rate_rows(),
        "measures": queries.measures(),
        "may_set": person_of(request).is_admin,
    }
    return render(request, "portfolio/yardsticks.html", context, status=status)
