"""What a profile gave: columns, findings, personal data, rules with their verdicts."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from sextant.contracts.evidence import Verdict
from sextant.engines.repeats import Repeats
from sextant.states.table import TableState
from sextant.stats.estimate import Estimate
from sextant.studies.quality.rules import Rule
from sextant.studies.representation.result import Represented

Kind = Literal[
    "number", "whole number", "yes or no", "time", "category", "text", "empty", "not read"
]


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a finished table. Counts are exact; `distinct` is where `exact` says so.

    `odd`: filled cells that do not read as the column's kind. `top`: the most frequent value and
    its rows, where values were counted. `quantiles`: 1, 25, 50, 75, 99 %, of numbers; within 1 %
    of their size where the values are many. `values`: the rows of each value, where few.
    """

    name: str
    kind: Kind
    rows: int
    missing: int
    distinct: int
    exact: bool
    odd: int = 0
    low: float | None = None
    high: float | None = None
    quantiles: tuple[float, ...] = ()
    first: str | None = None
    last: str | None = None
    longest: int = 0
    top: tuple[str, int] | None = None
    values: tuple[tuple[str, int], ...] = ()
    spellings: tuple[tuple[tuple[str, int], ...], ...] = ()
    placeholders: tuple[tuple[str, int], ...] = ()

    @property
    def cells(self) -> int:
        return self.rows - self.missing


@dataclass(frozen=True, slots=True)
class Suspect:
    """A column that gives the label away: `how` "alone" (its AUC) or "filled" (a difference).

    `filled`: the share of filled cells where the label is positive, and where it is not.
    """

    column: str
    how: Literal["alone", "filled"]
    estimate: Estimate
    filled: tuple[Estimate, Estimate] | None = None


@dataclass(frozen=True, slots=True)
class Personal:
    """Personal data of one kind in one column: `share` of the sampled filled cells.

    `sure` False: so many cells would look like it by chance alone.
    """

    column: str
    kind: str
    found: int
    share: Estimate
    sure: bool


@dataclass(frozen=True, slots=True)
class Looked:
    """How personal data were looked for: sampled rows, kinds, seed; `why` where they were not."""

    rows: int
    seed: int
    kinds: tuple[str, ...]
    columns: int
    found: tuple[Personal, ...] = ()
    clear: Estimate | None = None
    why: str = ""


@dataclass(frozen=True, slots=True)
class Balance:
    """The rows of one value of the label, or of one segment, with its share of the filled ones."""

    value: str
    rows: int
    share: Estimate
    positive: Estimate | None = None


@dataclass(frozen=True, slots=True)
class Schema:
    """What differs from the reference; types as (column, then, now)."""

    gone: tuple[str, ...] = ()
    new: tuple[str, ...] = ()
    retyped: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Days:
    """Rows by day: days with rows and without, the least, most and median of a day with rows.

    `age`: days from the newest row to the day of the profile; `future`: rows of later days.
    """

    column: str
    first: str
    last: str
    with_rows: int
    without: int
    least: int
    most: int
    median: float
    age: int
    future: int


@dataclass(frozen=True, slots=True)
class Ruled:
    """One rule with its verdict.

    `broken`: rows that break it (for `rows` and `duplicates` the count that is bounded).
    `estimate`, of rules about what will come: the share of rows that break it, of the filled ones
    for `between` and `in`. `needed`: further rows that would decide it, and as what. `reason`: why
    it could not be checked.
    """

    rule: Rule
    verdict: Verdict
    broken: int | None = None
    n: int = 0
    estimate: Estimate | None = None
    needed: tuple[int, Verdict] | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Profile:
    """A table profiled. `ignored`: columns left out where rows are compared.

    `state`: what may be kept of it; columns with personal data are not.
    """

    source: str
    rows: int
    columns: tuple[Column, ...]
    repeats: Repeats
    ignored: tuple[str, ...]
    confidence: float
    profiled_on: str
    code: str
    scans: int
    label: str | None = None
    positive: str | None = None
    balance: tuple[Balance, ...] = ()
    segments: tuple[tuple[str, tuple[Balance, ...]], ...] = ()
    suspects: tuple[Suspect, ...] = ()
    judged: int = 0
    unjudged: tuple[tuple[str, str], ...] = ()
    leak: float = 0.8
    looked: Looked | None = None
    days: Days | None = None
    reference: str | None = None
    schema: Schema | None = None
    overlap: int | None = None
    shared: int = 0
    rules: tuple[Ruled, ...] = ()
    suggested: tuple[str, ...] = ()
    set_aside: tuple[tuple[str, int], ...] = ()
    notes: tuple[str, ...] = field(default=())
    represented: Represented | None = None
    state: TableState | None = field(default=None, repr=False)

    @property
    def verdict(self) -> Verdict | None:
        """Of all rules and the population together; None where neither was given."""
        held = {one.verdict for one in self.rules}
        held |= {self.represented.verdict} if self.represented else set()
        if not held:
            return None
        return "missed" if "missed" in held else "undecided" if "undecided" in held else "met"
