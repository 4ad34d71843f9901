"""Where others let anybody sign up."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from sextant_server.core.access import PUBLIC, access


@access(PUBLIC)
def signup_closed(request: HttpRequest) -> HttpResponse:
    """Says that accounts come by invitation."""
    return render(request, "accounts/closed.html", status=403)
