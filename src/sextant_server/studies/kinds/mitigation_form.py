"""What is asked of mitigation: one group, the ways to try, the columns that models train on."""

from __future__ import annotations

from typing import Any

from django import forms

from sextant.contracts.model import Contract
from sextant.contracts.problems import ContractError, Problem, suggest
from sextant.lab.mitigating import WAYS
from sextant.mitigating import checked
from sextant_server.studies.kinds.comparing import lines
from sextant_server.studies.kinds.contract_form import contract_field
from sextant_server.studies.kinds.fairness_form import FairnessForm

MOST_FEATURES = 100
CHOICES = [
    (one.name, f"{one.title}{', needs feature columns' if one.needs == 'features' else ''}")
    for one in WAYS
]


class MitigationForm(FairnessForm):
    """One group, ways and features; a contract fills in the rest."""

    selected = None  # type: ignore[assignment]
    bounds = None  # type: ignore[assignment]
    prediction = None  # type: ignore[assignment]
    unit = None  # type: ignore[assignment]
    contract = contract_field("It names label, score, threshold, period and groups.")
    by = forms.CharField(
        max_length=200, label="The group",
        help_text="One: <code>sex</code>, <code>sex=SEX</code>, <code>age=AGEP:25,45,65</code>.",
    )  # fmt: skip
    ways = forms.MultipleChoiceField(
        required=False, choices=CHOICES, label="What is tried",
        widget=forms.CheckboxSelectMultiple,
        help_text="Left empty: every way that scores and columns allow.",
    )  # fmt: skip
    features = forms.CharField(
        max_length=8_000, required=False, label="Feature columns, one a line",
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="What a model may learn from. Never the answer itself.",
    )  # fmt: skip
    threshold = forms.FloatField(
        required=False, min_value=0, max_value=1, label="Flagged from",
        help_text="Left empty: the contract’s own threshold, elsewhere 0.5.",
    )  # fmt: skip

    def usual(self) -> dict[str, Any]:
        """The first group that is known, of a contract or of the columns."""
        found = super().usual()
        if number := self.initial.get("contract") or found.get("contract"):
            found["by"] = self._first_segment(number)
        elif by := lines(found.get("by")):
            found["by"] = by[0]
        return found

    def _first_segment(self, number: Any) -> str:
        from sextant.contracts.file.reading import contract_from_text

        for one in self.contracts:
            if str(one.number) == str(number):
                try:
                    segments = contract_from_text(one.text).data.segments
                except ContractError:  # a draft may be half written; then one names the group
                    return ""
                return segments[0].name if segments else ""
        return ""

    def title(self) -> str:
        """What the job is called."""
        return f"What would make it fairer, by {self.cleaned_data.get('by', '')}"[:190]

    def put(self, agreed: Contract) -> None:
        """Raises `ContractError` with what is wrong, beside its field."""
        possible(self.settings(), agreed, [one["name"] for one in self.chosen().columns])


def possible(settings: Any, contract: Contract, columns: list[str]) -> None:
    """Raises `ContractError` with what is wrong, beside its field."""
    problems: list[Problem] = []
    data = contract.data
    try:
        checked(contract)
    except ContractError as error:
        problems.extend(error.problems)
    if contract.task != "binary":
        what = f"The task is {contract.task}; yes/no decisions are made fairer here."
        problems.append(Problem("contract", what, "Name a contract of the task binary."))
    if data.unit:
        what = f"The contract says that rows of one {data.unit} belong together."
        remedy = "The intervals here are of rows that stand for themselves. Follow none of it."
        problems.append(Problem("contract", what, remedy))
    features = lines(settings.get("features"))
    problems.extend(_features(features, contract, columns))
    has = {"scores": data.score is not None, "features": bool(features)}
    chosen = [one for one in WAYS if not settings.get("ways") or one.name in settings["ways"]]
    if not any(has.values()):
        problems.append(Problem("score", "Neither scores nor features are named.", "Name one."))
    elif settings.get("ways"):
        for one in chosen:
            if not has[one.needs]:
                field = "score" if one.needs == "scores" else "features"
                problems.append(Problem(field, f"'{one.title}' needs {one.needs}.", "Name them."))
    if problems:
        raise ContractError(problems)


def _features(features: list[str], contract: Contract, columns: list[str]) -> list[Problem]:
    label = contract.data.label
    problems = []
    if len(features) > MOST_FEATURES:
        what = f"{len(features):,} columns are named; at most {MOST_FEATURES} are trained on."
        problems.append(Problem("features", what, "Name those that matter."))
    for name in features:
        if name not in columns:
            what = f"Column '{name[:60]}' is not in these rows."
            problems.append(Problem("features", what, suggest(name, columns, "columns")))
        elif label is not None and name == label.column:
            what = f"'{name[:60]}' is the answer itself."
            problems.append(Problem("features", what, "A model must not learn from it."))
    return problems
