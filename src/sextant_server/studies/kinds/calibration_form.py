"""What is asked of scores: of rows, and of an evidence's states."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms

from sextant.contracts.model import Contract as Agreed
from sextant.contracts.problems import ContractError
from sextant.studies.calibration.calibrating import split_by
from sextant_server.sources.models import SourceVersion
from sextant_server.studies.kinds import calibrating
from sextant_server.studies.kinds.contract_form import (
    ContractForm,
    contract_field,
    label_field,
    positive_field,
    scale_field,
    segments_field,
    segments_of,
    there,
    unit_field,
)
from sextant_server.studies.kinds.forms import LiveForm
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


class CalibrationForm(ContractForm):
    """Scores and what came true; a contract fills them in."""

    roles = ROLES
    offered = ("score", "label", "unit", "time")
    contract = contract_field("It names score, label, groups and unit.")
    within = _within()
    bins = _bins()
    since = forms.CharField(
        max_length=40, required=False, label="Test recalibrations on rows since",
        help_text="A moment of the time column. Left empty: on half of all rows.",
    )  # fmt: skip
    score = forms.CharField(max_length=200, required=False, label="Without a contract: the score")
    scale = scale_field()
    label = label_field()
    positive = positive_field()
    segments = segments_field()
    unit = unit_field()
    time = forms.CharField(max_length=200, required=False, help_text="The column of the time")

    def usual(self) -> dict[str, Any]:
        """5 points and ten bins, besides."""
        return {"within": WITHIN, "bins": 10, **super().usual()}

    def of_roles(self, roles: Mapping[str, Any]) -> dict[str, Any]:
        """Every role of a column, and the groups."""
        return {**super().of_roles(roles), "segments": segments_of(roles, ", ")}

    def question(self, followed: Agreed | None, version: SourceVersion) -> None:
        """Raises `ContractError` with what is wrong."""
        agreed = calibrating.agreed(self.settings(), followed, version.source.name)
        calibrating.question(self.settings(), agreed)
        there(agreed, version)

    def asking(self) -> Asking:
        """What is asked, for the job."""
        what = self.settings().get("score") or "the contract’s scores"
        return self.asked(f"Calibration of {what}")


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
