"""Value models that the tests share."""

from collections.abc import Callable

import pytest

from sextant.strategy.economics import Range, ValueModel


def believed(low: float, high: float, likely: float | None = None) -> Range:
    return Range(low, likely, high, "believed")


def measured(estimate: float, low: float, high: float) -> Range:
    return Range(low, estimate, high, "measured")


BINARY = {
    "users": believed(8_000, 12_000, 10_000),
    "uses": believed(1, 3),
    "prevalence": believed(0.01, 0.03),
    "recall": believed(0.6, 0.95),
    "false_positive_rate": believed(0.01, 0.05),
    "benefit_right_positive": believed(40, 120, 80),
    "cost_false_positive": believed(5, 20),
    "build": believed(60_000, 150_000, 90_000),
}
ANSWERS = {
    "users": believed(800, 1_200, 1_000),
    "uses": believed(10, 30, 15),
    "accuracy": believed(0.7, 0.95),
    "benefit_right": believed(1, 3),
    "cost_wrong": believed(2, 10, 4),
    "build": believed(40_000, 100_000),
}
WHOLE = {
    **BINARY,
    "adoption": believed(0.4, 0.9, 0.7),
    "cost_false_negative": believed(0, 10),
    "per_1000": believed(5, 30),
    "review_share": believed(0.05, 0.2),
    "review_cost": believed(0.1, 0.5),
    "labelling": believed(200, 800),
    "fixed": believed(1_000, 3_000),
    "months": believed(3, 30),
    "today_recall": measured(0.3, 0.25, 0.36),
    "other_recall": believed(0.4, 0.6),
    "other_false_positive_rate": believed(0.02, 0.08),
    "other_build": believed(5_000, 20_000),
    "other_months": believed(1, 4),
    "cost_per_label": believed(1, 3),
}


Make = Callable[..., ValueModel]


@pytest.fixture(scope="session")
def binary() -> Make:
    """A model of a yes or no with the inputs that are needed: `binary(recall=…)` changes one."""
    return lambda **changed: ValueModel("binary", "EUR", {**BINARY, **changed})


@pytest.fixture(scope="session")
def answers() -> Make:
    """A model of answers that are right or wrong."""
    return lambda **changed: ValueModel("answers", "EUR", {**ANSWERS, **changed})


@pytest.fixture(scope="session")
def whole() -> Make:
    """A model with nearly everything in it."""
    return lambda **changed: ValueModel("binary", "EUR", {**WHOLE, **changed})
