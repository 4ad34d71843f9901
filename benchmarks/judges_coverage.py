"""How often the intervals with a judge miss, and how much narrower they are than labels alone.

Writes benchmarks/results/judges_coverage.md. Real verdict files are read from the folder that
SEXTANT_SHARED_DATA names, and left out without it.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import duckdb
import numpy as np

from sextant.states.judged import ORDERS, JointMoments, Judged
from sextant.stats.estimate import Level
from sextant.stats.powered import powered_mean, powered_rate
from sextant.stats.rate import rate
from sextant.stats.stratified import allocate, stratified_rate

RESULTS = Path(__file__).parent / "results/judges_coverage.md"
RUNS = 2_000
SIZES = ((30, 300), (30, 30_000), (300, 3_000), (300, 300), (3_000, 30_000), (30_000, 300_000))
JUDGES = {
    "good (97 / 15)": (0.97, 0.15),
    "fair (85 / 35)": (0.85, 0.35),
    "lenient (99 / 70)": (0.99, 0.70),
    "useless (60 / 60)": (0.60, 0.60),
}
"""Of people's yes and of people's no, how many of 100 the judge calls yes."""


def joint(cells: np.ndarray) -> JointMoments:
    """From counts of (y, f) = 11, 10, 01, 00."""
    n = float(cells.sum())
    if not n:
        return JointMoments()
    y, f = np.array([1.0, 1, 0, 0]), np.array([1.0, 0, 1, 0])
    mean_y, mean_f = float(cells @ y) / n, float(cells @ f) / n
    dy, df = y - mean_y, f - mean_f
    sums = (float(cells @ (dy**i * df**j)) for i, j in ORDERS)
    return JointMoments((n, mean_y, mean_f, *sums))


def shares(p: float, judge: tuple[float, float]) -> np.ndarray:
    yes, no = judge
    return np.array([p * yes, p * (1 - yes), (1 - p) * no, (1 - p) * (1 - no)])


def others(cells: np.ndarray) -> JointMoments:
    """Rows of which only the judge's word is known."""
    return joint(np.array([0, 0, cells[0] + cells[2], cells[1] + cells[3]], float))


def binary(rng: np.random.Generator, runs: int) -> Iterator[str]:
    yield "| labels | others | people say yes | judge | misses low | high | width / labels alone |"
    yield "|--:|--:|--:|---|--:|--:|--:|"
    for n, m in SIZES:
        for p in (0.5, 0.8, 0.95):
            for name, judge in JUDGES.items():
                q = shares(p, judge)
                low = high = 0
                widths = []
                for _ in range(runs):
                    a, b = rng.multinomial(n, q), rng.multinomial(m, q)
                    found = powered_rate(joint(a), others(b), Level())
                    alone = rate(float(a[0] + a[1]), n, Level())
                    low, high = low + (found.low > p), high + (found.high < p)
                    widths.append((found.high - found.low) / (alone.high - alone.low))
                yield (
                    f"| {n:,} | {m:,} | {p:.0%} | {name} | {low / runs:.2%} | "
                    f"{high / runs:.2%} | {np.mean(widths):.2f} |"
                )


def looks(rng: np.random.Generator, runs: int) -> Iterator[str]:
    """20 looks while labels come in, always-valid from the second on."""
    yield "| labels at the first look | people say yes | judge | some look misses low | high |"
    yield "|--:|--:|---|--:|--:|"
    for first in (50, 200):
        for p in (0.5, 0.9):
            for name in ("good (97 / 15)", "lenient (99 / 70)"):
                q = shares(p, JUDGES[name])
                low = high = 0
                for _ in range(runs):
                    seen, rest = np.zeros(4), rng.multinomial(40_000, q).astype(float)
                    under = over = False
                    for look in range(20):
                        more = rng.multinomial(first, q)
                        seen = seen + more
                        level = Level() if look == 0 else Level(tuned_to=float(first))
                        found = powered_rate(joint(seen), others(rest), level)
                        under |= found.low > p
                        over |= found.high < p
                    low, high = low + under, high + over
                yield f"| {first} | {p:.0%} | {name} | {low / runs:.2%} | {high / runs:.2%} |"


def drawn(rng: np.random.Generator, runs: int) -> Iterator[str]:
    """100 labels at random, then 200 drawn inside strata by what these say."""
    yield "| people say yes | judge | misses low | high | width / 300 random labels and judge |"
    yield "|--:|---|--:|--:|--:|"
    for p in (0.5, 0.8, 0.95):
        for name in ("good (97 / 15)", "fair (85 / 35)", "lenient (99 / 70)"):
            low = high = 0
            widths = []
            yes, no = JUDGES[name]
            for _ in range(runs):
                n = 4_000
                y = (rng.random(n) < p).astype(float)
                f = (rng.random(n) < np.where(y > 0, yes, no)).astype(float)
                seen = np.full(n, np.nan)
                seen[:100] = y[:100]
                strata = [f == 1, f == 0]
                judged = np.array([(~np.isnan(seen[at])).sum() for at in strata], float)
                k = np.array([np.nansum(seen[at]) for at in strata])
                smooth = (k + 1) / (judged + 2)
                left = np.array([at.sum() for at in strata]) - judged
                counts = allocate(left, np.sqrt(smooth * (1 - smooth)), 200, judged)
                for at, count in zip(strata, counts, strict=True):
                    pick = rng.choice(np.flatnonzero(at & np.isnan(seen)), count, replace=False)
                    seen[pick] = y[pick]
                found = stratified_rate(
                    [Judged.of(seen[at], f[at]).heard() for at in strata], Level()
                )
                plain = np.where(np.arange(n) < 300, y, np.nan)
                other = powered_rate(*Judged.of(plain, f).heard(), Level())
                low, high = low + (found.low > p), high + (found.high < p)
                widths.append((found.high - found.low) / (other.high - other.low))
            times = runs
            yield (
                f"| {p:.0%} | {name} | {low / times:.2%} | {high / times:.2%} | "
                f"{np.mean(widths):.2f} |"
            )


def scores(rng: np.random.Generator, runs: int) -> Iterator[str]:
    """Means of rubric scores from 1 to 5."""
    yield "| labels | others | misses low | misses high | width / labels alone |"
    yield "|--:|--:|--:|--:|--:|"
    values = np.arange(1.0, 6)
    people = np.array([0.02, 0.05, 0.13, 0.4, 0.4])
    truth = float(values @ people)
    for n, m in ((50, 500), (300, 3_000), (3_000, 6_000)):
        low = high = 0
        widths = []
        for _ in range(runs):
            y = rng.choice(values, n + m, p=people)
            f = np.clip(y + rng.choice([-1, 0, 1], n + m, p=[0.1, 0.6, 0.3]), 1, 5)
            state = Judged.of(np.where(np.arange(n + m) < n, y, np.nan), f)
            found = powered_mean(*state.heard(), Level())
            alone = powered_mean(Judged.of(y[:n], f[:n]).heard()[0], JointMoments(), Level())
            low, high = low + (found.low > truth), high + (found.high < truth)
            widths.append((found.high - found.low) / (alone.high - alone.low))
        times = runs
        yield (
            f"| {n:,} | {m:,} | {low / times:.2%} | {high / times:.2%} | {np.mean(widths):.2f} |"
        )


Files = list[tuple[str, str, tuple[int, ...]]]


def files(folder: Path) -> Files:
    bars = f"{folder}/judge_llmbar/llmbar_verdicts.parquet"
    pandalm = f"{folder}/judge_pandalm/pandalm_verdicts.csv"
    first = "(human_majority = 1)::double y"
    return [
        (
            "Galaxy Zoo, model's probability (16,743)",
            f"SELECT Y AS y, Yhat AS f FROM '{folder}/ppi_galaxies/galaxies.parquet'",
            (100, 300, 1_000),
        ),
        (
            "PandaLM, people prefer answer 1, GPT-3.5 (999)",
            f"SELECT {first}, (gpt35_verdict = '1')::double f FROM '{pandalm}'",
            (100, 300),
        ),
        (
            "PandaLM, people prefer answer 1, PandaLM-7B (999)",
            f"SELECT {first}, (pandalm_verdict = '1')::double f FROM '{pandalm}'",
            (100, 300),
        ),
        (
            "LLMBar, answer 1 is right, GPT-4 (419)",
            f"SELECT (label = 1)::double y, (winner_noswap = 1)::double f FROM '{bars}' "
            "WHERE judge = 'GPT-4' AND prompting = 'Vanilla' AND winner_noswap IS NOT NULL",
            (100,),
        ),
    ]


def real(rng: np.random.Generator, runs: int, folder: Path) -> Iterator[str]:
    yield "| file | labels | misses low | misses high | width / labels alone | worth in labels |"
    yield "|---|--:|--:|--:|--:|--:|"
    for name, query, sizes in files(folder):
        table = duckdb.sql(query).fetchnumpy()
        y, f = (np.asarray(table[one], float) for one in "yf")
        truth = float(y.mean())
        for n in sizes:
            low = high = 0
            widths, worth = [], []
            for _ in range(runs):
                mask = np.zeros(y.size, bool)
                mask[rng.choice(y.size, n, replace=False)] = True
                found = powered_rate(*Judged.of(np.where(mask, y, np.nan), f).heard(), Level())
                alone = rate(float(y[mask].sum()), n, Level())
                low, high = low + (found.low > truth), high + (found.high < truth)
                widths.append((found.high - found.low) / (alone.high - alone.low))
                worth.append(found.worth or n)
            yield (
                f"| {name} | {n:,} | {low / runs:.2%} | {high / runs:.2%} | "
                f"{np.mean(widths):.2f} | {np.median(worth):,.0f} |"
            )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=RUNS, help="tables for each line")
    runs = parser.parse_args().runs
    rng = np.random.default_rng(37)
    fewer = max(runs // 2, 1)
    parts: list[tuple[str, Callable[[], Iterator[str]]]] = [
        ("Shares, one look", lambda: binary(rng, runs)),
        (f"Means of scores, one look, {fewer:,} tables", lambda: scores(rng, fewer)),
        (f"Looking again, 20 looks, {fewer:,} histories", lambda: looks(rng, fewer)),
        (
            f"Labels drawn inside the judge's verdicts, in two rounds, {fewer:,} tables",
            lambda: drawn(rng, fewer),
        ),
    ]
    if named := os.environ.get("SEXTANT_SHARED_DATA"):
        parts.append(
            (
                f"Real verdict files, labels drawn anew {fewer:,} times",
                lambda: real(rng, fewer, Path(named)),
            )
        )
    noise = 0.025 + 3 * (0.025 * 0.975 / runs) ** 0.5
    lines = [
        "# Judges with few human labels: coverage and width",
        "",
        f"Written by `python -m benchmarks.judges_coverage --runs {runs}`, {runs:,} tables a line "
        "where nothing else is said. Allowed is 2.5 % a side; among so many lines a share of 2.5 % "
        f"is seen as up to {noise:.1%}.",
    ]
    for title, part in parts:
        lines += ["", f"## {title}", "", *part()]
        RESULTS.write_text("\n".join(lines) + "\n", encoding="utf-8")
        print(title, flush=True)


if __name__ == "__main__":
    main()
