"""What a browser may send of candidates."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from sextant.contracts.problems import ContractError
from sextant_server.candidates.actions import MOST, About
from sextant_server.candidates.measured import CONSTANTS, Measured
from sextant_server.candidates.models import Aspect, Grade, Sort, Yardstick
from sextant_server.products.models import Product
from sextant_server.sources.queries import sources_of
from sextant_server.studies.kinds.comparing import number

REASON: dict[str, Any] = {"widget": forms.Textarea(attrs={"rows": 3}), "max_length": MOST}


class AddForm(forms.Form):
    """A version that enters the running."""

    name = forms.CharField(max_length=60)
    sort = forms.ChoiceField(choices=Sort.choices, widget=forms.RadioSelect, label="What it is")
    says = forms.CharField(max_length=300, label="In a sentence")
    source = forms.TypedChoiceField(
        coerce=int, required=False, empty_value=None, label="Where its answers stand"
    )
    written = forms.CharField(
        max_length=220, required=False, label="In which column",
        help_text="<code>score@0.6</code> cuts a score at 0.6; without a cut it is 0.5."
        " <code>always no</code> and <code>always yes</code> answer everybody the same. Without a"
        " column nothing of it can be measured.",
    )  # fmt: skip

    def __init__(self, product: Product, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sources = {one.pk: one for one in sources_of(product)}
        names = [("", "nowhere yet"), *((pk, one.name) for pk, one in self.sources.items())]
        self.fields["source"].choices = names  # type: ignore[attr-defined]

    def about(self) -> About:
        """What was filled in."""
        held = self.cleaned_data
        source = self.sources.get(held["source"])
        return About(held["name"], held["sort"], held["says"], source, held["written"])

    def constants(self) -> Sequence[str]:
        """What can be written in the place of a column."""
        return CONSTANTS


class RemarkForm(forms.Form):
    """What is known beside the quality."""

    aspect = forms.ChoiceField(choices=Aspect.choices, label="What about it")
    text = forms.CharField(max_length=120, label="What is known")
    grade = forms.ChoiceField(choices=Grade.choices, label="How far")
    source = forms.CharField(max_length=200, required=False, label="From where")


class LevelForm(forms.Form):
    """How good people are, or the best that is known."""

    who = forms.ChoiceField(choices=Yardstick.choices, label="Who")
    metric = forms.ChoiceField(label="By which promise")
    low = forms.CharField(max_length=20, label="From", help_text="80 %, or 0.8")
    high = forms.CharField(max_length=20, label="To")
    grade = forms.ChoiceField(choices=Grade.choices, label="How far it is known")
    source = forms.CharField(max_length=200, label="From where")

    def __init__(self, promises: Sequence[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["metric"].choices = list(promises)  # type: ignore[attr-defined]

    def _number(self, name: str) -> float:
        try:
            found = number(self.cleaned_data[name], name)
        except ContractError as error:
            raise forms.ValidationError(f"{error.problems[0].what} Write 80 %, or 0.8.") from None
        if found is None:
            raise forms.ValidationError("Write 80 %, or 0.8.")
        return found

    def clean_low(self) -> float:
        return self._number("low")

    def clean_high(self) -> float:
        return self._number("high")


class DiscardForm(forms.Form):
    """Why a challenger leaves the running."""

    reason = forms.CharField(**REASON)


class ChooseForm(forms.Form):
    """Why this one, and on which study."""

    study = forms.TypedChoiceField(
        coerce=int, required=False, empty_value=None, label="It rests on"
    )
    reason = forms.CharField(
        label="Why this one", help_text="Whoever reads it in a year was not there.", **REASON
    )
    seen = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, studies: Sequence[Measured], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["study"].choices = [  # type: ignore[attr-defined]
            *([] if studies else [("", "no study")]),
            *((one.study, _named(one)) for one in studies),
        ]


def _named(one: Measured) -> str:
    told = f", {one.row['difference']}" if one.row.get("difference") else ""
    return f"study {one.study}: {one.answer} by {one.question}{told}"


class TradeoffForm(forms.Form):
    """What may be given up for what."""

    text = forms.CharField(
        max_length=400, label="Trade-off",
        help_text="<code>1% of recall is worth 2% of precision</code> is an exchange rate and holds"
        " both ways; <code>precision may cost 1% of recall</code> is a floor. Each side is a metric"
        " of a comparison, or a promise of the contract over all rows.",
    )  # fmt: skip
    why = forms.CharField(
        max_length=1_000, label="Why it is worth that", widget=forms.Textarea(attrs={"rows": 3})
    )
