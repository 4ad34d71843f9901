"""What a browser may send at a gate."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from sextant_server.accounts.models import User
from sextant_server.gates.actions import Asked
from sextant_server.gates.actions.held import MOST
from sextant_server.gates.models import Outcome, Stance
from sextant_server.products.models import Stage

CONDITIONS = 3
SAY: dict[str, Any] = {"widget": forms.Textarea(attrs={"rows": 3}), "max_length": MOST}


class AskForm(forms.Form):
    """Where the product shall go."""

    target = forms.ChoiceField(label="To")
    note = forms.CharField(
        required=False, label="What should be known", help_text="For a way back: the reason.", **SAY
    )

    def __init__(self, targets: Sequence[str], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        labels = [(one, Stage(one).label) for one in targets]
        self.fields["target"].choices = labels  # type: ignore[attr-defined]


class QuestionForm(forms.Form):
    """A question."""

    text = forms.CharField(label="Question", **SAY)


class AnswerForm(forms.Form):
    """Its answer."""

    answer = forms.CharField(**SAY)


class OpinionForm(forms.Form):
    """Agreement, or dissent with its reason."""

    stance = forms.ChoiceField(
        choices=[(Stance.AGREE, "I agree to go on"), (Stance.DISSENT, "I dissent")],
        widget=forms.RadioSelect, label="What you think",
    )  # fmt: skip
    text = forms.CharField(required=False, label="Why", **SAY)


class ReasonForm(forms.Form):
    """A reason."""

    reason = forms.CharField(**SAY)


class MetForm(forms.Form):
    """What was done for a condition."""

    note = forms.CharField(label="What was done", **SAY)


class DecideForm(forms.Form):
    """The decision, its reason, and up to three conditions."""

    outcome = forms.ChoiceField(choices=Outcome.choices, widget=forms.RadioSelect, label="Decision")
    reason = forms.CharField(help_text="Whoever reads it in a year was not there.", **SAY)
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, people: Sequence[User], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {one.pk: one for one in people}
        choices = [("", "who"), *((one.pk, str(one)) for one in people)]
        for number in range(1, CONDITIONS + 1):
            self.fields[f"text_{number}"] = forms.CharField(
                required=False, max_length=300, label=f"Condition {number}"
            )
            self.fields[f"owner_{number}"] = forms.ChoiceField(
                required=False, choices=choices, label="Seen to by"
            )
            self.fields[f"due_{number}"] = forms.DateField(
                required=False, label="Until",
                widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            )  # fmt: skip

    def rows(self) -> list[tuple[Any, Any, Any]]:
        """The fields of the conditions, a row each."""
        return [
            (self[f"text_{n}"], self[f"owner_{n}"], self[f"due_{n}"])
            for n in range(1, CONDITIONS + 1)
        ]

    def clean(self) -> dict[str, Any]:
        held: dict[str, Any] = super().clean() or {}
        for number in range(1, CONDITIONS + 1):
            parts = [held.get(f"{name}_{number}") for name in ("text", "owner", "due")]
            if any(parts) and not all(parts):
                self.add_error(f"text_{number}", "A condition says what, by whom, and until when.")
        return held

    def conditions(self) -> list[Asked]:
        """The conditions that were written; only those of 'Go with conditions' count."""
        held = self.cleaned_data
        return [
            Asked(
                held[f"text_{n}"], self.people[int(held[f"owner_{n}"])], held[f"due_{n}"]
            )
            for n in range(1, CONDITIONS + 1)
            if held.get(f"text_{n}")
        ]  # fmt: skip
