"""What is asked of groups: of an evidence's states by a few settings, of rows by columns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django import forms

from sextant.contracts.file.reading import contract_from_text
from sextant.contracts.problems import ContractError
from sextant_server.contracts.models import Contract
from sextant_server.contracts.reading import absent
from sextant_server.products.models import Product
from sextant_server.studies.kinds import reviewing
from sextant_server.studies.kinds.comparing import lines
from sextant_server.studies.kinds.forms import LiveForm, RowsForm
from sextant_server.studies.kinds.kind import Asking, Held

SELECTED = [
    ("", "either may hurt"),
    ("helps", "being flagged helps: it hurts to be missed"),
    ("hurts", "being flagged hurts: it hurts to be wrongly flagged"),
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


class FairnessForm(RowsForm):
    """The groups and the decisions; a contract fills in the rest."""

    contract = forms.TypedChoiceField(
        coerce=int, required=False, empty_value=None, label="Follow a contract",
        help_text="It names label, score and groups, and its gaps and ratios are bounds.",
    )  # fmt: skip
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
    label = forms.CharField(max_length=200, required=False, help_text="The column of what happened")
    positive = forms.CharField(
        max_length=200, required=False, label="Its positive value",
        help_text="Where the two values are not 0 and 1",
    )  # fmt: skip
    score = forms.CharField(max_length=200, required=False, label="Scores")
    scale = forms.CharField(
        max_length=20, required=False, label="Certainty is written", help_text="1, 100 or 1000"
    )
    prediction = forms.CharField(
        max_length=200, required=False, label="Decisions", help_text="Instead of scores"
    )
    unit = forms.CharField(
        max_length=200, required=False, help_text="Which rows belong together: a household"
    )

    def __init__(
        self, product: Product, data: Any = None, initial: Mapping[str, Any] | None = None
    ) -> None:
        super().__init__(product, data, initial)
        self.fields["contract"].choices = [  # type: ignore[attr-defined]
            ("", "none, I name the columns"),
            *((one.number, f"contract {one.number}, {one.state}") for one in self.contracts),
        ]
        for name in {"label", "score", "prediction", "unit"} & set(self.fields):
            self.fields[name].widget.attrs["list"] = "columns"
        self.initial = {**self._usual(), **self.initial}

    @property
    def columns(self) -> list[str]:
        """The columns of all versions that can be chosen, to be offered while one types."""
        return sorted({column["name"] for one in self.versions for column in one.columns})

    def _usual(self) -> dict[str, Any]:
        """The locked contract on its newest rows; without one what is known of the columns."""
        for one in self.contracts:
            fits = [held for held in self.versions if held.source_id == one.source_id]
            if fits:
                return {"contract": one.number, "version": fits[0].pk}
        if not self.versions:
            return {}
        version = self.versions[0]
        roles = version.source.roles or version.guess
        found = {name: roles.get(name) for name in ROLES}
        segments = "\n".join(one["column"] for one in roles.get("segments", ()))
        return {**found, "version": version.pk, "by": segments}

    def clean(self) -> dict[str, Any]:
        """Everything that can be known to be wrong before rows are read, beside its field."""
        held = super().clean() or {}
        if self.errors:
            return held
        try:
            self._checked()
        except ContractError as error:
            for problem in error.problems:
                field = problem.where if problem.where in self.fields else None
                self.add_error(field, f"{problem.what} {problem.remedy}")
        return held

    def _checked(self) -> None:
        contract, version = self._contract(), self.chosen()
        text = contract_from_text(contract.text) if contract else None
        agreed = reviewing.agreed(self.settings(), text, version.source.name)
        # Its criteria may ask for groups that are not asked for here, and none of them is judged.
        if lost := absent(replace(agreed, criteria=()), version):
            raise ContractError([replace(one, where="version") for one in lost[:5]])
        self._asked(agreed)

    def _asked(self, agreed: Any) -> None:
        """Can the question be put to this contract? Raises `ContractError`."""
        reviewing.question(self.settings(), agreed)

    def settings(self) -> dict[str, Any]:
        """What was filled in, as its address and its record have it."""
        ignored = ROLES if self.cleaned_data.get("contract") else ()
        return {
            name: value
            for name, value in self.cleaned_data.items()
            if value not in (None, "") and name not in ignored
        }

    def _contract(self) -> Contract | None:
        number = self.cleaned_data.get("contract")
        return next((one for one in self.contracts if one.number == number), None)

    def title(self) -> str:
        """What the job is called."""
        by = ", ".join(lines(self.cleaned_data.get("by")))
        return f"Who is hurt{', by ' + by if by else ''}"[:190]

    def asking(self) -> Asking:
        """What is asked, for the job."""
        return Asking(self.title(), self.settings(), self.chosen(), None, self._contract())
