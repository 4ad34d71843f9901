"""Starting a run, watching it, ending it."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from sextant_server.accounts.acting import Acting
from sextant_server.accounts.pages.forms import attempt
from sextant_server.contracts.models import Contract
from sextant_server.contracts.queries import contracts_of
from sextant_server.core.errors import Refused
from sextant_server.evidence import actions, queries
from sextant_server.evidence.forms import RunForm
from sextant_server.evidence.models import Evidence, Run
from sextant_server.evidence.reasons import reasons_of
from sextant_server.products.entering import Here, in_product, show
from sextant_server.products.watching import watched
from sextant_server.sources.models import SourceVersion, VersionState

MOST_VERSIONS = 30


@in_product
def new(request: HttpRequest, here: Here) -> HttpResponse:
    """Choose contract, version, model and period; then the run's page is next."""
    contracts = list(contracts_of(here.product).filter(state__in=actions.RUNS))
    versions = list(
        SourceVersion.objects.filter(source__product=here.product, state=VersionState.READY)
        .select_related("source")
        .order_by("-number", "source__name")[:MOST_VERSIONS]
    )
    initial = _initial(request, contracts, versions)
    form = RunForm(contracts, versions, request.POST or None, initial=initial)
    if request.method == "POST":
        run = attempt(form, lambda: _start(Acting.of(request), form, contracts, versions))
        if run:
            return redirect("run", here.product.slug, run.pk)
    context = {"form": form, "contracts": contracts, "versions": versions}
    return show(request, here, "evidence/run_new.html", context, 422 if form.errors else 200)


@in_product
@require_safe
def run(request: HttpRequest, here: Here, run_id: int) -> HttpResponse:
    """How far a run is, or how it ended; htmx asks for the changing part alone."""
    found = _run(here, run_id)
    evidence = Evidence.objects.filter(run=found).defer(*queries.BULKY).first()
    context = {"run": found, "problems": reasons_of(here, found), "evidence": evidence}
    return watched(request, here, found.job, context, "evidence/run")


@in_product
@require_POST
def cancel(request: HttpRequest, here: Here, run_id: int) -> HttpResponse:
    """End a run."""
    found = _run(here, run_id)
    try:
        actions.cancel_run(Acting.of(request), found)
        messages.success(request, "The run ends. Nothing of it is kept, and no look is counted.")
    except Refused as refused:
        messages.error(request, refused.detail)
    return redirect("run", here.product.slug, found.pk)


def _start(
    by: Acting, form: RunForm, contracts: list[Contract], versions: list[SourceVersion]
) -> Run:
    held = form.cleaned_data
    contract = next(one for one in contracts if one.number == held["contract"])
    version = next(one for one in versions if one.pk == held["version"])
    return actions.start_run(
        by, contract, version, model=held["model"], start_at=held["start"], end_at=held["end"]
    )


def _initial(
    request: HttpRequest, contracts: list[Contract], versions: list[SourceVersion]
) -> dict[str, object]:
    """The contract that the link names, else the locked one, and its source's newest version."""
    asked = request.GET.get("contract", "")
    by_state = sorted(contracts, key=lambda one: one.state != "locked")
    chosen = next((one for one in contracts if str(one.number) == asked), None)
    contract = chosen or (by_state[0] if by_state else None)
    if contract is None:
        return {}
    fits = [one for one in versions if one.source_id == contract.source_id]
    return {"contract": contract.number, "version": fits[0].pk if fits else None}


def _run(here: Here, run_id: int) -> Run:
    found = queries.runs_of(here.product).filter(pk=run_id).first()
    if found is None:
        raise Http404(f"There is no run {run_id}.")
    return found
