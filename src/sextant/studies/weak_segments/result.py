"""What a search gave: the weak segments that held-out rows confirm, and how it was done."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from sextant.contracts.evidence import DataFacts
from sextant.contracts.model import Contract
from sextant.stats.estimate import Estimate

Error = Literal["wrong", "missed", "wrongly_flagged"]
Conditions = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """The contract's data, the columns searched, how deep, of which errors, how carefully."""

    contract: Contract
    columns: tuple[str, ...]
    error: Error = "wrong"
    depth: int = 2
    min_rows: int = 100
    alpha: float = 0.05
    seed: int = 0


@dataclass(frozen=True, slots=True)
class Weak:
    """A segment with its rate of error, and that of all other rows.

    `rate`, `elsewhere` and `gap` are of the held-out rows alone, at a level shared by all segments
    that were put to the test; `p` is the test's own. `found`: the rate in the rows that suggested
    it. `rows`: all that count for this error, in both parts; `people`: so many more errors in
    them than elsewhere's rate would make, with its ends.
    """

    conditions: Conditions
    rate: Estimate
    elsewhere: Estimate
    gap: Estimate
    p: float
    found: float
    rows: float
    people: tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class Search:
    """The whole record. `suggested` that were not confirmed are counted, not shown as findings.

    `searched`: how many segments were large enough to be looked at; `unfit`: columns left out, and
    why.
    """

    asked: Asked
    data: DataFacts
    overall: Estimate
    weak: tuple[Weak, ...]
    suggested: int
    searched: int
    halves: tuple[float, float]
    unfit: tuple[tuple[str, str], ...] = ()
    code: str = ""
    searched_on: str = ""
    notes: tuple[str, ...] = ()
