"""What is asked of two versions: filled in as far as possible, checked before rows are read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms

from sextant.contracts.file.reading import contract_from_text
from sextant.contracts.model import Contract as Agreed
from sextant.contracts.problems import ContractError, Problem
from sextant.studies.comparison.roles import own_version
from sextant_server.contracts.models import Contract
from sextant_server.products.models import Product
from sextant_server.sources.models import SourceVersion
from sextant_server.studies.kinds import comparing
from sextant_server.studies.kinds.contract_form import (
    ContractForm,
    contract_field,
    label_field,
    positive_field,
    scale_field,
    segments_field,
    segments_of,
    there,
    unit_field,
)
from sextant_server.studies.kinds.forms import NONE
from sextant_server.studies.kinds.kind import Asking

PREDICTED = [
    ("binary", "yes or no"), ("multiclass", "one class of many"), ("regression", "a number"),
    ("ranking", "items in order"), ("generation", "answers: success or a rating"),
    ("agent", "an agent's tasks: success or a cost"),
]  # fmt: skip
MOST_QUESTIONS = 40


class ComparisonForm(ContractForm):
    """Two versions and what is asked of them; a contract fills in the rest."""

    roles = comparing.ROLES
    offered = ("a", "b", "key", "label", "unit")
    contract = contract_field("It names label, groups, unit and costs, and its own version is B.")
    a = forms.CharField(
        max_length=200, required=False, label="Version A, today's",
        help_text="A column of scores, decisions, classes or numbers. <code>score@0.6</code> cuts"
        " a score at 0.6.",
    )  # fmt: skip
    b = forms.CharField(
        max_length=200, required=False, label="Version B, the new one",
        help_text="Another column, or another cut. Left empty: the contract's own.",
    )  # fmt: skip
    name_a = forms.CharField(max_length=60, required=False, label="What to call A")
    name_b = forms.CharField(max_length=60, required=False, label="What to call B")
    questions = forms.CharField(
        max_length=4_000, required=False, label="Questions, one a line",
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="<code>recall</code>: is B better? <code>recall by 1%</code>: by at least a"
        " point? <code>recall within 2% in every sex</code>: at most 2 points worse in each group?",
    )  # fmt: skip
    margin = forms.CharField(
        max_length=20, required=False, label="How much worse B may be",
        help_text="For questions that say neither <em>by</em> nor <em>within</em>: 2%",
    )  # fmt: skip
    other = forms.TypedChoiceField(
        coerce=int, required=False, empty_value=None, label="A second table",
        help_text="Where the versions' predictions lie apart. It holds B; with a contract, A.",
    )  # fmt: skip
    key = forms.CharField(
        max_length=200, required=False, label="Its common column",
        help_text="What tells the rows of both tables apart",
    )  # fmt: skip
    label = label_field()
    positive = positive_field()
    scale = scale_field()
    segments = segments_field()
    unit = unit_field()
    task = forms.ChoiceField(
        required=False, choices=PREDICTED, label="What is predicted",
        help_text="Items in order need a unit, the user; ratings and costs need no label.",
    )  # fmt: skip

    def __init__(
        self, product: Product, data: Any = None, initial: Mapping[str, Any] | None = None
    ) -> None:
        super().__init__(product, data, initial)
        self.offer_versions("other", NONE)

    def of_contract(self, contract: Contract) -> dict[str, Any]:
        """Its own version at its cut as A, to be compared with another cut of it."""
        return _of_contract(contract)

    def of_roles(self, roles: Mapping[str, Any]) -> dict[str, Any]:
        """A's column, and what its answers are compared with."""
        named = {name: roles.get(name) for name in ("label", "positive", "scale", "unit")}
        a = roles.get("score") or roles.get("prediction")
        return {**named, "a": a, "segments": segments_of(roles, ", ")}

    def checked(self) -> None:
        """Raises `ContractError` with what is wrong."""
        held = self.cleaned_data
        if bool(held["other"]) != bool(held["key"].strip()):
            what = "Two tables are joined by a column of both."
            where = "key" if held["other"] else "other"
            raise ContractError([Problem(where, what, "Name both, or none.")])
        super().checked()

    def question(self, followed: Agreed | None, version: SourceVersion) -> None:
        """Raises `ContractError` with what is wrong."""
        settings = self.settings()
        agreed = comparing.agreed(settings, followed, version.source.name)
        pair = comparing.versions_of(settings, agreed, followed is not None)
        if len(comparing.lines(settings.get("questions"))) > MOST_QUESTIONS:
            what = f"More than {MOST_QUESTIONS} questions are put at once."
            raise ContractError([Problem("questions", what, "Ask them one after the other.")])
        if not settings.get("other"):
            there(followed or agreed, version)
            sides = comparing.sides_by_profile(pair, agreed, version)
            comparing.question(settings, agreed, sides, comparing.truth_for(settings, followed))

    def field_of(self, problem: Problem) -> str | None:
        """What is wrong with a question stands where the questions are."""
        return "questions" if problem.where.startswith("'") else super().field_of(problem)

    def asking(self) -> Asking:
        """What is asked, for the job."""
        settings = self.settings()
        names = [settings.get(f"name_{one}") or settings.get(one) for one in ("a", "b")]
        title = f"{names[1] or 'the contract’s version'} against {names[0] or 'the same'}"
        other = self.version_of("other") if settings.get("other") else None
        return self.asked(title, other)


def _of_contract(held: Contract) -> dict[str, Any]:
    """The contract's own version at its cut as A, to be compared with another cut of it."""
    try:
        contract = contract_from_text(held.text)
    except ContractError:
        return {}
    own = own_version(contract)
    if own is None:
        return {}
    cut = f"@{contract.threshold:g}" if contract.task == "binary" and not own.decisions else ""
    return {"a": f"{own.column}{cut}", "questions": comparing.suggested(contract)}
