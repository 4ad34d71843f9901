"""Watching a study's job, ending it."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from sextant_server.accounts.acting import Acting
from sextant_server.core.errors import Refused
from sextant_server.products.entering import Here, in_product
from sextant_server.products.watching import watched
from sextant_server.studies import actions, queries
from sextant_server.studies.kinds import kind_named
from sextant_server.studies.models import Study, StudyRun

CLOSED = "It failed. Those who start studies can read why."


@in_product
@require_safe
def run(request: HttpRequest, here: Here, study_run_id: int) -> HttpResponse:
    """How far a job is, or how it ended; htmx asks for the changing part alone."""
    found = _run(here, study_run_id)
    assert found.job is not None
    study = Study.objects.filter(run=found).defer(*queries.BULKY).first()
    context = {
        "run": found,
        "kind": kind_named(found.kind),
        "problems": here.told(found.job.problems, CLOSED),
        "study": study,
    }
    return watched(request, here, found.job, context, "studies/run")


@in_product
@require_POST
def cancel(request: HttpRequest, here: Here, study_run_id: int) -> HttpResponse:
    """End a job."""
    found = _run(here, study_run_id)
    try:
        actions.cancel_study(Acting.of(request), found)
        messages.success(request, "The study ends. Nothing of it is kept, no look is counted.")
    except Refused as refused:
        messages.error(request, refused.detail)
    return redirect("study_run", here.product.slug, found.pk)


def _run(here: Here, run_id: int) -> StudyRun:
    found = queries.runs_of(here.product).filter(pk=run_id).first()
    if found is None:
        raise Http404(f"There is no study under way with the number {run_id}.")
    return found
