"""How long it takes to rank bets: the library alone, for as many bets as a page may hold.

Draws values from normal distributions of which none is clearly the best, gives every factor a level
by chance, and times each piece seven times in this process; the median counts. Writes a table.

    make setup && .venv/bin/python benchmarks/portfolio_speed.py

The page with 500 products, its queries included, is timed in
`tests/server/strategy/portfolio/test_five_hundred.py`.
"""

from __future__ import annotations

import os
import platform
import statistics
import sys
from collections.abc import Callable
from pathlib import Path
from time import perf_counter
from typing import Any

import numpy as np
from scipy.stats import norm

from sextant.charts import Bubble, bubbles
from sextant.strategy.portfolio import (
    RULES,
    Bet,
    Factor,
    Span,
    Value,
    disagreements,
    dominated,
    draws_for,
    places,
    stability,
)
from sextant.strategy.portfolio.bet import LEVELS
from sextant.strategy.portfolio.draws import ranked
from sextant.strategy.portfolio.rules import WORDS

ROOT = Path(__file__).resolve().parent.parent
RESULTS = ROOT / "benchmarks/results/portfolio_speed.md"
REPEATS = 7
POINTS = (np.arange(512) + 0.5) / 512
PAGE_MS, DRAWS_MS = 150, 2_000


def main() -> None:
    """Measure, print, write."""
    rows = [row for count in (50, 200, 500) for row in _of(made(count))]
    many = made(200)
    sketches = [one.value.sketch for one in many if one.value is not None]
    bar = timed(lambda: stability(sketches, 10_000, 1))
    rows.append(("10,000 draws over 200 bets", bar))
    lines = [
        f"Python {platform.python_version()}, {os.cpu_count()} cores; medians of {REPEATS}.",
        "",
        "| what | ms |",
        "|---|---:|",
        *(f"| {what} | {ms:.1f} |" for what, ms in rows),
        "",
        f"Bars: {PAGE_MS} ms to rank 500 bets for a page, {DRAWS_MS:,} ms for 10,000 draws over"
        " 200 bets.",
    ]
    text = "\n".join(lines) + "\n"
    print(text)
    RESULTS.write_text(f"# Times of ranking bets\n\n{text}", encoding="utf-8")
    page = next(ms for what, ms in rows if what.startswith("500 bets: ranks"))
    sys.exit("Over the bar" if page > PAGE_MS or bar > DRAWS_MS else 0)


def _of(bets: list[Bet]) -> list[tuple[str, float]]:
    count = len(bets)
    sketches = [one.value.sketch for one in bets if one.value is not None]
    draws = draws_for(count)
    ranking = ranked(bets)
    held = {rule.key: places(rule, bets) for rule in RULES}
    shown = [_bubble(at, one) for at, one in enumerate(bets[:50])]
    return [
        (f"{count} bets: ranks of {draws:,} draws", timed(lambda: stability(sketches, draws, 1))),
        (f"{count} bets: four rules", timed(lambda: [places(rule, bets) for rule in RULES])),
        (f"{count} bets: contradictions", timed(lambda: disagreements(bets, ranking, held))),
        (f"{count} bets: dominance", timed(lambda: dominated(bets))),
        (f"{len(shown)} bets: picture", timed(lambda: bubbles(shown, "", "EUR", str))),
    ]


def made(count: int) -> list[Bet]:
    """Bets of which none is clearly the best."""
    random = np.random.default_rng(11)

    def one(key: int) -> Bet:
        mean, deviation = random.normal(0, 100_000), random.uniform(20_000, 120_000)
        sketch = np.asarray(norm.ppf(POINTS, mean, deviation), dtype=np.float32)
        low, high = float(sketch[25]), float(sketch[-26])
        factors = {word: Factor(frozenset({LEVELS[random.integers(3)]})) for word in WORDS}
        least = float(random.uniform(1, 20))
        value = Value("EUR", mean, low, high, sketch)
        return Bet(key, f"bet {key}", value, effort=Span(least, 2 * least), factors=factors)

    return [one(key) for key in range(count)]


def _bubble(number: int, bet: Bet) -> Bubble:
    assert bet.effort is not None
    assert bet.value is not None
    value = bet.value
    return Bubble(number, bet.name, bet.effort.low, bet.effort.high, value.expected, value.low,
                  value.high, value.grade)  # fmt: skip


def timed(work: Callable[[], Any]) -> float:
    """The median of its times in milliseconds."""
    times = []
    for _ in range(REPEATS):
        began = perf_counter()
        work()
        times.append(perf_counter() - began)
    return 1000 * statistics.median(times)


if __name__ == "__main__":
    main()
