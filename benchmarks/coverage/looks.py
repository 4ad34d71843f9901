"""A user who fetches as many rows as asked for and looks again, up to ten times."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
from benchmarks.coverage.record import Record
from benchmarks.coverage.rows import cell_shares
from scipy import stats

from sextant.stats.auc import auc
from sextant.stats.estimate import Estimate, Level
from sextant.stats.fscore import f1, fbeta
from sextant.stats.groups import difference, largest_gap, pairs_of, smallest_ratio
from sextant.stats.mean import mean
from sextant.stats.needed import Decided, Op, decided, factor_to_decide
from sextant.stats.rate import rate
from sextant.stats.weighted import balanced_accuracy, cost

LOOKS = 10
MOST_ROWS = 2e7

Draw = Callable[[int], np.ndarray]
Judge = Callable[[np.ndarray, Level], Estimate]


@dataclass(frozen=True, slots=True)
class Case:
    """A truth that lies on the bound: every verdict is a false one (met: by the >= side)."""

    family: str
    name: str
    first: int
    draw: Draw
    judge: Judge
    bound: float
    op: Op = ">="


def follow(case: Case) -> Decided | None:
    """Look, fetch what would decide, look again: the verdict in the end, if there is one.

    `draw(n)` gives the counts of n more rows, `judge` turns all counts so far into an estimate.
    """
    state, n = case.draw(case.first), case.first
    level = Level()
    following = Level(tuned_to=max(case.judge(state, level).n, 1.0))
    for _ in range(LOOKS):
        verdict = decided(case.judge(state, level), case.bound, case.op)
        if verdict:
            return verdict
        level = following
        held = state

        def at(factor: float, held: np.ndarray = held) -> Estimate:
            return case.judge(held * factor, following)

        found = factor_to_decide(at, case.bound, case.op, step=1 / n)
        if found is None or found[0] * n > MOST_ROWS:
            return None
        more = round((found[0] - 1) * n)
        state, n = state + case.draw(more), n + more
    return None


def run(case: Case, runs: int) -> Record:
    """How often the user ends with a false met (`above`) or a false missed (`below`)."""
    ends = [follow(case) for _ in range(runs)]
    name = f"{case.name}, first n {case.first}, bound {case.op}"
    met, missed = ends.count("met") / runs, ends.count("missed") / runs
    return Record(f"{case.family}, ten looks", name, met, missed, runs=runs)


def rates(rng: np.random.Generator, sizes: tuple[int, ...]) -> Iterator[Case]:
    for p in (0.02, 0.5, 0.8, 0.9, 0.95, 0.99):
        for n in sizes:
            yield Case(
                "rate",
                f"p {p}",
                n,
                lambda m, p=p: np.array([rng.binomial(m, p), m], dtype=float),
                lambda s, level: rate(s[0], s[1], level),
                p,
            )


def cells(rng: np.random.Generator, sizes: tuple[int, ...]) -> Iterator[Case]:
    prices = (0.0, 1.0, 10.0, 0.0)
    for shares in ((0.3, 0.8, 0.1), (0.5, 0.95, 0.02)):
        pi = cell_shares(*shares)

        def draw(m: int, pi: np.ndarray = pi) -> np.ndarray:
            return rng.multinomial(m, pi).astype(float)

        middle = (shares[1] + 1 - shares[2]) / 2
        f_1, f_2 = (
            float((1 + b * b) * pi[0] / ((1 + b * b) * pi[0] + b * b * pi[2] + pi[1]))
            for b in (1, 2)
        )
        name = f"prevalence, recall, FPR {shares}"
        for n in sizes:
            yield Case(
                "balanced accuracy",
                name,
                n,
                draw,
                lambda s, level: balanced_accuracy(*s, level),
                middle,
            )
            yield Case(
                "cost",
                name,
                n,
                draw,
                lambda s, level: cost(*s, prices, level),
                float(pi @ prices),
                "<=",
            )
            yield Case("F1", name, n, draw, lambda s, level: f1(*s[:3], level), f_1)
            yield Case("F2", name, n, draw, lambda s, level: fbeta(*s, 2.0, level), f_2)


def aucs(rng: np.random.Generator, sizes: tuple[int, ...]) -> Iterator[Case]:
    """Scores in 60 classes, so that any number of rows is one multinomial draw."""
    edges = np.linspace(-4, 7, 61)
    distinct = np.ones(60, dtype=bool)
    for a in (0.7, 0.9, 0.97):
        shift = stats.norm.ppf(a) * 2**0.5
        p, q = (np.diff(stats.norm.cdf(edges - d)) for d in (shift, 0.0))
        p, q = p / p.sum(), q / q.sum()
        truth = float(p @ (np.cumsum(q) - q / 2))
        for n in sizes:

            def draw(m: int, p: np.ndarray = p, q: np.ndarray = q) -> np.ndarray:
                positives = int(rng.binomial(m, 0.3))
                both = [rng.multinomial(positives, p), rng.multinomial(m - positives, q)]
                return np.stack(both).astype(float)

            yield Case(
                "AUC",
                f"AUC {a}",
                n,
                draw,
                lambda s, level: auc(s[0], s[1], distinct, level),
                truth,
            )


def means(rng: np.random.Generator, sizes: tuple[int, ...]) -> Iterator[Case]:
    """Columns of 400 equally likely values: the quantiles of a distribution."""
    at = (np.arange(400) + 0.5) / 400
    columns = {
        "normal": stats.norm.ppf(at),
        "exponential": stats.expon.ppf(at),
        "lognormal 1": stats.lognorm.ppf(at, 1),
    }
    for name, x in columns.items():

        def judge(s: np.ndarray, level: Level, x: np.ndarray = x) -> Estimate:
            n = float(s.sum())
            m = float(s @ x) / n
            d = x - m
            return mean(n, m, float(s @ d**2), float(s @ d**3), level)

        for n in sizes:
            for op in (">=", "<="):
                yield Case(
                    "mean",
                    name,
                    n,
                    lambda m: rng.multinomial(m, np.full(400, 1 / 400)).astype(float),
                    judge,
                    float(x.mean()),
                    op,  # type: ignore[arg-type]
                )


def groups(rng: np.random.Generator, sizes: tuple[int, ...]) -> Iterator[Case]:
    """Contrast, largest gap and smallest ratio of equally large groups."""
    for p in ((0.8, 0.7), (0.9, 0.8, 0.8)):
        k = len(p)
        names = [str(i) for i in range(k)]

        def draw(m: int, p: tuple[float, ...] = p, k: int = k) -> np.ndarray:
            n = rng.multinomial(m, np.full(k, 1 / k))
            return np.stack([rng.binomial(n, p), n]).astype(float)

        def each(s: np.ndarray, level: Level, k: int = k) -> list[Estimate]:
            tuned = None if level.tuned_to is None else level.tuned_to / k
            return [rate(*c, Level(level.alpha, tuned)) for c in s.T]

        def gap(s: np.ndarray, level: Level, k: int = k, names: list[str] = names) -> Estimate:
            return largest_gap(names, each(s, level, k), each(s, level.split(pairs_of(k)), k))

        def ratio(s: np.ndarray, level: Level, k: int = k, names: list[str] = names) -> Estimate:
            return smallest_ratio(names, each(s, level, k), each(s, level.split(pairs_of(k)), k))

        def contrast(s: np.ndarray, level: Level, k: int = k) -> Estimate:
            return difference(*each(s, level, k)[:2])

        for n in sizes:
            yield Case("difference", f"rates {p}", n, draw, contrast, p[0] - p[1])
            yield Case("largest gap", f"rates {p}", n, draw, gap, max(p) - min(p), "<=")
            yield Case("smallest ratio", f"rates {p}", n, draw, ratio, min(p) / max(p))
