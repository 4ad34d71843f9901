"""What is asked of groups: of an evidence's states by a few settings, of rows by columns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django import forms

from sextant.contracts.model import Contract as Agreed
from sextant_server.sources.models import SourceVersion
from sextant_server.studies.kinds import reported, reviewing
from sextant_server.studies.kinds.comparing import lines
from sextant_server.studies.kinds.contract_form import (
    ContractForm,
    contract_field,
    label_field,
    positive_field,
    scale_field,
    segments_of,
    there,
    unit_field,
)
from sextant_server.studies.kinds.forms import LiveForm
from sextant_server.studies.kinds.kind import Asking, Held

SELECTED = [
    ("", "either may hurt"),
    ("helps", "being flagged helps: it hurts to be missed"),
    ("hurts", "being flagged hurts: it hurts to be wrongly flagged"),
]
LINES = [
    ("", "a row of the data"),
    ("groups", "a group that another tool has counted"),
]
ROLES = ("label", "positive", "score", "scale", "prediction", "unit")
"""What a contract says itself; without one the form names it."""


class ReviewForm(LiveForm):
    """By which groups, what being flagged does, how far apart groups may be."""

    by = forms.ChoiceField(required=False, label="Groups")
    selected = forms.ChoiceField(required=False, choices=SELECTED, label="Which error hurts")
    bound = forms.FloatField(
        required=False, min_value=0, max_value=100, label="Groups may lie apart, in points",
        help_text="Left empty: the contract’s own bounds, elsewhere the usual 10, which decide"
        " nothing.",
    )  # fmt: skip

    def __init__(self, held: Held, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(held, data)
        written = [" x ".join(at) for at in reviewing.groupings(held.contract)]
        self.fields["by"].choices = [("", "all"), *((one, one) for one in written)]  # type: ignore[attr-defined]

    def defaults(self) -> dict[str, Any]:
        """Every group, either error."""
        return {"by": "", "selected": "", "bound": ""}


class FairnessForm(ContractForm):
    """The groups and the decisions; a contract fills in the rest."""

    roles = ROLES
    offered = ("label", "score", "prediction", "unit")
    lines = forms.ChoiceField(
        required=False, choices=LINES, label="Each line is",
        help_text="A group has <code>tp</code>, <code>fp</code>, <code>fn</code> and"
        " <code>tn</code>, or a <code>count</code> with rates, as Fairlearn’s"
        " <code>by_group</code> has them.",
    )  # fmt: skip
    contract = contract_field(
        "It names label, score and groups, and its gaps and ratios are bounds."
    )
    by = forms.CharField(
        max_length=2_000, required=False, label="Groups, one a line",
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="<code>sex</code>, <code>sex=SEX</code>, <code>age=AGEP:25,45,65</code>,"
        " <code>sex x age</code>. Left empty: every segment of the contract.",
    )  # fmt: skip
    selected = forms.ChoiceField(required=False, choices=SELECTED, label="Which error hurts")
    bounds = forms.CharField(
        max_length=1_000, required=False, label="Bounds, one a line",
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="<code>equalized_odds_difference=5%</code>. Bounds that are named decide.",
    )  # fmt: skip
    label = label_field()
    positive = positive_field()
    score = forms.CharField(max_length=200, required=False, label="Scores")
    scale = scale_field()
    prediction = forms.CharField(
        max_length=200, required=False, label="Decisions", help_text="Instead of scores"
    )
    unit = unit_field()

    def of_roles(self, roles: Mapping[str, Any]) -> dict[str, Any]:
        """Every role of a column, and the groups."""
        return {**super().of_roles(roles), "by": segments_of(roles, "\n")}

    def question(self, followed: Agreed | None, version: SourceVersion) -> None:
        """Raises `ContractError` with what is wrong."""
        if self.settings().get("lines"):
            reported.checked(self.settings(), followed, version)
            return
        agreed = reviewing.agreed(self.settings(), followed, version.source.name)
        # Its criteria may ask for groups that are not asked for here, and none of them is judged.
        there(replace(agreed, criteria=()), version)
        self.put(agreed)

    def put(self, agreed: Agreed) -> None:
        """Can the question be put to this contract? Raises `ContractError`."""
        reviewing.question(self.settings(), agreed)

    def title(self) -> str:
        """What the job is called."""
        by = ", ".join(lines(self.cleaned_data.get("by")))
        return f"Who is hurt{', by ' + by if by else ''}"[:190]

    def asking(self) -> Asking:
        """What is asked, for the job."""
        return self.asked(self.title())
