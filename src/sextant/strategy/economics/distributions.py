"""The distributions that a range can stand for, each with the same four answers.

`mean`, `quantile(u)`, and `short_of(k)` = E[(k − X)⁺], how far X falls short of k on average, are
closed forms: with the last, the mean of any piecewise linear function of X is exact, which is what
value of information needs. Draws are quantiles of uniform numbers.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr, ndtri

Floats = NDArray[np.float64]
PHI0 = 1 / math.sqrt(2 * math.pi)
HALF_WIDTH = float(ndtri(0.975))
"""Standard errors from an estimate to the end of its 95 % interval."""


class Distribution(Protocol):
    """What is known of one number."""

    @property
    def mean(self) -> float: ...

    def quantile(self, u: Floats) -> Floats: ...

    def short_of(self, k: float) -> float: ...


@dataclass(frozen=True, slots=True)
class Point:
    """A number without uncertainty: an exact count."""

    at: float

    @property
    def mean(self) -> float:
        return self.at

    def quantile(self, u: Floats) -> Floats:
        return np.full_like(u, self.at)

    def short_of(self, k: float) -> float:
        return max(k - self.at, 0.0)


@dataclass(frozen=True, slots=True)
class Uniform:
    """Anything between two hard limits, as likely here as there."""

    low: float
    high: float

    @property
    def mean(self) -> float:
        return self.low + (self.high - self.low) / 2

    def quantile(self, u: Floats) -> Floats:
        return self.low + (self.high - self.low) * u

    def short_of(self, k: float) -> float:
        if k >= self.high:
            return k - self.mean
        below = max(k - self.low, 0.0)
        return below * (below / (self.high - self.low)) / 2


@dataclass(frozen=True, slots=True)
class Triangular:
    """Hard limits and the likeliest number between them (Kotz & van Dorp 2004, chapter 1)."""

    low: float
    likely: float
    high: float

    @property
    def mean(self) -> float:
        return (self.low + self.likely + self.high) / 3

    def quantile(self, u: Floats) -> Floats:
        width, left = self.high - self.low, self.likely - self.low
        rises = u * width < left
        root = np.sqrt(np.where(rises, u * (width * left), (1 - u) * (width * (width - left))))
        return np.where(rises, self.low + root, self.high - root)

    def short_of(self, k: float) -> float:
        width = self.high - self.low
        if k >= self.likely:
            left = max(self.high - k, 0.0)
            beyond = left * (left / width) * (left / (self.high - self.likely)) / 3 if left else 0.0
            return k - self.mean + beyond
        below = max(k - self.low, 0.0)
        return below * (below / width) * (below / (self.likely - self.low)) / 3 if below else 0.0


@dataclass(frozen=True, slots=True)
class TwoPiece:
    """A measured number: half its mass on either side of the estimate, each half a half-normal.

    The estimate is its median and the ends of the 95 % interval are its 2.5 % and 97.5 % points,
    so that what was measured is what is drawn, also where the interval is lopsided (Wallis 2014 on
    the two-piece normal, which has the mode there instead). Each half is cut off at the limits of
    what the number can be; an interval that ends near such a limit becomes a little narrower.
    """

    middle: float
    below: float
    above: float
    least: float
    most: float

    @classmethod
    def of(cls, low: float, estimate: float, high: float, least: float, most: float) -> TwoPiece:
        """From an estimate with its 95 % interval."""
        below, above = (estimate - low) / HALF_WIDTH, (high - estimate) / HALF_WIDTH
        return cls(estimate, below, above, least, most)

    @property
    def mean(self) -> float:
        left, right = self._left(), self._right()
        return self.middle + (right.excess(0.0) - left.excess(0.0)) / 2

    def quantile(self, u: Floats) -> Floats:
        left, right = self._left(), self._right()
        from_middle = 2 * u - 1
        is_left = from_middle < 0
        z = ndtri(0.5 + np.where(is_left, left.top, right.top) * np.abs(from_middle))
        x: Floats = self.middle + np.where(is_left, -left.scale, right.scale) * z
        return np.clip(x, self.least, self.most)

    def short_of(self, k: float) -> float:
        if k <= self.middle:
            return self._left().excess(self.middle - k) / 2
        return k - self.mean + self._right().excess(k - self.middle) / 2

    def _left(self) -> HalfNormal:
        return HalfNormal(self.below, self.middle - self.least)

    def _right(self) -> HalfNormal:
        return HalfNormal(self.above, self.most - self.middle)


@dataclass(frozen=True, slots=True)
class HalfNormal:
    """|N(0, sigma²)| given that it is at most `most`."""

    sigma: float
    most: float

    @property
    def is_point(self) -> bool:
        return self.sigma <= 0 or self.most <= 0

    @property
    def scale(self) -> float:
        """Its sigma; zero where it is a point."""
        return 0.0 if self.is_point else self.sigma

    @property
    def top(self) -> float:
        """The mass of a whole normal that it covers: a half, less what is cut off."""
        return 0.0 if self.is_point else float(ndtr(self.most / self.sigma)) - 0.5

    def excess(self, k: float) -> float:
        """E[(X − k)⁺] for k ≥ 0; φ(z) − φ(t) is written so that it loses no digits."""
        if self.is_point or k >= self.most:
            return 0.0
        t, z = self.most / self.sigma, k / self.sigma
        mass = self.top
        left = float(ndtr(-z) - ndtr(-t))
        fall = PHI0 * math.exp(-z * z / 2) * -math.expm1(-(t * t - z * z) / 2)
        return max(self.sigma * (fall - z * left) / mass, 0.0)


@dataclass(frozen=True, slots=True)
class Remaining:
    """What is left of a stretch of months after X of them: (months − X)⁺."""

    months: float
    after: Distribution

    @property
    def mean(self) -> float:
        return self.after.short_of(self.months)

    def quantile(self, u: Floats) -> Floats:
        return np.maximum(self.months - self.after.quantile(1 - u), 0.0)

    def short_of(self, k: float) -> float:
        if k <= 0:
            return 0.0
        return self._beyond(self.months - k) - self._beyond(self.months)

    def _beyond(self, k: float) -> float:
        """E[(X − k)⁺]."""
        return self.after.mean - k + self.after.short_of(k)
