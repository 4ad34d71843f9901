"""What a browser may send about ideas, goals and bets. The actions check again."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any, ClassVar

from django import forms
from django.db.models import Model
from django.forms.models import model_to_dict

from sextant.strategy.opportunities.industries import industries
from sextant.strategy.opportunities.kinds import FAMILIES, SCOPES, TECHNIQUES
from sextant.strategy.opportunities.patterns import patterns
from sextant_server.accounts.models import User
from sextant_server.products.models import DIGITS, PLACES, Product
from sextant_server.strategy.bindings.grades import EXPLAINED
from sextant_server.strategy.opportunities.actions import GoalSaid, IdeaSaid
from sextant_server.strategy.opportunities.actions.bets import Effort, Kind, Stake
from sextant_server.strategy.opportunities.contents import Because, Other, Pain, Rests, Serves
from sextant_server.strategy.opportunities.models import (
    AlternativeKind,
    DependencyKind,
    Fit,
    Goal,
    GoalKind,
    Impact,
    KillState,
    Period,
    Role,
    Severity,
)

NOTHING = ("", "not said")


def number(label: str, help_text: str = "", required: bool = False) -> forms.DecimalField:
    return forms.DecimalField(
        required=required, max_digits=DIGITS, decimal_places=PLACES, label=label,
        help_text=help_text, localize=False,
    )  # fmt: skip


def written(
    most: int, label: str, help_text: str = "", required: bool = True, rows: int = 0
) -> Any:
    """A text; of several lines where `rows` are given, though it is kept as one."""
    widget = forms.Textarea(attrs={"rows": rows}) if rows else forms.TextInput()
    return forms.CharField(max_length=most, label=label, help_text=help_text, required=required,
                           widget=widget)  # fmt: skip


def day(label: str, required: bool = False) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(required=required, label=label, widget=widget)


def shown(row: Model) -> dict[str, Any]:
    """A record as its form shows it; numbers without the zeros that the database adds."""
    return {name: f"{value.normalize():f}" if isinstance(value, Decimal) else value
            for name, value in model_to_dict(row).items()}  # fmt: skip


class Versioned(forms.Form):
    """A form that says which version its page has shown."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    optional: ClassVar[frozenset[str]] = frozenset()
    rows: ClassVar[tuple[tuple[str, ...], ...]] = ()
    """The fields that stand beside each other."""

    @property
    def lines(self) -> list[list[tuple[Any, bool]]]:
        """The fields as they stand, those of a row together, each with whether it may be empty."""
        together = {name: row for row in self.rows for name in row}
        done: set[str] = set()
        found = []
        for name in self.fields:
            if name == "version" or name in done:
                continue
            names = together.get(name, (name,))
            done |= set(names)
            found.append([(self[one], not self.fields[one].required) for one in names])
        return found

    @property
    def seen(self) -> int:
        return self.cleaned_data["version"] or 0

    def span(self, name: str) -> tuple[Decimal | None, Decimal | None]:
        return self.cleaned_data[f"{name}_low"], self.cleaned_data[f"{name}_high"]


class PainForm(Versioned):
    """A pain point."""

    segment = written(160, "Who has it?", "People who apply for support")
    pain = written(300, "What hurts?", "In one sentence.")
    often_low = number("How often, at least", required=True)
    often_high = number("At most", required=True)
    period = forms.ChoiceField(choices=Period.choices, label="Times")
    severity = forms.TypedChoiceField(choices=Severity.choices, coerce=int, label="How bad is it?")
    quote = written(500, "In whose words?", "As somebody said it. Without it, it proves no need.",
                    False, 3)  # fmt: skip
    source = written(300, "Where was that said?", "Interview 4, 12 October 2026", False)
    grade = forms.ChoiceField(choices=EXPLAINED, label="How far is it known?")
    rows = (("often_low", "often_high", "period"),)

    def content(self) -> Pain:
        held = self.cleaned_data
        return Pain(
            held["segment"], held["pain"], self.span("often"), held["period"], held["severity"],
            held["quote"], held["source"], held["grade"],
        )  # fmt: skip


class WhyForm(Versioned):
    """Why it matters, in one place."""

    impact = forms.ChoiceField(choices=Impact.choices, label="Where does the problem show?")
    says = written(400, "What does it do there?", "", True, 2)
    baseline = written(160, "Where does it stand today?", "23 days, median")
    source = written(300, "Where is that number from?", "The ledger of 2025")
    grade = forms.ChoiceField(choices=EXPLAINED, label="How far is it known?")

    def content(self) -> Because:
        held = self.cleaned_data
        return Because(
            held["impact"], held["says"], held["baseline"], held["source"], held["grade"]
        )


class AlternativeForm(Versioned):
    """Something that could be done instead."""

    kind = forms.ChoiceField(choices=AlternativeKind.choices, label="What is it?")
    name = written(160, "What would be done?", "Check only incomes above the limit")
    measure = written(160, "What does it reach, counted as?", "checks left of 1,000", False)
    reach_low = number("At least")
    reach_high = number("At most")
    grade = forms.ChoiceField(choices=EXPLAINED, label="How far is it known?")
    source = written(
        300, "Where is that from?", "A trial in one office, an offer, a report.", False
    )
    cost_low = number("It costs at least")
    cost_high = number("At most")
    currency = forms.CharField(max_length=3, required=False, label="Currency")
    period = forms.ChoiceField(choices=Period.choices, label="For")
    lock_in = written(300, "How is one bound to it?", "", False)
    difference = written(300, "How would yours differ?", "", False)
    rows = (("reach_low", "reach_high"), ("cost_low", "cost_high", "currency"))

    def content(self) -> Other:
        held = self.cleaned_data
        return Other(
            held["kind"], held["name"], held["measure"], self.span("reach"), held["grade"],
            self.span("cost"), held["currency"], held["period"], held["lock_in"],
            held["difference"], held["source"],
        )  # fmt: skip


class DependencyForm(Versioned):
    """What the product rests on, or what rests on it."""

    kind = forms.ChoiceField(choices=DependencyKind.choices, label="What is it?")
    name = written(160, "Its name", "The vendor, the model, the table, the team.", False)
    on = forms.TypedChoiceField(
        coerce=int, empty_value=None, required=False, label="Or another product here"
    )
    noted_version = written(80, "Its version", "What rests on it opens again when this changes.",
                            False)  # fmt: skip
    noted_on = day("Noted on", True)
    blocks = written(300, "What waits for it?", "", False)
    owner = forms.TypedChoiceField(
        coerce=int, empty_value=None, required=False, label="Who sees to that?"
    )

    def __init__(
        self, products: Iterable[Product], people: Iterable[User], *args: Any, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.products = {one.pk: one for one in products}
        self.people = {one.pk: one for one in people}
        closed = {key: "" if one.is_active else ", account closed" for key, one in
                  self.people.items()}  # fmt: skip
        self.fields["on"].choices = [("", "none"), *self.products.items()]  # type: ignore[attr-defined]
        self.fields["owner"].choices = [  # type: ignore[attr-defined]
            ("", "nobody"), *((key, f"{one}{closed[key]}") for key, one in self.people.items()),
        ]  # fmt: skip

    def content(self) -> Rests:
        held = self.cleaned_data
        return Rests(
            held["kind"], held["noted_on"], held["name"], self.products.get(held["on"]),
            held["noted_version"], held["blocks"], self.people.get(held["owner"]),
        )  # fmt: skip


class LinkForm(Versioned):
    """A goal that the product serves."""

    goal = forms.TypedChoiceField(
        coerce=int, label="Which goal?", error_messages={"required": "Choose a goal."}
    )
    fit = forms.TypedChoiceField(choices=Fit.choices, coerce=int, label="How does it serve it?")
    metric = written(200, "Which metric of the AI should move it?",
                     "A criterion such as recall >= 0.80, or a metric's name.")  # fmt: skip
    how = written(300, "Why would it?", "", False)

    def __init__(self, goals: Iterable[Goal], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.goals = {one.pk: one for one in goals}
        self.fields["goal"].choices = [("", "Choose a goal"), *self.goals.items()]  # type: ignore[attr-defined]

    def content(self) -> Serves:
        held = self.cleaned_data
        return Serves(self.goals[held["goal"]], held["fit"], held["metric"], held["how"])


class StakeForm(Versioned):
    """What is staked, what would end it, what is learned next."""

    stake_low = number("What is put at risk, at least")
    stake_high = number("At most")
    currency = forms.CharField(max_length=3, required=False, label="Currency")
    weeks_low = number("Weeks until it shows, at least")
    weeks_high = number("At most")
    kill = written(400, "What would end it?", "Fewer than 300 of 1,000 checks saved in the pilot",
                   False, 2)  # fmt: skip
    kill_by = day("By when must that be known?")
    learning = written(300, "What is learned next?", "Is 87 % recall within reach?", False)
    learning_low = number("The answer costs at least")
    learning_high = number("At most")
    learning_decides = written(300, "What would the answer decide?", "", False)
    rows = (("stake_low", "stake_high", "currency"), ("weeks_low", "weeks_high"),
            ("learning_low", "learning_high"))  # fmt: skip

    def content(self) -> Stake:
        held = self.cleaned_data
        return Stake(
            self.span("stake"), held["currency"], self.span("weeks"), held["kill"],
            held["kill_by"], held["learning"], self.span("learning"), held["learning_decides"],
        )  # fmt: skip


class KindForm(Versioned):
    """What kind of bet it is."""

    family = forms.ChoiceField(required=False, label="What is decided with the answer?")
    technique = forms.ChoiceField(required=False, label="By which technique?")
    pattern = forms.ChoiceField(required=False, label="Like which known use case?")
    industry = forms.ChoiceField(required=False, label="In which industry?")
    scope = forms.ChoiceField(required=False, label="If it is an agent: what may it do by itself?")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        listed = {
            "family": [(one.key, one.decision) for one in FAMILIES.values()],
            "technique": [(one.key, f"{one.name}: {one.says}") for one in TECHNIQUES.values()],
            "pattern": [(one.key, one.name) for one in patterns().values()],
            "industry": [(one.key, one.name) for one in industries().values()],
            "scope": [(one.key, one.name) for one in SCOPES.values()],
        }
        for name, choices in listed.items():
            self.fields[name].choices = [NOTHING, *choices]  # type: ignore[attr-defined]

    def content(self) -> Kind:
        return Kind(**{name: self.cleaned_data[name] for name in Kind.__dataclass_fields__})


class EffortForm(Versioned):
    """Person-months by role, in ranges."""

    starts_on = day("When could it begin, at the earliest?")
    months_low = number("Months it would take, at least")
    months_high = number("At most")
    rows = (("months_low", "months_high"), *((f"{role}_low", f"{role}_high") for role in Role))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for role in Role:
            label = f"{str(role.label)[0].upper()}{str(role.label)[1:]}, at least"
            self.fields[f"{role}_low"] = number(label)
            self.fields[f"{role}_high"] = number("At most")

    def content(self) -> Effort:
        by_role = {str(role): self.span(str(role)) for role in Role}
        given = {role: span for role, span in by_role.items() if span != (None, None)}
        return Effort(given, self.cleaned_data["starts_on"], self.span("months"))


class KillForm(Versioned):
    """What has become of the kill criterion."""

    kill_state = forms.ChoiceField(
        choices=[one for one in KillState.choices if one[0]], label="How does it stand?",
        widget=forms.RadioSelect,
    )  # fmt: skip
    kill_note = written(500, "What shows it?", "A number with its record.", True, 2)


class IdeaForm(Versioned):
    """An idea."""

    text = written(300, "What is the idea?", "One sentence, as it was said.")
    problem = forms.CharField(
        required=False, max_length=4000, label="Which problem of whom would it solve?",
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip
    affected = written(300, "Who is affected?", "", False)
    today = written(500, "How is it done today?", "", False, 2)

    def content(self) -> IdeaSaid:
        return IdeaSaid(**{name: self.cleaned_data[name] for name in IdeaSaid.__dataclass_fields__})


class ReasonForm(Versioned):
    """Why an idea is kept or declined."""

    reason = written(500, "Why?", "", True, 2)


class GoalForm(Versioned):
    """A goal of the tree."""

    kind = forms.ChoiceField(choices=GoalKind.choices, label="What is it?")
    text = written(200, "What is wanted?", "Every applicant has an answer within a week")
    metric = written(160, "By which number of the business?", "days until a decision", False)
    parent = forms.TypedChoiceField(
        coerce=int, empty_value=None, required=False, label="Under which goal?"
    )

    def __init__(self, goals: Iterable[Goal], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.goals = {one.pk: one for one in goals}
        self.fields["parent"].choices = [("", "none: it stands at the top"), *self.goals.items()]  # type: ignore[attr-defined]

    def content(self) -> GoalSaid:
        held = self.cleaned_data
        return GoalSaid(held["kind"], held["text"], held["metric"], self.goals.get(held["parent"]))
