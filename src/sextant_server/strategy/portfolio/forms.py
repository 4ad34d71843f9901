"""What a browser may send about the portfolio. The actions check again what they must rely on."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from sextant_server.products.models import DIGITS, PLACES
from sextant_server.strategy.opportunities.models import Role
from sextant_server.strategy.portfolio.actions import MOST_MONTHS, Marks, Staffing
from sextant_server.strategy.portfolio.models import Yardstick

NUMBERS = ("small_value", "large_value", "small_effort", "large_effort")


def _number(label: str, **fields: Any) -> forms.DecimalField:
    return forms.DecimalField(
        label=label, min_value=0, max_digits=DIGITS, decimal_places=PLACES, **fields
    )


class YardstickForm(forms.Form):
    """What is small and large here."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    currency = forms.CharField(
        max_length=3, min_length=3, help_text="Three letters, as EUR; values in others need a rate."
    )
    small_value = _number("A bet is worth something from")
    large_value = _number("It is worth much from")
    small_effort = _number("A quick win takes at most", help_text="Person-months of all together.")
    large_effort = _number("It takes much beyond", help_text="Person-months.")
    quick_low = forms.IntegerField(
        min_value=0, max_value=100, label="Quick wins shall take at least",
        help_text="Of 100 person-months.",
    )  # fmt: skip
    quick_high = forms.IntegerField(
        min_value=0, max_value=100, label="and at most", help_text="Of 100 person-months."
    )

    def marks(self) -> Marks:
        """What was written, as the action takes it."""
        return Marks(**{name: self.cleaned_data[name] for name in Marks.__dataclass_fields__})

    @classmethod
    def initial_of(cls, held: Yardstick | None) -> dict[str, Any]:
        """The yardsticks as the form shows them; empty where none are set."""
        if held is None:
            return {"version": 0}
        names = ("currency", "quick_low", "quick_high", "version")
        shown = {name: f"{getattr(held, name).normalize():f}" for name in NUMBERS}
        return {**{name: getattr(held, name) for name in names}, **shown}

    @staticmethod
    def told(held: Yardstick | None) -> dict[str, str]:
        """The numbers for who only reads them, thousands apart: `50,000`; the form takes none."""
        if held is None:
            return {}
        return {name: f"{getattr(held, name).normalize():,f}" for name in NUMBERS}


class RateForm(forms.Form):
    """What one currency is worth in another."""

    base = forms.CharField(max_length=3, min_length=3, label="One", help_text="As EUR.")
    value = forms.DecimalField(max_digits=18, decimal_places=8, label="is worth")
    quote = forms.CharField(max_length=3, min_length=3, label="of", help_text="As USD.")
    on = forms.DateField(
        label="on", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    source = forms.CharField(
        max_length=200, label="Published by", help_text="European Central Bank, reference rate"
    )


class MonthField(forms.DateField):
    """A month, as browsers send it: 2027-03."""

    widget = forms.DateInput(attrs={"type": "month"}, format="%Y-%m")
    input_formats = ("%Y-%m", "%Y-%m-%d")


class CapacityForm(forms.Form):
    """How many people of a role are there from a month on."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    role = forms.ChoiceField(choices=Role.choices)
    month = MonthField(label="From")
    months = forms.IntegerField(
        min_value=1, max_value=MOST_MONTHS, initial=6, label="For so many months"
    )
    low = _number("People, at least")
    high = _number("and at most")

    def staffing(self) -> Staffing:
        """What was written, as the action takes it."""
        held = self.cleaned_data
        month: date = held["month"]
        return Staffing(held["role"], month, held["months"], held["low"], held["high"])
