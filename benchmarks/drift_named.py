"""Does drift name words and segments falsely? `python -m benchmarks.drift_named`."""

from __future__ import annotations

import argparse
import time
from pathlib import Path

import numpy as np

from sextant.stats.carried import by_mix, left_out
from sextant.stats.shift import holm
from sextant.stats.wording import tested, worded_shift

RESULTS = Path(__file__).parent / "results" / "drift_named.md"
HEAD = """# Does drift name words and segments that play no part?

{runs:,} samples a line, drawn anew each time; the standard error of 5 % is {noise:.1f} points. A
line is good where it lies at 5 % or below, but for that error.

Repeat: `python -m benchmarks.drift_named --runs {runs} --seed {seed}` ({minutes:.1f} min).

"""
LEVEL = 0.05
TEXTS = ((50, 50, 40), (200, 1_000, 40), (1_000, 200, 200), (1_000, 1_000, 500), (5_000, 500, 500))
SIZES = ((150, 150), (300, 1_500), (1_500, 300), (3_000, 3_000))
BEFORE, AFTER = np.array([0.4, 0.3, 0.2, 0.1]), np.array([0.25, 0.3, 0.25, 0.2])


def words(rng: np.random.Generator, runs: int) -> list[str]:
    """Texts where nothing changed; and where one word did: how often another one is named."""
    lines = [
        "## Words", "",
        "*Alarm*: the column's p is at most 5 %. *Named*: a word that did not change is. *Seen*: a "
        "word that rose from 5 to 12 of 100 rows is named; *beside it*: another one is.", "",
        "| texts | words | alarm | named | seen | beside it |", "|---|--:|--:|--:|--:|--:|",
    ]  # fmt: skip
    for n, m, count in TEXTS:
        shares = np.append(0.05, 1 / np.arange(2, count + 1))
        moved = np.append(0.12, shares[1:])
        hits = np.zeros(4)
        for _ in range(runs):
            lengths = [np.bincount(np.minimum(rng.poisson(9, one), 39), minlength=40)
                       for one in (n, m)]  # fmt: skip
            a = rng.binomial(n, shares)
            for at, now in ((0, shares), (2, moved)):
                b = rng.binomial(m, now)
                kept = tested(a, b, n, m)
                found = worded_shift(a[kept], b[kept], (lengths[0], lengths[1]), LEVEL, LEVEL)
                named = found.words <= LEVEL
                first = bool(kept[0]) and bool(named[:1].any())
                rest = bool((named[1:] if kept[0] else named).any())
                hits[at : at + 2] += (
                    (found.shift.p <= LEVEL, first or rest) if at == 0 else (first, rest)
                )
        cells = " | ".join(f"{one / runs:.1%}" for one in hits)
        lines.append(f"| {n:,} v {m:,} | {count} | {cells} |")
    return [*lines, ""]


def segments(rng: np.random.Generator, runs: int) -> list[str]:
    """A column that changed alike in every segment of another: no claim about one is true."""
    lines = [
        "## Segments of a column that plays no part", "",
        "How often any claim *less is left with this segment as it is now, or without it* is made "
        "at 5 %, over all segments (Holm), though as much is left. Naming needs half of the change "
        "to be gone besides; *named* counts that.", "",
        "| rows | segments | cells | claim | named |", "|---|--:|---|--:|--:|",
    ]  # fmt: skip
    for n, m in SIZES:
        for count in (2, 5, 20):
            mix = np.ones(count) / count if count < 20 else 1 / np.arange(1, count + 1)
            mix = mix / mix.sum()
            inside = np.eye(count)
            classes = np.stack([inside, 1 - inside], axis=1)
            for ordered in (False, True):
                claims, named = 0, 0
                for _ in range(runs):
                    a, b = (
                        rng.multinomial(size, np.outer(one, mix).ravel())
                        .reshape(4, count)
                        .astype(float)
                        for size, one in ((n, BEFORE), (m, AFTER))
                    )
                    both = by_mix(a, b, classes, ordered), left_out(a, b, inside, ordered)
                    p = holm(np.concatenate([one.p for one in both]))
                    half = np.concatenate([one.left <= one.whole / 2 for one in both])
                    claims += bool(p.min() <= LEVEL)
                    named += bool((p[half] <= LEVEL).any())
                kind = "ordered" if ordered else "values"
                lines.append(
                    f"| {n:,} v {m:,} | {count} | {kind} | {claims / runs:.1%} "
                    f"| {named / runs:.1%} |"
                )
    return [*lines, ""]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=1_000)
    parser.add_argument("--seed", type=int, default=54)
    parser.add_argument("--out", type=Path, default=RESULTS)
    given = parser.parse_args()
    started, rng = time.time(), np.random.default_rng(given.seed)
    lines = [*words(rng, given.runs), *segments(rng, given.runs)]
    head = HEAD.format(
        runs=given.runs, seed=given.seed, minutes=(time.time() - started) / 60,
        noise=100 * (LEVEL * (1 - LEVEL) / given.runs) ** 0.5,
    )  # fmt: skip
    given.out.write_text(head + "\n".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
