"""What is asked of a judge: the columns, what counts, what was promised."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms

from sextant.contracts.problems import ContractError, suggest
from sextant.studies.judges.asked import promise_from
from sextant_server.products.models import Product
from sextant_server.studies.kinds.forms import RowsForm
from sextant_server.studies.kinds.kind import Asking

COLUMNS = ("human", "judge", "swapped", "stratum", "unit", "key")
LISTS = ("raters", "segments", "lengths")
PAIRS = ("answers", "lengths")


class JudgeForm(RowsForm):
    """People's column and the judge's; everything else is optional."""

    offered = COLUMNS
    human = forms.CharField(
        max_length=200, label="What people said",
        help_text="A column that is empty where nobody looked. The rows they judged must have been"
        " drawn at random.",
    )  # fmt: skip
    judge = forms.CharField(
        max_length=200,
        label="What the judge said",
        help_text="A column with a verdict on every row",
    )
    positive = forms.CharField(
        max_length=200, required=False, label="The verdict that counts",
        help_text="Of several values. Yes/no columns need none, and of scores the mean is taken.",
    )  # fmt: skip
    at_least = forms.FloatField(
        required=False, label="The score that passes", help_text="Scores from here on count: 4"
    )
    promise = forms.CharField(
        max_length=60, required=False, label="What was promised",
        help_text="<code>&gt;= 80%</code>, or <code>&gt;= 80% in every segment</code>",
    )  # fmt: skip
    segments = forms.CharField(
        max_length=400, required=False, label="Groups", help_text="Columns: topic, channel"
    )
    raters = forms.CharField(
        max_length=400, required=False, label="Each person’s column",
        help_text="How far do people agree among themselves? ann, ben, cleo",
    )  # fmt: skip
    swapped = forms.CharField(
        max_length=200, required=False, label="The judge in the other order",
        help_text="Its verdict on the same pairs, the answers the other way round",
    )  # fmt: skip
    answers = forms.CharField(
        max_length=120, required=False, label="What verdicts call the answers",
        help_text="The one shown first, and the other: 1, 2",
    )  # fmt: skip
    lengths = forms.CharField(
        max_length=400, required=False, label="Both answers, or their lengths",
        help_text="Two columns, the first answer’s before the second’s",
    )  # fmt: skip
    stratum = forms.CharField(
        max_length=200, required=False, label="Labels were drawn inside",
        help_text="A column. Left empty: from all rows alike.",
    )  # fmt: skip
    unit = forms.CharField(
        max_length=200, required=False, help_text="Which rows belong together: a conversation"
    )
    key = forms.CharField(
        max_length=200, required=False, label="What tells the rows apart",
        help_text="With it the study draws rows that people should judge next.",
    )  # fmt: skip
    rows = forms.IntegerField(
        required=False, min_value=1, max_value=5_000, label="How many to draw", help_text="100"
    )
    by = forms.ChoiceField(
        required=False, label="Drawn", choices=[
            ("random", "from all rows alike"), ("judge", "inside the judge’s verdicts"),
        ],
        help_text="Inside its verdicts fewer labels do, and later studies must name the judge’s"
        " column as that inside which labels were drawn.",
    )  # fmt: skip

    def __init__(
        self, product: Product, data: Any = None, initial: Mapping[str, Any] | None = None
    ) -> None:
        super().__init__(product, data, initial)
        if self.versions and "version" not in self.initial:
            self.initial["version"] = self.versions[0].pk

    def clean(self) -> dict[str, Any]:
        """Columns that are there, a promise that can be read, two answers where two are due."""
        cleaned = super().clean() or {}
        if "version" not in cleaned:
            return cleaned
        known = [column["name"] for column in self.chosen().columns]
        for name in (*COLUMNS, *LISTS):
            written = str(cleaned.get(name) or "")
            wanted = [one.strip() for one in written.split(",")] if name in LISTS else [written]
            for one in filter(None, wanted):
                if one not in known:
                    remedy = suggest(one, known, "columns")
                    self.add_error(name, f"There is no column '{one[:60]}'. {remedy}")
        for name in PAIRS:
            written = str(cleaned.get(name) or "")
            if written and len([one for one in written.split(",") if one.strip()]) != 2:
                self.add_error(name, "Write two, with a comma between them.")
        if cleaned.get("human") and cleaned.get("human") == cleaned.get("judge"):
            self.add_error("judge", "That is what people said. Name the judge’s own column.")
        if cleaned.get("stratum") and cleaned.get("unit"):
            self.add_error("stratum", "Leave this out, or the unit: both at once cannot be judged.")
        if cleaned.get("promise"):
            try:
                promise_from(cleaned["promise"])
            except ContractError as error:
                self.add_error("promise", str(error.problems[0]))
        return cleaned

    def asking(self) -> Asking:
        """What is asked, for the job."""
        settings = {
            name: value for name, value in self.cleaned_data.items() if value not in (None, "")
        }
        title = f"{settings['judge']} as a judge of {settings['human']}"
        return Asking(title, settings, self.chosen())
