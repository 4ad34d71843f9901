"""Whom we compare with: an environment and a worker each, and the error that each promises."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
WORKERS = Path(__file__).parent / "workers"
ENVIRONMENTS = ROOT / ".venv-peers"
OURS = "Sextant"
ANY_SIZE = "Sextant, margin aside"


@dataclass(frozen=True, slots=True)
class Peer:
    """A package, and what it is asked for: `methods` by their names with a sentence each.

    It takes part in each `every`-th batch: what is slow has fewer tries, of the same tables.
    """

    name: str
    worker: str
    methods: tuple[tuple[str, str], ...]
    every: int = 1

    @property
    def python(self) -> Path:
        """The interpreter of its own environment; ours is this one."""
        if self.name == OURS:
            return Path(sys.executable)
        return ENVIRONMENTS / self.name / "bin" / "python"

    @property
    def installed(self) -> bool:
        return self.python.exists()


PEERS = (
    Peer(
        OURS,
        "ours.py",
        (
            (OURS, "`sx.drift` as it comes: *changed* needs the test and 5 of 100 rows"),
            (ANY_SIZE, "the same test at 5 %, however small the change"),
        ),
    ),
    Peer(
        "evidently",
        "evidently_drift.py",
        (
            ("Evidently", "`DataDriftPreset()`: a column drifts"),
            ("Evidently, half the columns", "the same: at least half of the columns drift"),
        ),
        every=2,
    ),
    Peer(
        "nannyml",
        "nannyml_drift.py",
        (
            (
                "NannyML",
                "`UnivariateDriftCalculator`: Jensen–Shannon above what the reference's chunks "
                "had; only where the reference has six windows or more to learn that from",
            ),
        ),
        every=2,
    ),
    Peer(
        "whylogs",
        "whylogs_drift.py",
        (("whylogs", "`calculate_drift_scores`: Kolmogorov–Smirnov or χ², its threshold"),),
        every=2,
    ),
    Peer(
        "alibi-detect",
        "alibi_drift.py",
        (("alibi-detect", "`TabularDrift`: Kolmogorov–Smirnov or χ² at 5 %, Bonferroni"),),
    ),
)
