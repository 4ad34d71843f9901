"""Which rows are compared with which, and how careful the alarms are."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms

from sextant.contracts.file.reading import contract_from_text
from sextant.drifting import time_settings
from sextant.engines.windows import BUCKETS
from sextant.studies.drift.seasons import FITS
from sextant_server.contracts.models import Contract
from sextant_server.contracts.reading import absent
from sextant_server.products.models import Product
from sextant_server.sources.models import SourceVersion
from sextant_server.studies.kinds.contract_form import contract_field
from sextant_server.studies.kinds.forms import (
    NO_TIMES,
    NONE,
    RowsForm,
    dated,
    kinds_of,
    named,
    version_name,
)
from sextant_server.studies.kinds.kind import Asking


class ChangeForm(RowsForm):
    """The rows and their reference; filled in: the newest version, and the one before it."""

    offered = ("by", "score", "time")
    other = forms.TypedChoiceField(
        coerce=int, required=False, empty_value=None, label="Compared with",
        help_text="The reference: rows of a time in which all was well.",
    )  # fmt: skip
    since = forms.DateField(
        required=False, label="Or: since",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text="Cuts these rows in two: those before this day are the reference.",
    )  # fmt: skip
    time = forms.CharField(
        max_length=200, required=False, label="Time", help_text="The column that says when"
    )
    every = forms.ChoiceField(
        required=False, label="A window is", help_text="Each is compared by itself.",
        choices=[("", "all of them"), *((one, f"a {one}") for one in BUCKETS)],
    )  # fmt: skip
    season = forms.ChoiceField(
        required=False, label="Compared with rows of the same",
        choices=[("", "any time"), *((one, one) for one in FITS)],
    )  # fmt: skip
    by = forms.CharField(
        max_length=200, required=False, label="Without a time: windows of",
        help_text="A column of batches: each of its values is compared by itself.",
    )  # fmt: skip
    only = forms.CharField(
        max_length=2_000, required=False, label="Only these columns",
        help_text="Names with commas between. Left empty: all columns of the reference.",
    )  # fmt: skip
    score = forms.CharField(
        max_length=200, required=False, label="Scores",
        help_text="A column whose mean is compared too.",
    )  # fmt: skip
    contract = contract_field(
        "Orders what changed by what it does to its criteria, and judges them in each window "
        "where rows have labels. Its label and scores must be among the rows compared with."
    )
    margin = forms.FloatField(
        required=False, min_value=0.1, max_value=99, label="Rows of 100 from which it matters",
        help_text="5 where nothing is said: so many rows of 100 would have to differ.",
    )  # fmt: skip
    run_length = forms.FloatField(
        required=False, min_value=5, max_value=100_000, label="Windows to a false alarm",
        help_text="90: of daily windows at most one false alarm is expected in 90 days. Left "
        "empty: no alarm of all is false, with 95% certainty.",
    )  # fmt: skip

    def __init__(
        self, product: Product, data: Any = None, initial: Mapping[str, Any] | None = None
    ) -> None:
        super().__init__(product, data, initial)
        self.offer_versions("other", NONE)
        self.fields["contract"].choices = [  # type: ignore[attr-defined]
            ("", "none: by size"),
            *((one.number, f"contract {one.number}, {one.state}") for one in self.contracts),
        ]
        self.initial = {**self._usual(), **self.initial}

    def _usual(self) -> dict[str, Any]:
        """The newest version, against the one before it or any other table."""
        if not self.versions:
            return {}
        newest = self.versions[0]
        others = [one for one in self.versions if one.pk != newest.pk]
        before = [one for one in others if one.source_id == newest.source_id]
        roles = newest.source.roles or newest.guess
        usual = {"version": newest.pk, "score": roles.get("score"), "time": dated(newest)}
        return {**usual, "other": (before or others)[0].pk} if others else usual

    def clean(self) -> dict[str, Any]:
        """What can be known to be wrong before rows are read, beside its field."""
        held = super().clean() or {}
        if self.errors:
            return held
        given, current = dict(held), self.chosen()  # what is wrong is taken out of `held`
        for field in ("by", "score", "time"):
            self.must_have(current, field, filter(None, [given[field]]))
        self._check_reference(given, current)
        self._check_time(given, current)
        if (contract := self._followed()) and not self.errors:
            reference = current if given["since"] else self.version_of("other")
            for problem in absent(contract_from_text(contract.text), reference)[:3]:
                self.add_error("contract", f"{problem.what} {problem.remedy}")
        return held

    def _followed(self) -> Contract | None:
        number = self.cleaned_data.get("contract")
        return next((one for one in self.contracts if one.number == number), None)

    def _check_time(self, held: Mapping[str, Any], current: SourceVersion) -> None:
        every, season, since = held["every"], held["season"], held["since"]
        if held["by"] and every:
            self.add_error("by", "Windows are cut by the clock or by a column. Choose one.")
        if (since or season) and not every:
            self.add_error("every", "Choose how long a window is.")
        elif every and not held["time"]:
            self.add_error("time", "Name the column that says when.")
        elif every:
            if kinds_of(current).get(held["time"]) in NO_TIMES:
                self.add_error("time", f"'{held['time']}' holds no times. Name a column of dates.")
            try:
                time_settings(every, held["time"], since, season or None)
            except ValueError as error:
                self.add_error("season", str(error))

    def _check_reference(self, held: Mapping[str, Any], current: SourceVersion) -> None:
        if held["since"]:
            if held["other"] not in (None, current.pk):
                self.add_error("since", "Compare with other rows, or with those before a day.")
            self.must_have(current, "only", named(held["only"]))
            return
        if held["other"] is None:
            self.add_error("other", "Choose the rows to compare with, or a day to cut these at.")
            return
        reference = self.version_of("other")
        if current.pk == reference.pk:
            self.add_error("other", "These are the same rows. Choose others, or a day to cut at.")
        self.must_have(reference, "score", filter(None, [held["score"]]))
        self.must_have(reference, "only", named(held["only"]))

    def asking(self) -> Asking:
        """What is asked, for the job."""
        held = {name: value for name, value in self.cleaned_data.items() if value not in (None, "")}
        current = self.chosen()
        if since := held.get("since"):
            held = {**held, "since": since.isoformat()}
            held.pop("other", None)
            title = f"What changed since {since}: {version_name(current)}"
            return Asking(title[:200], held, current, None, self._followed())
        reference = self.version_of("other")
        title = f"What changed: {version_name(current)}, against {version_name(reference)}"
        return Asking(title[:200], held, current, reference, self._followed())
