"""Answers that rest on the value model, and both sides of the balanced brief."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from examples import MET

from sextant_server.core.errors import Invalid
from sextant_server.strategy.assessments.actions import Said
from sextant_server.strategy.assessments.models import Answer
from sextant_server.strategy.economics import actions as economics
from sextant_server.strategy.economics.actions import Given, Terms

pytestmark = pytest.mark.django_db
TERMS = Terms("binary", "EUR", date(2026, 1, 1))
MOST = 12


def ranges(benefit: int = 80) -> dict[str, Given]:
    """What a right answer is worth, and all else that a value model begins with."""
    ends = {
        "users": (8000, 12000), "uses": (1, 3), "prevalence": ("0.01", "0.03"),
        "recall": ("0.6", "0.95"), "false_positive_rate": ("0.01", "0.05"),
        "benefit_right_positive": (benefit, benefit + 10), "cost_false_positive": (5, 20),
        "build": (60000, 150000),
    }  # fmt: skip
    return {
        name: Given(Decimal(low), None, Decimal(high), "believed", "")
        for name, (low, high) in ends.items()
    }


@pytest.fixture
def valued(table, measured: Callable):
    """A value model that follows evidence, and AI value answered on what it says."""
    measured(MET, "recall >= 0.01")
    by = table.story.by("dana")
    economics.set_inputs(by, table.product, TERMS, ranges(), 0)
    economics.bind(by, table.product, "recall", "rate:recall", 1)
    held = table.begin("ai-value")
    return table.answer(
        held, "ines", required=Said(reference="value:break_even"),
        achievable=Said(reference="rate:recall"), frequency=Said(low=5, high=9),
        criticality="mild", improvement="substantial",
    )  # fmt: skip


def test_the_break_even_is_a_range_in_per_cent(valued, table) -> None:
    row = Answer.objects.get(question="required")
    assert row.grade == "measured"
    assert row.value["low"] == pytest.approx(100 * row.reading["low"])
    assert 0 < row.value["low"] <= row.value["high"] < 100
    assert table.standing("ai-value").outcome == "most_valuable"


@pytest.mark.parametrize(
    ("question", "reference", "says"),
    [
        ("required", "value:expected", "asked for in %, and that is an amount of money: €"),
        (
            "frequency",
            f"criterion:{MET}",
            "asked for in uses per person and month, and that is a score",
        ),
    ],
)
def test_a_number_in_another_unit_is_refused_with_what_it_says(
    valued, table, question: str, reference: str, says: str
) -> None:
    before = Answer.objects.count()
    with pytest.raises(Invalid, match=says) as refused:
        table.answer(valued, "ines", **{question: Said(reference=reference)})
    assert refused.value.field == question
    assert "or give the range yourself" in str(refused.value.detail)
    assert Answer.objects.count() == before


def test_the_form_offers_only_what_is_counted_as_the_question(valued, table, as_: Callable) -> None:
    page = f"/products/{table.product.slug}/bet/assessments/ai-value/"
    shown = as_(table.story.people["ines"]).get(page).content.decode()
    required = shown.split('name="required-rests"')[1].split("</select>")[0]
    assert "break even" in required
    assert "value:expected" not in required
    assert 'name="frequency-rests"' not in shown


def test_another_value_model_opens_exactly_what_rests_on_it(valued, table) -> None:
    economics.set_inputs(table.story.by("dana"), table.product, TERMS, ranges(8), 2)
    one = table.standing("ai-value")
    assert len(one.reopened) == 1
    assert "it rested on the value model's break even, which has moved" in one.reopened[0]


def test_the_brief_puts_value_and_risks_side_by_side(valued, table, as_: Callable) -> None:
    risk = table.begin("ai-risk")
    said = {}
    for kind in ("performance", "bias", "security", "reliability", "adoption", "regulatory"):
        said |= {f"{kind}_likelihood": "unlikely", f"{kind}_impact": "minor"}
    said |= {"bias_likelihood": "likely", "bias_impact": "severe"}
    table.answer(risk, "ines", **said)
    page = f"/products/{table.product.slug}/bet/risks/"
    shown = as_(table.story.people["vera"]).get(page).content.decode()
    good, bad = shown.split("Against it</h3>")
    assert "Value.</b> €" in good
    assert "Bias.</b>" in bad
    assert "1 of 6 kinds of risk cannot be borne yet: bias." in shown


def test_the_pages_stay_within_their_queries(valued, table, as_: Callable) -> None:
    browser = as_(table.story.people["ines"])
    browser.get("/today/")
    counted = {}
    for page in ("assessments/ai-value/", "assessments/", "risks/", "assessments/data-moat/"):
        address = f"/products/{table.product.slug}/bet/{page}"
        with CaptureQueriesContext(connection) as ran:
            assert browser.get(address).status_code == 200
        counted[page] = len(ran)
    assert {page: count for page, count in counted.items() if count > MOST} == {}


def test_a_value_below_zero_speaks_against_it(valued, table, as_: Callable) -> None:
    held = ranges(1)
    held["cost_false_positive"] = replace(held["build"])
    economics.set_inputs(table.story.by("dana"), table.product, TERMS, held, 2)
    page = f"/products/{table.product.slug}/bet/risks/"
    shown = as_(table.story.people["ines"]).get(page).content.decode()
    assert "Value.</b>" in shown.split("Against it</h3>")[1]
