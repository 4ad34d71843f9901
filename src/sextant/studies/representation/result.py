"""What comes out of holding rows against a population: a verdict for every group."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from sextant.contracts.evidence import Verdict
from sextant.stats.estimate import Estimate
from sextant.studies.representation.declared import Population, Values

Told = Literal[
    "under-represented", "as declared", "at least as declared", "over-represented", "undecided"
]


@dataclass(frozen=True, slots=True)
class Group:
    """One group of the population and its rows.

    `share`: of the rows whose value is known and declared; its interval holds for all groups
    together, and wherever the rows without a value belong. `declared` and, where it was counted in
    a sample, its interval. `lacking`: rows of this group to add, so that all under-represented
    groups of the split reach their declared share. `needed`: further rows that would decide, and
    how. `shows_from`: rows of the table from which a share just as declared would show as such;
    `small` where there are fewer.
    """

    values: Values
    rows: int
    share: Estimate
    declared: Estimate
    verdict: Verdict
    told: Told
    lacking: int = 0
    needed: tuple[int, Verdict] | None = None
    shows_from: int | None = None
    small: bool = False


@dataclass(frozen=True, slots=True)
class Cut:
    """One split: its groups, rows without a value, values that the population does not have."""

    name: str
    groups: tuple[Group, ...]
    n: int
    missing: int = 0
    others: tuple[tuple[Values, int], ...] = ()
    other_rows: int = 0
    other_values: int = 0


@dataclass(frozen=True, slots=True)
class Represented:
    """All splits. `groups` share one error."""

    population: Population
    cuts: tuple[Cut, ...]
    confidence: float

    @property
    def groups(self) -> tuple[Group, ...]:
        return tuple(group for cut in self.cuts for group in cut.groups)

    @property
    def verdict(self) -> Verdict:
        """Missed where a group is shown to be too small, met where all are shown not to be."""
        held = {one.verdict for one in self.groups}
        return "missed" if "missed" in held else "undecided" if "undecided" in held else "met"
