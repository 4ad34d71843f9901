"""The pages for what went wrong: what happened, and what to do."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from sextant_server.core.access import PUBLIC, access


def _error(request: HttpRequest, status: int, headline: str, why: str) -> HttpResponse:
    context = {"headline": headline, "why": why}
    return render(request, "ui/error.html", context, status=status)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _error(request, 400, "That request cannot be read.", "Go back and try it again.")


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    why = "Your account has no part that opens this page. An administrator can give you one."
    return _error(request, 403, "This page is not open to you.", why)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    why = "The address is wrong, or what was here is not open to you."
    return _error(request, 404, "There is no such page.", why)


def fault(request: HttpRequest) -> HttpResponse:
    why = "This is a fault in Sextant. Nothing of your last step was kept; the log says why."
    return _error(request, 500, "Something went wrong here.", why)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    why = "Nothing was changed. The page was open too long, or came from elsewhere: load it again."
    return _error(request, 403, "This form has run out.", why)


@access(PUBLIC)
def rate_limited(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Too many tries; allauth asks for this view by the name `handler429`."""
    why = "There were too many attempts. Wait a few minutes, then try again."
    return _error(request, 429, "Too many attempts.", why)
