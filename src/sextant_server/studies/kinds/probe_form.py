"""What would be predicted, what is done today, how good it must be, what a label costs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms

from sextant.contracts.problems import ContractError
from sextant.engines.errors import SourceError
from sextant.studies.probe.rules import read_rule
from sextant_server.products.models import Product
from sextant_server.studies.kinds import probing
from sextant_server.studies.kinds.contract_form import positive_field, unit_field
from sextant_server.studies.kinds.forms import RowsForm, dated, named, version_name
from sextant_server.studies.kinds.kind import Asking

OF_COLUMNS = ("target", "unit", "time", "keep", "ignore")


class ProbeForm(RowsForm):
    """A labelled table and what is required; filled in: the newest version and its label."""

    offered = ("target", "unit", "time")
    target = forms.CharField(
        max_length=200, label="What is predicted", help_text="The column with the right answers"
    )
    positive = positive_field()
    required = forms.CharField(
        max_length=2_000, required=False, label="How good it must be, one a line",
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="<code>recall &gt;= 0.8</code>, <code>accuracy &gt;= 90 %</code>. Left empty,"
        " nothing is required, and nothing is met or missed.",
    )  # fmt: skip
    rule = forms.CharField(
        max_length=2_000, required=False, label="What is done today",
        help_text="A rule that says yes: <code>age &gt; 60 and job in {student, retired}</code>",
    )  # fmt: skip
    label_cost = forms.CharField(
        max_length=40, required=False, label="A label costs", help_text="2 EUR"
    )
    more = forms.IntegerField(
        required=False, min_value=1, max_value=1_000_000_000, label="Labels that could be bought",
        help_text="Left empty: as many again.",
    )  # fmt: skip
    unit = unit_field()
    time = forms.CharField(
        max_length=200, required=False,
        help_text="What came before teaches what came after. Without it rows count as alike.",
    )  # fmt: skip
    threshold = forms.FloatField(
        required=False, min_value=0.001, max_value=0.999, label="Called positive from a chance of",
        help_text="0.5 if empty",
    )  # fmt: skip
    keep = forms.CharField(
        max_length=2_000, required=False, label="Known in time",
        help_text="Columns that are kept though they look as if they gave the answer away",
    )  # fmt: skip
    ignore = forms.CharField(
        max_length=2_000, required=False, label="Not used", help_text="Columns, commas between"
    )

    def __init__(
        self, product: Product, data: Any = None, initial: Mapping[str, Any] | None = None
    ) -> None:
        super().__init__(product, data, initial)
        self.initial = {**self._usual(), **self.initial}

    def _usual(self) -> dict[str, Any]:
        """The newest version and what is known of its columns; a score is no column to learn."""
        if not self.versions:
            return {}
        newest = self.versions[0]
        roles = newest.source.roles or newest.guess
        answers = [roles[name] for name in ("score", "prediction") if roles.get(name)]
        return {
            "version": newest.pk, "target": roles.get("label"), "positive": roles.get("positive"),
            "unit": roles.get("unit"), "time": dated(newest), "ignore": ", ".join(answers),
        }  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """What can be known to be wrong before rows are read, beside its field."""
        held = super().clean() or {}
        if self.errors:
            return held
        given = dict(held)  # what is wrong is taken out of `held`
        for field in OF_COLUMNS:
            self.must_have(self.chosen(), field, named(given[field]))
        if given["target"] in {given["unit"], given["time"], *named(given["ignore"])}:
            self.add_error("target", "It is to be predicted, so it has no other part here.")
        try:
            if given["rule"]:
                read_rule(given["rule"])
        except (ContractError, SourceError) as error:
            self.add_error("rule", " ".join(map(str, error.problems)))
        try:
            probing.question(given)
        except ContractError as error:
            for problem in error.problems:
                place = problem.where if problem.where in self.fields else None
                self.add_error(place, f"{problem.what} {problem.remedy}".strip())
        return held

    def asking(self) -> Asking:
        """What is asked, for the job."""
        held = {name: value for name, value in self.cleaned_data.items() if value not in (None, "")}
        version = self.chosen()
        title = f"Is {held['target']} feasible: {version_name(version)}"
        return Asking(title[:200], held, version)
