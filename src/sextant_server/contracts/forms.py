"""What a browser may send about contracts."""

from __future__ import annotations

from django import forms

from sextant_server.contracts.reading import MOST_CHARACTERS


class TextForm(forms.Form):
    """The text of a draft, and the version that its writer saw."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    text = forms.CharField(
        label="The contract",
        max_length=MOST_CHARACTERS,
        strip=False,
        widget=forms.Textarea(
            attrs={"rows": 32, "class": "code", "spellcheck": "false", "autocomplete": "off",
                   "autocapitalize": "off", "wrap": "off"}
        ),
    )  # fmt: skip


class SupersedeForm(forms.Form):
    """Why the locked contract needs another one."""

    reason = forms.CharField(max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))
