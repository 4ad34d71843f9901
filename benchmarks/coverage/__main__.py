"""Long form of the simulations: `python -m benchmarks.coverage [--runs N] [--out FILE]`."""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Iterable, Iterator
from itertools import chain, groupby
from pathlib import Path

import numpy as np
from benchmarks.coverage import (
    by_size,
    calibration,
    exact,
    looks,
    multiclass,
    paired_rankings,
    ranking,
    regression,
    rows,
    scores,
    units,
)
from benchmarks.coverage.record import Record, table

RESULTS = Path(__file__).parents[1] / "results" / "coverage.md"
BY_SIZE = RESULTS.with_name("coverage_by_size.md")
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


Family = Callable[[np.random.Generator], Iterable[Record]]


def families(runs: int) -> dict[str, Family]:
    """Every group of cases by a name; ten-look cases get a quarter of the runs."""
    half, quarter, eighth = runs // 2, runs // 4, runs // 8
    sizes = (30, 300, 30_000)
    return {
        "exact": lambda rng: chain(
            exact.rates(), exact.frictions(), exact.f1_scores(), exact.quantiles()
        ),
        "cells": lambda rng: rows.cells(rng, runs, (50, 150, 500, 2000)),
        "AUC": lambda rng: rows.aucs(rng, half, ((15, 15), (20, 200), (50, 50), (200, 200))),
        "means": lambda rng: rows.means(rng, runs, (50, 100, 200, 1000)),
        "ratios": lambda rng: rows.ratios(rng, runs, (100, 300, 1000)),
        "groups": lambda rng: rows.groups(rng, runs),
        "classes": lambda rng: multiclass.means(rng, runs, sizes),
        "macro recall": lambda rng: multiclass.recalls(rng, runs, sizes),
        "classes by unit": lambda rng: multiclass.means_by_unit(rng, eighth, (60, 256)),
        "rankings": lambda rng: ranking.rankings(rng, runs, (30, 60, 300, 30_000)),
        "differences of rankings": lambda rng: paired_rankings.differences(
            rng, runs, (30, 60, 300, 3_000, 30_000)
        ),
        "catalogue coverage": lambda rng: ranking.coverages(rng, eighth, sizes),
        "average precision": lambda rng: scores.average_precisions(rng, runs, sizes),
        "calibration": lambda rng: calibration.calibrations(rng, runs, (30, 100, 300, 30_000)),
        "calibration error": lambda rng: scores.calibration_errors(rng, half, sizes),
        "calibration error by unit": lambda rng: scores.calibration_errors(
            rng, quarter, (300, 3000), units=120
        ),
        "regression": lambda rng: regression.errors(rng, runs, sizes),
        "regression by unit": lambda rng: regression.fits_by_unit(rng, half, (60, 256)),
        "rates by unit": lambda rng: units.rates(rng, runs, (8, 15, 60, 256)),
        "cells by unit": lambda rng: units.cells(rng, half, (15, 60, 256)),
        "AUC by unit": lambda rng: units.aucs(rng, quarter, (15, 60, 256)),
        "means by unit": lambda rng: units.means(rng, runs, (60, 256)),
        "ten looks": lambda rng: _looked(rng, quarter),
    }


def _looked(rng: np.random.Generator, runs: int) -> Iterator[Record]:
    cases = chain(
        looks.rates(rng, (30, 50, 100, 300)),
        looks.cells(rng, (100, 500)),
        looks.aucs(rng, (200, 1000)),
        looks.means(rng, (60, 200, 1000)),
        looks.groups(rng, (200, 1000)),
    )
    return (looks.run(case, runs) for case in cases)


def summary(families: dict[str, list[Record]]) -> str:
    """One line per family: its worst errors over all cases."""
    lines = [
        "| family | cases | runs | worst above | worst below | worst two-sided | mean above "
        "| mean below |",
        "|---|---|---|---|---|---|---|---|",
    ]
    lines += [_line(family, found) for family, found in families.items()]
    return "\n".join(lines)


def _line(family: str, found: list[Record]) -> str:
    above, below = max(r.above for r in found), max(r.below for r in found)
    both = max(r.two_sided for r in found)
    mean_above, mean_below = (
        sum(errors) / len(found)
        for errors in zip(*((r.above, r.below) for r in found), strict=True)
    )
    runs = f"{found[0].runs:,}" if found[0].runs else "exact"
    return (
        f"| {family} | {len(found)} | {runs} | {above:.4f} | {below:.4f} | {both:.4f} "
        f"| {mean_above:.4f} | {mean_below:.4f} |"
    )


def _section(family: str, found: list[Record]) -> str:
    worst = sorted(found, key=lambda r: -max(r.above, r.below, r.two_sided / 2))[:WORST]
    return f"## {family}\n\n{table(worst)}"


def _by_family(found: Iterable[Record]) -> dict[str, list[Record]]:
    ordered = sorted(found, key=lambda r: r.family)
    return {name: list(group) for name, group in groupby(ordered, key=lambda r: r.family)}


def replaced(text: str, found: Iterable[Record]) -> str:
    """The results with these families' lines and sections in the place of the earlier ones."""
    first, *parts = text.rstrip("\n").split("\n\n## ")
    sections = {part.partition("\n")[0]: f"## {part}" for part in parts}
    head, _, listed = first.rpartition("|---|\n")
    lines = {line.split(" | ")[0].strip("| "): line for line in listed.splitlines()}
    for name, group in _by_family(found).items():
        lines[name] = _line(name, group)
        sections[name] = _section(name, group)
    notes = [one for name, one in sections.items() if name not in lines]
    rows = sorted(lines.items())
    top = f"{head}|---|\n" + "\n".join(line for _, line in rows)
    return "\n\n".join([top, *notes, *(sections[name] for name, _ in rows)]) + "\n"


def report(found: Iterable[Record], runs: int, seed: int, started: float) -> str:
    """The results as Markdown."""
    families = _by_family(found)
    noise = (0.025 * 0.975 / runs) ** 0.5
    minutes = (time.monotonic() - started) / 60
    parts = [INTRODUCTION.format(worst=WORST, runs=runs, seed=seed, minutes=minutes, noise=noise)]
    parts.append(summary(families))
    power = "\n".join(f"| {bound} | {met:.4f} |" for bound, met in exact.power())
    parts.append("## Power: the true rate 0.1 above the bound, n 600 (exact)\n")
    parts.append(f"| bound | met |\n|---|---|\n{power}")
    parts += [_section(name, group) for name, group in families.items()]
    return "\n\n".join(parts) + "\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=4000, help="simulations per case")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path, default=RESULTS)
    parser.add_argument("--by-size", type=Path, default=BY_SIZE)
    parser.add_argument(
        "--only", action="append", help="one group of cases, put into the results that are there"
    )
    chosen = parser.parse_args()
    known = families(chosen.runs)
    if unknown := [name for name in chosen.only or () if name not in known]:
        parser.error(f"There is no group {unknown[0]!r}. Name one of {', '.join(known)}.")
    started, worked = time.monotonic(), time.process_time()
    rng = np.random.default_rng(chosen.seed)
    found: list[Record] = []
    for name in chosen.only or known:
        for record in known[name](rng):
            if all(earlier.family != record.family for earlier in found):
                print(f"{time.monotonic() - started:6.0f} s  {record.family}", flush=True)
            found.append(record)
    chosen.out.parent.mkdir(parents=True, exist_ok=True)
    if chosen.only:
        text = replaced(chosen.out.read_text(encoding="utf-8"), found)
    else:
        text = report(found, chosen.runs, chosen.seed, started)
    chosen.out.write_text(text, encoding="utf-8")
    earlier = chosen.by_size.read_text(encoding="utf-8") if chosen.by_size.exists() else ""
    only = "".join(f' --only "{name}"' for name in chosen.only or ())
    command = f"python -m benchmarks.coverage{only} --runs {chosen.runs} --seed {chosen.seed}"
    minutes = (time.process_time() - worked) / 60
    sized = by_size.replaced(earlier, found, command, minutes)
    chosen.by_size.write_text(sized, encoding="utf-8")


if __name__ == "__main__":
    main()
