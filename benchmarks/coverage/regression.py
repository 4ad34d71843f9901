"""Errors of predicted numbers: MAE, RMSE, percentage errors and R² of several shapes of data."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
from benchmarks.coverage.record import Record, observe
from benchmarks.coverage.rows import of_values

from sextant.metrics.means import root
from sextant.states.fit import FitMoments
from sextant.stats.estimate import Estimate, Level
from sextant.stats.r_squared import r_squared, r_squared_by_unit
from sextant.stats.ratio_of_means import ratio_of_means

ONCE = Level()
Draw = Callable[[np.random.Generator, int], tuple[np.ndarray, np.ndarray]]
"""Predictions and labels of so many rows."""


def _normal(spread: float) -> Draw:
    def draw(rng: np.random.Generator, n: int) -> tuple[np.ndarray, np.ndarray]:
        x = 10 + rng.normal(size=n)
        return x, x + spread * rng.normal(size=n)

    return draw


def _lognormal(sigma: float) -> Draw:
    """Prices: errors in proportion to the label."""

    def draw(rng: np.random.Generator, n: int) -> tuple[np.ndarray, np.ndarray]:
        x = rng.lognormal(0, sigma, n)
        return x, x * np.exp(0.3 * rng.normal(size=n) - 0.045)

    return draw


def _waits(rng: np.random.Generator, n: int) -> tuple[np.ndarray, np.ndarray]:
    x = 1 + rng.exponential(size=n)
    return x, x + rng.exponential(size=n) - 0.9


def _unrelated(rng: np.random.Generator, n: int) -> tuple[np.ndarray, np.ndarray]:
    return 10 + rng.normal(size=n), 10 + rng.normal(size=n)


SHAPES: dict[str, Draw] = {
    "normal, R² 0.9": _normal(1 / 3),
    "normal, R² 0.1": _normal(3.0),
    "prices, σ 0.5": _lognormal(0.5),
    "prices, σ 1": _lognormal(1.0),
    "waits": _waits,
    "unrelated": _unrelated,
}


def _fit(p: np.ndarray, y: np.ndarray) -> Estimate:
    f = FitMoments.of(p, y)
    return r_squared(f.n, f.error, f.v, f.m2, f.m4, f.c2, f.mean, ONCE)


def _wape(p: np.ndarray, y: np.ndarray) -> Estimate:
    e, a = np.abs(p - y), np.abs(y)
    de, da = e - e.mean(), a - a.mean()
    sums = float(de @ de), float(da @ da), float(de @ da)
    return ratio_of_means(y.size, float(e.mean()), float(a.mean()), *sums, ONCE)


Measure = Callable[[np.ndarray, np.ndarray], Estimate]
MEASURES: dict[str, tuple[Measure, Callable[[np.ndarray, np.ndarray], float]]] = {
    "MAE": (lambda p, y: of_values(np.abs(p - y)), lambda p, y: np.abs(p - y).mean()),
    "RMSE": (lambda p, y: root(of_values((p - y) ** 2)), lambda p, y: ((p - y) ** 2).mean() ** 0.5),
    "bias": (lambda p, y: of_values(p - y), lambda p, y: (p - y).mean()),
    "MAPE": (
        lambda p, y: of_values(np.abs(p - y) / np.abs(y)),
        lambda p, y: (np.abs(p - y) / np.abs(y)).mean(),
    ),
    "WAPE": (_wape, lambda p, y: np.abs(p - y).sum() / np.abs(y).sum()),
    "pinball loss at 0.9": (
        lambda p, y: of_values(np.maximum(0.9 * (y - p), 0.1 * (p - y))),
        lambda p, y: np.maximum(0.9 * (y - p), 0.1 * (p - y)).mean(),
    ),
    "R²": (_fit, lambda p, y: 1 - ((p - y) ** 2).mean() / y.var()),
}


def errors(rng: np.random.Generator, runs: int, sizes: tuple[int, ...]) -> Iterator[Record]:
    """Every measure on every shape; the truth is that of four million rows."""
    for shape, draw in SHAPES.items():
        many = draw(rng, 4_000_000)
        for n in sizes:
            drawn = [draw(rng, n) for _ in range(runs)]
            for name, (measure, exact) in MEASURES.items():
                if name == "MAPE" and shape == "normal, R² 0.1":
                    continue  # labels cross 0: the mean percentage error does not exist
                found = (measure(p, y) for p, y in drawn)
                yield observe(name, f"{shape}, n {n}", float(exact(*many)), found)


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
