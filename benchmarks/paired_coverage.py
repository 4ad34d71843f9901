"""Do the intervals of a comparison hold? `python -m benchmarks.paired_coverage [--runs N]`."""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
from scipy import special, stats

from sextant.metrics.paired.catalogue import PAIRED
from sextant.metrics.paired.requests import JOINT
from sextant.metrics.tally import Cell
from sextant.states.agreement import Agreement
from sextant.states.counts import Counts
from sextant.states.joint import JointScores
from sextant.states.moments import Moments
from sextant.states.scores import ScoreCounts
from sextant.stats.estimate import Estimate, Level
from sextant.stats.paired.shares import Part, share_difference, share_difference_by_unit

RESULTS = Path(__file__).parent / "results" / "paired_coverage.md"
SIZES = (30, 300, 3_000)
HEAD = """# Do the intervals of a comparison hold?

95 % intervals: an error of 2.5 % is allowed on each side. *Worst* is the worst side of the worst
setting, *mean* the mean over settings and sides, *width* the mean width. "Exact" sums every
outcome; elsewhere {half:,} runs a setting (scores and dependent rows half of that, looks a fifth),
so that 2.5 % has a standard error of {noise:.2%} to {more:.2%}, and the worst of several settings
lies about three of them up.

Repeat: `python -m benchmarks.paired_coverage --runs {runs} --seed {seed}` ({minutes:.0f} minutes).

| family | n | settings | worst | mean | width | power here | exact McNemar |
|---|--:|--:|--:|--:|--:|--:|--:|
"""
Row = tuple[str, int, list[tuple[float, float, float]], str, str]


def outcomes(n: int, gain: float, loss: float) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """(b, c, probability) of all that matters."""
    ranges = [
        np.arange(int(stats.binom.ppf(1e-7, n, p)), int(stats.binom.ppf(1 - 1e-7, n, p)) + 1)
        for p in (gain, loss)
    ]
    b, c = (grid.ravel().astype(float) for grid in np.meshgrid(*ranges, indexing="ij"))
    b, c = b[b + c <= n], c[b + c <= n]
    log = special.gammaln(n + 1) - special.gammaln(n - b - c + 1)
    log -= special.gammaln(b + 1) + special.gammaln(c + 1)
    log += special.xlogy(b, gain) + special.xlogy(c, loss)
    return b, c, np.exp(log + special.xlog1py(n - b - c, -gain - loss))


def shares() -> Iterator[Row]:
    """Every setting of how many rows differ, and for whom; power beside the exact McNemar test."""
    for n in SIZES:
        found, power = [], np.zeros(2)
        settings = [(d, s) for d in (0.01, 0.03, 0.1, 0.3, 0.6) for s in (0.5, 0.65, 0.8, 0.95)]
        if n > 1_000:
            settings = [(d, s) for d, s in settings if d <= 0.1]
        for differ, share in settings:
            gain, loss = differ * share, differ * (1 - share)
            b, c, weight = outcomes(n, gain, loss)
            pairs = list(zip(b, c, strict=True))
            ends = [share_difference([Part(x, y, n)], Level()) for x, y in pairs]
            low, high = (np.array([getattr(e, end) for e in ends]) for end in ("low", "high"))
            over, under = weight[low > gain - loss].sum(), weight[high < gain - loss].sum()
            found.append((float(over), float(under), float(weight @ (high - low))))
            exact = (b > c) & (2 * stats.binom.cdf(c, b + c, 0.5) <= 0.05)
            power += [weight[low > 0].sum(), weight[exact].sum()]
        ours, theirs = (f"{100 * one / len(settings):.1f} %" for one in power)
        yield "shares of the same rows, exact", n, found, ours, theirs


def versions(differ: float, tilt: float, prevalence: float) -> np.ndarray:
    """Probabilities [label, a, b]: B turns a decision of A round, wrong ones `tilt` as often."""
    p = np.zeros((2, 2, 2))
    for label, share, flagged in ((0, 1 - prevalence, 0.1), (1, prevalence, 0.75)):
        for a, q in ((0, 1 - flagged), (1, flagged)):
            turned = min(differ * (tilt if a != label else 2 - tilt), 1.0)
            p[label, a, 1 - a], p[label, a, a] = share * q * turned, share * q * (1 - turned)
    return p


def counted(rng: np.random.Generator, runs: int) -> Iterator[Row]:
    """Numbers made of several shares."""
    params = {"threshold": None, "beta": 2.0, "true_positive": 0.0, "false_positive": 1.0,
              "false_negative": 8.0, "true_negative": 0.0}  # fmt: skip
    for name in ("precision", "f1", "fbeta", "balanced_accuracy", "cost"):
        metric = PAIRED[name]

        def at(cells: np.ndarray, metric=metric) -> Estimate:
            counts = np.concatenate([cells.reshape(2, 2, 2), np.zeros((1, 2, 2))])
            cell = Cell(Agreement(counts), None, float(cells.sum()), float(cells.sum()))
            return metric.difference((cell,), params, Level())

        for n in SIZES:
            found = []
            for differ in (0.01, 0.05, 0.2):
                for tilt in (1.0, 1.8, 0.5):
                    for prevalence in (0.1, 0.4):
                        p = versions(differ, tilt, prevalence)
                        truth = at(p.ravel() * 1e9).value or 0.0
                        draws = rng.multinomial(n, p.ravel(), runs // 2).astype(float)
                        found.append(errors(map(at, draws), truth))
            yield name, n, found, "", ""


def scores(rng: np.random.Generator, runs: int) -> Iterator[Row]:
    """AUC, and the Brier score, of two correlated scores."""
    for n in SIZES:
        aucs, briers = [], []
        for shift_a, shift_b in ((1.0, 1.0), (1.0, 1.5), (2.5, 2.5), (2.5, 3.2)):
            for common in (0.3, 0.9, 0.99):
                truth = float(np.diff(stats.norm.cdf(np.array([shift_a, shift_b]) / 2**0.5))[0])
                drawn = [draw(rng, n, shift_a, shift_b, common) for _ in range(runs // 4)]
                aucs.append(errors(map(auc, drawn), truth))
                big = draw(rng, 2_000_000, shift_a, shift_b, common)
                briers.append(errors(map(brier, drawn), float(gone(*big).mean())))
        yield "AUC", n, aucs, "", ""
        if n >= 50:
            yield "Brier score", n, briers, "", ""


Drawn = tuple[np.ndarray, np.ndarray, np.ndarray]


def draw(rng: np.random.Generator, n: int, a: float, b: float, common: float) -> Drawn:
    y = (rng.uniform(size=n) < 0.3).astype(float)
    noise = rng.normal(size=n)
    other = common * noise + np.sqrt(1 - common**2) * rng.normal(size=n)
    return y, stats.norm.cdf(a * y + noise - 1), stats.norm.cdf(b * y + other - 1)


def auc(drawn: Drawn) -> Estimate:
    y, a, b = drawn
    cells = (
        Cell(ScoreCounts.of(a, y)), Cell(ScoreCounts.of(b, y)), Cell(JointScores.of(a, b, y))
    )  # fmt: skip
    return PAIRED["auc"].difference(cells, {}, Level())


def gone(y: np.ndarray, a: np.ndarray, b: np.ndarray) -> np.ndarray:
    return np.square(b - y) - np.square(a - y)


def brier(drawn: Drawn) -> Estimate:
    moments = Cell(Moments.of(gone(*drawn)))
    return PAIRED["brier"].difference((moments, moments, moments), {}, Level())


def dependent(rng: np.random.Generator, runs: int) -> Iterator[Row]:
    """Units of 1 to 20 rows that share their outcome half of the time."""
    for units in (60, 256):
        found = []
        for gain, loss in ((0.05, 0.05), (0.12, 0.04)):

            def at(_: int, units: int = units, p=(gain, loss)) -> Estimate:
                sizes = rng.integers(1, 21, units)
                owner = np.repeat(np.arange(units), sizes)
                kinds = rng.choice(3, owner.size, p=[*p, 1 - sum(p)])
                shared = rng.choice(3, units, p=[*p, 1 - sum(p)])[owner]
                kinds = np.where(rng.uniform(size=owner.size) < 0.5, shared, kinds)
                b, c = (np.bincount(owner, kinds == k, units) for k in (0, 1))
                return share_difference_by_unit([Part(b, c, sizes.astype(float))], Level())

            found.append(errors(map(at, range(runs // 4)), gain - loss))
        yield "shares, dependent rows, n units", units, found, "", ""


def looking(rng: np.random.Generator, runs: int) -> Iterator[Row]:
    """50 looks at a growing sample: a miss is a look at which the truth lies outside."""
    for first in (200, 1_000):
        found = []
        for gain, loss in ((0.02, 0.02), (0.1, 0.1), (0.06, 0.02)):
            missed, widths = np.zeros(2), []
            for _ in range(runs // 10):
                kinds = rng.choice(3, 50 * first, p=[gain, loss, 1 - gain - loss])
                b, c = np.cumsum(kinds == 0), np.cumsum(kinds == 1)
                ends = [
                    share_difference([Part(b[n - 1], c[n - 1], n)], Level(0.05, float(first)))
                    for n in range(first, 50 * first + 1, first)
                ]
                missed += [any(e.low > gain - loss for e in ends),
                           any(e.high < gain - loss for e in ends)]  # fmt: skip
                widths.append(ends[0].high - ends[0].low)
            over, under = missed / (runs // 10)
            found.append((float(over), float(under), float(np.mean(widths))))
        yield "shares, 50 looks, first n", first, found, "", ""


CLASSES = 5
OF_CLASSES = ("macro_recall", "macro_precision", "macro_f1", "weighted_f1", "class_f1")


def classes_table(differ: float) -> np.ndarray:
    """Probabilities [label, a, b]: three of four right; B answers `differ` of them anew, better."""
    share = np.array([0.36, 0.28, 0.18, 0.12, 0.06])
    first, anew = (
        np.eye(CLASSES) * right + (1 - right) / CLASSES for right in (0.75, 0.8)
    )  # fmt: skip
    same = np.eye(CLASSES)[None, :, :] * (1 - differ)
    return np.asarray(share[:, None, None] * first[:, :, None] * (same + differ * anew[:, None, :]))


def classes_at(name: str, cells: np.ndarray) -> Estimate:
    """The difference by a metric of many classes, from rows by label, A's and B's class."""
    held = {
        JOINT.join(map(str, at)): float(n)
        for at, n in zip(np.ndindex(*[CLASSES] * 3), cells, strict=True)
        if n
    }
    cell = Cell(Counts.of(held), None, float(cells.sum()), float(cells.sum()))
    return PAIRED[name].difference((cell,), {"class": "2"}, Level())


def classes_drawn(
    rng: np.random.Generator, n: int, runs: int, differ: float
) -> tuple[dict[str, float], np.ndarray]:
    """The true differences, and draws of n rows each."""
    p = classes_table(differ).ravel()
    truth = {name: classes_at(name, p * 1e9).value or 0.0 for name in OF_CLASSES}
    return truth, rng.multinomial(n, p, runs).astype(float)


def many_classes(rng: np.random.Generator, runs: int) -> Iterator[Row]:
    """Five classes from 36 to 6 of 100 rows, of which B answers few or many otherwise."""
    for n in SIZES:
        found: dict[str, list[tuple[float, float, float]]] = {name: [] for name in OF_CLASSES}
        for differ in (0.02, 0.1, 0.4):
            truth, draws = classes_drawn(rng, n, runs // 8, differ)
            for name in OF_CLASSES:
                each = (classes_at(name, cells) for cells in draws)
                found[name].append(errors(each, truth[name]))
        for name, seen in found.items():
            yield name, n, seen, "", ""


def errors(estimates: Iterator[Estimate], truth: float) -> tuple[float, float, float]:
    ends = np.array([(e.low, e.high) for e in estimates if e.value is not None])
    slip = 1e-12
    width = np.minimum(ends[:, 1], 1e6) - np.maximum(ends[:, 0], -1e6)
    over, under = ends[:, 0] > truth + slip, ends[:, 1] < truth - slip
    return float(over.mean()), float(under.mean()), float(np.median(width))


def line(row: Row) -> str:
    name, n, found, ours, theirs = row
    sides = np.array([one[:2] for one in found])
    width = np.mean([one[2] for one in found])
    worst, mean = 100 * sides.max(), 100 * sides.mean()
    return (
        f"| {name} | {n:,} | {len(found)} | {worst:.1f} % | {mean:.1f} % | {width:.4f} "
        f"| {ours} | {theirs} |"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=4_000)
    parser.add_argument("--seed", type=int, default=20)
    parser.add_argument("--out", type=Path, default=RESULTS)
    parser.add_argument("--only", action="append", help="one family, put into the results")
    given = parser.parse_args()
    started, rng = time.monotonic(), np.random.default_rng(given.seed)
    families: dict[str, Callable[[], Iterator[Row]]] = {
        "shares": shares,
        "counted": lambda: counted(rng, given.runs),
        "many classes": lambda: many_classes(rng, given.runs),
        "scores": lambda: scores(rng, given.runs),
        "dependent": lambda: dependent(rng, given.runs),
        "looking": lambda: looking(rng, given.runs),
    }
    lines = []
    for name in given.only or families:
        for row in families[name]():
            lines.append(line(row))
            print(lines[-1], flush=True)
    if given.only:
        known = given.out.read_text(encoding="utf-8").splitlines()
        new = {tuple(one.split(" | ")[:2]) for one in lines}
        kept = [one for one in known if tuple(one.split(" | ")[:2]) not in new]
        given.out.write_text("\n".join([*kept, *lines]) + "\n", encoding="utf-8")
        return
    noise = float(np.sqrt(0.025 * 0.975 / (given.runs / 2)))
    minutes = (time.monotonic() - started) / 60
    head = HEAD.format(
        runs=given.runs, seed=given.seed, half=given.runs // 2, noise=noise, more=noise * 5**0.5,
        minutes=minutes,
    )  # fmt: skip
    given.out.write_text(head + "\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
