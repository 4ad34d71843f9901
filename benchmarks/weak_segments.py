"""Does the search name what is there, and nothing else? `python -m benchmarks.weak_segments`."""

from __future__ import annotations

import argparse
import time
from pathlib import Path

import numpy as np

from sextant.contracts.model import Contract, Data
from sextant.engines.cells import Cells
from sextant.studies.weak_segments.halves import halves
from sextant.studies.weak_segments.result import Asked, Weak
from sextant.studies.weak_segments.searching import weakest

RESULTS = Path(__file__).parent / "results" / "weak_segments.md"
HEAD = """# Does the search name what is there, and nothing else?

{runs:,} searches a setting over 6 columns of 4 values, alpha 5 %. *Any false*: searches that name a
segment whose errors are no more frequent than elsewhere. *False of all named*: the mean share of
such segments among those named (the false discovery rate). *Found*: searches that name the segment
that was planted (two columns; twice the error rate), or a part or a whole of it. *Without holding
out*: the same candidates tested on the rows that suggested them, random labels.

Repeat: `python -m benchmarks.weak_segments --runs {runs} --seed {seed}` ({minutes:.0f} min).

| rows | depth | labels | any false | false of all named | found | without holding out |
|--:|--:|---|--:|--:|--:|--:|
"""


def cells(rng: np.random.Generator, n: int, columns: int = 6, planted: bool = False) -> Cells:
    """Rows with an error rate of 15 %, in one segment of two columns 30 %."""
    codes = rng.integers(1, 5, (n, columns))
    rate = np.full(n, 0.15)
    if planted:
        rate[(codes[:, 0] == 1) & (codes[:, 1] == 2)] = 0.3
    positive = rng.integers(0, 2, n)
    wrong = rng.uniform(size=n) < rate
    flagged = np.where(wrong, 1 - positive, positive)
    return Cells(codes, positive, flagged, np.zeros(n, np.int64), np.ones(n, np.int64))


def asked(depth: int) -> Asked:
    return Asked(Contract("", "", "binary", Data(""), ()), (), depth=depth)


NAMES = [(str(column), {value: str(value) for value in range(1, 5)}) for column in range(6)]
PLANTED = {"0": "1", "1": "2"}


def false(weak: Weak) -> bool:
    """Is its true rate no higher than elsewhere: has it nothing of the planted one?"""
    held = dict(weak.conditions)
    against = any(held.get(name, value) != value for name, value in PLANTED.items())
    return against or not any(held.get(name) == value for name, value in PLANTED.items())


def searches(
    rng: np.random.Generator, n: int, depth: int, runs: int, planted: bool
) -> tuple[float, float, float, float]:
    """Any false, false of all named, found, and any without holding out."""
    wrong, share, found, naive = 0, 0.0, 0, 0
    for run in range(runs):
        split = halves(cells(rng, n, planted=planted), "wrong", False, run)
        weak, _, _ = weakest(asked(depth), split, NAMES)
        bad = [one for one in weak if false(one) or not planted]
        wrong += bool(bad)
        share += len(bad) / len(weak) if weak else 0.0
        found += any(not false(one) for one in weak)
        if not planted:
            naive += bool(weakest(asked(depth), (split[0], split[0]), NAMES)[0])
    return wrong / runs, share / runs, found / runs, naive / runs


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=500)
    parser.add_argument("--seed", type=int, default=36)
    given = parser.parse_args()
    rng, start, lines = np.random.default_rng(given.seed), time.perf_counter(), []
    for n in (1_000, 10_000):
        for depth in (1, 2, 3):
            for planted in (False, True):
                got = searches(rng, n, depth, given.runs, planted)
                words = [f"{100 * one:.1f} %" for one in got]
                shown = [
                    words[0],
                    words[1],
                    words[2] if planted else "",
                    "" if planted else words[3],
                ]
                label = "one segment planted" if planted else "random"
                lines.append(f"| {n:,} | {depth} | {label} | {' | '.join(shown)} |")
                print(lines[-1])
    head = HEAD.format(runs=given.runs, seed=given.seed, minutes=(time.perf_counter() - start) / 60)
    RESULTS.write_text(head + "\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
