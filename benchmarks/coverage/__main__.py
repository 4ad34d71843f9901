"""Long form of the simulations: `python -m benchmarks.coverage [--runs N] [--out FILE]`."""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterable, Iterator
from itertools import chain, groupby
from pathlib import Path

import numpy as np
from benchmarks.coverage import exact, looks, multiclass, ranking, regression, rows, scores, units
from benchmarks.coverage.record import Record, table

RESULTS = Path(__file__).parents[1] / "results" / "coverage.md"
WORST = 5
INTRODUCTION = """# Do the intervals hold?

95 % intervals unless said otherwise: an error of 0.025 on each side, 0.05 together. *Above the
truth* is the share of intervals that lie wholly above it: a false *met* of a criterion `>=` whose
bound is the truth. Per family: the worst and the mean over all its cases, then the {worst} worst
cases. "Exact" is a sum over every possible count; elsewhere 0.025 has a standard error of
{noise:.4f} (half to twice that in the slower families), and the worst of many cases lies about
three of them up. In the families "ten looks" a user fetches the rows that were asked for and looks
again, up to ten times, with the truth on the bound.

Repeat: `python -m benchmarks.coverage --runs {runs} --seed {seed}` ({minutes:.0f} minutes).
"""


def records(seed: int, runs: int) -> Iterator[Record]:
    """Every case, family by family; ten-look cases get a quarter of the runs."""
    rng = np.random.default_rng(seed)
    yield from chain(exact.rates(), exact.frictions(), exact.f1_scores(), exact.quantiles())
    yield from rows.cells(rng, runs, (50, 150, 500, 2000))
    yield from rows.aucs(rng, runs // 2, ((15, 15), (20, 200), (50, 50), (200, 200)))
    yield from rows.means(rng, runs, (50, 100, 200, 1000))
    yield from rows.ratios(rng, runs, (100, 300, 1000))
    yield from rows.groups(rng, runs)
    yield from multiclass.means(rng, runs, (30, 300, 30_000))
    yield from multiclass.means_by_unit(rng, runs // 8, (60, 256))
    yield from ranking.ndcgs(rng, runs // 4, (30, 300, 30_000))
    yield from scores.average_precisions(rng, runs // 4, (30, 300, 30_000))
    yield from scores.calibration_errors(rng, runs // 2, (30, 300, 30_000))
    yield from scores.calibration_errors(rng, runs // 4, (300, 3000), units=120)
    yield from regression.errors(rng, runs // 2, (30, 300, 30_000))
    yield from regression.fits_by_unit(rng, runs // 2, (60, 256))
    yield from units.rates(rng, runs, (8, 15, 60, 256))
    yield from units.cells(rng, runs // 2, (15, 60, 256))
    yield from units.aucs(rng, runs // 4, (15, 60, 256))
    yield from units.means(rng, runs, (60, 256))
    cases = chain(
        looks.rates(rng, (30, 50, 100, 300)),
        looks.cells(rng, (100, 500)),
        looks.aucs(rng, (200, 1000)),
        looks.means(rng, (60, 200, 1000)),
        looks.groups(rng, (200, 1000)),
    )
    yield from (looks.run(case, runs // 4) for case in cases)


def summary(families: dict[str, list[Record]]) -> str:
    """One line per family: its worst errors over all cases."""
    lines = [
        "| family | cases | runs | worst above | worst below | worst two-sided | mean above "
        "| mean below |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for family, found in families.items():
        above, below = max(r.above for r in found), max(r.below for r in found)
        both = max(r.two_sided for r in found)
        mean_above, mean_below = (
            sum(errors) / len(found)
            for errors in zip(*((r.above, r.below) for r in found), strict=True)
        )
        runs = f"{found[0].runs:,}" if found[0].runs else "exact"
        lines.append(
            f"| {family} | {len(found)} | {runs} | {above:.4f} | {below:.4f} | {both:.4f} "
            f"| {mean_above:.4f} | {mean_below:.4f} |"
        )
    return "\n".join(lines)


def report(found: Iterable[Record], runs: int, seed: int, started: float) -> str:
    """The results as Markdown."""
    ordered = sorted(found, key=lambda r: r.family)
    families = {name: list(group) for name, group in groupby(ordered, key=lambda r: r.family)}
    noise = (0.025 * 0.975 / runs) ** 0.5
    minutes = (time.monotonic() - started) / 60
    parts = [INTRODUCTION.format(worst=WORST, runs=runs, seed=seed, minutes=minutes, noise=noise)]
    parts.append(summary(families))
    power = "\n".join(f"| {bound} | {met:.4f} |" for bound, met in exact.power())
    parts.append("## Power: the true rate 0.1 above the bound, n 600 (exact)\n")
    parts.append(f"| bound | met |\n|---|---|\n{power}")
    for name, group in families.items():
        worst = sorted(group, key=lambda r: -max(r.above, r.below, r.two_sided / 2))[:WORST]
        parts.append(f"## {name}\n\n{table(worst)}")
    return "\n\n".join(parts) + "\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=4000, help="simulations per case")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path, default=RESULTS)
    chosen = parser.parse_args()
    started = time.monotonic()
    found: list[Record] = []
    for record in records(chosen.seed, chosen.runs):
        if all(earlier.family != record.family for earlier in found):
            print(f"{time.monotonic() - started:6.0f} s  {record.family}", flush=True)
        found.append(record)
    chosen.out.parent.mkdir(parents=True, exist_ok=True)
    chosen.out.write_text(report(found, chosen.runs, chosen.seed, started), encoding="utf-8")


if __name__ == "__main__":
    main()
