"""Does drift see a change as soon as the best standard test? `python -m benchmarks.drift_power`."""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
from scipy import stats

from sextant.states.histogram import Histogram
from sextant.stats.permuted import ordered_p, values_p
from sextant.stats.shift import folded
from sextant.studies.drift.shared import shared

RESULTS = Path(__file__).parent / "results" / "drift_power.md"
ROWS, LEVEL = 400, 0.05
HEAD = """# Does drift see a change as soon as the best standard test?

How many of 100 tries each test sees at 5 %, {rows} rows a side, {runs} tries a line (a standard
error of up to {noise:.1f}). Numbers are binned as a scan bins them; SciPy's `ks_2samp`,
`mannwhitneyu` and `chi2_contingency` see the raw ones. *Of the best*: Sextant's share of the best
of these. Mood's test is of spread alone, and is not among them.

Repeat: `python -m benchmarks.drift_power --runs {runs} --seed {seed}` ({minutes:.1f} min).

| change | Sextant | Kolmogorov–Smirnov | Mann–Whitney | χ² | of the best | Mood |
|---|--:|--:|--:|--:|--:|--:|
"""
Draw = Callable[[np.random.Generator, int], np.ndarray]


def normal(rng: np.random.Generator, n: int) -> np.ndarray:
    return rng.normal(size=n)


NUMBERS: dict[str, tuple[Draw, Draw]] = {
    "nothing": (normal, normal),
    "mean, normal": (normal, lambda r, n: r.normal(0.2, 1, n)),
    "mean, Laplace": (lambda r, n: r.laplace(size=n), lambda r, n: r.laplace(0.22, 1, n)),
    "mean, Cauchy": (
        lambda r, n: r.standard_cauchy(n), lambda r, n: r.standard_cauchy(n) + 0.32,
    ),
    "scale, exponential": (
        lambda r, n: r.exponential(1, n), lambda r, n: r.exponential(1.22, n),
    ),
    "spread, normal": (normal, lambda r, n: r.normal(0, 1.23, n)),
    "spread, lognormal": (
        lambda r, n: r.lognormal(0, 1, n), lambda r, n: r.lognormal(0, 1.23, n),
    ),
    "shape, two humps": (
        normal, lambda r, n: 0.6 * r.normal(size=n) + 0.8 * r.choice([-1, 1], n),
    ),
    "shape, heavy tails": (normal, lambda r, n: 0.75 * r.standard_t(2, n)),
    "shape, skewed": (normal, lambda r, n: (r.gamma(6, 1, n) - 6) / 6**0.5),
    "6 of 100 rows elsewhere": (
        normal, lambda r, n: np.where(r.uniform(size=n) < 0.06, r.normal(4, 1, n), normal(r, n)),
    ),
    "a narrow bump, 8 of 100 rows": (
        lambda r, n: r.uniform(size=n),
        lambda r, n: np.where(r.uniform(size=n) < 0.08, r.uniform(0.4, 0.5, n), r.uniform(size=n)),
    ),
}  # fmt: skip
VALUES: dict[str, tuple[int, float]] = {
    "nothing, 10 values": (10, 0.0),
    "one of 2 values": (2, 0.1),
    "one of 10 values": (10, 0.08),
    "one of 50 values": (50, 0.08),
}


def numbers(rng: np.random.Generator, runs: int) -> list[str]:
    lines = []
    for name, (first, second) in NUMBERS.items():
        seen = np.zeros(4)
        for _ in range(runs):
            x, y = first(rng, ROWS), second(rng, ROWS)
            bins = shared(Histogram.of(x), Histogram.of(y), codes=False)
            found = (
                ordered_p(bins.a, bins.b, LEVEL),
                stats.ks_2samp(x, y, method="asymp").pvalue,
                stats.mannwhitneyu(x, y, method="asymptotic").pvalue,
                stats.mood(x, y).pvalue,
            )
            seen += [p <= LEVEL for p in found]
        ours, smirnov, whitney, mood = 100 * seen / runs
        share = f"{ours / max(smirnov, whitney):.0%}" if "nothing" not in name else ""
        lines.append(
            f"| {name} | {ours:.0f} | {smirnov:.0f} | {whitney:.0f} | | {share} | {mood:.0f} |"
        )
    return lines


def values(rng: np.random.Generator, runs: int) -> list[str]:
    lines = []
    for name, (count, rise) in VALUES.items():
        p = np.ones(count) / count
        q = p * (1 - rise / (1 - p[0]))
        q[0] = p[0] + rise
        seen = np.zeros(2)
        for _ in range(runs):
            a, b = folded(*(rng.multinomial(ROWS, one).astype(float) for one in (p, q)))
            plain = stats.chi2_contingency(np.array([a, b]), correction=False).pvalue
            seen += [values_p(a, b, LEVEL) <= LEVEL, plain <= LEVEL]
        ours, chi2 = 100 * seen / runs
        share = f"{ours / chi2:.0%}" if rise else ""
        lines.append(f"| {name} | {ours:.0f} | | | {chi2:.0f} | {share} | |")
    return lines


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=1_000)
    parser.add_argument("--seed", type=int, default=51)
    parser.add_argument("--out", type=Path, default=RESULTS)
    given = parser.parse_args()
    started, rng = time.time(), np.random.default_rng(given.seed)
    lines = [*numbers(rng, given.runs), *values(rng, given.runs)]
    head = HEAD.format(
        rows=ROWS, runs=given.runs, seed=given.seed, noise=50 / given.runs**0.5,
        minutes=(time.time() - started) / 60,
    )  # fmt: skip
    given.out.write_text(head + "\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
