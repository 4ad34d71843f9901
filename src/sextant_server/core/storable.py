"""Texts that no database holds, refused by name before anything is done with them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.deprecation import MiddlewareMixin

from sextant_server.core.errors import Invalid
from sextant_server.core.problem_json import problem

BAD_REQUEST = 400


def unstorable(text: str) -> str:
    """What of a text cannot be stored, in words; empty where all of it can."""
    if "\0" in text:
        return "It holds a NUL character"
    if not text.isascii() and any("\ud800" <= sign <= "\udfff" for sign in text):
        return "It holds half of a character (a lone surrogate)"
    return ""


def check_storable(value: Any, at: str = "") -> None:
    """Refuse such a text anywhere in parsed JSON. Raises Invalid with the path of its field."""
    for path, text in _texts(value, at):
        if found := unstorable(text):
            raise Invalid(f"{path or 'The body'}: {found}, which cannot be kept. Take it out.",
                          path)  # fmt: skip


def _texts(value: Any, at: str) -> Iterator[tuple[str, str]]:
    """The texts of parsed JSON, names of fields included, each with its path."""
    if isinstance(value, str):
        yield at, value
    elif isinstance(value, dict):
        for name, inner in value.items():
            yield at, name
            yield from _texts(inner, f"{at}.{name}" if at else name)
    elif isinstance(value, list):
        for place, inner in enumerate(value):
            yield from _texts(inner, f"{at}.{place}" if at else str(place))


class StorableMiddleware(MiddlewareMixin):
    """Refuses an address, a query or a form with a text that cannot be stored.

    It stands last, so that who may not open a page is told that first. The bodies and the queries
    of the API are checked where they are parsed.
    """

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        api = request.path.startswith("/api/")
        if found := unstorable(request.path):
            return _refused(request, f"The address cannot be used. {found}.", api)
        for name, text in () if api else _sent(request):
            if found := unstorable(name) or unstorable(text):
                says = f"The field '{name[:40]}' cannot be kept. {found}: take it out, send again."
                return _refused(request, says.replace("\0", "?"), api)
        return None


def _sent(request: HttpRequest) -> Iterator[tuple[str, str]]:
    for fields in (request.GET, request.POST):
        for name, values in fields.lists():
            for value in values:
                yield name, str(value)


def _refused(request: HttpRequest, says: str, api: bool) -> HttpResponse:
    if api:
        return problem(BAD_REQUEST, "Refused", says)
    context = {"headline": "That cannot be kept.", "why": says}
    return render(request, "ui/error.html", context, status=BAD_REQUEST)
