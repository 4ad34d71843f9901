"""What is asked of scores: of rows, and of an evidence's states."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django import forms

from sextant.contracts.file.reading import contract_from_text
from sextant.contracts.problems import ContractError
from sextant.studies.calibration.calibrating import split_by
from sextant_server.contracts.models import Contract
from sextant_server.contracts.reading import absent
from sextant_server.products.models import Product
from sextant_server.studies.kinds import calibrating
from sextant_server.studies.kinds.forms import LiveForm, RowsForm
from sextant_server.studies.kinds.kind import Asking, Held

WITHIN = "5 %"
ROLES = ("score", "scale", "label", "positive", "segments", "unit", "time")
"""What a contract says itself; without one the form names it."""


def _within() -> forms.CharField:
    return forms.CharField(
        max_length=20, required=False, label="How far a bin may be off",
        help_text="5 %: of 100 rows scored 80 between 75 and 85 may come true",
    )  # fmt: skip


def _bins() -> forms.IntegerField:
    return forms.IntegerField(min_value=1, max_value=100, required=False, label="Bins, at most")


class CalibrationForm(RowsForm):
    """Scores and what came true; a contract fills them in."""

    contract = forms.TypedChoiceField(
        coerce=int, required=False, empty_value=None, label="Follow a contract",
        help_text="It names score, label, groups and unit.",
    )  # fmt: skip
    within = _within()
    bins = _bins()
    since = forms.CharField(
        max_length=40, required=False, label="Test recalibrations on rows since",
        help_text="A moment of the time column. Left empty: on half of all rows.",
    )  # fmt: skip
    score = forms.CharField(max_length=200, required=False, label="Without a contract: the score")
    scale = forms.CharField(
        max_length=20, required=False, label="Certainty is written", help_text="1, 100 or 1000"
    )
    label = forms.CharField(max_length=200, required=False, help_text="The column of what happened")
    positive = forms.CharField(
        max_length=200, required=False, label="Its positive value",
        help_text="Where the two values are not 0 and 1",
    )  # fmt: skip
    segments = forms.CharField(
        max_length=400, required=False, label="Groups", help_text="Columns: sex, age"
    )
    unit = forms.CharField(
        max_length=200, required=False, help_text="Which rows belong together: a household"
    )
    time = forms.CharField(max_length=200, required=False, help_text="The column of the time")

    def __init__(
        self, product: Product, data: Any = None, initial: Mapping[str, Any] | None = None
    ) -> None:
        super().__init__(product, data, initial)
        self.fields["contract"].choices = [  # type: ignore[attr-defined]
            ("", "none, I name the columns"),
            *((one.number, f"contract {one.number}, {one.state}") for one in self.contracts),
        ]
        self.initial = {"within": WITHIN, "bins": 10, **self._usual(), **self.initial}

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
        named = {name: roles.get(name) for name in ROLES if name != "segments"}
        groups = ", ".join(one["column"] for one in roles.get("segments", ()))
        return {"version": version.pk, "segments": groups, **named}

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
        agreed = calibrating.agreed(self.settings(), text, version.source.name)
        calibrating.question(self.settings(), agreed)
        if lost := absent(agreed, version):
            raise ContractError([replace(one, where="version") for one in lost[:5]])

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

    def asking(self) -> Asking:
        """What is asked, for the job."""
        settings, version = self.settings(), self.chosen()
        what = settings.get("score") or "the contract’s scores"
        return Asking(f"Calibration of {what}", settings, version, None, self._contract())


class LiveCalibrationForm(LiveForm):
    """How far off, in how many bins, by which groups."""

    within = _within()
    bins = _bins()
    segment = forms.ChoiceField(required=False, label="By groups of")

    def __init__(self, held: Held, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(held, data)
        names = split_by(calibrating.question({}, held.contract), held.tally)
        self.fields["segment"].choices = [  # type: ignore[attr-defined]
            ("", "no groups"), *((name, name) for name in names)
        ]  # fmt: skip

    def defaults(self) -> dict[str, Any]:
        """5 points, ten bins, by the first group whose scores were kept."""
        names = split_by(calibrating.question({}, self.held.contract), self.held.tally)
        return {"within": WITHIN, "bins": 10, "segment": names[0] if names else ""}

    def clean(self) -> dict[str, Any]:
        """The settings as the library takes them."""
        held = super().clean() or {}
        if not self.errors:
            try:
                calibrating.question(held, self.held.contract)
            except ContractError as error:
                for problem in error.problems:
                    field = problem.where if problem.where in self.fields else None
                    self.add_error(field, f"{problem.what} {problem.remedy}")
        return held
