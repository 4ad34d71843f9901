"""Who may open a route: every view carries a rule, and a view without one is closed.

A view says `@access(MEMBER)`; `AccessMiddleware` asks the rule before the view runs. Rules about
one object (a product's parts) are asked by its queries, which return only what may be seen.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar
from urllib.parse import urlsplit

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils.deprecation import MiddlewareMixin
from django.utils.http import url_has_allowed_host_and_scheme

log = logging.getLogger("sextant.access")
View = TypeVar("View", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class Rule:
    """Who is admitted, by a name that tests and documents use."""

    name: str
    admits: Callable[[HttpRequest], bool]


def _signed_in(request: HttpRequest) -> bool:
    return request.user.is_authenticated


def _member(request: HttpRequest) -> bool:
    return request.user.is_authenticated and request.user.is_member


def _admin(request: HttpRequest) -> bool:
    return request.user.is_authenticated and request.user.is_admin


PUBLIC = Rule("public", lambda _: True)
SIGNED_IN = Rule("signed in", _signed_in)
MEMBER = Rule("member", _member)
ADMIN = Rule("admin", _admin)
PRODUCT = Rule("product", _signed_in)
"""For the pages of one product, which `products.entering` opens to its people alone."""
TOKEN = Rule("token", lambda _: True)
"""For the API alone, whose operations each ask for a bearer token and a scope themselves."""


def access(rule: Rule) -> Callable[[View], View]:
    """Give a view its rule."""

    def mark(view: View) -> View:
        view.access = rule  # type: ignore[attr-defined]
        return view

    return mark


def rule_of(view: Callable[..., Any]) -> Rule | None:
    """The rule that a view carries."""
    rule = getattr(view, "access", None)
    return rule if isinstance(rule, Rule) else None


class AccessMiddleware(MiddlewareMixin):
    """Asks each view's rule: nobody is sent to the login, a stranger is refused."""

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        rule = rule_of(view)
        if rule is None:
            log.error("route.without.rule", extra={"view": getattr(view, "__qualname__", "?")})
            raise PermissionDenied
        if rule.admits(request):
            return None
        if request.user.is_authenticated:
            raise PermissionDenied
        return _to_login(request)


def _to_login(request: HttpRequest) -> HttpResponse:
    """The login page, which leads back; a part of a page asks the browser to load it whole.

    Not where something was sent: loading the page anew would take away what was being written.
    """
    reads = request.method in ("GET", "HEAD")
    if request.headers.get("HX-Request") == "true":
        return HttpResponse(status=401, headers={"HX-Refresh": "true"} if reads else {})
    return redirect_to_login(request.get_full_path() if reads else _came_from(request))


def _came_from(request: HttpRequest) -> str:
    """The page of this server from which something was sent."""
    referer = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(referer, {request.get_host()}, request.is_secure()):
        return "/"
    return urlsplit(referer).path or "/"
