"""How often an interval without labels misses what labels show, a side; nominal is 2.5 %.

The preconditions hold: the same score means the same, and other rows come (covariate shift). Three
ways in which scores are wrong as they are; the reference corrects them. Missed are what these rows'
labels show, and the value of the population they come from.

    python -m benchmarks.estimate_coverage [--times 400] [--out FILE]
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

import numpy as np

from sextant.metrics.tally import Cell
from sextant.states.scores import ScoreCounts
from sextant.stats.estimate import Estimate, Level
from sextant.stats.unlabelled import Parts, auc, ratio
from sextant.studies.estimate.learning import learn, teaches

Floats = np.ndarray
SIZES = ((300, 300), (300, 30_000), (1_000, 3_000), (30_000, 300), (30_000, 30_000))
TRUTHS: dict[str, Callable[[Floats], Floats]] = {
    "scores are right": lambda s: s,
    "too sure": lambda s: 0.25 + 0.5 * s,
    "steps": lambda s: np.where(s < 0.3, 0.05, np.where(s < 0.7, 0.4, 0.9)),
    "rare": lambda s: 0.3 * s**2,
}
NUMBERS = ("accuracy", "recall", "precision", "specificity", "J of F1", "AUC")
CUT, LARGE = 0.5, 400_000


def labels(rng: np.random.Generator, p: Floats) -> Floats:
    return np.asarray((rng.uniform(size=p.size) < p).astype(float))


def values(score: Floats, p: Floats) -> tuple[float, ...]:
    """The numbers of rows with these chances; labels of 0 and 1 are chances too."""
    f = (score >= CUT).astype(float)
    tp, fp, pos, neg = f @ p, f @ (1 - p), p.sum(), (1 - p).sum()
    order = np.argsort(score)
    q = p[order]
    below = np.cumsum(1 - q) - (1 - q) / 2
    a = float(q @ below / (pos * neg)) if pos and neg else np.nan
    with np.errstate(divide="ignore", invalid="ignore"):
        found = (
            (tp + neg - fp) / p.size,
            np.divide(tp, pos),
            np.divide(tp, tp + fp),
            np.divide(neg - fp, neg),
            np.divide(tp, pos + fp),
        )
    return (*(float(one) for one in found), a)


def estimates(before: Floats, y: Floats, now: Floats) -> list[Estimate] | None:
    state = ScoreCounts.of(before, y, (CUT,))
    if teaches(Cell(state)):
        return None
    e = learn(Cell(state), (CUT,)).expected(ScoreCounts.of(now, np.full(now.size, np.nan), (CUT,)))
    f = (e.low >= CUT).astype(float)
    one, none = np.ones(f.size), np.zeros(f.size)
    shares = [
        Parts((f, 1 - f), (one, one)),
        Parts((f, none), (one, none)),
        Parts((f, none), (f, f)),
        Parts((none, 1 - f), (none, one)),
        Parts((f, none), (one, f)),
    ]
    return [*(ratio(e, parts, Level()) for parts in shares), auc(e, Level())]


def missed(name: str, reference: int, current: int, times: int) -> tuple[Floats, int]:
    """Share of misses [number, shown low, shown high, true low, true high], and runs that count."""
    rng = np.random.default_rng([reference, current, len(name)])
    truth, count = np.zeros((len(NUMBERS), 4)), 0
    large = rng.beta(2, 1.6, LARGE)
    target = values(large, TRUTHS[name](large))
    for _ in range(times):
        before, now = rng.beta(1.2, 2, reference), rng.beta(2, 1.6, current)
        found = estimates(before, labels(rng, TRUTHS[name](before)), now)
        if found is None:
            continue
        count += 1
        shown = values(now, labels(rng, TRUTHS[name](now)))
        for at, one in enumerate(found):
            truth[at] += (
                shown[at] < one.low, shown[at] > one.high,
                target[at] < one.low, target[at] > one.high,
            )  # fmt: skip
    return truth / max(count, 1), count


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--times", type=int, default=400)
    parser.add_argument("--out", type=Path)
    given = parser.parse_args()
    lines = [
        "| scores | reference | current | samples | worst side, labels of these rows | worst side, "
        "population |",
        "|---|--:|--:|--:|---|---|",
    ]
    for name in TRUTHS:
        for reference, current in SIZES:
            rate, count = missed(name, reference, current, given.times)
            shown, true = rate[:, :2].max(axis=1), rate[:, 2:].max(axis=1)
            cells = [
                f"{100 * side.max():.1f} % ({NUMBERS[int(side.argmax())]})"
                for side in (shown, true)
            ]
            lines.append(
                f"| {name} | {reference:,} | {current:,} | {count} | {cells[0]} | {cells[1]} |"
            )
            print(lines[-1], flush=True)
    if given.out:
        given.out.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
