"""How often the interval of an exchange rate lies wholly on one side of the truth.

Two versions on the same rows, drawn from tables whose truth is known: `close`, where the versions
differ on 7 of 100 rows, and `far`, on 37. Each side should be wrong in at most 2.5 of 100 tries.
Run: python benchmarks/tradeoff_coverage.py [tries]; writes benchmarks/results.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np

from sextant.metrics.paired.metric import Versions
from sextant.metrics.paired.requests import Agreed, Side
from sextant.metrics.tally import Cell, Tally
from sextant.states.agreement import Agreement
from sextant.states.snapshot import RowSample, Snapshot
from sextant.stats.estimate import Estimate
from sextant.studies.comparison.asked import Asked, Named, ask
from sextant.studies.comparison.roles import loose_contract
from sextant.studies.tradeoffs.paired import prepared
from sextant.studies.tradeoffs.weighing import net_of

TEXTS = (
    "1% of recall is worth 2% of precision",
    "1% of accuracy is worth 1% of recall",
    "1% of specificity is worth 1% of recall",
    "1% of f1 is worth 1% of false_positive_rate",
)
TABLES = {
    "close": np.array([[[0.55, 0.02], [0.02, 0.11]], [[0.05, 0.01], [0.02, 0.22]]]),
    "far": np.array([[[0.3, 0.1], [0.15, 0.15]], [[0.05, 0.08], [0.04, 0.13]]]),
}
SIZES = (30, 100, 300, 1_000, 3_000)
RESULTS = Path(__file__).parent / "results" / "tradeoff_coverage.md"
HEAD = "| trade-off | versions | n | low above the truth | high below it | joint | width |"


def asked() -> Asked:
    """Two columns of decisions, compared by accuracy."""
    versions = Versions(Side("a", decides=True), Side("b", decides=True))
    return ask(loose_contract("t", label="y"), versions, Named("a", "b"), ["accuracy"])


def tally_of(question: Asked, counts: np.ndarray) -> Tally:
    """What a scan of rows with these counts [label, a, b] would have kept."""
    whole = Agreement(np.concatenate([counts, np.zeros((1, 2, 2))]))
    n = whole.total
    request = Agreed(question.versions.a, question.versions.b)
    cells = {(): {request: {(): Cell(whole, None, n, n)}}}
    return Tally(cells, {(): {(): (n, n)}}, int(n), int(n), Snapshot(), RowSample())


def net(text: str, question: Asked, tally: Tally) -> tuple[Estimate, bool]:
    """What is left at the rate, and whether both changes were weighed jointly."""
    ready = prepared(text, question, tally)
    found = net_of(ready.agreed, ready.first, ready.second, ready.setup, ready.setup.level)
    return found, ready.setup.correlation is not None


def errors(
    text: str, table: np.ndarray, n: int, tries: int, rng: np.random.Generator
) -> tuple[float, float, float, float]:
    """The share of tries wrong on each side, the share weighed jointly, the mean width."""
    question, p = asked(), table / table.sum()
    truth = net(text, question, tally_of(question, p * 1e9))[0].value
    assert truth is not None
    wrong, joint, widths = np.zeros(2), 0, []
    for _ in range(tries):
        drawn = rng.multinomial(n, p.ravel()).reshape(2, 2, 2).astype(float)
        found, jointly = net(text, question, tally_of(question, drawn))
        if not found.assessable:
            continue
        wrong += (found.low > truth, found.high < truth)
        joint += jointly
        widths.append(found.high - found.low)
    return wrong[0] / tries, wrong[1] / tries, joint / tries, float(np.mean(widths or [np.nan]))


def main(tries: int) -> None:
    """Every case, written as a table."""
    rng = np.random.default_rng(41)
    lines = [
        "# The interval of an exchange rate", "",
        f"{tries:,} tries a line; a share of wrong sides has a standard error of at most"
        f" {100 * np.sqrt(0.025 * 0.975 / tries):.2f} points at 2.5 %.", "",
        HEAD, "|---|---|--:|--:|--:|--:|--:|",
    ]  # fmt: skip
    for text in TEXTS:
        for name, table in TABLES.items():
            for n in SIZES:
                low, high, joint, width = errors(text, table, n, tries, rng)
                lines.append(
                    f"| `{text}` | {name} | {n:,} | {100 * low:.1f} % | {100 * high:.1f} % |"
                    f" {100 * joint:.0f} % | {width:.3f} |"
                )
                print(lines[-1], flush=True)
    RESULTS.write_text("\n".join(lines) + "\n")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 2_000)
