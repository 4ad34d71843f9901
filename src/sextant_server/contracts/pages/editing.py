"""Writing a draft: the text, its errors as it is typed, and what it would ask."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from sextant.contracts.vocabulary import vocabulary
from sextant.words.asked import asked
from sextant_server.accounts.acting import Acting
from sextant_server.contracts import actions
from sextant_server.contracts.forms import TextForm
from sextant_server.contracts.models import State
from sextant_server.contracts.pages.contract import changes, contract_or_404
from sextant_server.contracts.reading import MOST_CHARACTERS, Reading, line_of, read
from sextant_server.core.errors import Conflict, Refused
from sextant_server.products.entering import Here, in_product, show
from sextant_server.sources import queries as sources

MOST_PROBLEMS = 40


@in_product
def edit(request: HttpRequest, here: Here, number: int) -> HttpResponse:
    """Write the text; whatever happens, what was typed is still there."""
    found = contract_or_404(here, number)
    if found.state != State.DRAFT:
        return redirect("contract", here.product.slug, number)
    initial = {"text": found.text, "version": found.version}
    form = TextForm(request.POST or None, initial=initial)
    theirs = ""
    if request.method == "POST" and form.is_valid():
        text, version = form.cleaned_data["text"], form.cleaned_data["version"]
        if "check" not in request.POST:
            try:
                actions.write(Acting.of(request), found, text, version)
            except Conflict as refused:
                found.refresh_from_db()
                theirs = found.text
                form = TextForm({"text": text, "version": found.version})
                form.add_error(None, refused.detail)
            except Refused as refused:
                form.add_error(refused.field or None, refused.detail)
            else:
                messages.success(request, "The draft is kept.")
                return redirect("contract", here.product.slug, number)
    text = form["text"].value() or ""
    reading = read(text, here.product)
    context = {
        "contract": found,
        "form": form,
        "theirs": theirs,
        "vocabulary": words(here, reading),
        **_checked(reading),
    }
    return show(request, here, "contracts/edit.html", context, 422 if form.errors else 200)


@in_product
@require_POST
def check(request: HttpRequest, here: Here, number: int) -> HttpResponse:
    """The errors of a text, or what it would ask; nothing is kept."""
    contract_or_404(here, number)
    text = request.POST.get("text", "")[: MOST_CHARACTERS + 1]
    return render(request, "contracts/checked.html", _checked(read(text, here.product)))


@in_product
@require_safe
def completions(request: HttpRequest, here: Here, number: int) -> HttpResponse:
    """The words that the editor completes."""
    found = contract_or_404(here, number)
    return JsonResponse(words(here, read(found.text, here.product)))


@in_product
@require_safe
def changed(request: HttpRequest, here: Here, number: int) -> HttpResponse:
    """What a contract changes in the one that it follows."""
    found = contract_or_404(here, number)
    context = {"contract": found, "changes": changes(found, read(found.text, here.product))}
    return show(request, here, "contracts/difference.html", context)


def words(here: Here, reading: Reading) -> dict[str, Any]:
    """The library's vocabulary, and this product's sources with their columns."""
    held = vocabulary(reading.contract)
    listed = sources.sources_of(here.product)
    held["sources"] = [{"word": one.name, "says": one.get_kind_display()} for one in listed]
    version = reading.version
    if version is None and listed:
        version = sources.latest_ready(listed[0])
    held["columns"] = [
        {"word": column["name"], "says": f"{column['kind']} column"}
        for column in (version.columns if version else [])
    ]
    return held


def _checked(reading: Reading) -> dict[str, Any]:
    whole = reading.contract is not None and not reading.problems
    return {
        "problems": [(line_of(one), one) for one in reading.problems[:MOST_PROBLEMS]],
        "more": max(len(reading.problems) - MOST_PROBLEMS, 0),
        "asked": asked(reading.contract) if reading.contract and whole else [],
        "version": reading.version,
        "unsigned": reading.unsigned,
    }
