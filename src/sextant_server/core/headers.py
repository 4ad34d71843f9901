"""The headers that tell a browser what a page may do.

`SECURE_CSP` has the form of the setting of the same name in Django 6, so that the middleware can
give way to Django's own with the next long-term release.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.deprecation import MiddlewareMixin

PERMISSIONS = "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()"


def policy(directives: Mapping[str, Sequence[str]]) -> str:
    """The header's text: `default-src 'none'; script-src 'self'; …`."""
    return "; ".join(f"{name} {' '.join(sources)}".strip() for name, sources in directives.items())


class HeadersMiddleware(MiddlewareMixin):
    """Adds the content security policy; pages of people are kept out of shared caches."""

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        response.headers.setdefault("Content-Security-Policy", policy(settings.SECURE_CSP))
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        if not request.path.startswith(settings.STATIC_URL):
            response.headers.setdefault("Cache-Control", "no-store")
        return response
