"""Errors of the API as `application/problem+json` (RFC 9457)."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

from sextant_server.core.errors import Refused

CONTENT_TYPE = "application/problem+json"


def problem(status: int, title: str, detail: str, **extra: Any) -> HttpResponse:
    """One problem; `extra` holds what else a program can use."""
    body = {"type": "about:blank", "title": title, "status": status, "detail": detail, **extra}
    response = JsonResponse(body, status=status, content_type=CONTENT_TYPE)
    if status == 401:
        response.headers["WWW-Authenticate"] = 'Bearer realm="sextant"'
    return response


def handle_errors(api: NinjaAPI) -> None:
    """Give an API its error answers."""

    @api.exception_handler(AuthenticationError)
    def unauthenticated(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
        detail = "Send a valid token as 'Authorization: Bearer …'."
        return problem(401, "Not authenticated", detail)

    @api.exception_handler(Refused)
    def refused(request: HttpRequest, error: Refused) -> HttpResponse:
        extra = {"field": error.field} if error.field else {}
        return problem(error.status, error.title, error.detail, **extra)

    @api.exception_handler(ValidationError)
    def invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
        errors = [
            {"at": ".".join(map(str, one["loc"])), "detail": one["msg"]} for one in error.errors
        ]
        detail = "; ".join(f"{one['at']}: {one['detail']}" for one in errors)
        return problem(422, "Invalid input", detail, errors=errors)

    @api.exception_handler(Http404)
    def missing(request: HttpRequest, error: Http404) -> HttpResponse:
        return problem(404, "Not found", "There is no such thing, or it is not open to you.")

    @api.exception_handler(HttpError)
    def other(request: HttpRequest, error: HttpError) -> HttpResponse:
        if isinstance(error.__cause__, Refused):  # by the parser, which ninja wraps
            return refused(request, error.__cause__)
        return problem(error.status_code, "Refused", str(error))
