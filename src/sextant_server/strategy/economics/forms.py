"""The form of a value model: a range for each input, never a single number that nobody measured."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.forms import BoundField

from sextant.strategy.economics import SHAPES, Input, Shape, currencies, inputs_of
from sextant.strategy.economics.inputs import GROUPS
from sextant.strategy.economics.model import MOST_MONTHS
from sextant_server.strategy.bindings.grades import Grade
from sextant_server.strategy.economics.actions import MOST_SOURCE, Faulty, Given, Terms, faults_of
from sextant_server.strategy.economics.models import ValueModel
from sextant_server.strategy.economics.numbers import MOST, Unreadable, parse, written
from sextant_server.strategy.economics.reading import Held

ENDS = ("low", "likely", "high")
PLACEHOLDERS = {"low": "from", "likely": "likely", "high": "to"}
HORIZON = 24


@dataclass(frozen=True, slots=True)
class Row:
    """One input in the form: its fields, what is wrong with it, or the evidence it follows."""

    spec: Input
    unit: str
    fields: tuple[BoundField, ...]
    grade: BoundField
    source: BoundField
    error: str
    follows: str
    says: str

    @property
    def is_given(self) -> bool:
        """Whether something was typed, is wrong, or follows evidence."""
        return bool(self.error or self.follows or any(one.value() for one in self.fields))


@dataclass(frozen=True, slots=True)
class Group:
    """Inputs that belong together: those a model begins with or that are given, and the `more`."""

    title: str
    rows: tuple[Row, ...]
    more: tuple[Row, ...]


class RangesForm(forms.Form):
    """Every input of a shape as from, likely, to, with its grade and its source.

    Shares are written in per cent. What is left empty is left open and not counted. An input that
    follows evidence is not asked for.
    """

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    shape = forms.ChoiceField(choices=list(SHAPES.items()), widget=forms.HiddenInput)
    currency = forms.ChoiceField(
        label="Currency", help_text="Of every amount in this model.", initial="EUR",
    )  # fmt: skip
    begins = forms.DateField(
        label="Work begins", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    horizon = forms.IntegerField(
        label="Counted over, in months", min_value=1, max_value=MOST_MONTHS, initial=HORIZON,
        help_text="From the day work begins.",
    )  # fmt: skip
    payback = forms.IntegerField(
        label="Should have paid back after, in months", min_value=1, max_value=MOST_MONTHS,
        initial=HORIZON, help_text="At most as long as it is counted.",
    )  # fmt: skip

    def __init__(self, shape: Shape, held: Iterable[Held], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.of = shape
        self.held = {one.spec.name: one for one in held}
        self.faults: dict[str, str] = {}
        choices = [(code, f"{code} {name}") for code, name in currencies().items()]
        self.fields["currency"].choices = choices  # type: ignore[attr-defined]
        for spec in self._asked():
            for end in ENDS:
                self.fields[f"{spec.name}_{end}"] = _number(spec, end)
            self.fields[f"{spec.name}_grade"] = forms.ChoiceField(
                choices=Grade.choices, required=False, label=f"{spec.asks} How is it known?"
            )
            self.fields[f"{spec.name}_source"] = forms.CharField(
                required=False, max_length=MOST_SOURCE, label=f"{spec.asks} Where is it from?",
                widget=forms.TextInput(attrs={"placeholder": "where it is from"}),
            )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        cleaned["inputs"] = {}
        for spec in self._asked():
            try:
                given = self._given(spec, cleaned)
            except Unreadable as error:
                self.blame({spec.name: str(error)})
            else:
                if given:
                    cleaned["inputs"][spec.name] = given
        self.blame(faults_of(cleaned["inputs"]))
        return cleaned

    def blame(self, faults: Mapping[str, str]) -> None:
        """Put what is wrong beside the inputs and settings it concerns."""
        for name, says in faults.items():
            if f"{name}_low" in self.fields:
                self.faults[name] = says
                self.add_error(f"{name}_low", says)
            else:
                self.add_error(name if name in self.fields else None, says)

    def refuse(self, refused: Faulty) -> None:
        """All faults that the action found."""
        self.blame(refused.faults)

    def terms(self) -> Terms:
        """The settings as the action takes them."""
        held = self.cleaned_data
        return Terms(self.of, held["currency"], held["begins"], held["horizon"], held["payback"])

    def groups(self) -> Iterator[Group]:
        """The inputs in their groups, as the page shows them."""
        for key, title in GROUPS.items():
            specs = [spec for spec in inputs_of(self.of) if spec.group == key]
            rows = [self._row(spec) for spec in specs]
            shown = [row for row in rows if self.of in row.spec.first or row.is_given]
            more = [row for row in rows if row not in shown]
            yield Group(title, tuple(shown), tuple(more))

    @classmethod
    def initial_of(
        cls, model: ValueModel | None, held: Iterable[Held], today: date
    ) -> dict[str, Any]:
        """A model as the form shows it; a first one begins with the month that comes."""
        if model is None:
            return {"version": 0, "currency": "EUR", "horizon": HORIZON, "payback": HORIZON,
                    "begins": today}  # fmt: skip
        names = ("version", "currency", "begins", "horizon", "payback")
        shown: dict[str, Any] = {name: getattr(model, name) for name in names}
        for one in held:
            name, row = one.spec.name, one.kept
            shown |= {f"{name}_{end}": written(getattr(row, end), one.spec.unit) for end in ENDS}
            shown |= {f"{name}_grade": row.grade, f"{name}_source": row.source}
        return shown

    def _asked(self) -> list[Input]:
        return [
            spec
            for spec in inputs_of(self.of)
            if spec.name not in self.held or not self.held[spec.name].follows
        ]

    def _given(self, spec: Input, cleaned: Mapping[str, Any]) -> Given | None:
        texts = {end: (cleaned.get(f"{spec.name}_{end}") or "").strip() for end in ENDS}
        if not any(texts.values()):
            return None
        currency = cleaned.get("currency") or "the model's currency"
        numbers: dict[str, Decimal | None] = {
            end: parse(text, spec.unit, currency) if text else None for end, text in texts.items()
        }
        low, high = numbers["low"], numbers["high"]
        if low is None or high is None:
            raise Unreadable("A range has two ends: say from and to. One number alone says nothing"
                             " of how sure it is.")  # fmt: skip
        grade = cleaned.get(f"{spec.name}_grade") or Grade.BELIEVED
        source = cleaned.get(f"{spec.name}_source") or ""
        return Given(low, numbers["likely"], high, str(grade), source)

    def _row(self, spec: Input) -> Row:
        held = self.held.get(spec.name)
        if held and held.follows:
            return Row(spec, "", (), self["version"], self["version"], "", held.follows,
                       held.says(self.initial.get("currency", "")))  # fmt: skip
        fields = tuple(self[f"{spec.name}_{end}"] for end in ENDS)
        unit = {"share": "%", "money": str(self["currency"].value() or ""), "months": "months",
                "count": ""}[spec.unit]  # fmt: skip
        error = self.faults.get(spec.name, "")
        return Row(spec, unit, fields, self[f"{spec.name}_grade"], self[f"{spec.name}_source"],
                   error, "", "")  # fmt: skip


def _number(spec: Input, end: str) -> forms.CharField:
    attrs = {"inputmode": "decimal", "placeholder": PLACEHOLDERS[end], "autocomplete": "off"}
    return forms.CharField(
        required=False, max_length=MOST, label=f"{spec.asks} {PLACEHOLDERS[end].capitalize()}",
        widget=forms.TextInput(attrs=attrs),
    )  # fmt: skip


class BindForm(forms.Form):
    """Which input follows which evidence."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    pair = forms.ChoiceField(
        label="Let an input follow evidence", error_messages={"required": "Choose one."}
    )

    def __init__(self, pairs: Iterable[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["pair"].choices = [("", "Choose one"), *pairs]  # type: ignore[attr-defined]
