"""allauth's routes, each admitted by name with its rule; one that is not named does not exist."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import wraps
from typing import Any

from allauth import urls as allauth_urls
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, path
from django.views.decorators.debug import sensitive_post_parameters

from sextant_server.accounts.pages.closed import signup_closed
from sextant_server.core.access import PUBLIC, SIGNED_IN, Rule, access

ADMITTED: Mapping[str, Rule] = {
    "account_login": PUBLIC,
    "account_inactive": PUBLIC,
    "account_reset_password": PUBLIC,
    "account_reset_password_done": PUBLIC,
    "account_reset_password_from_key": PUBLIC,
    "account_reset_password_from_key_done": PUBLIC,
    "mfa_authenticate": PUBLIC,  # between the password and the code nobody is logged in yet
    "openid_connect_login": PUBLIC,
    "openid_connect_callback": PUBLIC,
    "socialaccount_login_cancelled": PUBLIC,
    "socialaccount_login_error": PUBLIC,
    "account_logout": SIGNED_IN,
    "account_reauthenticate": SIGNED_IN,
    "account_change_password": SIGNED_IN,
    "account_set_password": SIGNED_IN,
    "mfa_index": SIGNED_IN,
    "mfa_reauthenticate": SIGNED_IN,
    "mfa_activate_totp": SIGNED_IN,
    "mfa_deactivate_totp": SIGNED_IN,
    "mfa_view_recovery_codes": SIGNED_IN,
    "mfa_generate_recovery_codes": SIGNED_IN,
    "mfa_download_recovery_codes": SIGNED_IN,
    "socialaccount_connections": SIGNED_IN,
}
TALKS_TO_OTHERS = ("openid_connect_login", "openid_connect_callback")
"""Views that ask the issuer: no transaction is kept open while somebody else answers."""

CLOSED = ("account_signup", "socialaccount_signup")
"""Routes that allauth must be able to name; here they say that accounts come by invitation."""


def whole_post(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A view whose every POST is one transaction, so that a change and its audit entry are one."""

    @wraps(view)
    def one_transaction(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method != "POST":
            return view(request, *args, **kwargs)
        with transaction.atomic():
            return view(request, *args, **kwargs)

    return one_transaction


def admitted(patterns: list[URLPattern | URLResolver]) -> Iterator[URLPattern | URLResolver]:
    """The patterns whose names are admitted, with their rule."""
    for entry in patterns:
        if isinstance(entry, URLResolver):
            kept = list(admitted(entry.url_patterns))
            if kept:
                yield URLResolver(entry.pattern, kept)
        elif rule := ADMITTED.get(entry.name or ""):
            whole = entry.callback if entry.name in TALKS_TO_OTHERS else whole_post(entry.callback)
            view = sensitive_post_parameters()(whole)
            yield URLPattern(entry.pattern, access(rule)(view), entry.default_args, entry.name)


urlpatterns: list[URLPattern | URLResolver] = [
    *admitted(allauth_urls.urlpatterns),
    *(path(f"closed/{name}/", signup_closed, name=name) for name in CLOSED),
]
