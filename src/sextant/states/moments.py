"""Mean and centred sums of one column, and of two columns together.

Centred sums, never raw sums of squares: those cancel to nothing (or below zero) where the mean is
large beside the spread. Merges: Chan, Golub & LeVeque (1983) for the second order, Pébay (2008,
SAND2008-6212, equations 2.1 and 3.1) for the third and for the co-moment.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from sextant.states.state import S, count, factor


@dataclass(frozen=True, slots=True)
class Moments:
    """Count, mean and centred sums Σ(x−mean)², Σ(x−mean)³ of one column; merge with `+`.

    Beyond |x| of about 1e150 (`m2`) or 1e100 (`m3`) a sum overflows to an infinity or NaN and
    stays so: an estimator must call it not assessable. Raises ValueError for a negative `n` or
    `m2`, and for moments of no rows that are not 0.
    """

    n: float = 0.0
    mean: float = 0.0
    m2: float = 0.0
    m3: float = 0.0

    def __post_init__(self) -> None:
        tidy(self, self.n, self.m2)

    @classmethod
    def of(cls, values: ArrayLike) -> Moments:
        """The moments of finite values, computed in two passes."""
        x = np.asarray(values, np.float64).ravel()
        if not x.size:
            return cls()
        mean = x.mean()
        mean += (x - mean).mean()
        d = x - mean
        return cls(x.size, mean, d @ d, (d * d) @ d)

    def __add__(self, other: Moments) -> Moments:
        a, b = in_order(self, other)
        if not b.n:
            return a
        n, delta = a.n + b.n, b.mean - a.mean
        share = b.n / n
        spread = delta * delta * a.n * share
        skew = spread * delta * (a.n - b.n) / n
        return Moments(
            n,
            a.mean + delta * share,
            a.m2 + b.m2 + spread,
            a.m3 + b.m3 + skew + 3 * delta * (a.n * b.m2 - b.n * a.m2) / n,
        )

    def scaled(self, f: float) -> Moments:
        """The moments if each row stood `f` times."""
        n = self.n * factor(f)
        return Moments(n, self.mean, self.m2 * f, self.m3 * f) if n else Moments()


@dataclass(frozen=True, slots=True)
class CoMoments:
    """Count, means and centred sums of two columns over the rows that have both.

    `m2_x` = Σ(x−mean_x)², `m2_y` alike, `c` = Σ(x−mean_x)(y−mean_y). Limits and errors as for
    `Moments`.
    """

    n: float = 0.0
    mean_x: float = 0.0
    mean_y: float = 0.0
    m2_x: float = 0.0
    m2_y: float = 0.0
    c: float = 0.0

    def __post_init__(self) -> None:
        tidy(self, self.n, self.m2_x, self.m2_y)

    @classmethod
    def of(cls, x: ArrayLike, y: ArrayLike) -> CoMoments:
        """The moments of paired finite values, computed in two passes."""
        xs, ys = np.asarray(x, np.float64).ravel(), np.asarray(y, np.float64).ravel()
        if xs.size != ys.size:
            raise ValueError(f"x and y must pair up, but have {xs.size} and {ys.size} values.")
        if not xs.size:
            return cls()
        mean_x, mean_y = xs.mean(), ys.mean()
        mean_x += (xs - mean_x).mean()
        mean_y += (ys - mean_y).mean()
        dx, dy = xs - mean_x, ys - mean_y
        return cls(xs.size, mean_x, mean_y, dx @ dx, dy @ dy, dx @ dy)

    def __add__(self, other: CoMoments) -> CoMoments:
        a, b = in_order(self, other)
        if not b.n:
            return a
        n = a.n + b.n
        dx, dy, share = b.mean_x - a.mean_x, b.mean_y - a.mean_y, b.n / n
        return CoMoments(
            n,
            a.mean_x + dx * share,
            a.mean_y + dy * share,
            a.m2_x + b.m2_x + dx * dx * a.n * share,
            a.m2_y + b.m2_y + dy * dy * a.n * share,
            a.c + b.c + dx * dy * a.n * share,
        )

    def scaled(self, f: float) -> CoMoments:
        """The moments if each row stood `f` times."""
        n = self.n * factor(f)
        if not n:
            return CoMoments()
        return CoMoments(n, self.mean_x, self.mean_y, self.m2_x * f, self.m2_y * f, self.c * f)


def in_order(a: S, b: S) -> tuple[S, S]:
    """Two operands, the larger first, so that a + b and b + a are equal to the last bit."""
    return (a, b) if _values(a) >= _values(b) else (b, a)


def _values(state: Any) -> tuple[float, ...]:
    return tuple(getattr(state, name) for name in state.__slots__)


def tidy(state: Any, n: float, *squares: float) -> None:
    """Plain floats without minus zero; refuse what no rows can give."""
    count(n, "n")
    for field in fields(state):
        value = float(getattr(state, field.name)) + 0.0
        if value and not n:
            raise ValueError(f"Moments of no rows are 0, but {field.name} is {value!r}.")
        object.__setattr__(state, field.name, value)
    for square in squares:
        if square < 0:
            raise ValueError(f"A sum of squares is at least 0, not {square!r}.")
