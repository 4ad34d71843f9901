"""A form of rows that follows a contract, or else names the columns itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, ClassVar

from django import forms

from sextant.contracts.file.reading import contract_from_text
from sextant.contracts.model import Contract as Agreed
from sextant.contracts.problems import ContractError, Problem
from sextant_server.contracts.models import Contract
from sextant_server.contracts.reading import absent
from sextant_server.products.models import Product
from sextant_server.sources.models import SourceVersion
from sextant_server.studies.kinds.forms import RowsForm
from sextant_server.studies.kinds.kind import Asking


def contract_field(help_text: str) -> forms.TypedChoiceField:
    """The contract to follow; `help_text` says what it names."""
    return forms.TypedChoiceField(
        coerce=int, required=False, empty_value=None, label="Follow a contract",
        help_text=help_text,
    )  # fmt: skip


def label_field() -> forms.CharField:
    return forms.CharField(max_length=200, required=False, help_text="The column of what happened")


def positive_field() -> forms.CharField:
    return forms.CharField(
        max_length=200, required=False, label="Its positive value",
        help_text="Where the two values are not 0 and 1",
    )  # fmt: skip


def scale_field() -> forms.CharField:
    return forms.CharField(
        max_length=20, required=False, label="Certainty is written", help_text="1, 100 or 1000"
    )


def segments_field() -> forms.CharField:
    return forms.CharField(
        max_length=400, required=False, label="Groups", help_text="Columns: sex, age"
    )


def unit_field() -> forms.CharField:
    return forms.CharField(
        max_length=200, required=False, help_text="Which rows belong together: a household"
    )


class ContractForm(RowsForm):
    """A kind names its `roles`, what a contract says itself, and checks its question."""

    roles: ClassVar[tuple[str, ...]] = ()
    contract = contract_field("")

    def __init__(
        self, product: Product, data: Any = None, initial: Mapping[str, Any] | None = None
    ) -> None:
        super().__init__(product, data, initial)
        self.fields["contract"].choices = [  # type: ignore[attr-defined]
            ("", "none, I name the columns"),
            *((one.number, f"contract {one.number}, {one.state}") for one in self.contracts),
        ]
        self.initial = {**self.usual(), **self.initial}

    def usual(self) -> dict[str, Any]:
        """The locked contract on its newest rows; without one what is known of the columns."""
        for one in self.contracts:
            fits = [held for held in self.versions if held.source_id == one.source_id]
            if fits:
                return {"contract": one.number, "version": fits[0].pk, **self.of_contract(one)}
        if not self.versions:
            return {}
        version = self.versions[0]
        return {"version": version.pk, **self.of_roles(version.source.roles or version.guess)}

    def of_contract(self, contract: Contract) -> dict[str, Any]:
        """What a contract fills in besides itself."""
        return {}

    def of_roles(self, roles: Mapping[str, Any]) -> dict[str, Any]:
        """What the columns' confirmed or guessed roles fill in."""
        return {name: roles.get(name) for name in self.roles if name != "segments"}

    def clean(self) -> dict[str, Any]:
        """Everything that can be known to be wrong before rows are read, beside its field."""
        held = super().clean() or {}
        if not self.errors:
            try:
                self.checked()
            except ContractError as error:
                for problem in error.problems:
                    self.add_error(self.field_of(problem), f"{problem.what} {problem.remedy}")
        return held

    def checked(self) -> None:
        """Raises `ContractError` with what is wrong with the question."""
        contract = self.followed()
        text = contract_from_text(contract.text) if contract else None
        self.question(text, self.chosen())

    def question(self, followed: Agreed | None, version: SourceVersion) -> None:
        """Put the question as the job will. Raises `ContractError`."""
        raise NotImplementedError

    def field_of(self, problem: Problem) -> str | None:
        """The field that a problem belongs to; None for the form as a whole."""
        return problem.where if problem.where in self.fields else None

    def settings(self) -> dict[str, Any]:
        """What was filled in, as its address and its record have it."""
        ignored = self.roles if self.cleaned_data.get("contract") else ()
        return {
            name: value
            for name, value in self.cleaned_data.items()
            if value not in (None, "") and name not in ignored
        }

    def followed(self) -> Contract | None:
        """The contract that was chosen."""
        number = self.cleaned_data.get("contract")
        return next((one for one in self.contracts if one.number == number), None)

    def asked(self, title: str, other: SourceVersion | None = None) -> Asking:
        """What is asked, for the job."""
        return Asking(title, self.settings(), self.chosen(), other, self.followed())


def there(agreed: Agreed, version: SourceVersion) -> None:
    """Raises `ContractError` where a column of the contract is not in the version's rows."""
    if lost := absent(agreed, version):
        raise ContractError([replace(one, where="version") for one in lost[:5]])


def segments_of(roles: Mapping[str, Any], between: str) -> str:
    """The columns of groups that are known, as the field of groups has them."""
    return between.join(one["column"] for one in roles.get("segments", ()))
