"""What comes out: for every criterion and segment, rows needed, rows there, and the answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from sextant.contracts.evidence import Verdict
from sextant.contracts.model import Contract, Criterion
from sextant.stats.estimate import Estimate
from sextant.studies.enough.expected import Expected

Told = Literal["enough", "not enough", "cannot be said"]
Read = Literal["read", "expected", "none"]
VERDICTS: dict[Told, Verdict] = {
    "enough": "met", "not enough": "missed", "cannot be said": "undecided",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Row:
    """One criterion in one segment, () for all rows.

    `rows`, `labelled`: what is there. `counts`: what the number would rest on (positives, for
    recall). `needed`: labelled rows of the segment, of the mix that is there, from which it would
    be decided, towards `towards`. `value`: what the expected model would show. `shows_from`, where
    nothing is expected: the least value (most, where lower is better) that these rows would show
    to keep the bound.
    """

    criterion: Criterion
    segment: tuple[tuple[str, str], ...]
    told: Told
    rows: float
    labelled: float
    counts: float = 0.0
    value: Estimate | None = None
    needed: int | None = None
    towards: Literal["met", "missed"] | None = None
    shows_from: float | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Enough:
    """A contract's rows before a model is built. `prevalence`: of all labelled rows."""

    contract: Contract
    digest: str
    source: str
    expected: Expected
    rows: tuple[Row, ...]
    total: int
    labelled: int
    labels: Read
    prevalence: float | None
    power: float
    checked_on: str
    code: str
    notes: tuple[str, ...] = ()

    @property
    def told(self) -> Told:
        """Of primary criteria and guardrails: the worst answer."""
        held = {one.told for one in self.rows if one.criterion.role != "secondary"}
        return ("not enough" if "not enough" in held else
                "cannot be said" if "cannot be said" in held or not held else "enough")  # fmt: skip

    @property
    def verdict(self) -> Verdict:
        return VERDICTS[self.told]
