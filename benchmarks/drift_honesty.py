"""Does drift alarm when nothing changed, and when it did? `python -m benchmarks.drift_honesty`."""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
from scipy import stats

from sextant.states.histogram import Histogram
from sextant.stats.shift import Shift, ordered_shift, values_shift
from sextant.studies.drift.comparing import compared
from sextant.studies.drift.result import Asked, State, Window
from sextant.studies.drift.shared import shared

RESULTS = Path(__file__).parent / "results" / "drift_honesty.md"
HEAD = """# Does drift alarm when nothing changed, and when something did?

Both samples are drawn anew each time, {runs:,} times a setting ({noise:.3f} is the standard error
of 5 %). *p ≤ 5 %* and *p ≤ 0.5 %*: how often the test of one column calls out though nothing
changed. *Outside*: how often the true distance, 0, lies outside its 95 % interval.

Repeat: `python -m benchmarks.drift_honesty --runs {runs} --seed {seed}` ({minutes:.1f} min).

"""
LONG = 1_000
"""From so many runs on a year of looks is simulated too."""
SIZES = ((50, 50), (100, 1_000), (1_000, 100), (500, 2_000), (1_000, 1_000), (5_000, 5_000))
Numbers = Callable[[np.random.Generator, int], np.ndarray]
SHAPES: dict[str, Numbers] = {
    "normal": lambda rng, n: rng.normal(size=n),
    "Cauchy": lambda rng, n: rng.standard_cauchy(n),
    "lognormal, sigma 2": lambda rng, n: np.exp(2 * rng.normal(size=n)),
    "whole numbers 0 to 90": lambda rng, n: rng.integers(0, 91, n).astype(float),
    "normal, a fifth missing": lambda rng, n: np.where(
        rng.uniform(size=n) < 0.2, np.nan, rng.normal(size=n)
    ),
}


def shares(values: int, even: bool) -> np.ndarray:
    """Evenly, or as 1/rank."""
    weights = np.ones(values) if even else 1 / np.arange(1, values + 1)
    found: np.ndarray = weights / weights.sum()
    return found


def of_values(rng: np.random.Generator, p: np.ndarray, q: np.ndarray, n: int, m: int) -> Shift:
    """One column of values, counted twice."""
    a, b = rng.multinomial(n, p), rng.multinomial(m, q)
    return values_shift(a, b, 0.05, 0.05)


def of_numbers(
    rng: np.random.Generator, draw: Numbers, n: int, m: int, move: float = 0.0
) -> tuple[Shift, np.ndarray, np.ndarray]:
    """One column of numbers, binned as a scan would."""
    x, y = draw(rng, n), draw(rng, m) + move
    bins = shared(Histogram.of(x), Histogram.of(y), codes=False)
    return ordered_shift(bins.a, bins.b, 0.05, 0.05), x, y


def twenty(rng: np.random.Generator, n: int) -> dict[str, State]:
    """Ten columns of numbers and ten of values, some of which hang together."""
    base = rng.normal(size=n)
    found: dict[str, State] = {}
    for at in range(10):
        found[f"x{at}"] = Histogram.of(base * (at / 10) + rng.standard_t(2, n))
        names, counts = np.unique(rng.choice(at + 2, n, p=shares(at + 2, at % 2 == 0)),
                                  return_counts=True)  # fmt: skip
        found[f"c{at}"] = {f"v{name}": float(k) for name, k in zip(names, counts, strict=True)}
    return found


def alarms(rng: np.random.Generator, runs: int, n: int, asked: Asked, looks: int = 1) -> float:
    """The share of windows of `n` rows with an alarm though nothing changed; margin aside."""
    hits = 0
    for _ in range(runs):
        reference = Window("", n, twenty(rng, n))
        windows = [Window(str(i), n, twenty(rng, n)) for i in range(looks)]
        found, _ = compared(asked, reference, windows)
        hits += sum(any(one.adjusted <= asked.alpha for one in w.columns) for w in found)
    return hits / (runs * looks)


def still(rng: np.random.Generator, runs: int) -> list[str]:
    """Nothing changed: one column."""
    lines = [
        "## Nothing changed", "",
        "| column | rows | p ≤ 5 % | p ≤ 0.5 % | outside |", "|---|--:|--:|--:|--:|",
    ]  # fmt: skip
    draws: dict[str, Callable[[int, int], Shift]] = {}
    for count in (2, 5, 10, 20, 50):
        for even in (True, False):
            p = shares(count, even)
            draws[f"{count} values, {'even' if even else 'as 1/rank'}"] = lambda n, m, p=p: (
                of_values(rng, p, p, n, m)
            )
    for name, draw in SHAPES.items():
        draws[name] = lambda n, m, draw=draw: of_numbers(rng, draw, n, m)[0]
    for name, drawn in draws.items():
        for n, m in SIZES:
            found = [drawn(n, m) for _ in range(runs)]
            p = np.array([one.p for one in found])
            out = np.mean([one.distance.low > 0 for one in found])
            lines.append(
                f"| {name} | {n:,} v {m:,} | {(p <= 0.05).mean():.1%} | {(p <= 0.005).mean():.2%} "
                f"| {out:.1%} |"
            )
    return [*lines, ""]


def moved(rng: np.random.Generator, runs: int) -> list[str]:
    """Something changed: how often each test says so at 5 %."""
    lines = [
        "## Something changed", "",
        "*Plain*: SciPy's `chi2_contingency` and `ks_2samp` on the raw values, at 5 %. *Above* and "
        "*below*: intervals of the distance that lie wholly above or below the true one (2.5 % a "
        "side).", "",
        "| change | rows | Sextant | plain | above | below |", "|---|--:|--:|--:|--:|--:|",
    ]  # fmt: skip
    for count, step, n, m in (
        (2, 0.1, 200, 200), (5, 0.1, 500, 500), (10, 0.1, 1_000, 500), (20, 0.1, 1_000, 1_000),
        (50, 0.15, 1_000, 1_000), (5, 0.05, 5_000, 1_000),
    ):  # fmt: skip
        p = shares(count, even=True)
        q = p + np.where(np.arange(count) < count // 2, 1, -1) * step / (count // 2)
        q = np.clip(q, 0, None) / np.clip(q, 0, None).sum()
        true = np.abs(p - q).sum() / 2
        ours, plain, above, below = 0, 0, 0, 0
        for _ in range(runs):
            a, b = rng.multinomial(n, p), rng.multinomial(m, q)
            found = values_shift(a, b, 0.05, 0.05)
            held = a + b > 0
            table = np.array([a[held], b[held]])
            ours += found.p <= 0.05
            plain += stats.chi2_contingency(table, correction=False).pvalue <= 0.05
            above += found.distance.low > true
            below += found.distance.high < true
        what = f"{count} values, {true:.0%} of rows differ"
        cells = (f"{one / runs:.1%}" for one in (ours, plain, above, below))
        lines.append(f"| {what} | {n:,} v {m:,} | {' | '.join(cells)} |")
    for move, n, m in ((0.3, 100, 1_000), (0.3, 200, 200), (0.15, 1_000, 1_000)):
        true = 2 * stats.norm.cdf(move / 2) - 1
        ours, plain, above, below = 0, 0, 0, 0
        for _ in range(runs):
            found, x, y = of_numbers(rng, SHAPES["normal"], n, m, move)
            ours += found.p <= 0.05
            plain += stats.ks_2samp(x, y, method="asymp").pvalue <= 0.05
            above += found.distance.low > true
            below += found.distance.high < true
        cells = (f"{one / runs:.1%}" for one in (ours, plain, above, below))
        lines.append(f"| normal, moved by {move} | {n:,} v {m:,} | {' | '.join(cells)} |")
    return [*lines, ""]


def families(rng: np.random.Generator, runs: int) -> list[str]:
    """Nothing changed: twenty columns at once, and windows looked at for a year."""
    lines = [
        "## Twenty columns at once, and again and again", "",
        "| setting | windows with a false alarm | at most |", "|---|--:|--:|",
    ]  # fmt: skip
    for n in (50, 500):
        once = alarms(rng, max(runs // 2, 1), n, Asked("", ""))
        lines.append(f"| 20 columns, {n:,} v {n:,}, once, {runs // 2} times | {once:.1%} | 5 % |")
    if runs >= LONG:
        daily = alarms(rng, runs // 50, 200, Asked("", "", run_length=90), looks=365)
        what = f"20 columns, 200 v 200, {runs // 50} x 365 looks, run length 90"
        lines.append(f"| {what} | {daily:.2%} | 1.11 % |")
    return [*lines, ""]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=1_000)
    parser.add_argument("--seed", type=int, default=47)
    parser.add_argument("--out", type=Path, default=RESULTS)
    given = parser.parse_args()
    started, rng = time.time(), np.random.default_rng(given.seed)
    lines = [*still(rng, given.runs), *moved(rng, given.runs), *families(rng, given.runs)]
    head = HEAD.format(
        runs=given.runs, seed=given.seed, minutes=(time.time() - started) / 60,
        noise=(0.05 * 0.95 / given.runs) ** 0.5,
    )  # fmt: skip
    given.out.write_text(head + "\n".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
