"""allauth's forms in our words: a label says what a field is, nothing stands between two fields."""

from __future__ import annotations

from typing import Any, ClassVar

from allauth.account import forms as account
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp
from django.forms import Form


class Plain(Form):
    """Without placeholders, which vanish when they are needed, and without links in help."""

    labels: ClassVar[dict[str, str]] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            field.help_text = ""
            field.label = self.labels.get(name, field.label)


class LoginForm(Plain, account.LoginForm):
    """Address and password."""

    labels: ClassVar[dict[str, str]] = {"login": "Mail address"}


class ReauthenticateForm(Plain, account.ReauthenticateForm):
    """The password once more."""


class ResetPasswordForm(Plain, account.ResetPasswordForm):
    """The address to which a link goes."""

    labels: ClassVar[dict[str, str]] = {"email": "Mail address"}


class AuthenticateForm(Plain, mfa.AuthenticateForm):
    """The code of the second factor."""

    labels: ClassVar[dict[str, str]] = {"code": "Code"}


class ActivateTOTPForm(Plain, totp.ActivateTOTPForm):
    """The first code of a new authenticator."""

    labels: ClassVar[dict[str, str]] = {"code": "The code that it shows"}
