"""A value model of the product of all tests, and the numbers that a form sends."""

from datetime import date
from decimal import Decimal

import pytest

from sextant_server.demo.telling import Telling
from sextant_server.strategy.economics import actions
from sextant_server.strategy.economics.actions import Given, Terms
from sextant_server.strategy.economics.models import ValueModel

TERMS = Terms("binary", "EUR", date(2026, 1, 1))
RANGES = {
    "users": ("8000", "10000", "12000"),
    "uses": ("1", "", "3"),
    "prevalence": ("1", "", "3"),
    "recall": ("60", "", "95"),
    "false_positive_rate": ("1", "", "5"),
    "benefit_right_positive": ("40", "80", "120"),
    "cost_false_positive": ("5", "", "20"),
    "build": ("60000", "90000", "150000"),
}
SHARES = ("prevalence", "recall", "false_positive_rate", "adoption")


def given(name: str, *ends: str, grade: str = "believed", source: str = "") -> Given:
    """A range as the action takes it, from what the form would send."""
    by = 100 if name in SHARES else 1
    low, likely, high = (Decimal(x) / by if x else None for x in ends)
    assert low is not None
    assert high is not None
    return Given(low, likely, high, grade, source)


@pytest.fixture(scope="session")
def terms() -> Terms:
    return TERMS


@pytest.fixture(scope="session")
def inputs() -> dict[str, Given]:
    """The eight ranges that a model begins with."""
    return {name: given(name, *ends) for name, ends in RANGES.items()}


@pytest.fixture(scope="session")
def typed() -> dict[str, str]:
    """The same as a browser sends them."""
    held = {"version": "0", "shape": "binary", "currency": "EUR", "begins": "2026-01-01",
            "horizon": "24", "payback": "24"}  # fmt: skip
    for name, ends in RANGES.items():
        pairs = zip(("low", "likely", "high"), ends, strict=True)
        held |= {f"{name}_{end}": text for end, text in pairs}
        held |= {f"{name}_grade": "believed", f"{name}_source": ""}
    return held


@pytest.fixture
def model(story: Telling, inputs: dict[str, Given]) -> ValueModel:
    """Version 1, as Dana has written it."""
    return actions.set_inputs(story.by("dana"), story.product, TERMS, inputs, 0)
