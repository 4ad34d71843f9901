"""What a browser may send about assessments, measures and frameworks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.html import format_html

from sextant.strategy.frameworks import Question
from sextant_server.accounts.models import User
from sextant_server.strategy.assessments.actions import Said, Wanted
from sextant_server.strategy.assessments.actions.measures import LONGEST
from sextant_server.strategy.assessments.catalogue import MOST_CHARACTERS
from sextant_server.strategy.assessments.models import KEY, Answer
from sextant_server.strategy.assessments.offering import Offer
from sextant_server.strategy.assessments.showing import value_in_words
from sextant_server.strategy.assessments.standing import called
from sextant_server.strategy.assessments.values import MOST
from sextant_server.strategy.bindings.grades import Grade
from sextant_server.strategy.bindings.reading import Reference
from sextant_server.strategy.bindings.units import answers

PARTS = ("level", "low", "high", "text", "why", "grade", "rests")


@dataclass(frozen=True, slots=True)
class Row:
    """The fields of one question, as far as it has them."""

    question: Question
    fields: Mapping[str, BoundField]
    answer: Answer | None
    errors: tuple[tuple[str, str], ...]

    @property
    def taken(self) -> str:
        """The range that was taken from a record; empty where it was given."""
        if self.answer is None or not self.answer.reference or "low" not in self.answer.value:
            return ""
        return value_in_words(self.question, self.answer)

    @property
    def ends(self) -> list[BoundField]:
        """Both ends of a range."""
        return [self.fields[part] for part in ("low", "high") if part in self.fields]

    @property
    def grounds(self) -> list[BoundField]:
        """Why, how far it is known, and what it rests on."""
        return [self.fields[part] for part in ("why", "grade", "rests") if part in self.fields]


class AnswersForm(forms.Form):
    """All questions at once. Each is prefixed by its key; what was typed stays on a refusal."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(
        self,
        questions: Sequence[Question],
        offers: Sequence[Offer],
        held: Mapping[str, Answer],
        data: Any = None,
        version: int = 0,
    ) -> None:
        super().__init__(data, initial={"version": version})
        self.questions, self.offers, self.held = questions, offers, held
        for question in questions:
            before = held.get(question.key)
            rests = before.reference if before else ""
            for name, field in _fields_of(question, offers, rests).items():
                self.fields[f"{question.key}-{name}"] = field
            self.initial.update(_initial(question, before))

    def rows(self) -> list[Row]:
        """The questions with their fields, in their order."""
        return [self._row(question) for question in self.questions]

    def said(self) -> dict[str, Said]:
        """What was answered, by question."""
        return {one.key: said_of(one, self.cleaned_data, f"{one.key}-") for one in self.questions}

    def again(self, version: int) -> AnswersForm:
        """The same as it was typed, to be sent again on what is so now."""
        data = {**self.data, "version": str(version)}
        return AnswersForm(self.questions, self.offers, self.held, data)

    def at_fault(self, question: str, detail: str) -> None:
        """Put a refusal beside the question that it is about."""
        name = next((n for n in self.fields if n.startswith(f"{question}-")), None)
        self.add_error(name, detail)

    def _row(self, question: Question) -> Row:
        names = {part: f"{question.key}-{part}" for part in PARTS}
        fields = {part: self[name] for part, name in names.items() if name in self.fields}
        errors = tuple(
            (f"{field.auto_id}_error", " ".join(map(str, field.errors)))
            for field in fields.values()
            if field.errors
        )
        return Row(question, fields, self.held.get(question.key), errors)


class SettleForm(forms.Form):
    """What counts as the answer to one question, and why."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(
        self, question: Question, offers: Sequence[Offer], version: int, data: Any = None
    ) -> None:
        super().__init__(data, initial={"version": version}, auto_id=f"settle_{question.key}_%s")
        self.question, self.offers = question, offers
        self.fields |= _fields_of(question, offers)
        self.fields["why"].required = True

    def again(self, version: int) -> SettleForm:
        """The same as it was typed, to be sent again on what is so now."""
        data = {**self.data, "version": str(version)}
        return SettleForm(self.question, self.offers, version, data)

    def said(self) -> Said:
        """The answer as it was sent."""
        return said_of(self.question, self.cleaned_data, "")

    def parts(self) -> list[BoundField]:
        """Its fields in their order."""
        return [self[part] for part in PARTS if part in self.fields]


class AskForm(forms.Form):
    """Who shall answer."""

    people = forms.MultipleChoiceField(
        required=False, label="Who shall answer, too?", widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, people: Iterable[User], data: Any = None) -> None:
        super().__init__(data)
        self.able = {str(one.pk): one for one in people}
        choices = [(key, str(one)) for key, one in self.able.items()]
        self.fields["people"].choices = choices  # type: ignore[attr-defined]

    def people_(self) -> list[User]:
        """Those who were chosen."""
        return [self.able[key] for key in self.cleaned_data["people"]]


@dataclass(frozen=True, slots=True)
class Choices:
    """What can be chosen for a measure, read once for all the forms of a page."""

    risks: tuple[tuple[str, str], ...]
    people: tuple[User, ...]
    offers: tuple[Offer, ...]


class MeasureForm(forms.Form):
    """A measure against a risk."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, required=False)
    question = forms.ChoiceField(label="Against which risk")
    text = forms.CharField(label="What is done", max_length=LONGEST)
    owner = forms.ChoiceField(label="Seen to by")
    due = forms.DateField(
        label="Until", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    reference = forms.ChoiceField(
        required=False, label="The criterion that shows it works",
        help_text="The measure is verified while this criterion is met, and no longer.",
    )  # fmt: skip

    def __init__(self, asked: Choices, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.people = {str(one.pk): one for one in asked.people}
        names = [("", "who"), *((key, str(one)) for key, one in self.people.items())]
        criteria = [one.choice for one in asked.offers if one.reference.kind == "criterion"]
        held = self.initial.get("reference", "")
        if held and held not in dict(criteria):
            criteria.append((held, f"{held.partition(':')[2]}, which says nothing now"))
        for name, choices in (
            ("question", asked.risks), ("owner", names),
            ("reference", [("", "none yet"), *criteria]),
        ):  # fmt: skip
            self.fields[name].choices = choices  # type: ignore[attr-defined]

    def wanted(self) -> Wanted:
        """The measure as it was sent."""
        held = self.cleaned_data
        return Wanted(held["text"], self.people[held["owner"]], held["due"], held["reference"])


class KeyForm(forms.Form):
    """The key of a framework that is to be written."""

    key = forms.CharField(
        max_length=KEY, help_text="Small letters, digits and hyphens: vendor-exit."
    )


class TextForm(forms.Form):
    """The text of a draft, and the version that its writer saw."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    text = forms.CharField(
        label="The framework",
        max_length=MOST_CHARACTERS,
        strip=False,
        widget=forms.Textarea(
            attrs={"rows": 32, "class": "code", "spellcheck": "false", "autocomplete": "off",
                   "autocapitalize": "off", "wrap": "off"}
        ),
    )  # fmt: skip


def said_of(question: Question, held: Mapping[str, Any], prefix: str) -> Said:
    """One answer out of a form's fields."""

    def part(name: str) -> Any:
        return held.get(f"{prefix}{name}")

    return Said(
        level=part("level") or "", low=part("low"), high=part("high"), text=part("text") or "",
        why=part("why") or "", grade=part("grade") or "", reference=part("rests") or "",
    )  # fmt: skip


def _fields_of(
    question: Question, offers: Sequence[Offer], held: str = ""
) -> dict[str, forms.Field]:
    fields: dict[str, forms.Field] = {}
    if question.kind == "text":
        area = forms.Textarea(attrs={"rows": 3})
        return {
            "text": forms.CharField(
                required=False, label=question.asks, max_length=MOST, widget=area
            )
        }
    if question.kind == "range":
        unit = f", in {question.unit}" if question.unit else ""
        fields["low"] = forms.FloatField(required=False, label=f"At least{unit}")
        fields["high"] = forms.FloatField(required=False, label=f"At most{unit}")
    else:
        assert question.scale is not None
        levels = [
            (one.key, format_html("<span>{} <small>{}</small></span>", one.name, one.means))
            for one in question.scale.levels
        ]
        fields["level"] = forms.ChoiceField(
            required=False, label=question.asks, widget=forms.RadioSelect,
            choices=[("", "not answered"), *levels],
        )  # fmt: skip
    fields["why"] = forms.CharField(
        required=False, label="Why", max_length=MOST, widget=forms.Textarea(attrs={"rows": 2})
    )
    binds = [one.choice for one in offers if _can_rest(question, one)]
    if held and held not in dict(binds):
        there = held in {str(one.reference) for one in offers}
        why = "is counted in another unit" if there else "says nothing now"
        binds.append((held, f"{called(Reference.parse(held))}, which {why}"))
    unsaid = "measured with a record, else believed" if binds else "believed"
    fields["grade"] = forms.ChoiceField(
        label="How far is it known?", required=False, choices=[("", unsaid), *Grade.choices]
    )
    if binds:
        fields["rests"] = forms.ChoiceField(
            required=False, label="It rests on", choices=[("", "nothing on record"), *binds]
        )
    return fields


def _can_rest(question: Question, offer: Offer) -> bool:
    if offer.reference.kind not in question.rests_on:
        return False
    if question.kind != "range":
        return True
    return answers(offer.reference, question.unit, offer.reading.counted)


def _initial(question: Question, answer: Answer | None) -> dict[str, Any]:
    key = question.key
    if answer is None:
        return {}
    value = {} if answer.reference and "low" in answer.value else answer.value
    return {
        f"{key}-level": next(iter(value.get("levels", ())), ""),
        f"{key}-low": value.get("low"),
        f"{key}-high": value.get("high"),
        f"{key}-text": value.get("text", ""),
        f"{key}-why": answer.why,
        f"{key}-grade": str(answer.grade),
        f"{key}-rests": answer.reference,
    }
