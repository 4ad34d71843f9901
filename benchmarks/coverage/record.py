"""One line of the results: how often an interval missed the truth on either side."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

from sextant.stats.estimate import Estimate

SIDE = 0.025
"""The error that a 95 % interval may have on each side."""


@dataclass(frozen=True, slots=True)
class Record:
    """`above`: share of intervals wholly above the truth (a false *met* of >=); `below` alike.

    `runs` 0: computed exactly. `open` is the share of estimates that were not assessable; they
    make no claim and count as no error. `width` is the mean of the bounded intervals. `size`: the
    rows, users or units of the case, 0 where it is not told by them.
    """

    family: str
    case: str
    above: float
    below: float
    open: float = 0.0
    width: float = math.nan
    runs: int = 0
    size: int = 0

    @property
    def two_sided(self) -> float:
        return self.above + self.below

    def noise(self, share: float, times: float = 3.0) -> float:
        """`times` standard errors of a share estimated from these runs."""
        return times * math.sqrt(share * (1 - share) / self.runs) if self.runs else 0.0

    def luck(self, side: float) -> float:
        """How often this many misses or more on `side` come up where 2.5 % are due."""
        from scipy import stats

        misses = round(side * self.runs)
        return float(stats.binom.sf(misses - 1, self.runs, SIDE)) if self.runs else 1.0


def draws(n: int, runs: int) -> int:
    """Fewer draws of many rows, which take long, and of n 30, where means claim nothing."""
    return max(runs // (20 if n < 50 else 1 if n < 3_000 else 3), 1)


def observe(
    family: str, case: str, truth: float, estimates: Iterable[Estimate], size: int = 0
) -> Record:
    """Count how often the truth lay outside."""
    found = list(estimates)
    slip = 1e-12 * max(1.0, abs(truth))
    bounded = [e.high - e.low for e in found if math.isfinite(e.high - e.low)]
    return Record(
        family,
        case,
        sum(e.low > truth + slip for e in found) / len(found),
        sum(e.high < truth - slip for e in found) / len(found),
        sum(not e.assessable for e in found) / len(found),
        sum(bounded) / len(bounded) if bounded else math.nan,
        len(found),
        size,
    )


def table(records: Iterable[Record]) -> str:
    """The records as a Markdown table."""
    lines = [
        "| case | above the truth | below | two-sided | not assessable | mean width | runs |",
        "|---|---|---|---|---|---|---|",
    ]
    for r in records:
        width = "" if math.isnan(r.width) else f"{r.width:.4g}"
        runs = f"{r.runs:,}" if r.runs else "exact"
        shares = f"{r.above:.4f} | {r.below:.4f} | {r.two_sided:.4f} | {r.open:.2f}"
        lines.append(f"| {r.case} | {shares} | {width} | {runs} |")
    return "\n".join(lines)
