"""Bets made by hand, and sketches of known distributions."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.stats import norm

from sextant.strategy.portfolio import Bet, Factor, Span, Value

POINTS = (np.arange(512) + 0.5) / 512


def normal(mean: float, deviation: float) -> NDArray[np.float32]:
    """The sketch of a normal distribution: 512 quantiles of equal weight."""
    return np.asarray(norm.ppf(POINTS, mean, deviation), dtype=np.float32)


def worth(mean: float, deviation: float = 1.0, currency: str = "EUR") -> Value:
    sketch = normal(mean, deviation)
    return Value(currency, mean, mean - 1.645 * deviation, mean + 1.645 * deviation, sketch)


def levels(**given: str) -> dict[str, Factor]:
    """Factors by their levels: `levels(data="high", model="low medium")`."""
    return {key: Factor(frozenset(text.split())) for key, text in given.items()}  # type: ignore[arg-type]


def bet(key: int, value: Value | None = None, effort: Span | None = None, **given: str) -> Bet:
    """`bet(1, worth(5), data="high")`."""
    return Bet(key, f"bet {key}", value, effort=effort, factors=levels(**given))
