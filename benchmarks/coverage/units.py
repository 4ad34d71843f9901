"""Dependent rows: every estimator by unit, with equal and unequal units."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from benchmarks.coverage.record import Record, observe
from benchmarks.coverage.rows import cell_shares
from scipy import stats

from sextant.stats.auc import auc_by_unit
from sextant.stats.estimate import Estimate, Level
from sextant.stats.fscore import fbeta_by_unit
from sextant.stats.mean import mean_by_unit
from sextant.stats.rate import rate_by_unit
from sextant.stats.weighted import balanced_accuracy_by_unit, cost_by_unit

ONCE = Level()
PRICES = (0.0, 1.0, 10.0, 0.0)


def unit_sizes(rng: np.random.Generator, kind: str, g: int) -> np.ndarray:
    """Rows of each of g units."""
    if kind == "five each":
        return np.full(g, 5)
    if kind == "Poisson":
        return 1 + rng.poisson(3, g)
    sigma = {"lognormal 1": 1.0, "lognormal 2": 2.0}[kind]
    return np.ceil(rng.lognormal(1, sigma, g)).astype(int)


def unit_chances(rng: np.random.Generator, p: float, icc: float, g: int) -> np.ndarray:
    """Each unit's own rate: beta around p with intraclass correlation `icc`."""
    if icc == 0:
        return np.full(g, p)
    return rng.beta(p * (1 - icc) / icc, (1 - p) * (1 - icc) / icc, g)


def rates(rng: np.random.Generator, runs: int, counts: tuple[int, ...]) -> Iterator[Record]:
    """Rates near the middle and near 1."""

    def estimate(kind: str, g: int, p: float, icc: float) -> Estimate:
        x = unit_sizes(rng, kind, g)
        y = rng.binomial(x, unit_chances(rng, p, icc, g))
        return rate_by_unit(y.astype(float), x.astype(float), ONCE)

    for g in counts:
        for kind in ("five each", "Poisson", "lognormal 1", "lognormal 2"):
            for p in (0.5, 0.8, 0.95, 0.99):
                for icc in (0.0, 0.2, 0.8):
                    case = f"{g} units, {kind}, p {p}, ICC {icc}"
                    found = (estimate(kind, g, p, icc) for _ in range(runs))
                    yield observe("rate by unit", case, p, found)


def draw_cells(
    rng: np.random.Generator, kind: str, g: int, shares: tuple[float, float, float], icc: float
) -> list[np.ndarray]:
    """(tp, fp, fn, tn) per unit."""
    x = unit_sizes(rng, kind, g)
    prevalence, recall, fpr = (unit_chances(rng, p, icc, g) for p in shares)
    positives = rng.binomial(x, prevalence)
    tp, fp = rng.binomial(positives, recall), rng.binomial(x - positives, fpr)
    return [a.astype(float) for a in (tp, fp, positives - tp, x - positives - fp)]


def cells(rng: np.random.Generator, runs: int, counts: tuple[int, ...]) -> Iterator[Record]:
    """Balanced accuracy, cost and F-beta."""
    for g in counts:
        for kind in ("five each", "Poisson", "lognormal 1"):
            for shares in ((0.3, 0.8, 0.1), (0.5, 0.95, 0.02), (0.1, 0.6, 0.05)):
                for icc in (0.0, 0.4):
                    drawn = [draw_cells(rng, kind, g, shares, icc) for _ in range(runs)]
                    pi = cell_shares(*shares)
                    case = f"{g} units, {kind}, prevalence, recall, FPR {shares}, ICC {icc}"
                    yield observe(
                        "balanced accuracy by unit",
                        case,
                        (shares[1] + 1 - shares[2]) / 2,
                        (balanced_accuracy_by_unit(*c, ONCE) for c in drawn),
                    )
                    yield observe(
                        "cost by unit",
                        case,
                        float(pi @ PRICES),
                        (cost_by_unit(*c, PRICES, ONCE) for c in drawn),
                    )
                    for beta in (1.0, 2.0):
                        hits = (1 + beta**2) * pi[0]
                        yield observe(
                            "F-beta by unit",
                            f"beta {beta}, {case}",
                            float(hits / (hits + beta**2 * pi[2] + pi[1])),
                            (fbeta_by_unit(*c[:3], beta, ONCE) for c in drawn),
                        )


def aucs(rng: np.random.Generator, runs: int, counts: tuple[int, ...]) -> Iterator[Record]:
    """AUC with correlated scores and labels inside a unit, variance from 32 coarse bins."""

    def estimate(kind: str, g: int, a: float, icc: float) -> Estimate:
        x = unit_sizes(rng, kind, g)
        unit = np.repeat(np.arange(g), x)
        y = rng.random(unit.size) < rng.beta(1, 1, g)[unit]
        score = icc**0.5 * rng.normal(size=g)[unit] + (1 - icc) ** 0.5 * rng.normal(size=unit.size)
        score = score + stats.norm.ppf(a) * 2**0.5 * y
        _, at = np.unique(score, return_inverse=True)
        pos, neg = (np.bincount(at[m], minlength=unit.size).astype(float) for m in (y, ~y))
        coarse = np.digitize(score, np.quantile(score, np.linspace(0, 1, 33)[1:-1]))
        table = np.zeros((2, g, 32))
        np.add.at(table, (y.astype(int), unit, coarse), 1)
        distinct = np.ones(unit.size, dtype=bool)
        return auc_by_unit(pos, neg, distinct, table[1], table[0], ONCE)

    for g in counts:
        for kind in ("five each", "Poisson", "lognormal 1"):
            for a in (0.7, 0.9, 0.97):
                for icc in (0.0, 0.5):
                    case = f"{g} units, {kind}, AUC {a}, ICC {icc}"
                    found = (estimate(kind, g, a, icc) for _ in range(runs))
                    yield observe("AUC by unit", case, a, found)


def means(rng: np.random.Generator, runs: int, counts: tuple[int, ...]) -> Iterator[Record]:
    """Means of values that share half of their spread inside a unit."""
    draws = {
        "normal": lambda s: 1 + rng.normal(size=s),
        "exponential": lambda s: rng.exponential(size=s),
        "lognormal 1": lambda s: rng.lognormal(0, 1, s) / np.exp(0.5),
    }

    def estimate(kind: str, g: int, name: str) -> Estimate:
        x = unit_sizes(rng, kind, g)
        unit = np.repeat(np.arange(g), x)
        values = 0.5 * draws[name](g)[unit] + 0.5 * draws[name](unit.size)
        return mean_by_unit(np.bincount(unit, values, g), x.astype(float), ONCE)

    for g in counts:
        for kind in ("five each", "Poisson", "lognormal 1", "lognormal 2"):
            for name in draws:
                found = (estimate(kind, g, name) for _ in range(runs))
                yield observe("mean by unit", f"{g} units, {kind}, {name}", 1.0, found)
