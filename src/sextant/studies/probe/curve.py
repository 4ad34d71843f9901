"""What more labels are worth: a learning curve, carried on with a band.

The error of a model of n rows is taken to be a + b n^-c (Hestness et al. 2017; Viering and Loog
2023). Every fold has a level of its own; what is fitted is how far the error falls from size to
size, so that easy and hard folds do not count. c is not fitted but weighed: each c of a grid by how
well its curve fits (a Student likelihood of the folds' residuals, wider where no curve fits), b
around its own fit, never below 0, nor so large that an error would fall below 0. The band is that
mixture's, taken wider by `STRETCH`; `benchmarks/probe_forecasts.py` holds forecasts of prefixes of
real data against what became of them.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from sextant.studies.probe.rows import Array

POWERS = np.geomspace(0.1, 2.0, 25)
DRAWS = 200
STRETCH = 1.3
FEWEST_SIZES = 3


@dataclass(frozen=True, slots=True)
class Point:
    """A size and the mean error over folds there."""

    rows: int
    error: float


@dataclass(frozen=True, slots=True)
class Curve:
    """Errors by size, shape [folds, sizes], sizes ascending; the draws of (b, c) that fit them."""

    sizes: Array
    errors: Array
    b: Array
    c: Array
    bound: float

    @property
    def points(self) -> tuple[Point, ...]:
        means = self.errors.mean(axis=0)
        return tuple(Point(int(n), float(e)) for n, e in zip(self.sizes, means, strict=True))


@dataclass(frozen=True, slots=True)
class Forecast:
    """By how much the error falls from `now` rows to `then`: the middle of the band, its ends."""

    now: int
    then: int
    value: float
    low: float
    high: float
    confidence: float


def fitted(sizes: Array, errors: Array, seed: int) -> Curve | None:
    """The curve of errors [folds, sizes]; None where too few sizes have an error.

    Deterministic for the same errors and seed.
    """
    sizes, errors = np.asarray(sizes, dtype=float), np.asarray(errors, dtype=float)
    usable = np.isfinite(errors).all(axis=0)
    sizes, errors = sizes[usable], errors[:, usable]
    folds, count = errors.shape
    if count < FEWEST_SIZES or folds < 2:
        return None
    rng = np.random.default_rng([seed, 13])
    mean = errors.mean(axis=0)
    rest = errors - errors.mean(axis=1, keepdims=True) - mean + mean.mean()
    nu = (folds - 1) * (count - 1)
    own = (rest**2).sum(axis=0) * count / nu
    noise = (own + own.mean()) / 2 / folds
    floor = max(float(noise.max()), 1e-16) * 1e-3
    weight = 1 / np.maximum(noise, floor)
    lines = np.array([_line(sizes**-c, mean, weight) for c in POWERS]).T
    misfit = max(float(lines[0].min()) / (count - 2), 1.0)
    chi, slope, error = lines[0] / misfit, lines[1], lines[2] * math.sqrt(misfit)
    likely = -0.5 * (nu + 1) * np.log1p(chi / nu)
    shares = np.exp(likely - likely.max())
    shares /= shares.sum()
    last = float(max(mean[-1], 0.0))
    bs, cs = [], []
    for c, share, middle, spread in zip(POWERS, shares, slope, error, strict=True):
        take = round(DRAWS * len(POWERS) * float(share))
        most = last * sizes[-1] ** c
        drawn = middle + spread * rng.standard_t(nu, take)
        bs.append(np.clip(drawn, 0.0, most))
        cs.append(np.full(take, c))
    return Curve(sizes, errors, np.concatenate(bs), np.concatenate(cs), last)


def _line(x: Array, y: Array, weight: Array) -> tuple[float, float, float]:
    """Weighted misfit, slope and its error of y on x."""
    total = float(weight.sum())
    mx, my = float(weight @ x) / total, float(weight @ y) / total
    sxx = float(weight @ (x - mx) ** 2)
    slope = float(weight @ ((x - mx) * (y - my))) / sxx
    chi = float(weight @ (y - my - slope * (x - mx)) ** 2)
    return chi, slope, 1 / math.sqrt(sxx)


def forecast(
    curve: Curve, now: int, then: int, confidence: float = 0.95, stretch: float = STRETCH
) -> Forecast:
    """The fall of the error from `now` to `then` rows, with its band."""
    falls = curve.b * (float(now) ** -curve.c - float(then) ** -curve.c)
    tail = (1 - confidence) / 2
    low, middle, high = (float(one) for one in np.quantile(falls, (tail, 0.5, 1 - tail)))
    low = max(middle - stretch * (middle - low), 0.0)
    high = min(middle + stretch * (high - middle), curve.bound)
    return Forecast(now, then, middle, low, max(high, middle), confidence)


def carried(curve: Curve, now: int, rows: int, confidence: float = 0.95) -> tuple[float, ...]:
    """(error, low, high) of a model of `rows` rows, where one of `now` has the last mean error."""
    last = curve.points[-1].error
    start = forecast(curve, int(curve.sizes[-1]), max(rows, int(curve.sizes[-1])), confidence)
    return last - start.value, last - start.high, last - start.low
