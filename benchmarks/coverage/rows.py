"""Independent rows: balanced accuracy, cost, F-beta, AUC, means, ratios, groups."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from benchmarks.coverage.record import Record, observe
from scipy import stats

from sextant.stats.auc import auc
from sextant.stats.estimate import Estimate, Level
from sextant.stats.fscore import fbeta
from sextant.stats.groups import difference, largest_gap, pairs_of, smallest_ratio
from sextant.stats.mean import mean
from sextant.stats.rate import rate
from sextant.stats.ratio_of_means import ratio_of_means
from sextant.stats.weighted import balanced_accuracy, cost

ONCE = Level()
PRICES = ((0.0, 1.0, 10.0, 0.0), (-10.0, 3.0, 30.0, -1.0), (1.0, 2.0, 1000.0, 0.0))


def cell_shares(prevalence: float, recall: float, fpr: float) -> np.ndarray:
    """Shares of true positives, false positives, false negatives, true negatives."""
    negatives = 1 - prevalence
    return np.array(
        [prevalence * recall, negatives * fpr, prevalence * (1 - recall), negatives * (1 - fpr)]
    )


def cells(rng: np.random.Generator, runs: int, sizes: tuple[int, ...]) -> Iterator[Record]:
    """Balanced accuracy, cost and F-beta of a classifier's four counts."""
    for n in sizes:
        for prevalence in (0.05, 0.2, 0.5):
            for recall, fpr in ((0.9, 0.02), (0.6, 0.1), (0.98, 0.001)):
                pi = cell_shares(prevalence, recall, fpr)
                drawn = rng.multinomial(n, pi, runs).astype(float)
                case = f"n {n}, prevalence {prevalence}, recall {recall}, FPR {fpr}"
                truth = (recall + 1 - fpr) / 2
                yield observe(
                    "balanced accuracy", case, truth, (balanced_accuracy(*c, ONCE) for c in drawn)
                )
                for p in PRICES:
                    yield observe(
                        "cost", f"{case}, {p}", float(pi @ p), (cost(*c, p, ONCE) for c in drawn)
                    )
                for beta in (0.5, 2.0):
                    weight = beta**2
                    hits = (1 + weight) * pi[0]
                    truth = hits / (hits + weight * pi[2] + pi[1])
                    yield observe(
                        "F-beta",
                        f"beta {beta}, {case}",
                        float(truth),
                        (fbeta(*c, beta, ONCE) for c in drawn),
                    )


def score_pair(
    rng: np.random.Generator, kind: str, p: int, n: int, a: float
) -> tuple[np.ndarray, np.ndarray]:
    """Scores of p positives and n negatives with true AUC `a`."""
    z = stats.norm.ppf(a)
    if kind == "exponential":
        return rng.exponential(size=p) * a / (1 - a), rng.exponential(size=n)
    spread = {"normal": 1.0, "wide positives": 2.0, "narrow positives": 0.5}[kind]
    return spread * rng.normal(size=p) + z * np.hypot(1, spread), rng.normal(size=n)


def binned(positives: np.ndarray, negatives: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Counts per distinct score, ascending."""
    values, at = np.unique(np.concatenate([positives, negatives]), return_inverse=True)
    size, p = values.size, positives.size
    counts = np.bincount(at[:p], minlength=size), np.bincount(at[p:], minlength=size)
    return counts[0].astype(float), counts[1].astype(float)


def aucs(
    rng: np.random.Generator, runs: int, sizes: tuple[tuple[int, int], ...]
) -> Iterator[Record]:
    """AUC from few and from many rows, of four shapes of scores."""

    def estimate(kind: str, p: int, n: int, a: float) -> Estimate:
        pos, neg = binned(*score_pair(rng, kind, p, n, a))
        return auc(pos, neg, np.ones(pos.size, dtype=bool), ONCE)

    for p, n in sizes:
        for a in (0.6, 0.8, 0.9, 0.97, 0.99):
            for kind in ("normal", "wide positives", "narrow positives", "exponential"):
                case = f"{p} positives, {n} negatives, AUC {a}, {kind}"
                yield observe("AUC", case, a, (estimate(kind, p, n, a) for _ in range(runs)))


MEANS = {
    "normal": (lambda rng, s: rng.normal(size=s), 0.0),
    "exponential": (lambda rng, s: rng.exponential(size=s), 1.0),
    "lognormal 0.5": (lambda rng, s: rng.lognormal(0, 0.5, s), float(np.exp(0.125))),
    "lognormal 1": (lambda rng, s: rng.lognormal(0, 1, s), float(np.exp(0.5))),
    "lognormal 1.5": (lambda rng, s: rng.lognormal(0, 1.5, s), float(np.exp(1.125))),
    "0/1 at 0.5": (lambda rng, s: 1.0 * (rng.random(s) < 0.5), 0.5),
    "0/1 at 0.1": (lambda rng, s: 1.0 * (rng.random(s) < 0.1), 0.1),
    "normal, 10 % far": (lambda rng, s: rng.normal(size=s) + 10 * (rng.random(s) < 0.1), 1.0),
}


def of_values(x: np.ndarray, level: Level = ONCE) -> Estimate:
    """`mean` of the moments of values."""
    d = x - x.mean()
    return mean(x.size, float(x.mean()), float(d @ d), float((d**3).sum()), level)


def means(rng: np.random.Generator, runs: int, sizes: tuple[int, ...]) -> Iterator[Record]:
    """Means of symmetric, skewed, two-valued and contaminated columns."""
    for name, (draw, truth) in MEANS.items():
        for n in sizes:
            found = (of_values(draw(rng, n)) for _ in range(runs))
            yield observe("mean", f"{name}, n {n}", truth, found)


def ratios(rng: np.random.Generator, runs: int, sizes: tuple[int, ...]) -> Iterator[Record]:
    """Ratios of means of correlated columns."""

    def estimate(n: int, shape: float) -> Estimate:
        y = rng.gamma(shape, size=n)
        x = 2 * y * rng.gamma(3, 1 / 3, size=n)
        dx, dy = x - x.mean(), y - y.mean()
        sums = float(dx @ dx), float(dy @ dy), float(dx @ dy)
        return ratio_of_means(n, float(x.mean()), float(y.mean()), *sums, ONCE)

    for n in sizes:
        for shape in (1.0, 4.0):
            found = (estimate(n, shape) for _ in range(runs))
            yield observe("ratio of means", f"n {n}, gamma {shape}", 2.0, found)


GROUPS = (
    ((0.8, 0.7), (100, 100)),
    ((0.95, 0.9), (40, 400)),
    ((0.9, 0.8, 0.8), (100, 100, 100)),
    ((0.85, 0.8, 0.8, 0.75, 0.8), (60, 200, 200, 60, 200)),
    ((0.3, 0.1, 0.1), (50, 200, 1000)),
)


def groups(rng: np.random.Generator, runs: int) -> Iterator[Record]:
    """Differences of two, largest gaps and smallest ratios of several groups' rates."""
    for p, n in GROUPS:
        names = [str(i) for i in range(len(p))]
        split = ONCE.split(pairs_of(len(p)))
        drawn = rng.binomial(n, p, (runs, len(p)))
        once = [[rate(k, m, ONCE) for k, m in zip(row, n, strict=True)] for row in drawn]
        shared = [[rate(k, m, split) for k, m in zip(row, n, strict=True)] for row in drawn]
        case = f"rates {p} of {n}"
        yield observe("difference", case, p[0] - p[1], (difference(g[0], g[1]) for g in once))
        both = list(zip(once, shared, strict=True))
        gaps = (largest_gap(names, a, b) for a, b in both)
        yield observe("largest gap", case, max(p) - min(p), gaps)
        quotients = (smallest_ratio(names, a, b) for a, b in both)
        yield observe("smallest ratio", case, min(p) / max(p), quotients)
