"""Is the target realistic? One picture of who reaches what."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.safestring import mark_safe

from sextant.studies.comparison.roles import own_version
from sextant.words.numbers import word
from sextant_server.accounts.acting import Acting
from sextant_server.accounts.pages.forms import attempt
from sextant_server.candidates import actions, queries
from sextant_server.candidates.board import board_of
from sextant_server.candidates.envelope import Envelope, Own, envelopes, picture
from sextant_server.candidates.forms import LevelForm
from sextant_server.candidates.models import Level
from sextant_server.candidates.words import of_all
from sextant_server.evidence.evaluating import contract_of
from sextant_server.evidence.models import Evidence
from sextant_server.products.entering import Here, in_product, show


@in_product
def feasible(request: HttpRequest, here: Here) -> HttpResponse:
    """Each promise over all rows: people, baseline, best known, champion, target. POST adds one."""
    board = board_of(here.product, queries.deciding_with_run)
    evidence = board.evidence
    record = evidence.record if evidence else {"criteria": []}
    own = own_of(evidence) if evidence else None
    found = envelopes(board, record, queries.levels_of(here.product), own)
    promises = list(dict.fromkeys((one.metric, one.text) for one in found))
    form = LevelForm(promises, request.POST or None)
    if request.method == "POST":
        made = attempt(form, lambda: _stated(request, here, form.cleaned_data))
        if made:
            messages.success(request, "It is kept.")
            return redirect("feasible", here.product.slug)
    context = {
        "found": found,
        "headline": _headline(found),
        "picture": mark_safe(picture(found)),  # noqa: S308 - the library escapes its texts
        "form": form,
    }
    return show(request, here, "candidates/feasible.html", context, 422 if form.errors else 200)


def _stated(request: HttpRequest, here: Here, held: dict[str, Any]) -> Level:
    return actions.state_level(
        Acting.of(request), here.product, held["who"], held["metric"], (held["low"], held["high"]),
        held["grade"], held["source"],
    )  # fmt: skip


def own_of(evidence: Evidence) -> Own | None:
    """The version that an evidence is about; None where its contract names none."""
    contract, version = contract_of(evidence.run), evidence.run.version
    given = own_version(contract)
    if given is None or version is None:
        return None
    cut = None if given.decisions else contract.threshold
    return Own((version.source_id, given.column, cut), evidence.number)


def _headline(found: list[Envelope]) -> str:
    """How many targets are shown to be within reach."""
    if not found:
        return "No promise can be held against anything yet."
    met = sum(one.verdict == "met" for one in found)
    missed = sum(one.verdict == "missed" for one in found)
    said = f"{of_all(met, len(found), 'target')} shown to be within reach"
    return f"{said}; {word(missed)} nobody is known to reach." if missed else f"{said}."
