"""Errors of predicted numbers: MAE, RMSE, percentage errors and R² of several shapes of data."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
from benchmarks.coverage import batch
from benchmarks.coverage.record import Record, draws, observe
from benchmarks.coverage.rows import of_values

from sextant.metrics.means import root
from sextant.states.fit import FitMoments
from sextant.stats.estimate import Estimate, Level
from sextant.stats.r_squared import r_squared, r_squared_by_unit
from sextant.stats.ratio_of_means import ratio_of_means

ONCE = Level()
Rows = tuple[np.ndarray, np.ndarray]
Grid = tuple[np.ndarray, np.ndarray]
"""Points and their weights, which sum to 1."""


def _grid(kind: str, points: int) -> Grid:
    """The middles of equal steps over all but 1e-11 of the mass."""
    low, high = (-7.0, 7.0) if kind == "normal" else (0.0, 25.0)
    edges = np.linspace(low, high, points + 1)
    middles = (edges[1:] + edges[:-1]) / 2
    weights = np.exp(-(middles**2) / 2 if kind == "normal" else -middles)
    return middles, weights / weights.sum()


@dataclass(frozen=True, slots=True)
class Shape:
    """Predictions p = level(u) and labels y = p + off(p, z) from two independent numbers each."""

    first: str
    second: str
    make: Callable[[np.ndarray, np.ndarray], Rows]

    def drawn(self, rng: np.random.Generator, n: int | tuple[int, int]) -> Rows:
        """n rows, or (draws, n)."""
        u, z = (
            rng.normal(size=n) if one == "normal" else rng.exponential(size=n)
            for one in (self.first, self.second)
        )
        return self.make(u, z)

    def mean(self, value: Callable[[np.ndarray, np.ndarray], np.ndarray]) -> float:
        """The expectation of a value of prediction and label, by quadrature."""
        (u, wu), (z, wz) = _grid(self.first, 500), _grid(self.second, 1_000)
        rows = (wz @ value(*self.make(np.full(z.size, at), z)) for at in u)
        return float(wu @ np.fromiter(rows, float))


def _prices(sigma: float) -> Shape:
    """Errors in proportion to the label."""

    def make(u: np.ndarray, z: np.ndarray) -> Rows:
        x = np.exp(sigma * u)
        return x, x * np.exp(0.3 * z - 0.045)

    return Shape("normal", "normal", make)


def _spread(spread: float) -> Shape:
    return Shape("normal", "normal", lambda u, z: (10 + u, 10 + u + spread * z))


SHAPES: dict[str, Shape] = {
    "normal, R² 0.9": _spread(1 / 3),
    "normal, R² 0.1": _spread(3.0),
    "prices, σ 0.5": _prices(0.5),
    "prices, σ 1": _prices(1.0),
    "waits": Shape("exponential", "exponential", lambda u, z: (1 + u, 1 + u + z - 0.9)),
    "unrelated": Shape("normal", "normal", lambda u, z: (10 + u, 10 + z)),
}


def _fit(p: np.ndarray, y: np.ndarray) -> Estimate:
    f = FitMoments.of(p, y)
    return r_squared(f.n, f.error, f.v, f.m2, f.m4, f.c2, f.mean, ONCE)


def _wape(p: np.ndarray, y: np.ndarray) -> Estimate:
    e, a = np.abs(p - y), np.abs(y)
    de, da = e - e.mean(), a - a.mean()
    sums = float(de @ de), float(da @ da), float(de @ da)
    return ratio_of_means(y.size, float(e.mean()), float(a.mean()), *sums, ONCE)


def _pinball(p: np.ndarray, y: np.ndarray) -> np.ndarray:
    return np.maximum(0.9 * (y - p), 0.1 * (p - y))


def _percentage(p: np.ndarray, y: np.ndarray) -> np.ndarray:
    return np.abs(p - y) / np.abs(y)


Measure = Callable[[np.ndarray, np.ndarray], Estimate]
Value = Callable[[np.ndarray, np.ndarray], np.ndarray]
MEANS: dict[str, Value] = {
    "MAE": lambda p, y: np.abs(p - y),
    "RMSE": lambda p, y: np.square(p - y),
    "bias": lambda p, y: p - y,
    "MAPE": _percentage,
    "pinball loss at 0.9": _pinball,
}
"""Measures that are the mean of a value of each row, RMSE its root."""


def errors(rng: np.random.Generator, runs: int, sizes: tuple[int, ...]) -> Iterator[Record]:
    """Every measure on every shape; the truth by quadrature."""
    for name, shape in SHAPES.items():
        values = {
            one: (value, shape.mean(value))
            for one, value in MEANS.items()
            if (one, name) != ("MAPE", "normal, R² 0.1")  # labels cross 0: it does not exist
        }
        others = _other_truths(shape)
        for n in sizes:
            found: dict[str, list[batch.Limits]] = {one: [] for one in values}
            each, total = min(max(300_000 // n, 1), 500), draws(n, runs)
            for first in range(0, total, each):
                p, y = shape.drawn(rng, (min(each, total - first), n))
                for one, (value, _) in values.items():
                    x = value(p, y)
                    found[one].append(_limits(one, x))
                    if not first:
                        found[one][0].agree(_judged(one, row) for row in x[:2])
            for one, (_, truth) in values.items():
                true = truth**0.5 if one == "RMSE" else truth
                yield batch.joined(found[one]).record(one, f"{name}, n {n}", true, n)
            rows = [shape.drawn(rng, n) for _ in range(draws(n, runs))]
            for one, judge, truth in others:
                judged = (judge(p, y) for p, y in rows)
                yield observe(one, f"{name}, n {n}", truth, judged, n)


def _limits(name: str, x: np.ndarray) -> batch.Limits:
    mean = x.mean(axis=1)
    d = x - mean[:, None]
    squares = np.square(d)
    found = batch.mean(x.shape[1], mean, squares.sum(axis=1), (squares * d).sum(axis=1))
    if name != "RMSE":
        return found
    low = np.where(np.isfinite(found.low), np.maximum(found.low, 0) ** 0.5, found.low)
    return batch.Limits(low, np.maximum(found.high, 0) ** 0.5)


def _judged(name: str, x: np.ndarray) -> Estimate:
    found = of_values(x)
    return root(found) if name == "RMSE" else found


def _other_truths(shape: Shape) -> list[tuple[str, Measure, float]]:
    """Measures that are more than a mean, and what they are of the whole shape."""
    error, label = shape.mean(lambda p, y: np.abs(p - y)), shape.mean(lambda p, y: np.abs(y))
    square, mean = shape.mean(lambda p, y: np.square(p - y)), shape.mean(lambda p, y: y)
    spread = shape.mean(lambda p, y: np.square(y - mean))
    return [("WAPE", _wape, error / label), ("R²", _fit, 1 - square / spread)]


def fits_by_unit(rng: np.random.Generator, runs: int, counts: tuple[int, ...]) -> Iterator[Record]:
    """R² where the rows of a unit share a level and an error."""
    for g in counts:
        for share in (0.0, 0.5):
            truth = 1 - 0.25 / 1.25

            def estimate(g: int = g, share: float = share) -> Estimate:
                sizes = 1 + rng.poisson(3, g)
                unit = np.repeat(np.arange(g), sizes)
                n = unit.size

                def mixed() -> np.ndarray:
                    own = rng.normal(size=n) * (1 - share) ** 0.5
                    return np.asarray(own + rng.normal(size=g)[unit] * share**0.5)

                p = mixed()
                y = p + 0.5 * mixed()
                totals = (np.bincount(unit, w) for w in ((p - y) ** 2, (y - y.mean()) ** 2))
                return r_squared_by_unit(sizes.astype(float), *totals, ONCE)

            case = f"{g} units, intra-unit correlation {share}"
            yield observe("R² by unit", case, truth, (estimate() for _ in range(runs)))
