"""What it is worth at each quality: the picture behind the break-even."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sextant.strategy.economics.draws import HIGH, LOW, Draws
from sextant.strategy.economics.model import ValueModel
from sextant.strategy.economics.worth import expected, line, means, total

POINTS = 13
AROUND = 0.06
"""Room on either side of the range and of the break-even, as a share of quality."""


@dataclass(frozen=True, slots=True)
class CurvePoint:
    """A quality: the mean value there, and where nine of ten draws lie."""

    quality: float
    mean: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Curve:
    """The value against one quality; `rival` is what can be had without AI, by the means."""

    name: str
    points: tuple[CurvePoint, ...]
    rival: float


def curve(model: ValueModel, draws: Draws, name: str, at: float | None) -> Curve:
    """Around the input's range and its break-even `at`; a line in each draw."""
    held = model.inputs[name]
    seen = [held.low, held.high, *([] if at is None else [at])]
    first, last = max(min(seen) - AROUND, 0.0), min(max(seen) + AROUND, 1.0)
    zero = np.broadcast_to(total(model, {**draws.x, name: 0.0}, "ai"), (draws.n,))
    slope = np.broadcast_to(total(model, {**draws.x, name: 1.0}, "ai"), (draws.n,)) - zero
    mean, rise = line(model, means(model), name, "ai")
    points = []
    for quality in (float(x) for x in np.linspace(first, last, POINTS)):
        low, high = np.quantile(zero + slope * quality, (LOW, HIGH))
        points.append(CurvePoint(quality, mean + rise * quality, float(low), float(high)))
    worth = expected(model)
    return Curve(name, tuple(points), max(worth.get("other", 0.0), 0.0))
