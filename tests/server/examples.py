"""What the server's tests speak of: a product, and contracts about the extract of the census."""

from datetime import date
from decimal import Decimal

from sextant_server.products.actions import About

ABOUT = About(
    name="Employment pre-screen",
    ai_type="classification",
    automation="reviewed",
    risk="limited",
    problem="Officials check every income by hand.",
    affected="people who apply for support",
    metric="manual income checks per 1,000 applications",
    baseline=Decimal(1000),
    target=Decimal(500),
    due=date(2027, 3, 31),
)
"""What a product of the tests is."""

MET, MISSED, UNDECIDED = "auc >= 0.6", "recall >= 0.99", "precision >= 0.8"
"""Criteria with these verdicts on the 600 people of the extract."""


def contract_text(*criteria: str, **keys: str) -> str:
    """A contract about the extract, with these criteria and further keys of its first level."""
    lines = [
        "product: Employment pre-screen",
        "outcome: Cut manual checks from 1,000 to 500 per 1,000 by 2027-03-31",
        "task: binary",
        "data:",
        "  source: predictions",
        "  label: employed",
        "  score: {column: predicted_probability_permille, scale: 1000}",
        "  time: year",
        "  segments:",
        "    sex: {column: SEX, labels: {1: men, 2: women}}",
        *(f"{key}: {value}" for key, value in keys.items()),
        "criteria:",
        *(f"  - {one}" for one in criteria or (MET,)),
    ]
    return "\n".join(lines) + "\n"
