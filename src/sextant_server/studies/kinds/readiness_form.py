"""What is asked of data before anything is built: a contract, what is expected, what is known."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

from django import forms

from sextant.contracts.model import Contract as Agreed
from sextant.contracts.problems import ContractError, Problem
from sextant.studies.enough.expected import expected_of
from sextant.studies.quality.rules import read_rules
from sextant.studies.representation.declared import population_of
from sextant.studies.sheet.declared import about_of
from sextant_server.products.models import Product
from sextant_server.sources.models import SourceVersion
from sextant_server.studies.kinds.contract_form import ContractForm, contract_field
from sextant_server.studies.kinds.forms import kinds_of
from sextant_server.studies.kinds.kind import Asking

LONGEST = 20_000
MOST_RULES = 200


def _lines(label: str, rows: int, help_text: str) -> forms.CharField:
    return forms.CharField(
        max_length=LONGEST, required=False, label=label, help_text=help_text,
        widget=forms.Textarea(attrs={"rows": rows, "spellcheck": "false"}),
    )  # fmt: skip


class ReadinessForm(ContractForm):
    """The rows, the contract that they are to decide, and what only people know."""

    roles: ClassVar[tuple[str, ...]] = ()
    contract = contract_field("It says what the rows are to decide, and which columns are needed.")
    expect = _lines(
        "What you expect of the model", 3,
        "<code>recall = 90 %</code> and <code>false_positive_rate = 3 %</code>, one a line;"
        " without labels also <code>prevalence = 12 %</code>.",
    )  # fmt: skip
    population = _lines(
        "Whom the rows are to stand for", 4,
        "<code>shares:</code> and under it, indented, a line for each column:"
        " <code>sex: {men: 49 %, women: rest}</code>.",
    )  # fmt: skip
    rules = _lines(
        "Rules that must hold, one a line", 4,
        "<code>missing(age) <= 1 %</code>, <code>unique(id)</code>. One that is broken is a stop.",
    )  # fmt: skip
    about = _lines(
        "What only people know", 6,
        "<code>owner</code>, <code>origin</code>, <code>licence</code>, <code>consent</code>,"
        " <code>retention</code>, each with a colon and a text; under <code>fields:</code>,"
        " indented, <code>age: Fairness by age</code> says what a column is for.",
    )  # fmt: skip
    monthly = forms.FloatField(
        required=False, min_value=0, label="Rows that come a month", help_text="On their own"
    )
    months = forms.FloatField(
        required=False, min_value=0, label="Months there are", help_text="Longer means: buy"
    )

    def __init__(self, product: Product, data: Any = None, initial: Any = None) -> None:
        super().__init__(product, data, initial)
        self.fields["contract"].choices = [  # type: ignore[attr-defined]
            ("", "none: rows needed are not asked"),
            *self.fields["contract"].choices[1:],  # type: ignore[attr-defined]
        ]

    def question(self, followed: Agreed | None, version: SourceVersion) -> None:
        """Every text can be read, and speaks of columns that are there. Raises `ContractError`."""
        held, problems = self.cleaned_data, list[Problem]()
        there = kinds_of(version)

        def named(field: str, read: Callable[[], list[str]]) -> None:
            try:
                lost = [one for one in read() if one not in there]
            except ContractError as error:
                problems.extend(Problem(field, f"{one}") for one in error.problems)
                return
            problems.extend(Problem(field, f"There is no column '{one}'.") for one in lost[:3])

        named("expect", lambda: _nothing(expected_of(expectations(held.get("expect")))))
        named("rules", lambda: _rules(held.get("rules") or ""))
        if held.get("population"):
            named("population", lambda: _declared(held["population"]))
        if held.get("about"):
            named("about", lambda: list(about_of(held["about"]).fields))
        if (held.get("monthly") is None) != (held.get("months") is None):
            lacks = "months" if held.get("months") is None else "monthly"
            problems.append(Problem(lacks, "Rows a month and months belong together: write both."))
        if problems:
            raise ContractError(problems)

    def asking(self) -> Asking:
        """What is asked, for the job."""
        return self.asked("Is the data ready?")


def expectations(text: str | None) -> dict[str, float]:
    """`recall = 90 %`, one a line, as shares. Raises `ContractError`."""
    found: dict[str, float] = {}
    for line in (text or "").splitlines():
        if not (written := line.strip()):
            continue
        name, sign, value = (part.strip() for part in written.partition("="))
        number = value.removesuffix("%").strip()
        try:
            share = float(number) / (100 if value.endswith("%") else 1)
        except ValueError:
            share = float("nan")
        if not sign or share != share or name in found:
            what = f"'{written:.60}' is no expectation, or stands twice."
            raise ContractError([Problem("expect", what, "Write recall = 90 %, one a line.")])
        found[name] = share
    return found


def _rules(text: str) -> list[str]:
    rules = read_rules(text)
    if len(rules) > MOST_RULES:
        what = f"{len(rules)} rules are more than {MOST_RULES}."
        raise ContractError([Problem("rules", what, "Keep those that decide.")])
    return [one.column for one in rules if one.column is not None]


def _declared(text: str) -> list[str]:
    return [one.column for part in population_of(text).parts for one in part.segments]


def _nothing(_: object) -> list[str]:
    return []
