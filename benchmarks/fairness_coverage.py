"""Do the intervals of groups hold together? `python -m benchmarks.fairness_coverage [--runs N]`."""

from __future__ import annotations

import argparse
import time
from collections.abc import Mapping
from pathlib import Path

import numpy as np

from sextant.metrics.calibration import TENTHS
from sextant.metrics.tally import Cell
from sextant.states.scores import ScoreCounts
from sextant.stats.estimate import Level
from sextant.studies.fairness.counted import Counted, counted
from sextant.studies.fairness.definitions import BY_NAME, estimated
from sextant.studies.fairness.measures import family, measures_of

RESULTS = Path(__file__).parent / "results" / "fairness_coverage.md"
CUT = 0.5
EDGES = tuple(sorted({*TENTHS, CUT}))
SCORES = np.round(np.linspace(0.03, 0.97, 48), 3)
HEAD = """# Do the intervals of groups hold together?

95 % confidence. *Together*: in so many runs every interval of every group and measure of one table
holds the truth ({measures} intervals a group). *One by one*: in so many runs they all would if each
were made at 95 % by itself, as tables elsewhere do. *False*: in so many runs a definition is called
met where the truth lies just beyond its bound, and missed where it lies just within (both should be
at most 2.5 %, near equality 5 %). {runs:,} runs a setting, standard error {noise:.1%} at 5 %.

Repeat: `python -m benchmarks.fairness_coverage --runs {runs} --seed {seed}` ({minutes:.0f} min).

| rows a group | groups | together | one by one |
|---|--:|--:|--:|
"""


def chances(group: int, groups: int) -> tuple[np.ndarray, np.ndarray]:
    """How often each score occurs in a group, and how often it then comes true."""
    tilt = 0.6 + 1.2 * group / max(groups - 1, 1)
    weight = SCORES ** (tilt - 1) * (1 - SCORES) ** (1.2 - 1)
    lean = 0.06 * (group % 3 - 1)
    return weight / weight.sum(), np.clip(SCORES + lean, 0.01, 0.99)


def truths(weight: np.ndarray, chance: np.ndarray) -> Mapping[str, float]:
    """The population's values."""
    flagged = SCORES >= CUT
    positive, negative = weight * chance, weight * (1 - chance)
    place = np.searchsorted(np.array(TENTHS), SCORES, side="right")
    off = np.bincount(place, weight * (chance - SCORES), 10)
    found = positive[flagged].sum() / positive.sum()
    return {
        "selection_rate": weight[flagged].sum(),
        "true_positive_rate": found,
        "false_negative_rate": 1 - found,
        "false_positive_rate": negative[flagged].sum() / negative.sum(),
        "precision": positive[flagged].sum() / weight[flagged].sum(),
        "accuracy": positive[flagged].sum() + negative[~flagged].sum(),
        "base_rate": positive.sum(),
        "calibration_bias": float(weight @ (SCORES - chance)),
        "calibration_error": float(np.abs(off).sum()),
    }


def drawn(rng: np.random.Generator, n: int, weight: np.ndarray, chance: np.ndarray) -> Counted:
    """A group of `n` rows."""
    rows = rng.multinomial(n, weight)
    positive = rng.binomial(rows, chance)
    scores = np.concatenate([SCORES, SCORES])
    labels = np.repeat([1.0, 0.0], SCORES.size)
    counts = np.concatenate([positive, rows - positive])
    state = ScoreCounts.of(np.repeat(scores, counts), np.repeat(labels, counts), EDGES)
    cell = Cell(state, None, float(n), float(n))
    return counted(("g",), cell, cell, CUT)


def joint(rng: np.random.Generator, n: int, groups: int, runs: int) -> tuple[float, float]:
    """How often all intervals of a table hold: at the shared level, and each at its own."""
    measures = measures_of(scored=True, tenths=True, labelled=True)
    shared = Level().split(family(measures, groups))
    worlds = [chances(one, groups) for one in range(groups)]
    known = [truths(*one) for one in worlds]
    held = np.zeros(2)
    for _ in range(runs):
        tables = [drawn(rng, n, *one) for one in worlds]
        for which, level in enumerate((shared, Level())):
            held[which] += all(
                estimate.low - 1e-12 <= truth[measure.name] <= estimate.high + 1e-12
                for table, truth in zip(tables, known, strict=True)
                for measure in measures
                if (estimate := measure.estimate(table, level)).value is not None
            )
    together, alone = held / runs
    return float(together), float(alone)


def verdicts(
    rng: np.random.Generator, n: int, groups: int, runs: int
) -> dict[str, tuple[float, float]]:
    """How often each definition is called met just beyond its bound, and missed just within."""
    worlds = [chances(one, groups) for one in range(groups)]
    known = [truths(*one) for one in worlds]
    names = [name for name, one in BY_NAME.items()]
    bounds = {name: _truth(name, known) for name in names}
    wrong = {name: np.zeros(2) for name in names}
    for _ in range(runs):
        tables = [drawn(rng, n, *one) for one in worlds]
        for name in names:
            definition = BY_NAME[name]
            found = estimated(definition, tables, lambda level, measure, i: level, Level())
            if found.value is None:
                continue
            at, upward = bounds[name], definition.kind == "ratio"
            met = found.low > at if upward else found.high < at
            missed = found.high < at if upward else found.low > at
            wrong[name] += [met, missed]
    return {
        name: (float(a), float(b)) for name, (a, b) in ((k, v / runs) for k, v in wrong.items())
    }


def _truth(name: str, known: list[Mapping[str, float]]) -> float:
    definition = BY_NAME[name]
    found = []
    for measure in definition.measures:
        values = [one[measure.name] for one in known]
        ratio = definition.kind == "ratio"
        found.append(min(values) / max(values) if ratio else max(values) - min(values))
    return min(found) if definition.kind == "ratio" else max(found)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=1_000)
    parser.add_argument("--seed", type=int, default=35)
    parser.add_argument("--out", type=Path, default=RESULTS)
    given = parser.parse_args()
    rng, start = np.random.default_rng(given.seed), time.perf_counter()
    lines = []
    for n in (30, 300, 3_000):
        for groups in (2, 5, 12):
            together, alone = joint(rng, n, groups, given.runs)
            lines.append(f"| {n:,} | {groups} | {100 * together:.1f} % | {100 * alone:.1f} % |")
            print(lines[-1])
    lines += [
        "",
        "| definition, 4 groups of 400 rows | false met | false missed |",
        "|---|--:|--:|",
    ]
    for name, (met, missed) in verdicts(rng, 400, 4, given.runs).items():
        lines.append(f"| {name} | {100 * met:.1f} % | {100 * missed:.1f} % |")
        print(lines[-1])
    head = HEAD.format(
        measures=family(measures_of(True, True, True), 1),
        runs=given.runs,
        noise=(0.05 * 0.95 / given.runs) ** 0.5,
        seed=given.seed,
        minutes=(time.perf_counter() - start) / 60,
    )
    given.out.write_text(head + "\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
