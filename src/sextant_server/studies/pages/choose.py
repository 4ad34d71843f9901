"""Choosing a threshold: from the explorer to a kept study and a draft."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from sextant_server.accounts.acting import Acting
from sextant_server.core.errors import Refused
from sextant_server.products.entering import Here, in_product
from sextant_server.studies import queries
from sextant_server.studies.choosing import choose_threshold
from sextant_server.studies.kinds.kind import Held
from sextant_server.studies.kinds.thresholds import KIND
from sextant_server.studies.offering import obstacle
from sextant_server.studies.pages.live import settings_of


@in_product
@require_POST
def choose(request: HttpRequest, here: Here, number: int) -> HttpResponse:
    """Keep what the explorer shows, with its reason, and write the threshold into the draft."""
    evidence = queries.evidence_with_states(here.product, number)
    if evidence is None or KIND.live is None:
        raise Http404(f"There is no evidence {number}.")
    held = Held(evidence)
    if obstacle(KIND, held):
        raise Http404("This evidence has no threshold to choose.")
    form = KIND.live.form(held, settings_of(request.POST))
    back = reverse("study_live", args=[here.product.slug, number, KIND.name])
    if not form.is_valid():
        messages.error(request, "These settings give no answer, so nothing was chosen.")
        return redirect(f"{back}?{settings_of(request.POST).urlencode()}")
    try:
        study, draft = choose_threshold(
            Acting.of(request), evidence, form.cleaned_data, form.sent()
        )
    except Refused as refused:
        messages.error(request, refused.detail)
        return redirect(f"{back}?{settings_of(request.POST).urlencode()}")
    messages.success(
        request,
        f"Kept as study {study.number}, and written into contract {draft.number}, a draft.",
    )
    return redirect("study", here.product.slug, study.number)
