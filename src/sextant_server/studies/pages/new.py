"""Asking for a study of rows; then its job's page is next."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from sextant_server.accounts.acting import Acting
from sextant_server.accounts.pages.forms import attempt
from sextant_server.products.entering import Here, in_product, show
from sextant_server.studies import actions
from sextant_server.studies.kinds import kind_named


@in_product
def new(request: HttpRequest, here: Here, study_kind: str) -> HttpResponse:
    """The kind's form; what the address names is filled in."""
    found = kind_named(study_kind)
    if found is None or found.from_rows is None:
        raise Http404(f"Nothing called '{study_kind}' can be asked.")
    initial = {name: values[-1] for name, values in request.GET.lists()}
    form = found.from_rows.form(here.product, request.POST or None, initial)
    if request.method == "POST":
        run = attempt(
            form,
            lambda: actions.start_study(Acting.of(request), here.product, found, form.asking()),
        )
        if run:
            return redirect("study_run", here.product.slug, run.pk)
    context = {"kind": found, "form": form, "versions": form.versions,
               "missing": found.from_rows.missing()}  # fmt: skip
    return show(request, here, found.from_rows.template, context, 422 if form.errors else 200)
