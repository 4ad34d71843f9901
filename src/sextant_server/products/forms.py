"""What a browser may send about products. The actions check again what they must rely on."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms

from sextant.strategy.opportunities.reframe import NAMES_A_THING, reframe
from sextant_server.accounts.models import User
from sextant_server.products.actions import About
from sextant_server.products.models import AiType, Automation, Part, Product, Risk


class AboutForm(forms.Form):
    """What a product is. The outcome may stay open until it is to be scoped."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    name = forms.CharField(max_length=80, help_text="As people here call it.")
    problem = forms.CharField(
        required=False, max_length=4000, label="Which problem of whom does it solve?",
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip
    affected = forms.CharField(
        required=False, max_length=300, label="Who is affected by it?",
        help_text="People who apply for support",
    )  # fmt: skip
    metric = forms.CharField(
        required=False, max_length=160, label="What shall change?",
        help_text="Manual checks per 1,000 applications",
    )  # fmt: skip
    baseline = forms.DecimalField(
        required=False, max_digits=18, decimal_places=4, label="From", localize=False
    )
    target = forms.DecimalField(required=False, max_digits=18, decimal_places=4, label="To")
    due = forms.DateField(
        required=False, label="By",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )  # fmt: skip
    ai_type = forms.ChoiceField(choices=AiType.choices, label="Kind of answer")
    automation = forms.ChoiceField(
        choices=Automation.choices, label="How much does it decide itself?"
    )
    risk = forms.ChoiceField(
        choices=Risk.choices, label="How badly can people be hurt?",
        help_text="High: a reviewer must speak at the gates to launch and operation.",
    )  # fmt: skip
    is_open = forms.BooleanField(required=False, initial=True, label="Every member may read it")
    solo = forms.BooleanField(
        required=False, label="This is a team of one",
        help_text="Decisions against the verdict are then marked self-approved.",
    )  # fmt: skip

    def clean_metric(self) -> str:
        metric = str(self.cleaned_data["metric"])
        told = reframe(metric)
        if told.is_feature:
            other = f" Somebody else wrote: “{told.example.text}”." if told.example else ""
            raise forms.ValidationError(NAMES_A_THING + other)
        return metric

    def clean(self) -> dict[str, Any]:
        held: dict[str, Any] = super().clean() or {}
        parts = ("metric", "baseline", "target", "due")
        given = [held.get(name) not in (None, "") for name in parts]
        if any(given) and not all(given) and not set(parts) & set(self.errors):
            absent = parts[given.index(False)]
            self.add_error(absent, "An outcome says what changes, from what, to what, by when.")
        ends = held.get("baseline"), held.get("target")
        if None not in ends and ends[0] == ends[1]:
            self.add_error("target", "Nothing would change: from and to are the same.")
        return held

    def about(self) -> About:
        """What was written, as the action takes it."""
        held = self.cleaned_data
        return About(**{name: held[name] for name in About.__dataclass_fields__})

    @classmethod
    def initial_of(cls, product: Product) -> dict[str, Any]:
        """A product as the form shows it."""
        names = (*About.__dataclass_fields__, "version")
        return {name: _shown(getattr(product, name)) for name in names}


def _shown(value: Any) -> Any:
    """A value of a field; numbers without the zeros that the database adds: 1000, not 1000.0000."""
    return f"{value.normalize():f}" if isinstance(value, Decimal) else value


class PartForm(forms.Form):
    """A part for somebody."""

    user = forms.TypedChoiceField(
        label="Person", coerce=int, error_messages={"required": "Choose a person."}
    )
    part = forms.ChoiceField(
        choices=[("", "Choose a part"), *Part.choices],
        error_messages={"required": "Choose a part."},
    )

    def __init__(self, people: Sequence[User], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(one.pk, f"{one} ({one.email})") for one in people]
        self.fields["user"].choices = [("", "Choose somebody"), *choices]  # type: ignore[attr-defined]
