"""What a browser may send to start a run."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from sextant_server.contracts.models import Contract
from sextant_server.sources.models import SourceVersion


class RunForm(forms.Form):
    """Which contract on which version; the rest may stay as the contract says."""

    contract = forms.TypedChoiceField(coerce=int)
    version = forms.TypedChoiceField(coerce=int, label="Version of the source")
    model = forms.CharField(
        required=False, max_length=120, label="Version of the model",
        help_text="Looks are counted for each model by itself.",
    )  # fmt: skip
    start = forms.CharField(
        required=False, max_length=40, label="From", help_text="2016, 2016-03 or a day; included"
    )
    end = forms.CharField(required=False, max_length=40, label="To", help_text="Included, too")

    def __init__(
        self, contracts: Sequence[Contract], versions: Sequence[SourceVersion], *args: Any,
        **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        self.fields["contract"].choices = [  # type: ignore[attr-defined]
            (one.number, f"{one.number}, {one.get_state_display()}") for one in contracts
        ]
        self.fields["version"].choices = [  # type: ignore[attr-defined]
            (one.pk, f"{one.source.name}, version {one.number}: {one.rows:,} rows")
            for one in versions
        ]
