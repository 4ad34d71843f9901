"""A question put to the states that an evidence kept: answered at once, kept on demand."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from sextant.states.state import StateError
from sextant_server.accounts.acting import Acting
from sextant_server.core.errors import Refused
from sextant_server.evidence.models import Evidence
from sextant_server.products.entering import Here, in_product, show
from sextant_server.studies import actions, queries
from sextant_server.studies.answering import answer
from sextant_server.studies.kinds import kind_named
from sextant_server.studies.kinds.forms import LiveForm
from sextant_server.studies.kinds.kind import Found, Held, Kind, Live
from sextant_server.studies.offering import obstacle
from sextant_server.studies.pages.files import answered
from sextant_server.studies.showing import drawn


@in_product
def live(request: HttpRequest, here: Here, number: int, study_kind: str) -> HttpResponse:
    """GET shows the answer at the settings of the address; POST keeps exactly that."""
    evidence, found_kind, way = _asked(here, number, study_kind)
    held = Held(evidence)
    why = obstacle(found_kind, held)
    given = request.POST if request.method == "POST" else request.GET
    form = None if why else way.form(held, settings_of(given))
    if request.method == "POST" and form is not None and form.is_valid():
        try:
            study = actions.keep_live(
                Acting.of(request), evidence, found_kind, form.cleaned_data, form.sent()
            )
            return redirect("study", here.product.slug, study.number)
        except Refused as refused:
            messages.error(request, refused.detail)
    return _shown(request, here, held, found_kind, form, why)


@in_product
@require_safe
def file(
    request: HttpRequest, here: Here, number: int, study_kind: str, file_name: str
) -> HttpResponse:
    """A download of the answer at the settings of the address."""
    evidence, found_kind, way = _asked(here, number, study_kind)
    held = Held(evidence)
    form = None if obstacle(found_kind, held) else way.form(held, settings_of(request.GET))
    if form is None or not form.is_valid():
        raise Http404("With these settings there is no answer.")
    found = _computed(found_kind, held, form)
    if not isinstance(found, Found):
        raise Http404(found)
    shown = {"title": found.title, "headline": found.headline, "verdict": found.verdict,
             "record": found.record}  # fmt: skip
    place = f"{here.product.slug}-evidence-{evidence.number}-{found_kind.name}"
    return answered(found_kind, shown, file_name, place, evidence.recorded_at, here.product.name)


def settings_of(given: QueryDict) -> QueryDict:
    """What was sent, without the token."""
    kept = given.copy()
    kept.pop("csrfmiddlewaretoken", None)
    return kept


def _shown(
    request: HttpRequest, here: Here, held: Held, kind: Kind, form: LiveForm | None, why: str
) -> HttpResponse:
    """The answer; or the form with what is wrong; or why it cannot be asked."""
    assert kind.live is not None
    evidence = held.evidence
    context: dict[str, Any] = {"kind": kind, "live": kind.live, "evidence": evidence,
                               "form": form, "why": why, "held": held}  # fmt: skip
    if form is not None and form.is_valid():
        found = _computed(kind, held, form)
        if isinstance(found, Found):
            query = QueryDict(mutable=True)
            for name, value in form.sent().items():
                query.setlist(name, value if isinstance(value, list) else [value])
            here_at = reverse("study_live", args=[here.product.slug, evidence.number, kind.name])
            context |= {
                "found": found,
                "query": query.urlencode(),
                "permalink": f"{here_at}?{query.urlencode()}",
                "kept": [(name, value) for name, values in query.lists() for value in values],
                **drawn(kind, found.record),
            }
        else:
            context |= {"form": None, "why": found}
    wrong = form is not None and bool(form.errors)
    return show(request, here, "studies/live.html", context, 422 if wrong else 200)


def _computed(kind: Kind, held: Held, form: LiveForm) -> Found | str:
    try:
        return answer(kind, held, form)
    except StateError as error:
        return f"The evidence's states cannot be read any more. {error}"


def _asked(here: Here, number: int, kind: str) -> tuple[Evidence, Kind, Live]:
    found = kind_named(kind)
    evidence = queries.evidence_with_states(here.product, number)
    if evidence is None or found is None or found.live is None:
        raise Http404(f"Nothing called '{kind}' can be asked of evidence {number}.")
    return evidence, found, found.live
