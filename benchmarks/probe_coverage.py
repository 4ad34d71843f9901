"""Do a probe's intervals hold what they say? `python -m benchmarks.probe_coverage`.

The target is the mean, over the folds' models, of what each is worth on fresh rows.
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path

import numpy as np
from scipy.special import expit

from sextant.lab.learning import answered
from sextant.lab.models import Kind, learned, matrix
from sextant.studies.probe import measures
from sextant.studies.probe.folds import folds_of
from sextant.studies.probe.rows import Rows

RESULTS = Path(__file__).parent / "results" / "probe_coverage.md"
FRESH = 20_000
WIDER = (1.0, 1.1, 1.2, 1.3)
SETTINGS: tuple[tuple[Kind, int, int], ...] = (
    ("simple", 60, 10), ("simple", 100, 20), ("simple", 300, 20), ("simple", 1_000, 20),
    ("strong", 100, 10), ("strong", 300, 10), ("strong", 1_000, 10),
)  # fmt: skip
HEAD = """# Do the intervals of a probe hold what they say?

Logistic classes with an interaction; five folds; {runs} tables a setting. How often the 95 %
interval holds the mean worth of the five models on {fresh:,} fresh rows, by how many times as wide
it is taken. A probe takes {used}.

Repeat: `python -m benchmarks.probe_coverage --runs {runs} --seed {seed}` ({minutes:.1f} min).

| model | rows | columns | measure | {heads} |
|---|--:|--:|---|{rule}|
"""


def drawn(rng: np.random.Generator, n: int, columns: int) -> Rows:
    """Rows whose chances follow five of the columns, and the product of the first two."""
    x = rng.normal(size=(n, columns))
    b = np.r_[1.0, -0.7, 0.5, 0.5, 0.3, np.zeros(columns - 5)]
    y = (rng.random(n) < expit(x @ b - 0.5 + 0.6 * x[:, 0] * x[:, 1])).astype(int)
    return Rows("binary", y, ("no", "yes"), {f"x{i}": x[:, i] for i in range(columns)}, {}, {})


def held(kind: Kind, n: int, columns: int, runs: int, seed: int) -> np.ndarray:
    """Shares of runs whose interval holds the target, [measures, widths]."""
    rng = np.random.default_rng([seed, n, columns])
    fresh = drawn(rng, FRESH, columns)
    table, found = matrix(fresh).table, []
    for run in range(runs):
        rows = drawn(rng, n, columns)
        folds, mine = folds_of(rows, 5, run), matrix(rows)
        told, worth = np.zeros((n, 2)), []
        for teach, test in folds.parts:
            model = learned(kind, mine, rows.y, teach, 2, run)
            told[test] = model(mine.table[test])
            far = answered(fresh, model(table), 0.5)
            worth.append([measures.value_of(name, fresh.y, far.said, far.score)
                          for name in ("accuracy", "auc")])  # fmt: skip
        answer, target = answered(rows, told, 0.5), np.mean(worth, axis=0)
        line = []
        for at, name in enumerate(("accuracy", "auc")):
            ends = []
            for times in WIDER:
                level = measures.wider(0.05, times / measures.WIDER)
                one = measures.estimate(name, rows, answer, folds, level)
                ends.append(one.low <= target[at] <= one.high)
            line.append(ends)
        found.append(line)
    shares: np.ndarray = np.mean(found, axis=0)
    return shares


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--runs", type=int, default=400)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--settings", type=int, default=len(SETTINGS), help="only the first ones")
    given = parser.parse_args()
    start, lines = time.perf_counter(), []
    for kind, n, columns in SETTINGS[: given.settings]:
        shares = held(kind, n, columns, given.runs, given.seed)
        for name, ends in zip(("accuracy", "AUC"), shares, strict=True):
            cells = " | ".join(f"{100 * one:.1f} %" for one in ends)
            lines.append(f"| {kind} | {n} | {columns} | {name} | {cells} |")
            print(lines[-1], flush=True)
    head = HEAD.format(
        runs=given.runs, seed=given.seed, fresh=FRESH, used=measures.WIDER,
        minutes=(time.perf_counter() - start) / 60,
        heads=" | ".join(f"{one:g} times" for one in WIDER), rule="--:|" * (len(WIDER) - 1) + "--:",
    )  # fmt: skip
    RESULTS.write_text(head + "\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
