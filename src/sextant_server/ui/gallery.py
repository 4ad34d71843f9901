"""Every component in its states. The text shown beside an example is the text that drew it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

from django import forms
from django.http import HttpRequest
from django.template import RequestContext, Template
from django.utils.safestring import SafeString

from sextant.stats.bands import Bands
from sextant.stats.estimate import Estimate
from sextant_server.ui.paging import Page
from sextant_server.ui.parts import Moment, Step


class ExampleForm(forms.Form):
    """A form with a field of each kind."""

    name = forms.CharField(label="Name of the product", help_text="As people here call it.")
    target = forms.DecimalField(label="Target", max_value=100)
    stage = forms.ChoiceField(label="Stage", choices=[("d", "Development"), ("l", "Launch")])
    parts = forms.MultipleChoiceField(
        label="Who is affected",
        choices=[("c", "Customers"), ("s", "Support staff")],
        widget=forms.CheckboxSelectMultiple,
    )
    reason = forms.CharField(label="Reason", widget=forms.Textarea(attrs={"rows": 3}))


@dataclass(frozen=True, slots=True)
class Example:
    """A component: its name, when to use it, the words that make it, what they draw."""

    name: str
    use: str
    source: str
    drawn: SafeString


def _estimate(value: float, low: float, high: float, n: int) -> Estimate:
    return Estimate(value=value, low=low, high=high, n=n, method="example")


def _banded() -> SimpleNamespace:
    """A way to fail whose interval lies in amber alone, as a record has its number."""
    row = {"estimate": 0.764, "low": 0.741, "high": 0.786, "count": 1388, "between": None,
           "method": "example", "reason": ""}  # fmt: skip
    says = "Amber: it works less well than promised, and is still of use."
    return SimpleNamespace(row=row, bands=Bands(">=", 0.8, 0.7), says=says, figures="76.4 %")


def _context() -> dict[str, Any]:
    day = datetime(2026, 11, 20, 9, 2, tzinfo=UTC)
    blank = {"name": "Fraud check"}
    return {
        "form": ExampleForm(initial=blank),
        "wrong": ExampleForm({"name": "", "target": "120"}, auto_id="wrong_%s"),
        "met": _estimate(0.871, 0.846, 0.896, 1679),
        "missed": _estimate(0.741, 0.712, 0.769, 902),
        "undecided": _estimate(0.781, 0.738, 0.820, 411),
        "failing": {
            "green": ("green",),
            "amber": ("amber",),
            "red": ("red",),
            "between": ("amber", "red"),
            "unknown": (),
            "bar": _banded(),
        },
        "page": Page([], 2, 128),
        "moments": [
            Moment(day, "Launch was approved with one condition", "Ines Ferreira, business"),
            Moment(day.replace(day=19), "Evidence arrived", "worker", "Seven of nine met."),
        ],
        "steps": [
            Step("Opportunity", "done", href="#stage-track"),
            Step("Scoping", "done", href="#stage-track"),
            Step("Development", "done"),
            Step("Launch gate", "now"),
            Step("Operations", "ahead"),
        ],
        "rollout": [
            Step("Shadow", "done", "4 days, agreed on 91 of 100"),
            Step("1 %", "done", "2 days"),
            Step("10 %", "now", "day 3 of at most 14"),
            Step("50 %", "ahead", "needs approval"),
            Step("100 %", "ahead"),
        ],
    }


SOURCES: tuple[tuple[str, str, str], ...] = (
    (
        "Verdict",
        "Of a criterion, a contract, a guardrail. Always a shape and a word as well as a colour.",
        '{% verdict "met" %}\n{% verdict "missed" %}\n{% verdict "undecided" %}\n'
        '{% verdict "met" word="holds" %}',
    ),
    (
        "Band",
        "Of a way to fail: where its number lies. Without one band alone it is not known yet.",
        "{% band failing.green %}\n{% band failing.amber %}\n{% band failing.red %}\n"
        "{% band failing.between %}\n{% band failing.unknown %}\n"
        "{% band_bar failing.bar 'shown' %}",
    ),
    (
        "Grade",
        "How far a number is known. What is assumed never looks like what is measured.",
        '{% grade "measured" %}\n{% grade "estimated" %}\n{% grade "believed" %}',
    ),
    (
        "Word",
        "A term that opens to its explanation in place, on numbers where there are some.",
        '{% term "recall" %}\n{% term "drift" %}',
    ),
    (
        "Interval bar",
        "The bound as a tick, the interval as a bar, the estimate as a mark; hatched: undecided.",
        '{% interval_bar met 0.8 ">=" "met" %}\n{% interval_bar missed 0.8 ">=" "missed" %}\n'
        '{% interval_bar undecided 0.8 ">=" "undecided" %}',
    ),
    (
        "Tabs",
        "The pages of a section; the one that is shown is marked.",
        '{% tabs "bets" "Pages about bets" %}',
    ),
    (
        "Table",
        "Rows that are compared. The caption is read out; on a phone each cell says its label.",
        '{% table caption="Criteria of the launch" %}\n'
        "<thead><tr><th>Verdict</th><th>Criterion</th><th class=num>Estimate</th></tr></thead>\n"
        '<tbody><tr><td data-label="Verdict">{% verdict "met" %}</td>'
        '<td data-label="Criterion"><code>auc >= 0.85</code></td>'
        '<td class=num data-label="Estimate">0.904 <small>0.902 – 0.906</small></td></tr>\n'
        '<tr><td data-label="Verdict">{% verdict "missed" %}</td>'
        '<td data-label="Criterion"><code>recall >= 0.80 in every sex</code></td>'
        '<td class=num data-label="Estimate">0.741 <small>0.712 – 0.769</small></td></tr></tbody>\n'
        "{% endtable %}",
    ),
    (
        "Sentence",
        "A line of Today: the number, how sure, since when, the likely cause, one thing to do.",
        '<ol class="rows sheet">\n'
        '{% sentence "Of 100 honest customers, 4 are challenged; the promise was at most 3."'
        ' why="3.6 to 4.4 of 100, from 9,214 payments since Thursday." verdict="missed"'
        ' href="#sentence" label="See why" %}\n'
        '{% sentence "Longer prompts did not help: 0.4 points, between −1.1 and 1.9."'
        ' word="learned" href="#sentence" label="Read" %}\n</ol>',
    ),
    (
        "Empty state",
        "Nothing is here, said honestly, with what to do about it.",
        '{% empty "No evidence yet." why="The contract is locked; its first run is due on Monday."'
        ' href="#empty-state" label="Run it now" %}',
    ),
    (
        "Form field",
        "Label, help and error belong to the field; an error names the remedy.",
        '<form class="form">{% field form.name %}{% field form.stage %}{% field form.parts %}'
        "{% field form.reason optional=True %}</form>\n"
        '<form class="form">{% field wrong.name %}{% field wrong.target %}</form>',
    ),
    (
        "Sheet",
        "Paper for what belongs together; white space separates the rest.",
        '{% sheet title="What this rests on" level=3 %}'
        "<p>One contract, one snapshot, one model.</p>{% endsheet %}",
    ),
    (
        "Facts",
        "Terms with their values.",
        '{% facts %}{% fact "Contract" "9f3c…b1" note="locked 4 Nov" %}'
        '{% fact "Data" "68,785 people, 2015" %}{% fact "Valid until" "4 Feb 2027" %}'
        "{% endfacts %}",
    ),
    ("Timeline", "What happened, the newest first.", "{% timeline moments %}"),
    ("Stage track", "Where a product stands.", "{% stages steps %}"),
    ("Rollout track", "How far a rollout is.", "{% track rollout %}"),
    (
        "Actions",
        "One button a page, quiet ones beside it; what is dangerous is outlined.",
        '{% actions %}{% button "Decide" %}{% button "Ask for more evidence" kind="quiet" %}'
        '{% button "Roll back" kind="stop" %}{% endactions %}',
    ),
    (
        "Confirm",
        "What is dangerous is opened first and says what will happen.",
        '{% confirm "Withdraw" action="#confirm" says="The link stops working at once."'
        ' do="Withdraw the invitation" %}',
    ),
    ("Pagination", "Which stretch of a long list this is.", "{% pagination page %}"),
    (
        "Progress",
        "How far a piece of work is, and what it does now.",
        '{% progress 40 "reading rows" %}',
    ),
    (
        "Notice",
        "A word from the system above the page.",
        '{% notice "The invitation is on its way." "success" %}\n'
        '{% notice "This is the last administrator." "error" %}\n'
        '{% notice "Evidence expires in 3 days." "warning" %}',
    ),
)


def examples(request: HttpRequest) -> list[Example]:
    """All examples, drawn."""
    context = RequestContext(request, _context())
    return [
        Example(name, use, source, Template("{% load ui %}" + source).render(context))
        for name, use, source in SOURCES
    ]
