"""What allauth did, for the audit log.

An entry stands in the transaction of allauth's view; a new second factor it tells of only after
that is committed, and the entry then has a transaction of its own.
"""

from __future__ import annotations

from typing import Any

from allauth.account import signals as account
from allauth.mfa import signals as mfa
from allauth.socialaccount import signals as social
from django.contrib.auth.signals import user_logged_out
from django.db import transaction
from django.dispatch import Signal
from django.http import HttpRequest

from sextant_server.accounts.acting import Acting, address_of
from sextant_server.accounts.models import User

ACTIONS: tuple[tuple[Signal, str], ...] = (
    (account.user_logged_in, "login"),
    (user_logged_out, "logout"),
    (account.password_changed, "password.changed"),
    (account.password_set, "password.set"),
    (account.password_reset, "password.reset"),
    (mfa.authenticator_added, "factor.added"),
    (mfa.authenticator_removed, "factor.removed"),
    (mfa.authenticator_reset, "factor.reset"),
    (mfa.authentication_failed, "factor.failed"),
    (social.social_account_added, "signon.connected"),
    (social.social_account_removed, "signon.disconnected"),
)


def connect() -> None:
    """Listen to allauth."""
    for signal, action in ACTIONS:
        signal.connect(_listener(action), weak=False, dispatch_uid=f"audit.{action}")


def _listener(action: str) -> Any:
    def listen(sender: Any, request: HttpRequest | None = None, **extra: Any) -> None:
        user = extra.get("user") or _owner(extra)
        if not isinstance(user, User) or request is None:
            return
        details = {}
        if (authenticator := extra.get("authenticator")) is not None:
            details["kind"] = str(authenticator.type)
        acting = Acting(user=user, address=address_of(request))
        with transaction.atomic():
            acting.record(action, f"person:{user.pk}", **details)

    return listen


def _owner(extra: dict[str, Any]) -> Any:
    """The person of a signal about a single sign-on account."""
    holder = extra.get("sociallogin") or extra.get("socialaccount")
    return getattr(holder, "user", None)
