"""What each candidate is worth, as a function of numbers: one case, draws, or means.

The sum is linear in each input with the others held (multilinear). Inputs are independent, so the
mean of the value is the value at the means: exact, whatever the shapes of the ranges.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

from sextant.strategy.economics.distributions import Distribution, Floats, Remaining
from sextant.strategy.economics.inputs import inputs_of
from sextant.strategy.economics.model import Candidate, ValueModel

Number: TypeAlias = "float | Floats"
Numbers: TypeAlias = "Mapping[str, Number]"
LIVE = {"months": "live", "other_months": "other_live"}
"""What the value is linear in instead of the months until it is live: the months that remain."""


def factors(model: ValueModel) -> dict[str, Distribution]:
    """What the value is linear in, by the name of the input: its distribution."""
    return {
        name: Remaining(model.horizon, held.distribution) if name in LIVE else held.distribution
        for name, held in model.inputs.items()
    }


def means(model: ValueModel) -> dict[str, float]:
    """Every number of the sum at its mean; what is left open at what that means."""
    held: dict[str, float] = {**left_open(model)}
    for name, one in factors(model).items():
        held[LIVE.get(name, name)] = one.mean
    return held


def left_open(model: ValueModel) -> dict[str, float]:
    """The numbers that leaving inputs open stands for."""
    held = {one.name: one.open_value for one in inputs_of(model.shape)}
    held |= {"live": float(model.horizon), "other_live": float(model.horizon)}
    if "today_accuracy" not in model.inputs:
        held.pop("today_accuracy", None)
    return held


def total(model: ValueModel, x: Numbers, who: Candidate) -> Number:
    """Over the whole horizon, against today's way."""
    if who == "today":
        return 0.0
    live, build = ("live", "build") if who == "ai" else ("other_live", "other_build")
    return monthly(model, x, who) * x[live] - x[build]


def monthly(model: ValueModel, x: Numbers, who: Candidate) -> Number:
    """In each month once it is live, against today's way."""
    if who == "today":
        return 0.0
    uses = x["users"] * x["uses"] * x["adoption"]
    if who == "other":
        cost = (x["other_per_1000"] - x["today_per_1000"]) / 1000
        return uses * (_better(model, x, "other_") - cost) - x["other_fixed"]
    cost = (x["per_1000"] - x["today_per_1000"]) / 1000 + x["review_share"] * x["review_cost"]
    return uses * (_better(model, x, "") - cost) - x["labelling"] - x["fixed"]


def _better(model: ValueModel, x: Numbers, of: str) -> Number:
    """What one use is worth more than today, before what it costs to run."""
    if model.shape == "answers":
        right = x[f"{of}accuracy"]
        worth = right * x["benefit_right"] - (1 - right) * x["cost_wrong"]
        if (today := x.get("today_accuracy")) is None:
            return worth
        return worth - (today * x["benefit_right"] - (1 - today) * x["cost_wrong"])
    found = x["benefit_right_positive"] + x["cost_false_negative"]
    passed = x["benefit_right_negative"] + x["cost_false_positive"]
    more_found = x[f"{of}recall"] - x["today_recall"]
    fewer_flagged = x["today_false_positive_rate"] - x[f"{of}false_positive_rate"]
    return x["prevalence"] * more_found * found + (1 - x["prevalence"]) * fewer_flagged * passed


def line(
    model: ValueModel, at: Mapping[str, float], name: str, who: Candidate
) -> tuple[float, float]:
    """The value as a line in one input, the others as given: its height at zero, its slope."""
    key = LIVE.get(name, name)
    zero = float(total(model, {**at, key: 0.0}, who))
    return zero, float(total(model, {**at, key: 1.0}, who)) - zero


def expected(model: ValueModel) -> dict[Candidate, float]:
    """The exact mean of each candidate's value over the horizon."""
    at = means(model)
    return {who: float(total(model, at, who)) for who in model.candidates}


def expected_monthly(model: ValueModel) -> dict[Candidate, float]:
    """The exact mean of each candidate's value in a month once it is live."""
    at = means(model)
    return {who: float(monthly(model, at, who)) for who in model.candidates}
