"""Which rows are compared with which, and how careful the alarms are."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms

from sextant_server.products.models import Product
from sextant_server.sources.models import SourceVersion
from sextant_server.studies.kinds.forms import RowsForm, version_name
from sextant_server.studies.kinds.kind import Asking


class ChangeForm(RowsForm):
    """The rows and their reference; filled in: the newest version, and the one before it."""

    offered = ("by", "score")
    other = forms.TypedChoiceField(
        coerce=int, label="Compared with",
        help_text="The reference: rows of a time in which all was well.",
    )  # fmt: skip
    by = forms.CharField(
        max_length=200, required=False, label="In windows of",
        help_text="A column of days, weeks or batches: each of its values is compared by itself.",
    )  # fmt: skip
    only = forms.CharField(
        max_length=2_000, required=False, label="Only these columns",
        help_text="Names with commas between. Left empty: all columns of the reference.",
    )  # fmt: skip
    score = forms.CharField(
        max_length=200, required=False, label="Scores",
        help_text="A column whose mean is compared too.",
    )  # fmt: skip
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
        self.fields["other"].choices = [  # type: ignore[attr-defined]
            (one.pk, version_name(one)) for one in self.versions
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
        usual = {"version": newest.pk, "score": roles.get("score")}
        return {**usual, "other": (before or others)[0].pk} if others else usual

    def clean(self) -> dict[str, Any]:
        """What can be known to be wrong before rows are read, beside its field."""
        held = super().clean() or {}
        if self.errors:
            return held
        current, reference = self.chosen(), self.version_of("other")
        if current.pk == reference.pk:
            self.add_error("other", "These are the same rows. Choose those of another time.")
        for field, name in (("by", held["by"]), ("score", held["score"])):
            if name and name not in names_of(current):
                self.add_error(field, f"There is no column '{name}' in {version_name(current)}.")
        if (score := held["score"]) and score not in names_of(reference):
            self.add_error("score", f"There is no column '{score}' in {version_name(reference)}.")
        lost = [one for one in named(held["only"]) if one not in names_of(reference)]
        if lost:
            where = version_name(reference)
            self.add_error("only", f"There is no column '{lost[0]}' in {where}.")
        return held

    def asking(self) -> Asking:
        """What is asked, for the job."""
        held = {name: value for name, value in self.cleaned_data.items() if value not in (None, "")}
        reference, current = self.version_of("other"), self.chosen()
        title = f"What changed: {version_name(current)}, against {version_name(reference)}"
        return Asking(title[:200], held, current, reference)


def names_of(version: SourceVersion) -> set[str]:
    """The names of a version's columns."""
    return {str(one["name"]) for one in version.columns}


def named(text: str | None) -> list[str]:
    """The columns of a field, commas between them."""
    return [one for each in (text or "").split(",") if (one := each.strip())]
