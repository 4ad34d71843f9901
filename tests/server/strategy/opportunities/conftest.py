"""What is on record of an opportunity, for the tests of its actions and pages."""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from sextant_server.accounts.acting import Acting
from sextant_server.accounts.models import User
from sextant_server.products.models import Product
from sextant_server.strategy.opportunities import actions
from sextant_server.strategy.opportunities.actions import GoalSaid
from sextant_server.strategy.opportunities.contents import Because, Other, Pain, Rests, Serves
from sextant_server.strategy.opportunities.models import Goal

DAY = date(2026, 11, 2)
PAIN = Pain(
    segment="people who apply for support", pain="they wait for weeks for an answer",
    often=(Decimal(1), Decimal(2)), period="month", severity=3,
    quote="I could not pay the rent while they checked my income.",
    source="interview 4, 12 October 2026", grade="measured",
)  # fmt: skip
BECAUSE = Because(
    "experience", "people wait for a decision", "23 days, median", "the ledger of 2025", "measured"
)
OTHER = Other(
    kind="baseline", name="Check only incomes above the limit of last year",
    measure="checks left of 1,000", reach=(Decimal(700), Decimal(800)), grade="estimated",
    cost=(Decimal(0), Decimal(500)), currency="EUR", lock_in="none", difference="needs no data",
)  # fmt: skip
RESTS = Rests("model", DAY, name="scores of the census model", noted_version="2026-10")


@pytest.fixture
def goal(member: User) -> Goal:
    """A goal of the company."""
    return actions.add_goal(Acting(user=member), GoalSaid("goal", "Answer within a week", "days"))


@pytest.fixture
def contents(goal: Goal) -> Mapping[str, Any]:
    """One record of each kind, by its word."""
    serves = Serves(goal, 2, "recall >= 0.80", "fewer checks by hand leave time for the rest")
    return {"pain": PAIN, "why": BECAUSE, "alternative": OTHER, "dependency": RESTS, "goal": serves}


@pytest.fixture
def by(team: dict[str, User]) -> Callable[[str], Acting]:
    """Somebody acting, by his part."""
    return lambda part: Acting(user=team[part])


@pytest.fixture
def kept(
    product: Product, contents: Mapping[str, Any], by: Callable[[str], Acting]
) -> Mapping[str, Any]:
    """One record of each kind, kept."""
    return {
        word: actions.add(by("contributor"), product, content) for word, content in contents.items()
    }
