"""What is asked of a table: which columns are the label, time and groups, which rules hold."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms

from sextant.contracts.problems import ContractError
from sextant.studies.quality.rules import read_rules
from sextant.studies.representation.declared import population_of
from sextant_server.products.models import Product
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

MOST_RULES = 200
OF_COLUMNS = ("label", "time", "segments", "ignore")


class QualityForm(RowsForm):
    """The rows, perhaps a reference, and the rules; roles of columns are filled in."""

    offered = ("label", "time")
    rules = forms.CharField(
        max_length=20_000, required=False, label="Rules, one a line",
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="<code>missing(age) <= 1 %</code>, <code>age between 0 and 120</code>,"
        " <code>unique(id)</code>. Left empty, rules are drafted; ask again with those you want.",
    )  # fmt: skip
    population = forms.CharField(
        max_length=20_000, required=False, label="Whom the rows stand for",
        widget=forms.Textarea(attrs={"rows": 4, "spellcheck": "false"}),
        help_text="<code>shares:</code> and under it, indented, a line for each column:"
        " <code>sex: {men: 49 %, women: rest}</code>. Says which groups are under-represented,"
        " and how many rows they lack.",
    )  # fmt: skip
    other = forms.TypedChoiceField(
        coerce=int, required=False, empty_value=None, label="Compared with",
        help_text="Rows of the same kind, such as those a model learned from: which columns are "
        "new or gone, which rows stand in both.",
    )  # fmt: skip
    label = forms.CharField(
        max_length=200, required=False,
        help_text="How its values are balanced, and which columns give it away",
    )  # fmt: skip
    positive = forms.CharField(
        max_length=200, required=False, label="Its positive value",
        help_text="Where it is not yes, true or 1",
    )  # fmt: skip
    time = forms.CharField(
        max_length=200, required=False, help_text="A column of dates: how fresh, which days lack"
    )
    segments = forms.CharField(
        max_length=400, required=False, label="Groups", help_text="Columns: sex, age"
    )
    ignore = forms.CharField(
        max_length=2_000, required=False, label="Not compared",
        help_text="Columns in which copies may differ, such as running numbers",
    )  # fmt: skip
    region = forms.CharField(
        max_length=2, required=False, label="Phone numbers of",
        help_text="Two letters, DE or US: numbers without a + are found too",
    )  # fmt: skip

    def __init__(
        self, product: Product, data: Any = None, initial: Mapping[str, Any] | None = None
    ) -> None:
        super().__init__(product, data, initial)
        self.offer_versions("other", NONE)
        self.initial = {**self._usual(), **self.initial}

    def _usual(self) -> dict[str, Any]:
        """The newest version and what is known of its columns."""
        if not self.versions:
            return {}
        newest = self.versions[0]
        roles = newest.source.roles or newest.guess
        known = {name: roles.get(name) for name in ("label", "positive")}
        plain = [one["column"] for one in roles.get("segments", ()) if not one.get("bands")]
        return {"version": newest.pk, **known, "time": dated(newest), "segments": ", ".join(plain)}

    def clean(self) -> dict[str, Any]:
        """What can be known to be wrong before rows are read, beside its field."""
        held = super().clean() or {}
        if self.errors:
            return held
        given, current = dict(held), self.chosen()  # what is wrong is taken out of `held`
        if given["other"] == current.pk:
            self.add_error("other", "These are the same rows. Choose others, or none.")
        for field in OF_COLUMNS:
            self.must_have(current, field, named(given[field]))
        if kinds_of(current).get(given["time"]) in NO_TIMES:
            self.add_error("time", f"'{given['time']}' holds no times. Name a column of dates.")
        self._check_rules(given["rules"])
        self._check_population(given["population"])
        return held

    def _check_rules(self, text: str) -> None:
        try:
            rules = read_rules(text)
        except ContractError as error:
            for problem in error.problems:
                self.add_error("rules", f"{problem.where}: {problem.what} {problem.remedy}".strip())
            return
        asked = (one.column for one in rules if one.column is not None)
        self.must_have(self.chosen(), "rules", asked)
        if len(rules) > MOST_RULES:
            self.add_error("rules", f"More than {MOST_RULES} rules. Ask them one after the other.")

    def _check_population(self, text: str) -> None:
        if not text:
            return
        try:
            population = population_of(text)
        except ContractError as error:
            for problem in error.problems:
                said = f"{problem.where}: {problem.what} {problem.remedy}".strip()
                self.add_error("population", said)
            return
        columns = (one.column for part in population.parts for one in part.segments)
        self.must_have(self.chosen(), "population", columns)

    def asking(self) -> Asking:
        """What is asked, for the job."""
        held = {name: value for name, value in self.cleaned_data.items() if value not in (None, "")}
        version = self.chosen()
        other = self.version_of("other") if held.get("other") else None
        return Asking(f"Is the data good: {version_name(version)}"[:200], held, version, other)
