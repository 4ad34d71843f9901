"""Squared errors and labels together: what R² rests on, and how sure it is."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike

from sextant.states.moments import in_order, tidy
from sextant.states.state import factor


@dataclass(frozen=True, slots=True)
class FitMoments:
    """Labels y and squared errors q = (prediction − y)² over the rows that have both.

    `mean`, `m2`, `m3`, `m4`: of the labels, centred sums of the second to fourth power. `error`:
    the mean of q; `v` = Σ(q−q̄)², `c1` = Σ(q−q̄)(y−ȳ), `c2` = Σ(q−q̄)(y−ȳ)². Merge with `+`: each
    side is moved to the common means (binomial expansion; Pébay 2008, SAND2008-6212). Limits and
    errors as for `Moments`.
    """

    n: float = 0.0
    mean: float = 0.0
    m2: float = 0.0
    m3: float = 0.0
    m4: float = 0.0
    error: float = 0.0
    v: float = 0.0
    c1: float = 0.0
    c2: float = 0.0

    def __post_init__(self) -> None:
        tidy(self, self.n, self.m2, self.m4, self.error, self.v)

    @classmethod
    def of(cls, predictions: ArrayLike, labels: ArrayLike) -> FitMoments:
        """The moments of paired finite values, computed in two passes."""
        p, y = (np.asarray(one, np.float64).ravel() for one in (predictions, labels))
        if p.size != y.size:
            raise ValueError(
                f"Predictions and labels must pair up, but there are {p.size} and {y.size}."
            )
        if not y.size:
            return cls()
        q = np.square(p - y)
        mean = y.mean()
        mean += (y - mean).mean()
        d, e = y - mean, q - q.mean()
        squares = d * d
        return cls(
            y.size, mean, d @ d, squares @ d, squares @ squares, q.mean(), e @ e, e @ d, e @ squares
        )

    def __add__(self, other: FitMoments) -> FitMoments:
        a, b = in_order(self, other)
        if not b.n:
            return a
        n = a.n + b.n
        share = b.n / n
        mean = a.mean + (b.mean - a.mean) * share
        error = a.error + (b.error - a.error) * share
        x, y = a._about(mean, error), b._about(mean, error)
        return FitMoments(
            n,
            mean,
            x.m2 + y.m2,
            x.m3 + y.m3,
            x.m4 + y.m4,
            error,
            x.v + y.v,
            x.c1 + y.c1,
            x.c2 + y.c2,
        )

    def _about(self, mean: float, error: float) -> FitMoments:
        """The sums about another mean of the labels and of the squared errors."""
        s, t, n = self.mean - mean, self.error - error, self.n
        return FitMoments(
            n,
            mean,
            self.m2 + n * s * s,
            self.m3 + 3 * s * self.m2 + n * s**3,
            self.m4 + 4 * s * self.m3 + 6 * s * s * self.m2 + n * s**4,
            error,
            self.v + n * t * t,
            self.c1 + n * s * t,
            self.c2 + 2 * s * self.c1 + t * (self.m2 + n * s * s),
        )

    def scaled(self, f: float) -> FitMoments:
        """The moments if each row stood `f` times."""
        if not self.n * factor(f):
            return FitMoments()
        sums = ("n", "m2", "m3", "m4", "v", "c1", "c2")
        return replace(self, **{name: getattr(self, name) * f for name in sums})
