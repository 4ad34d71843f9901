"""What all bets share: who is there, what is small and large here, what a currency is worth."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from sextant_server.accounts.acting import Acting
from sextant_server.accounts.models import User
from sextant_server.strategy.opportunities.models import Role
from sextant_server.strategy.portfolio.actions import (
    Marks,
    Staffing,
    keep_rate,
    set_capacity,
    set_yardsticks,
)
from sextant_server.strategy.team.actions import say, wear

MARKS = Marks("EUR", Decimal(50_000), Decimal(300_000), Decimal(3), Decimal(10), 30, 60)
MONTHS = 18
PEOPLE = (
    (Role.PRODUCT, "1.5", "2"),
    (Role.DATA_SCIENCE, "1", "2"),
    (Role.ML_ENGINEERING, "0.5", "1"),
    (Role.SOFTWARE, "2", "3"),
    (Role.DOMAIN, "0.5", "1"),
    (Role.LEGAL, "0.2", "0.5"),
)
HATS = {
    "ines": ("product-manager",),
    "bruno": ("stakeholder",),
    "tara": ("tech-lead", "ml-engineer"),
    "dana": ("data-scientist",),
    "rui": ("ethics", "legal"),
    "ann": ("annotator",),
}
SKILLS = {
    "ines": {"strategic-thinking": "leads", "business-knowledge": "leads", "ai-concepts": "able",
             "stakeholder-communication": "able"},
    "tara": {"ml-engineering": "leads", "software-engineering": "able", "modelling": "follows"},
    "dana": {"data-literacy": "leads", "modelling": "able", "experimentation": "able"},
    "rui": {"ethical-decision-making": "leads", "regulation": "able"},
}  # fmt: skip


def staff(people: dict[str, User], today: date) -> None:
    """Ada sets the yardsticks, Ines says who is there, everybody says what they can."""
    ada, ines = Acting(user=people["ada"]), Acting(user=people["ines"])
    set_yardsticks(ada, MARKS, 0)
    keep_rate(ada, "USD", "EUR", Decimal("0.87"), today, "invented, as the company is")
    for role, low, high in PEOPLE:
        set_capacity(ines, Staffing(role, today, MONTHS, Decimal(low), Decimal(high)), 0)
    for key, hats in HATS.items():
        wear(Acting(user=people[key]), hats)
    for key, levels in SKILLS.items():
        say(Acting(user=people[key]), levels)
