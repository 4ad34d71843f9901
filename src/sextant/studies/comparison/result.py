"""What a comparison gave: verdicts, both versions' numbers, what changed for whom."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from sextant.contracts.evidence import CriterionResult, DataFacts, RowResult, Verdict
from sextant.stats.estimate import Estimate
from sextant.studies.comparison.asked import Asked

Segment = tuple[tuple[str, str], ...]
Told = Literal["better", "not worse", "not better", "worse", "undecided"]
"""`not better`: not by as much as was asked, without being shown to be worse."""


@dataclass(frozen=True, slots=True)
class Compared:
    """One question in one segment: the difference, both versions alone, and the power there was.

    `detectable`: the least difference that these data could have shown in 80 of 100 tries; None
    where none could.
    """

    row: RowResult
    a: Estimate
    b: Estimate
    detectable: float | None


@dataclass(frozen=True, slots=True)
class Answer:
    """One question with its rows. `informs`: no version is better by this number."""

    result: CriterionResult
    rows: tuple[Compared, ...]
    informs: bool = False


@dataclass(frozen=True, slots=True)
class Change:
    """How many rows of a group B answers better and worse than A, as shares of `n` rows.

    `of_worse`: the group's share of all rows that got a worse answer; `of_better` alike.
    """

    segment: Segment
    n: float
    better: Estimate
    worse: Estimate
    of_better: Estimate | None = None
    of_worse: Estimate | None = None


@dataclass(frozen=True, slots=True)
class Hit:
    """The group that a change falls on: most of it, or only more often than on the others.

    `part` is the group's share of the change, `rate` the share of the group's rows that changed,
    `others` that of all other rows; their intervals hold for all groups together.
    """

    change: Change
    most: bool
    part: Estimate
    rate: Estimate
    others: Estimate


@dataclass(frozen=True, slots=True)
class Changes:
    """What changed for whom.

    `kind` "answers": decisions that became right or wrong; "distance": predictions that came
    nearer to the truth or went away from it; "decisions": no label is known, `better` counts
    those newly flagged and `worse` those no longer flagged; "successes": on which B newly succeeds
    and no longer does; "numbers": where B's number is higher, and where it is lower;
    "lists": users whose list is better, and worse, by the first question.
    """

    kind: Literal["answers", "distance", "decisions", "successes", "numbers", "lists"]
    overall: Change
    groups: tuple[Change, ...] = ()
    worse_hit: Hit | None = None
    better_hit: Hit | None = None


def shown_worse(row: RowResult) -> bool:
    """Is B shown to be worse than it may be: than A, or than A less the margin?"""
    bound, estimate = row.criterion.bound, row.estimate
    if row.criterion.op == ">=":
        return estimate.high < min(bound, 0.0)
    return estimate.low > max(bound, 0.0)


@dataclass(frozen=True, slots=True)
class Comparison:
    """The whole record of one look at two versions."""

    asked: Asked
    digest: str
    look: int
    data: DataFacts
    verdict: Verdict
    answers: tuple[Answer, ...]
    changes: Changes | None
    code: str = ""
    compared_on: str = ""
    counted: bool = False
    notes: tuple[str, ...] = ()

    @property
    def told(self) -> Told:
        """The verdict in a word: not worse where B had only to stay within a margin."""
        if self.verdict == "missed":
            lost = [one.result for one in self.answers if one.result.verdict == "missed"]
            rows = [row for one in lost if one.criterion.role != "secondary" for row in one.rows]
            return "worse" if any(shown_worse(row) for row in rows) else "not better"
        if self.verdict == "undecided":
            return "undecided"
        deciding = [one.result.criterion for one in self.answers]
        within = [one.role == "guardrail" for one in deciding if one.role != "secondary"]
        return "not worse" if all(within) else "better"
