"""The first page, and the gallery."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from sextant_server.core.access import MEMBER, SIGNED_IN, access
from sextant_server.ui.gallery import examples


@access(SIGNED_IN)
@require_safe
def first(request: HttpRequest) -> HttpResponse:
    """The address without a path leads to Today."""
    return redirect("today")


@access(MEMBER)
@require_safe
def gallery(request: HttpRequest) -> HttpResponse:
    """Every component in its states, with the words that make it."""
    return render(request, "ui/gallery.html", {"examples": examples(request)})
