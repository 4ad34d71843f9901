"""What matters most: how far the value swings when one input goes through its range."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sextant.strategy.economics.draws import HIGH, LOW
from sextant.strategy.economics.model import ValueModel
from sextant.strategy.economics.worth import factors, line, means


@dataclass(frozen=True, slots=True)
class Swing:
    """One input: its 5 % and 95 % points, and the value at each, the others at their means."""

    name: str
    low: float
    high: float
    at_low: float
    at_high: float

    @property
    def size(self) -> float:
        return abs(self.at_high - self.at_low)


def tornado(model: ValueModel) -> tuple[Swing, ...]:
    """The swings of the product's value, exact, the largest first.

    Inputs without any are left out: those of the way without AI, and what is known exactly.
    """
    at, swings = means(model), []
    for name, factor in factors(model).items():
        zero, slope = line(model, at, name, "ai")
        ends = np.array([LOW, HIGH])
        low, high = (float(x) for x in model.inputs[name].distribution.quantile(ends))
        first, last = (float(x) for x in factor.quantile(ends))
        if name in ("months", "other_months"):
            first, last = last, first
        swings.append(Swing(name, low, high, zero + slope * first, zero + slope * last))
    moving = [one for one in swings if one.size > 0]
    return tuple(sorted(moving, key=lambda one: -one.size))
