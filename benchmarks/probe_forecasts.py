"""Does the band of a learning curve hold what becomes true? `python -m benchmarks.probe_forecasts`.

A probe sees a prefix of a real table, drawn by chance; what twice and four times the rows are worth
is then measured on rows that no prefix held, as the mean over prefixes. Needs the shared data.
"""

from __future__ import annotations

import argparse
import os
import time
from pathlib import Path

import numpy as np

from sextant.engines.source import open_source
from sextant.lab.learning import answered, learn
from sextant.lab.models import Kind, learned, matrix
from sextant.studies.probe.asked import Asked
from sextant.studies.probe.curve import STRETCH, fitted, forecast
from sextant.studies.probe.folds import folds_of
from sextant.studies.probe.measures import value_of
from sextant.studies.probe.reading import read
from sextant.studies.probe.rows import Rows

RESULTS = Path(__file__).parent / "results" / "probe_forecasts.md"
TABLES = (
    ("Adult", "adult/adult.parquet", "income", ("split",)),
    ("Credit default", "credit_default_taiwan/credit_card_clients.parquet", "default_payment", ()),
)
SIZES = (1_000, 2_000)
KINDS: tuple[Kind, Kind] = ("simple", "strong")
HELD = 10_000
STRETCHES = (1.0, 1.3, 1.6, 2.0)
HEAD = """# Does the band of a learning curve hold what becomes true?

Prefixes drawn by chance, of the strong model fewer; what twice and four times the rows are worth in
AUC is measured on {held:,} rows that no prefix held. *Holds*: how often the 95 % band holds it, by
how many times as wide it is taken; a probe takes {used}. *Band*: its mean ends, in points.

Repeat: `python -m benchmarks.probe_forecasts --runs {runs} --strong {strong} --seed {seed}`
({minutes:.0f} min of processor time).

| table | model | prefix | prefixes | then | true gain | band | {heads} |
|---|---|--:|--:|--:|--:|--:|{rule}|
"""


def part(rows: Rows, at: np.ndarray) -> Rows:
    """Some of the rows."""
    return Rows(
        rows.task, rows.y[at], rows.classes, {k: v[at] for k, v in rows.numbers.items()},
        {k: v[at] for k, v in rows.texts.items()}, rows.names,
    )  # fmt: skip


def lines_of(name: str, rows: Rows, kind: Kind, size: int, runs: int, seed: int) -> list[str]:
    """A line for each horizon."""
    order = np.random.default_rng([seed, 1]).permutation(rows.n)
    fresh, pool = order[:HELD], order[HELD:]
    whole = matrix(rows)
    gains, bands = np.zeros((runs, 2)), []
    for run in range(runs):
        drawn = np.random.default_rng([seed, 2, run]).permutation(pool)
        worth = []
        for times in (1, 2, 4):
            model = learned(kind, whole, rows.y, drawn[: times * size], 2, run)
            far = answered(rows, model(whole.table[fresh]), 0.5)
            worth.append(value_of("auc", rows.y[fresh], far.said, far.score))
        gains[run] = worth[1] - worth[0], worth[2] - worth[0]
        prefix = part(rows, drawn[:size])
        mine = learn(kind, prefix, matrix(prefix), folds_of(prefix, 5, run), "auc", 0.5, run)
        curve = fitted(mine.sizes, mine.errors, run)
        assert curve is not None
        bands.append([
            [forecast(curve, size, times * size, stretch=one) for one in STRETCHES]
            for times in (2, 4)
        ])  # fmt: skip
    found = []
    for at, times in enumerate((2, 4)):
        true = float(gains[:, at].mean())
        holds = [
            np.mean([one[at][s].low <= true <= one[at][s].high for one in bands])
            for s in range(len(STRETCHES))
        ]
        used = STRETCHES.index(STRETCH)
        low, high = (100 * np.mean([getattr(one[at][used], end) for one in bands])
                     for end in ("low", "high"))  # fmt: skip
        cells = " | ".join(f"{100 * one:.0f} %" for one in holds)
        found.append(f"| {name} | {kind} | {size:,} | {runs} | {times * size:,} | {100 * true:.2f} "
                     f"| {low:.2f} to {high:.2f} | {cells} |")  # fmt: skip
        print(found[-1], flush=True)
    return found


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--runs", type=int, default=20)
    parser.add_argument("--strong", type=int, default=20, help="prefixes of the strong model")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--out", type=Path, default=RESULTS)
    given = parser.parse_args()
    lines: list[str] = []
    folder = Path(os.environ["SEXTANT_SHARED_DATA"])
    for kind, runs in zip(KINDS, (given.runs, given.strong), strict=True):
        for size in SIZES:
            for name, file, target, ignore in TABLES:
                rows, _ = read(Asked(target, ignore=ignore), open_source(folder / file))
                lines += lines_of(name, rows, kind, size, runs, given.seed)
                written(given, lines)


def written(given: argparse.Namespace, lines: list[str]) -> None:
    """The lines so far, so that a run that ends early leaves what it has."""
    head = HEAD.format(
        runs=given.runs, strong=given.strong, seed=given.seed, held=HELD, used=STRETCH,
        minutes=time.process_time() / 60,
        heads=" | ".join(f"{one:g} times" for one in STRETCHES),
        rule="--:|" * (len(STRETCHES) - 1) + "--:",
    )  # fmt: skip
    given.out.write_text(head + "\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
