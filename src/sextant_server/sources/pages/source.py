"""One source: what it holds, what its columns are, who may see its rows."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST, require_safe

from sextant.engines.errors import SourceError
from sextant.engines.fingerprint import first_rows
from sextant_server.accounts.acting import Acting
from sextant_server.accounts.models import User
from sextant_server.accounts.pages.forms import attempt
from sextant_server.core.errors import NotAllowed, Refused
from sextant_server.core.numbers import number_in
from sextant_server.products.entering import Here, in_product, show
from sextant_server.products.models import Part
from sextant_server.sources import actions, queries
from sextant_server.sources.forms import ReaderForm, RolesForm, VersionForm
from sextant_server.sources.jobs import opened_version
from sextant_server.sources.models import Kind, Source, VersionState

SHOWN = 50
VERSIONS = 50


@in_product
@require_safe
def source(request: HttpRequest, here: Here, name: str) -> HttpResponse:
    """Its versions and the profile of the newest one."""
    found = _source(here, name)
    versions = list(queries.versions_of(found)[:VERSIONS])
    newest = versions[0] if versions else None
    ready = next((one for one in versions if one.state == VersionState.READY), None)
    raw = queries.readable_by(here.user, found)
    context = {
        "source": found,
        "versions": versions,
        "newest": newest,
        "ready": ready,
        "columns": queries.shown_columns(ready, raw) if ready else [],
        "raw": raw,
        "roles": _named(found.roles or (ready.guess if ready else {})),
        "problems": queries.reasons_of(here, newest) if newest else [],
        "readers": list(queries.seeing(found)),
        "grants": not here.parts.isdisjoint({Part.OWNER, Part.TECHNICAL}),
        "upload": VersionForm() if found.kind == Kind.UPLOAD else None,
    }
    return show(request, here, "sources/source.html", context)


@in_product
def roles(request: HttpRequest, here: Here, name: str) -> HttpResponse:
    """Confirm what the columns are."""
    found = _source(here, name)
    ready = queries.latest_ready(found)
    if ready is None:
        raise Http404("No version can be read yet.")
    initial = RolesForm.initial_of(found.roles or ready.guess, found.version)
    form = RolesForm(queries.columns_of(ready), request.POST or None, initial=initial)
    if request.method == "POST":
        by = Acting.of(request)
        if attempt(form, lambda: actions.confirm_roles(
            by, found, form.roles(), form.cleaned_data["version"]
        )):  # fmt: skip
            messages.success(request, "The roles are confirmed; a new draft begins with them.")
            return redirect("source", here.product.slug, found.name)
    context = {"source": found, "form": form, "ready": ready}
    return show(request, here, "sources/roles.html", context, 422 if form.errors else 200)


@in_product
@require_POST
def new_version(request: HttpRequest, here: Here, name: str) -> HttpResponse:
    """Upload a new version, or look at the path again."""
    found, by = _source(here, name), Acting.of(request)
    try:
        if found.kind == Kind.FOLDER:
            version = actions.look_again(by, found)
        else:
            file = request.FILES.get("file")
            if file is None:
                messages.error(request, "Choose a file first.")
                return redirect("source", here.product.slug, found.name)
            version = actions.add_upload(by, found, file.chunks(), file.name or "")
        says = f"Version {version.number} is being read." if version else "Nothing new is in it."
        messages.success(request, says)
    except Refused as refused:
        messages.error(request, refused.detail)
    return redirect("source", here.product.slug, found.name)


@in_product
@require_safe
def rows(request: HttpRequest, here: Here, name: str) -> HttpResponse:
    """The first rows, for those who were let in by name; the log notes each look."""
    found = _source(here, name)
    ready = queries.latest_ready(found)
    if ready is None:
        raise Http404("No version can be read yet.")
    try:
        actions.see_rows(Acting.of(request), ready)
        columns, listed = first_rows(opened_version(ready), SHOWN)
    except NotAllowed as refused:
        context = {"source": found, "why": refused.detail}
        return show(request, here, "sources/closed.html", context, 403)
    except SourceError as error:
        context = {"source": found, "why": " ".join(error.problems)}
        return show(request, here, "sources/closed.html", context, 409)
    context = {"source": found, "version": ready, "columns": columns, "rows": listed}
    return show(request, here, "sources/rows.html", context)


@in_product
def readers(request: HttpRequest, here: Here, name: str) -> HttpResponse:
    """Who may see the rows."""
    found = _source(here, name)
    people = list(User.objects.filter(memberships__product=here.product, is_active=True).distinct())
    form = ReaderForm(people, request.POST or None)
    if request.method == "POST":
        user = get_object_or_404(User, pk=number_in(request.POST, "user"))
        by, take = Acting.of(request), request.POST.get("to") == "closed"
        action = actions.revoke if take else actions.grant
        if attempt(form, lambda: action(by, found, user) or True):
            says = f"{user} may {'no longer ' if take else ''}see the rows."
            messages.success(request, says)
            return redirect("source_readers", here.product.slug, found.name)
    context = {
        "source": found,
        "form": form,
        "readers": list(queries.let_in(found)),
        "seeing": list(queries.seeing(found)),
    }
    return show(request, here, "sources/readers.html", context, 422 if form.errors else 200)


def _source(here: Here, name: str) -> Source:
    found = queries.source_by_name(here.product, name)
    if found is None:
        raise Http404(f"There is no source {name}.")
    return found


def _named(roles: dict[str, Any]) -> list[tuple[str, str]]:
    """Roles as terms with their columns."""
    found = [
        (role, str(roles[role]))
        for role in ("label", "positive", "score", "scale", "prediction", "time", "unit")
        if roles.get(role)
    ]
    segments = [str(one["column"]) for one in roles.get("segments", [])]
    return [*found, *([("groups", ", ".join(segments))] if segments else [])]
