"""How good it must be to be worth it: where it is worth as much as the best way without AI."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from sextant.strategy.economics.distributions import Floats
from sextant.strategy.economics.draws import HIGH, LOW, Draws, Frequency
from sextant.strategy.economics.inputs import QUALITY
from sextant.strategy.economics.model import ValueModel
from sextant.strategy.economics.worth import expected, line, means, total

Reason = Literal["", "any", "none"]


@dataclass(frozen=True, slots=True)
class BreakEven:
    """The quality at which it is worth as much as the best way without AI.

    `at` by the means; None with the `reason`: worth it at `any` quality between 0 and 1, or at
    `none`. `low` and `high`: nine of ten draws have theirs between them, cut off at 0 and 1;
    `any_share` and `none_share` how many lie beyond. `reached`: in how many draws the quality
    that was drawn is good enough. `least`: it must be at least this good (recall), not at most.
    """

    name: str
    at: float | None
    reason: Reason
    low: float
    high: float
    any_share: float
    none_share: float
    reached: Frequency
    least: bool


def break_evens(model: ValueModel, draws: Draws) -> tuple[BreakEven, ...]:
    """Of each quality that evidence can measure."""
    return tuple(_of_one(model, draws, name) for name in QUALITY[model.shape])


def _of_one(model: ValueModel, draws: Draws, name: str) -> BreakEven:
    at, reason = _at_the_means(model, name)
    least = name != "false_positive_rate"
    crossing, always = _in_draws(model, draws, name)
    usual, easy = (crossing, crossing < 0) if least else (1 - crossing, crossing > 1)
    hard = usual > 1
    ends = np.quantile(np.clip(usual, 0.0, 1.0), (LOW, HIGH))
    low, high = ends if least else (1 - ends[1], 1 - ends[0])
    return BreakEven(
        name, at, reason, float(low), float(high), float(np.mean(easy)), float(np.mean(hard)),
        Frequency.of(always), least,
    )  # fmt: skip


def _at_the_means(model: ValueModel, name: str) -> tuple[float | None, Reason]:
    zero, slope = line(model, means(model), name, "ai")
    worth = expected(model)
    rival = max(worth.get("other", 0.0), 0.0)
    ends = (zero - rival, zero + slope - rival)
    if min(ends) > 0 or (slope == 0 and ends[0] >= 0):
        return None, "any"
    if max(ends) < 0:
        return None, "none"
    return (rival - zero) / slope, ""


def _in_draws(model: ValueModel, draws: Draws, name: str) -> tuple[Floats, np.ndarray]:
    """Where each draw breaks even, on the whole line of numbers; and whether it is good enough."""
    zero = np.broadcast_to(total(model, {**draws.x, name: 0.0}, "ai"), (draws.n,))
    one = np.broadcast_to(total(model, {**draws.x, name: 1.0}, "ai"), (draws.n,))
    lead = draws.totals["ai"] - draws.rival
    slope = one - zero
    worse = np.where(lead >= 0, -np.inf, np.inf)
    if name == "false_positive_rate":
        worse = -worse
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        crossing = np.where(slope == 0, worse, (draws.rival - zero) / slope)
    return crossing, lead >= 0
