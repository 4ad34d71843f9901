"""What a browser may send about sources. The actions check again what they must rely on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from sextant_server.accounts.models import User
from sextant_server.sources.roles import SINGLE

BANDS = "Where its values are numbers, the edges of the bands: 18, 30, 65"


class UploadForm(forms.Form):
    """A file, and the name that contracts will call it."""

    name = forms.SlugField(max_length=60, help_text="As contracts call it: predictions")
    file = forms.FileField(help_text="A .parquet, .csv or .tsv file; text may be packed as .gz.")


class PathForm(forms.Form):
    """A path in a folder that the server may read."""

    name = forms.SlugField(max_length=60, help_text="As contracts call it: predictions")
    path = forms.CharField(max_length=500, help_text="A file, or several by * and **")


class VersionForm(forms.Form):
    """The file of a new version."""

    file = forms.FileField(help_text="The same columns with other rows, or more of them.")


class RolesForm(forms.Form):
    """What each column is. Choices are the columns of the newest version."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    label = forms.ChoiceField(required=False, help_text="What happened")
    positive = forms.CharField(
        required=False, max_length=200, label="Its positive value",
        help_text="Where the two values are not 0 and 1",
    )  # fmt: skip
    score = forms.ChoiceField(required=False, help_text="The probability of the positive value")
    scale = forms.TypedChoiceField(
        required=False, coerce=int, empty_value="1", label="Certainty is written",
        choices=[(1, "1"), (10, "10"), (100, "100"), (1000, "1000")],
    )  # fmt: skip
    prediction = forms.ChoiceField(required=False, help_text="The decision that was taken")
    time = forms.ChoiceField(required=False, help_text="When")
    unit = forms.ChoiceField(required=False, help_text="Which rows belong together: a household")
    segments = forms.MultipleChoiceField(
        required=False, label="Groups it must serve", widget=forms.CheckboxSelectMultiple
    )
    bands = forms.CharField(
        required=False, max_length=500, label="Bands", help_text="column: edges; AGEP: 18, 30, 65",
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip

    def __init__(self, columns: Sequence[str], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for role in SINGLE:
            self.fields[role].choices = [("", "none"), *((one, one) for one in columns)]  # type: ignore[attr-defined]
        self.fields["segments"].choices = [(one, one) for one in columns]  # type: ignore[attr-defined]

    @classmethod
    def initial_of(cls, roles: dict[str, Any], version: int) -> dict[str, Any]:
        """Roles as the form shows them."""
        segments = roles.get("segments", [])
        bands = [
            f"{one['column']}: {', '.join(f'{edge:g}' for edge in one['bands'])}"
            for one in segments
            if one["bands"]
        ]
        return {
            **{name: roles.get(name, "") for name in (*SINGLE, "positive")},
            "scale": roles.get("scale", 1),
            "segments": [one["column"] for one in segments],
            "bands": "\n".join(bands),
            "version": version,
        }

    def clean_bands(self) -> dict[str, list[float]]:
        """The edges by column."""
        found: dict[str, list[float]] = {}
        for line in filter(str.strip, self.cleaned_data["bands"].splitlines()):
            column, _, edges = line.partition(":")
            try:
                found[column.strip()] = [float(edge) for edge in edges.split(",")]
            except ValueError:
                raise forms.ValidationError(f"'{line}' is no line of bands. {BANDS}.") from None
        return found

    def roles(self) -> dict[str, Any]:
        """The roles that the form holds, as the action takes them."""
        held = self.cleaned_data
        bands = held["bands"]
        segments = [
            {"name": column.casefold(), "column": column, "bands": bands.get(column, [])}
            for column in held["segments"]
        ]
        named = {name: held[name] for name in (*SINGLE, "positive")}
        return {**named, "scale": int(held["scale"]), "segments": segments}


class ReaderForm(forms.Form):
    """Somebody who shall see the rows."""

    user = forms.TypedChoiceField(label="Person", coerce=int)

    def __init__(self, people: Sequence[User], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["user"].choices = [(one.pk, f"{one} ({one.email})") for one in people]  # type: ignore[attr-defined]
