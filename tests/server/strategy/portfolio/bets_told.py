"""Values that are told by hand: the value model is not what these tests are about."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from scipy.stats import norm

from sextant_server.products.models import Product
from sextant_server.strategy.economics.queries import BreakEven

POINTS = (np.arange(512) + 0.5) / 512
MakeBet = Callable[..., Product]


@dataclass
class Told:
    """What a value model would say."""

    currency: str
    expected: float
    low: float
    high: float
    sketch: Any
    grade: str = "measured"
    payback: float = 0.62
    payback_by: date = date(2027, 12, 1)
    beats: float = 0.5
    break_evens: tuple[BreakEven, ...] = (BreakEven("recall", 0.87, 0.8, 0.91, ""),)
    says: str = "It is worth something."
    digest: str = "9f3c" * 16


def told(mean: float, deviation: float = 1_000.0, currency: str = "EUR") -> Told:
    low, high = norm.ppf((0.05, 0.95), mean, deviation)
    sketch = np.asarray(norm.ppf(POINTS, mean, deviation), dtype=np.float32)
    return Told(currency, mean, float(low), float(high), sketch)
