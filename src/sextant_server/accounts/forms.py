"""What a browser may send about people. The actions check again what they must rely on."""

from __future__ import annotations

from django import forms

from sextant_server.accounts.actions import INVITATION_DAYS
from sextant_server.accounts.models import Role
from sextant_server.accounts.scopes import SCOPES


class InviteForm(forms.Form):
    """Whom to invite, as what."""

    email = forms.EmailField(
        label="Mail address",
        help_text=f"The invitation works once, for {INVITATION_DAYS} days.",
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    role = forms.ChoiceField(choices=Role.choices, initial=Role.MEMBER)


class JoinForm(forms.Form):
    """Name and password of somebody who was invited."""

    name = forms.CharField(
        label="Your name", max_length=80, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    password = forms.CharField(
        max_length=4096,
        help_text="At least 12 characters. A sentence that only you would think of is best.",
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )


class RoleForm(forms.Form):
    """Another role for somebody."""

    role = forms.ChoiceField(choices=Role.choices)


class NameForm(forms.Form):
    """One's own name."""

    name = forms.CharField(max_length=80, widget=forms.TextInput(attrs={"autocomplete": "name"}))


class TokenForm(forms.Form):
    """A new token for a program."""

    name = forms.CharField(
        label="What it is for", max_length=80, help_text="So that you know it again: “CI of fraud”."
    )
    scopes = forms.MultipleChoiceField(
        label="What it may do",
        choices=[(scope.name, scope.says) for scope in SCOPES],
        widget=forms.CheckboxSelectMultiple,
    )
    days = forms.TypedChoiceField(
        label="How long it lives",
        choices=[(30, "30 days"), (90, "90 days"), (366, "a year")],
        coerce=int,
        initial=90,
    )
