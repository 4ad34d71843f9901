"""What is asked of two versions: filled in as far as possible, checked before rows are read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django import forms

from sextant.contracts.file.reading import contract_from_text
from sextant.contracts.problems import ContractError, Problem
from sextant.studies.comparison.roles import own_version
from sextant_server.contracts.models import Contract
from sextant_server.contracts.reading import absent
from sextant_server.products.models import Product
from sextant_server.studies.kinds import comparing
from sextant_server.studies.kinds.forms import RowsForm, version_name
from sextant_server.studies.kinds.kind import Asking

NONE = ("", "none")
MOST_QUESTIONS = 40


class ComparisonForm(RowsForm):
    """Two versions and what is asked of them; a contract fills in the rest."""

    contract = forms.TypedChoiceField(
        coerce=int, required=False, empty_value=None, label="Follow a contract",
        help_text="It names label, groups, unit and costs, and its own version is B.",
    )  # fmt: skip
    a = forms.CharField(
        max_length=200, required=False, label="Version A, today's",
        help_text="A column of scores or decisions. <code>score@0.6</code> cuts a score at 0.6.",
    )  # fmt: skip
    b = forms.CharField(
        max_length=200, required=False, label="Version B, the new one",
        help_text="Another column, or another cut. Left empty: the contract's own.",
    )  # fmt: skip
    name_a = forms.CharField(max_length=60, required=False, label="What to call A")
    name_b = forms.CharField(max_length=60, required=False, label="What to call B")
    questions = forms.CharField(
        max_length=4_000, required=False, label="Questions, one a line",
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="<code>recall</code>: is B better? <code>recall by 1%</code>: by at least a"
        " point? <code>recall within 2% in every sex</code>: at most 2 points worse in each group?",
    )  # fmt: skip
    margin = forms.CharField(
        max_length=20, required=False, label="How much worse B may be",
        help_text="For questions that say neither <em>by</em> nor <em>within</em>: 2%",
    )  # fmt: skip
    other = forms.TypedChoiceField(
        coerce=int, required=False, empty_value=None, label="A second table",
        help_text="Where the versions' predictions lie apart. It holds B; with a contract, A.",
    )  # fmt: skip
    key = forms.CharField(
        max_length=200, required=False, label="Its common column",
        help_text="What tells the rows of both tables apart",
    )  # fmt: skip
    label = forms.CharField(max_length=200, required=False, help_text="The column of what happened")
    positive = forms.CharField(
        max_length=200, required=False, label="Its positive value",
        help_text="Where the two values are not 0 and 1",
    )  # fmt: skip
    scale = forms.CharField(
        max_length=20, required=False, label="Certainty is written", help_text="1, 100 or 1000"
    )
    segments = forms.CharField(
        max_length=400, required=False, label="Groups", help_text="Columns: sex, age"
    )
    unit = forms.CharField(
        max_length=200, required=False, help_text="Which rows belong together: a household"
    )
    task = forms.ChoiceField(
        required=False, choices=[("binary", "yes or no"), ("regression", "a number")],
        label="What is predicted",
    )  # fmt: skip

    def __init__(
        self, product: Product, data: Any = None, initial: Mapping[str, Any] | None = None
    ) -> None:
        super().__init__(product, data, initial)
        self.fields["contract"].choices = [  # type: ignore[attr-defined]
            ("", "none, I name the columns"),
            *((one.number, f"contract {one.number}, {one.state}") for one in self.contracts),
        ]
        self.fields["other"].choices = [  # type: ignore[attr-defined]
            NONE, *((one.pk, version_name(one)) for one in self.versions)
        ]  # fmt: skip
        for name in ("a", "b", "key", "label", "unit"):
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
                found = {"contract": one.number, "version": fits[0].pk}
                return {**found, **_of_contract(one)}
        if not self.versions:
            return {}
        version = self.versions[0]
        roles = version.source.roles or version.guess
        return {
            "version": version.pk, "a": roles.get("score") or roles.get("prediction"),
            "label": roles.get("label"), "positive": roles.get("positive"),
            "scale": roles.get("scale"), "unit": roles.get("unit"),
            "segments": ", ".join(one["column"] for one in roles.get("segments", ())),
        }  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """Everything that can be known to be wrong before rows are read, beside its field."""
        held = super().clean() or {}
        if self.errors:
            return held
        if bool(held["other"]) != bool(held["key"].strip()):
            missing = "key" if held["other"] else "other"
            self.add_error(
                missing, "Two tables are joined by a column of both. Name both, or none."
            )
            return held
        try:
            self._checked()
        except ContractError as error:
            for problem in error.problems:
                field = problem.where if problem.where in self.fields else None
                field = "questions" if problem.where.startswith("'") else field
                self.add_error(field, f"{problem.what} {problem.remedy}")
        return held

    def _checked(self) -> None:
        settings, version = self.settings(), self.chosen()
        contract = self._contract()
        text = contract_from_text(contract.text) if contract else None
        agreed = comparing.agreed(settings, text, version.source.name)
        pair = comparing.versions_of(settings, agreed, text is not None)
        if len(comparing.lines(settings.get("questions"))) > MOST_QUESTIONS:
            what = f"More than {MOST_QUESTIONS} questions are put at once."
            raise ContractError([Problem("questions", what, "Ask them one after the other.")])
        if not settings.get("other"):
            if lost := absent(agreed, version):
                raise ContractError([replace(one, where="version") for one in lost[:5]])
            comparing.question(settings, agreed, comparing.sides_by_profile(pair, agreed, version))

    def settings(self) -> dict[str, Any]:
        """What was filled in, as its address and its record have it."""
        ignored = comparing.ROLES if self.cleaned_data.get("contract") else ()
        return {
            name: value
            for name, value in self.cleaned_data.items()
            if value not in (None, "") and name not in ignored
        }

    def _contract(self) -> Contract | None:
        number = self.cleaned_data.get("contract")
        return next((one for one in self.contracts if one.number == number), None)

    def asking(self) -> Asking:
        """What is asked, for the job."""
        settings, version = self.settings(), self.chosen()
        names = [settings.get(f"name_{one}") or settings.get(one) for one in ("a", "b")]
        title = f"{names[1] or 'the contract’s version'} against {names[0] or 'the same'}"
        other = self.version_of("other") if settings.get("other") else None
        return Asking(title, settings, version, other, self._contract())


def _of_contract(held: Contract) -> dict[str, Any]:
    """The contract's own version at its cut as A, to be compared with another cut of it."""
    try:
        contract = contract_from_text(held.text)
    except ContractError:
        return {}
    own = own_version(contract.data)
    if own is None:
        return {}
    cut = "" if own.decisions else f"@{contract.threshold:g}"
    return {"a": f"{own.column}{cut}", "questions": comparing.suggested(contract)}
