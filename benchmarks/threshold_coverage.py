"""How often the statements about a threshold are wrong, on populations whose truth is known.

    python benchmarks/threshold_coverage.py [--runs 2000]      writes results/threshold_coverage.md

A population is B score cells with their share of rows and of positives. Each run draws n rows,
chooses on them, and compares what was said with the truth. Errors are one-sided; nominal 2.5 %.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from sextant.contracts.model import Costs
from sextant.studies.thresholds.asked import Limit, Setting
from sextant.studies.thresholds.best import best
from sextant.studies.thresholds.curve import cost_band
from sextant.studies.thresholds.cuts import Cuts
from sextant.studies.thresholds.fallback import fallback
from sextant.studies.thresholds.limits import kept

Array = np.ndarray
RESULTS = Path(__file__).parent / "results/threshold_coverage.md"
BOUND = 0.05


@dataclass(frozen=True, eq=False)
class Population:
    """Cells of equal width between 0 and 1: `share` of all rows, `positive` share among them."""

    name: str
    share: Array
    positive: Array
    costs: Costs
    prevalence: float | None = None

    @property
    def edges(self) -> Array:
        return np.linspace(0, 1, self.share.size + 1)

    def setting(self, threshold: float = 0.5) -> Setting:
        return Setting(
            self.costs, True, threshold, prevalence=self.prevalence, automated_error=BOUND,
            limits=(Limit("recall", ">=", 0.8), Limit("precision", ">=", 0.7)),
        )  # fmt: skip

    def draw(self, rng: np.random.Generator, n: int) -> Cuts:
        rows = rng.multinomial(n, self.share)
        pos = rng.binomial(rows, self.positive).astype(float)
        edges = self.edges
        low = edges[:-1] + 1e-9
        return Cuts((0.5,), low, edges[1:] - 1e-9, pos, rows - pos, np.zeros(rows.size))

    def above(self) -> tuple[Array, Array]:
        """Positives and negatives flagged by every cut, as shares of all rows."""
        pos, neg = self.share * self.positive, self.share * (1 - self.positive)
        return tuple(np.append(one[::-1].cumsum()[::-1], 0.0) for one in (pos, neg))  # type: ignore[return-value]

    def cost(self) -> Array:
        """The true cost of a decision at every cut."""
        tp, fp = self.above()
        c = self.costs
        p = tp[0] if self.prevalence is None else self.prevalence
        recall, fpr = tp / tp[0], fp / fp[0]
        return p * (c.true_positive * recall + c.false_negative * (1 - recall)) + (1 - p) * (
            c.false_positive * fpr + c.true_negative * (1 - fpr)
        )


def populations() -> Iterator[Population]:
    for size in (20, 200):
        x = (np.arange(size) + 0.5) / size
        flat = np.full(size, 1 / size)
        bell = x * (1 - x) / (x * (1 - x)).sum()
        yield Population(f"calibrated, {size} cells", bell, x, Costs(0, 30, 12, 12))
        wavy = np.clip(0.5 + 0.4 * np.sin(9 * x), 0, 1)
        yield Population(f"not monotone, {size} cells", flat, wavy, Costs(0, 1, 1, 0))
        yield Population(f"worthless, {size} cells", flat, np.full(size, 0.3), Costs(0, 3, 7, 0))
        rare = np.full(size, 1.0) * (1 - x) ** 4
        yield Population(f"rare, 1 to 40, {size} cells", rare / rare.sum(), 0.25 * x**2,
                         Costs(0, 1, 40, 0))  # fmt: skip
        sure = 1 / (x * (1 - x) + 0.05)
        yield Population(f"sure, {size} cells", sure / sure.sum(),
                         1 / (1 + np.exp(-9 * (x - 0.5))), Costs(0, 10, 20, 0))  # fmt: skip
        yield Population(f"other prevalence, {size} cells", bell, x, Costs(0, 5, 10, 0), 0.1)


def run(one: Population, n: int, runs: int, seed: int = 1) -> Counter[str]:
    """How often each statement was wrong; `average` sums the losses of conformal risk control."""
    rng = np.random.default_rng(seed)
    cost, found = one.cost(), Counter[str]()
    least = int(np.argmin(cost))
    tp, fp = one.above()
    for _ in range(runs):
        cuts, setting = one.draw(rng, n), one.setting()
        today = cuts.index(0.5)
        every = np.ones(cuts.size, dtype=bool)
        chosen = best(cuts, setting, every, cost_band(cuts, setting))
        if chosen is not None:
            found["best"] += 1
            first, last = chosen.ends
            found["width"] += last - first + 1
            found["range misses"] += not chosen.members[least]
            regret = cost[today] - cost[least]
            found["regret low"] += chosen.regret.low > regret + 1e-12
            found["regret high"] += chosen.regret.high < regret - 1e-12
            gain = cost[today] - cost[chosen.cut]
            found["gain low"] += chosen.gain.low > gain + 1e-12
            found["cost low"] += chosen.cost.low > cost[chosen.cut] + 1e-12
            found["cost high"] += chosen.cost.high < cost[chosen.cut] - 1e-12
        for limit in setting.limits if one.prevalence is None else ():
            held = np.flatnonzero(kept(limit, cuts, setting).kept)
            if held.size:
                at = held[-1] if limit.measure == "recall" else held[0]
                truth = tp[at] / tp[0] if limit.measure == "recall" else tp[at] / (tp[at] + fp[at])
                found[f"{limit.measure} broken"] += truth < limit.bound
        bands = fallback(cuts, setting, 1)
        for name, band in (("among", bands.among), ("average", bands.average)):
            if band is None:
                continue
            low, high = cuts.index(band.low), cuts.index(band.high)
            wrong = tp[0] - tp[low] + fp[high]
            automated = (tp[0] + fp[0]) - (tp + fp)[low] + (tp + fp)[high]
            if name == "among":
                found["bands"] += 1
                found["fallback broken"] += wrong > BOUND * automated + 1e-12
            else:
                found["average"] += wrong
                found["average exceeded"] += wrong > BOUND
    return found


COLUMNS = ("range misses", "regret low", "regret high", "gain low", "cost low", "cost high",
           "recall broken", "precision broken", "fallback broken")  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=2_000)
    runs = parser.parse_args().runs
    lines = [
        "# How often statements about a threshold are wrong",
        "",
        f"`python benchmarks/threshold_coverage.py --runs {runs}`. Per cent of {runs:,} runs; "
        "nominal at most 2.5 a statement. *width*: the cuts in the range, of all. *loss*: "
        "automated and wrong under conformal risk control on average, which is to stay at "
        f"{100 * BOUND:g} or less, and how many runs exceed that.",
        "",
        f"| population | n | {' | '.join(COLUMNS)} | width | loss | exceeded |",
        f"|---|--:|{'--:|' * (len(COLUMNS) + 3)}",
    ]
    worst: Counter[str] = Counter()
    for one in populations():
        for n in (30, 300, 3_000, 30_000):
            found = run(one, n, runs)
            shares = [100 * found[name] / runs for name in COLUMNS]
            for name, share in zip(COLUMNS, shares, strict=True):
                worst[name] = max(worst[name], share)  # type: ignore[assignment]
            width = found["width"] / max(found["best"], 1) / (one.share.size + 1)
            lines.append(
                f"| {one.name} | {n:,} | {' | '.join(f'{x:.2f}' for x in shares)} "
                f"| {100 * width:.0f} % | {100 * found['average'] / runs:.2f} "
                f"| {100 * found['average exceeded'] / runs:.0f} |"
            )
            print(lines[-1], flush=True)
    lines.append(
        f"| **worst** | | {' | '.join(f'**{worst[name]:.2f}**' for name in COLUMNS)} | | | |"
    )
    RESULTS.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
