"""The frameworks: which there are, each as a document, its versions and what they changed."""

from __future__ import annotations

import difflib
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from sextant.strategy.frameworks import Framework, differences
from sextant_server.accounts.acting import Acting
from sextant_server.accounts.pages.forms import attempt
from sextant_server.core.access import MEMBER, access
from sextant_server.strategy.assessments import actions, catalogue
from sextant_server.strategy.assessments.document import document
from sextant_server.strategy.assessments.forms import KeyForm
from sextant_server.strategy.assessments.models import FrameworkState, FrameworkVersion


@dataclass(frozen=True, slots=True)
class Version:
    """One version, what it says, and what it changed in the one before it."""

    row: FrameworkVersion
    changed: tuple[str, ...]


@access(MEMBER)
def frameworks(request: HttpRequest) -> HttpResponse:
    """All of them; POST begins one of one's own."""
    form = KeyForm(request.POST or None)
    if request.method == "POST":
        by = Acting.of(request)
        made = attempt(form, lambda: actions.draft(by, form.cleaned_data["key"]))
        if made:
            return redirect("framework_edit", made.key)
    in_force = catalogue.in_force()
    drafts = catalogue.drafts()
    context = {
        "found": list(in_force.values()),
        "drafts": drafts,
        "drafted": {one.key for one in drafts},
        "form": form,
    }
    status = 422 if form.errors else 200
    return render(request, "assessments/frameworks.html", context, status=status)


@access(MEMBER)
@require_safe
def framework(request: HttpRequest, key: str) -> HttpResponse:
    """The version in force as a document, with everything that is kept of it."""
    found = catalogue.in_force().get(key)
    rows = list(catalogue.versions_of(key))
    if found is None:
        if rows and rows[0].state == FrameworkState.DRAFT:
            return redirect("framework_edit", key)
        raise Http404("There is no such framework.")
    context = {
        "found": found,
        "document": document(found.framework),
        "versions": _versions(rows),
        "draft": next((one for one in rows if one.state == FrameworkState.DRAFT), None),
        "against": differences(found.shadowed, found.framework) if found.shadowed else (),
    }
    return render(request, "assessments/framework.html", context)


@access(MEMBER)
@require_safe
def version(request: HttpRequest, key: str, version_id: int) -> HttpResponse:
    """One version that was published or pinned: its document, its text, what it changed."""
    rows = [one for one in catalogue.versions_of(key) if one.state == FrameworkState.PUBLISHED]
    row = next((one for one in rows if one.pk == version_id), None)
    if row is None:
        raise Http404("There is no such version.")
    held = next(one for one in _versions(rows) if one.row.pk == row.pk)
    before = _before(rows, row)
    context = {
        "row": row,
        "document": document(catalogue.framework_of(row)),
        "changed": held.changed,
        "before": before,
        "lines": _lines(before, row) if before else [],
    }
    return render(request, "assessments/version.html", context)


def _versions(rows: list[FrameworkVersion]) -> list[Version]:
    kept = [one for one in rows if one.state == FrameworkState.PUBLISHED]
    return [Version(one, _changed(_before(kept, one), one)) for one in kept]


def _before(rows: list[FrameworkVersion], row: FrameworkVersion) -> FrameworkVersion | None:
    """The version before one, of those that are kept."""
    earlier = [one for one in rows if one.number < row.number]
    return max(earlier, key=lambda one: one.number, default=None)


def _changed(before: FrameworkVersion | None, row: FrameworkVersion) -> tuple[str, ...]:
    if before is None:
        return ()
    old: Framework = catalogue.framework_of(before)
    return differences(old, catalogue.framework_of(row))


def _lines(before: FrameworkVersion, row: FrameworkVersion) -> list[str]:
    """The texts against each other, line by line."""
    found = difflib.unified_diff(
        before.text.splitlines(), row.text.splitlines(),
        f"version {before.number}", f"version {row.number}", lineterm="",
    )  # fmt: skip
    return list(found)
