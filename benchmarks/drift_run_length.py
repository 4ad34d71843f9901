"""One reference, a year of looks: false alarms? `python -m benchmarks.drift_run_length`."""

from __future__ import annotations

import argparse
import time
from pathlib import Path

import numpy as np
from scipy import stats

from sextant.stats.permuted import ordered_p, values_p
from sextant.stats.shift import folded, holm

RESULTS = Path(__file__).parent / "results" / "drift_run_length.md"
LENGTH, YEAR = 90, 365
HEAD = """# One reference, a year of looks: how often a false alarm?

Nothing ever changes. A reference is drawn once and {year} windows are compared with it, as
`--run-length {length}` does; the margin is left aside, which can only make alarms rarer. The five
columns: normal, lognormal with a fifth missing, Cauchy, 10 even values, 50 values as 1/rank;
twenty are four of each. *Rate*: alarms per window, over all references, ± the standard error
between references. *Allowed*: 1/{length} = {allowed:.2%}. *First*: the mean window of the first
alarm, counted as {year} where there was none, so that the true mean lies above. *None*: of 100
references how many never alarm in {length} windows. *Unlucky*: of 100 references how many alarm
more than twice as often as 1/{length}.

Repeat: `python -m benchmarks.drift_run_length --references {references} --seed {seed}`
({minutes:.1f} min).

| columns | rows of the reference v the window | rate | allowed | first | none | unlucky |
|---|--:|--:|--:|--:|--:|--:|
"""
SETTINGS = (
    (5, 200, 200), (5, 2_000, 200), (5, 50, 50), (20, 200, 200), (5, 200, 1_000), (1, 50, 50),
)  # fmt: skip


Column = tuple[bool, np.ndarray]
"""Whether its values are ordered; rows by value, shape [B]."""
EDGES = {
    0: stats.norm.ppf(np.arange(1, 200) / 200),
    1: np.exp(2 * stats.norm.ppf(np.arange(1, 200) / 200)),
    2: stats.cauchy.ppf(np.arange(1, 200) / 200),
}


def column(rng: np.random.Generator, kind: int, n: int) -> Column:
    """One of five columns, counted; the first cell holds the empty ones."""
    if kind > 2:
        p = np.ones(10) if kind == 3 else 1 / np.arange(1, 51)
        return False, rng.multinomial(n, p / p.sum()).astype(float)
    if kind == 0:
        x = rng.normal(size=n)
    else:
        x = rng.standard_cauchy(n) if kind == 2 else np.exp(2 * rng.normal(size=n))
    cell = np.searchsorted(EDGES[kind], x) + 1
    if kind == 1:
        cell[rng.uniform(size=n) < 0.2] = 0
    return True, np.bincount(cell, minlength=202).astype(float)


def tested(before: Column, after: Column, at: float) -> float:
    """The p of the shift of a column, as a study has it."""
    ordered, a = before
    return ordered_p(a, after[1], at) if ordered else values_p(*folded(a, after[1]), at)


def year(
    rng: np.random.Generator, columns: int, n: int, m: int, looks: int, length: float
) -> np.ndarray:
    """Which of the looks at one reference alarm though nothing changed, shape [looks]."""
    reference = [column(rng, at % 5, n) for at in range(columns)]
    level = 1 / length
    found = np.zeros(looks, np.bool_)
    for look in range(looks):
        p = [
            tested(one, column(rng, at % 5, m), level / columns) for at, one in enumerate(reference)
        ]
        found[look] = holm(np.array(p)).min() <= level
    return found


def line(rng: np.random.Generator, references: int, columns: int, n: int, m: int) -> str:
    """A row of the table."""
    held = np.array([year(rng, columns, n, m, YEAR, LENGTH) for _ in range(references)])
    rates = held.mean(axis=1)
    first = np.where(held.any(axis=1), held.argmax(axis=1) + 1, YEAR)
    error = rates.std(ddof=1) / references**0.5
    none = (~held[:, :LENGTH].any(axis=1)).mean()
    return (
        f"| {columns} | {n:,} v {m:,} | {rates.mean():.2%} ± {error:.2%} | {1 / LENGTH:.2%} "
        f"| {first.mean():.0f} | {none:.0%} | {(rates > 2 / LENGTH).mean():.0%} |"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--references", type=int, default=80)
    parser.add_argument("--seed", type=int, default=51)
    parser.add_argument("--out", type=Path, default=RESULTS)
    given = parser.parse_args()
    started, rng = time.time(), np.random.default_rng(given.seed)
    lines = []
    for columns, n, m in SETTINGS:
        references = given.references if columns < 20 else given.references // 4
        lines.append(line(rng, references, columns, n, m))
        head = HEAD.format(
            year=YEAR, length=LENGTH, allowed=1 / LENGTH, references=given.references,
            seed=given.seed, minutes=(time.time() - started) / 60,
        )  # fmt: skip
        given.out.write_text(head + "\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
