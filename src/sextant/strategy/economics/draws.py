"""Draws of everything at once, and what is counted in them, each with its Monte-Carlo error.

The seed is taken from the model's digest: the same model has the same draws everywhere.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from sextant.strategy.economics.distributions import HALF_WIDTH, Floats
from sextant.strategy.economics.model import Candidate, ValueModel
from sextant.strategy.economics.worth import Number, left_open, total

DRAWS = 10_000
LOW, HIGH = 0.05, 0.95
"""Nine of ten draws lie between these quantiles."""
SKETCH = 512


@dataclass(frozen=True, slots=True)
class Draws:
    """Every number of the sum as it was drawn, and the value of each candidate in each draw."""

    n: int
    x: Mapping[str, Number]
    totals: Mapping[Candidate, Floats]

    @property
    def rival(self) -> Floats:
        """In each draw the best that can be had without AI: the other way, or nothing."""
        return np.maximum(self.totals.get("other", 0.0), self.totals["today"])


@dataclass(frozen=True, slots=True)
class Frequency:
    """In how many of the draws something is so: its share, and the Monte-Carlo standard error."""

    share: float
    error: float

    @classmethod
    def of(cls, so: np.ndarray) -> Frequency:
        share = float(np.mean(so))
        return cls(share, math.sqrt(share * (1 - share) / len(so)))


@dataclass(frozen=True, slots=True)
class Interval:
    """Where nine of ten draws lie. Each end has the 95 % interval of its Monte-Carlo error."""

    low: float
    high: float
    low_error: tuple[float, float]
    high_error: tuple[float, float]


def draw(model: ValueModel, n: int = DRAWS) -> Draws:
    """Independent draws of all inputs, in the order of the catalogue."""
    rng = np.random.default_rng(int(model.digest[:16], 16))
    x: dict[str, Number] = {**left_open(model)}
    for name, held in model.inputs.items():
        x[name] = held.distribution.quantile(rng.random(n))
    for name, live in (("months", "live"), ("other_months", "other_live")):
        x[live] = np.maximum(model.horizon - x[name], 0.0)
    totals = {who: np.broadcast_to(total(model, x, who), (n,)) for who in model.candidates}
    return Draws(n, x, totals)


def interval(ordered: Floats) -> Interval:
    """The 5 % and the 95 % quantile of sorted draws; their errors are order statistics around."""
    low, high = quantiles(ordered, np.array([LOW, HIGH]))
    return Interval(float(low), float(high), _error(ordered, LOW), _error(ordered, HIGH))


def quantiles(ordered: Floats, at: Floats) -> Floats:
    """Of sorted draws, interpolated between neighbours (Hyndman & Fan 1996, type 7)."""
    return np.interp(at * (len(ordered) - 1), np.arange(len(ordered)), ordered)


def sketch(ordered: Floats) -> bytes:
    """512 ascending quantiles as little-endian 32-bit floats: a small state of sorted draws."""
    at = (np.arange(SKETCH) + 0.5) / SKETCH
    return quantiles(ordered, at).astype("<f4").tobytes()


def unsketch(held: bytes) -> np.ndarray:
    """The quantiles of a sketch."""
    return np.frombuffer(held, dtype="<f4")


def _error(ordered: Floats, p: float) -> tuple[float, float]:
    """Between which draws the true quantile lies with 95 % (binomial ranks)."""
    n = len(ordered)
    half = HALF_WIDTH * math.sqrt(n * p * (1 - p))
    first, last = math.floor(n * p - half), math.ceil(n * p + half)
    return float(ordered[max(first, 0)]), float(ordered[min(last, n - 1)])
