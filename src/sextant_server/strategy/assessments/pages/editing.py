"""Writing a framework: the text, its problems as it is typed, publishing it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from sextant.strategy.frameworks import differences
from sextant_server.accounts.acting import Acting, person_of
from sextant_server.core.access import MEMBER, access
from sextant_server.core.errors import Conflict, Refused
from sextant_server.core.numbers import number_in
from sextant_server.strategy.assessments import actions, catalogue
from sextant_server.strategy.assessments.document import document
from sextant_server.strategy.assessments.forms import TextForm
from sextant_server.strategy.assessments.models import FrameworkVersion

MOST_PROBLEMS = 40


@access(MEMBER)
def edit(request: HttpRequest, key: str) -> HttpResponse:
    """Write the text; whatever happens, what was typed is still there."""
    found = catalogue.draft_of(key)
    if found is None:
        return redirect("framework", key)
    form = TextForm(request.POST or None, initial={"text": found.text, "version": found.version})
    theirs = ""
    if request.method == "POST" and form.is_valid() and "check" not in request.POST:
        text, version = form.cleaned_data["text"], form.cleaned_data["version"]
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
            return redirect("framework_edit", key)
    context = {
        "framework": found,
        "form": form,
        "theirs": theirs,
        "is_admin": person_of(request).is_admin,
        "kept": catalogue.read(found.text, found.key, found.number),
        **_checked(form["text"].value() or "", found),
    }
    status = 422 if form.errors else 200
    return render(request, "assessments/edit.html", context, status=status)


@access(MEMBER)
@require_POST
def check(request: HttpRequest, key: str) -> HttpResponse:
    """The problems of a text, or what it would ask; nothing is kept."""
    found = catalogue.draft_of(key)
    if found is None:
        raise Http404("There is no draft of it.")
    text = request.POST.get("text", "")[: catalogue.MOST_CHARACTERS + 1]
    return render(request, "assessments/checked.html", _checked(text, found))


@access(MEMBER)
@require_POST
def do(request: HttpRequest, key: str, what: str) -> HttpResponse:
    """Begin the next version, publish the draft, or give it up."""
    by, version = Acting.of(request), number_in(request.POST, "version")
    acts: dict[str, tuple[Callable[[], Any], str, str]] = {
        "begin": (lambda: actions.draft(by, key), "It is begun.", "framework_edit"),
        "publish": (lambda: actions.publish(by, _draft(key), version),
                    "It is published. Assessments begun from now on are asked by it.",
                    "framework"),
        "withdraw": (lambda: actions.withdraw(by, _draft(key), version),
                     "The draft is given up.", "frameworks"),
    }  # fmt: skip
    if what not in acts:
        raise Http404("There is no such deed.")
    action, says, route = acts[what]
    try:
        action()
    except Refused as refused:
        messages.error(request, refused.detail)
        return redirect("framework_edit" if what != "begin" else "framework", key)
    messages.success(request, says)
    return redirect(route) if route == "frameworks" else redirect(route, key)


def _draft(key: str) -> FrameworkVersion:
    found = catalogue.draft_of(key)
    if found is None:
        raise Conflict("There is no draft of it any more.")
    return found


def _checked(text: str, found: FrameworkVersion) -> dict[str, Any]:
    reading = catalogue.read(text, found.key, found.number)
    in_force = catalogue.in_force().get(found.key)
    changed: tuple[str, ...] = ()
    if reading.framework and in_force:
        changed = differences(in_force.framework, reading.framework)
    return {
        "problems": [(_line(one.where), one) for one in reading.problems[:MOST_PROBLEMS]],
        "more": max(len(reading.problems) - MOST_PROBLEMS, 0),
        "document": document(reading.framework) if reading.framework else None,
        "changed": changed,
    }


def _line(where: str) -> int:
    word, _, rest = where.partition(" ")
    number = rest.partition(",")[0]
    return int(number) if word == "line" and number.isdecimal() else 0
