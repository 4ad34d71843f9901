"""What the forms of all kinds have in common."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

from django import forms
from django.utils.datastructures import MultiValueDict

from sextant_server.contracts.models import Contract
from sextant_server.products.models import Product
from sextant_server.sources.models import SourceVersion, VersionState
from sextant_server.studies.kinds.kind import Asking, Held

MOST_VERSIONS = 30
NONE = ("", "none")
"""The choice of no further version."""
NO_TIMES = ("number", "single", "boolean")
"""Kinds of columns that hold no times; a text may."""


class RowsForm(forms.Form):
    """What is asked of a product's rows. A kind adds its fields and says `asking`.

    `offered`: the fields of columns, whose names are offered while one types.
    """

    offered: ClassVar[tuple[str, ...]] = ()
    version = forms.TypedChoiceField(coerce=int, label="Rows")

    def __init__(
        self, product: Product, data: Any = None, initial: Mapping[str, Any] | None = None
    ) -> None:
        self.product = product
        self.versions = ready_versions(product)
        self.contracts = contracts_to_ask(product)
        super().__init__(data, initial=dict(initial or {}))
        self.offer_versions("version")
        for name in self.offered:
            if name in self.fields:
                self.fields[name].widget.attrs["list"] = "columns"

    @property
    def columns(self) -> list[str]:
        """The columns of all versions that can be chosen, to be offered while one types."""
        return sorted({column["name"] for one in self.versions for column in one.columns})

    def offer_versions(self, field: str, *empty: tuple[str, str]) -> None:
        """Let any version that is ready be chosen there, or what `empty` says in its place."""
        self.fields[field].choices = [  # type: ignore[attr-defined]
            *empty, *((one.pk, version_name(one)) for one in self.versions)
        ]  # fmt: skip

    def must_have(self, version: SourceVersion, field: str, names: Iterable[str]) -> None:
        """Say beside a field which of the columns that it names the version lacks."""
        there = kinds_of(version)
        if lost := [one for one in names if one not in there]:
            self.add_error(field, f"There is no column '{lost[0]}' in {version_name(version)}.")

    def chosen(self) -> SourceVersion:
        """The version that was chosen; after validation."""
        return self.version_of("version")

    def version_of(self, field: str) -> SourceVersion:
        """The version that a field has chosen."""
        return next(one for one in self.versions if one.pk == self.cleaned_data[field])

    def asking(self) -> Asking:
        """What is asked; called when the form is valid."""
        raise NotImplementedError


class LiveForm(forms.Form):
    """Settings of a live page, from its address; without any its `initial` counts.

    A kind overrides `defaults`. A setting that is missing in the address takes its default.
    """

    def __init__(self, held: Held, data: Mapping[str, Any] | None = None) -> None:
        self.held = held
        super().__init__(initial=self.defaults())
        self.data = self._filled(data or {})
        self.is_bound = True

    def defaults(self) -> dict[str, Any]:
        """The settings before anybody has chosen any."""
        return {}

    def sent(self) -> dict[str, Any]:
        """The settings as an address has them, defaults filled in: what is kept as asked."""
        found: dict[str, Any] = {}
        for name in self.fields:
            if values := self.data.getlist(name):  # type: ignore[attr-defined]
                found[name] = values if len(values) > 1 else values[0]
        return found

    def _filled(self, data: Mapping[str, Any]) -> MultiValueDict[str, Any]:
        given = data if isinstance(data, MultiValueDict) else many(data)
        filled = many({name: value for name, value in self.initial.items() if value is not None})
        for name in given:
            filled.setlist(name, given.getlist(name))
        return filled


def many(data: Mapping[str, Any]) -> MultiValueDict[str, Any]:
    """A mapping as a form takes it from a browser: lists are several values of a name."""
    return MultiValueDict(
        {
            name: [_sent(one) for one in (value if isinstance(value, list | tuple) else [value])]
            for name, value in data.items()
            if value is not None and value is not False
        }
    )


def ready_versions(product: Product) -> list[SourceVersion]:
    """The versions that can be read, the newest of each source first."""
    rows = SourceVersion.objects.filter(source__product=product, state=VersionState.READY)
    return list(rows.select_related("source").order_by("-number", "source__name")[:MOST_VERSIONS])


def contracts_to_ask(product: Product) -> list[Contract]:
    """The contracts that a study can follow: the locked one before the draft."""
    rows = Contract.objects.filter(product=product, state__in=("locked", "draft"))
    return sorted(rows.select_related("source"), key=lambda one: one.state != "locked")


def named(text: str | None) -> list[str]:
    """The columns of a field, commas between them."""
    return [one for each in (text or "").split(",") if (one := each.strip())]


def kinds_of(version: SourceVersion) -> dict[str, str]:
    """The kind of each of a version's columns, as it was read."""
    return {str(one["name"]): str(one["kind"]) for one in version.columns}


def dated(version: SourceVersion) -> str | None:
    """The column of its times, where it holds days: a year alone is a number."""
    roles = version.source.roles or version.guess
    name = str(roles.get("time"))
    return name if kinds_of(version).get(name) == "time" else None


def version_name(version: SourceVersion) -> str:
    """`predictions, version 2: 68,785 rows`."""
    return f"{version.source.name}, version {version.number}: {version.rows or 0:,} rows"


def _sent(value: Any) -> str:
    return "on" if value is True else str(value)
