"""Rates, F1, quantiles and their power, summed over every possible count: no simulation noise."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
from benchmarks.coverage.record import Record
from scipy import stats

from sextant.metrics.catalogue import CATALOGUE
from sextant.metrics.tally import Cell
from sextant.states.confusion import Confusion
from sextant.stats.estimate import Estimate, Level
from sextant.stats.fscore import f1
from sextant.stats.quantile import quantile
from sextant.stats.rate import rate

RATES = (0.001, 0.01, 0.05, 0.2, 0.5, 0.8, 0.95, 0.99, 0.999)
SIZES = (1, 5, 15, 40, 100, 600)


def summed(
    family: str, case: str, n: int, p: float, truth: float, at: Callable[[int], Estimate]
) -> Record:
    """Both errors of `at(k)`, k ~ Binomial(n, p)."""
    counts = np.arange(n + 1)
    weights = stats.binom.pmf(counts, n, p)
    kept = counts[weights > 1e-12]
    found = [at(int(k)) for k in kept]
    w = weights[kept]
    slip = 1e-12
    return Record(
        family,
        case,
        float(w[[e.low > truth + slip for e in found]].sum()),
        float(w[[e.high < truth - slip for e in found]].sum()),
        width=float(w @ [min(e.high, 1e9) - max(e.low, -1e9) for e in found]),
    )


def rates(alphas: tuple[float, ...] = (0.05, 0.01)) -> Iterator[Record]:
    """Clopper-Pearson at small and large n, near 0 and near 1."""
    for alpha in alphas:
        for n in SIZES:
            for p in RATES:
                case = f"{1 - alpha:.0%}, n {n}, p {p}"
                yield summed("rate", case, n, p, p, lambda k, n=n, a=alpha: rate(k, n, Level(a)))


def frictions() -> Iterator[Record]:
    """Who is challenged without cause, of everybody, through the catalogue's own estimator."""
    estimate = CATALOGUE["friction"].estimate
    for n in SIZES:
        for p in (0.001, 0.005, 0.02, 0.1):
            case = f"n {n}, friction {p}"

            def at(k: int, n: int = n) -> Estimate:
                positives = (n - k) // 3
                counted = Confusion(positives, k, 0, n - k - positives)
                return estimate(Cell(counted), {"threshold": None}, Level())

            yield summed("friction", case, n, p, p, at)


def f1_scores() -> Iterator[Record]:
    """F1 given the number of rows that are positive or flagged."""
    for n in (15, 100, 600):
        for j in (0.05, 0.5, 0.95):
            truth = 2 * j / (1 + j)
            case = f"n {n}, F1 {truth:.3f}"
            yield summed("F1", case, n, j, truth, lambda k, n=n: f1(k, 0, n - k, Level()))


def quantiles() -> Iterator[Record]:
    """A quantile against a bound that is the true quantile, by the count at or below it."""
    for n in (15, 100, 1000):
        for q in (0.5, 0.9, 0.95):
            ranks = np.arange(1.0, n + 1)

            def at(k: int, n: int = n, q: float = q, ranks: np.ndarray = ranks) -> Estimate:
                values = ranks - (k + 0.5)  # k of the n values lie at or below 0
                return quantile(values, values, np.ones(n), q, Level())

            yield summed("quantile", f"n {n}, q {q}", n, q, 0.0, at)


def power(n: int = 600, margin: float = 0.1) -> Iterator[tuple[float, float]]:
    """(bound, share of samples that are met) with the true rate `margin` above the bound."""
    for bound in (0.5, 0.6, 0.7, 0.8, 0.85):
        k = np.arange(n + 1)
        met = np.array([rate(int(x), n, Level()).low >= bound for x in k])
        yield bound, float(stats.binom.pmf(k, n, bound + margin)[met].sum())
