"""What a review gave: numbers of every group, verdicts, who is hurt, what cannot hold together."""

from __future__ import annotations

from dataclasses import dataclass

from sextant.contracts.evidence import DataFacts, Needed, Verdict
from sextant.metrics.tally import Grouping
from sextant.stats.estimate import Estimate
from sextant.studies.fairness.asked import Asked, Bound
from sextant.studies.fairness.definitions import Definition


@dataclass(frozen=True, slots=True)
class Small:
    """A measure that a group has too few rows for, and how many are missing (None: unknown).

    Even if the group were as all others are, its interval would be wider than the bound.
    """

    measure: str
    n: float
    missing: int | None


@dataclass(frozen=True, slots=True)
class GroupResult:
    """One group: its rows, and every measure with an interval; all of a grouping hold at once."""

    values: tuple[str, ...]
    rows: float
    labelled: float
    estimates: tuple[tuple[str, Estimate], ...]
    small: tuple[Small, ...] = ()

    @property
    def name(self) -> str:
        return " × ".join(self.values)

    def __getitem__(self, measure: str) -> Estimate:
        return dict(self.estimates)[measure]

    def too_small(self, measures: tuple[str, ...]) -> bool:
        return any(one.measure in measures for one in self.small)


@dataclass(frozen=True, slots=True)
class Judged:
    """One definition in one grouping. `among`: of the groups large enough, where some are not."""

    definition: Definition
    bound: Bound
    estimate: Estimate
    verdict: Verdict
    needed: Needed | None = None
    obstacle: str = ""
    among: Estimate | None = None
    among_verdict: Verdict = "undecided"

    @property
    def decides(self) -> bool:
        """Was its bound named, or is it only the usual one?"""
        return bool(self.bound.named)


@dataclass(frozen=True, slots=True)
class Hurt:
    """A group that an error falls on more often than on the group it falls on least.

    `other` is the lowest group in which the decision varies, where two such groups are there.
    `gap` holds for all pairs of groups and both errors at once; `people`: so many more errors in
    these rows than at the other group's rate, with its ends.
    """

    grouping: Grouping
    measure: str
    group: GroupResult
    other: GroupResult
    gap: Estimate
    people: tuple[float, float, float]

    @property
    def alike(self) -> str:
        """What is decided of everybody in the other group; empty where the decision varies."""
        shares = {0.0: "nobody is flagged at all", 1.0: "everybody is flagged"}
        share = self.other["selection_rate"].value
        return "" if share is None else shares.get(share, "")

    @property
    def rates(self) -> tuple[Estimate, Estimate]:
        return self.group[self.measure], self.other[self.measure]


@dataclass(frozen=True, slots=True)
class Trade:
    """What would follow if something else were made equal: the two groups' `measure`.

    `equal` is held at its value over both groups together (`at`); `would` are the values that
    follow from the base rates, with the ends that these allow; `gap` their difference.
    """

    equal: tuple[str, ...]
    at: tuple[float, ...]
    measure: str
    now: tuple[Estimate, Estimate]
    would: tuple[Estimate, Estimate]
    gap: Estimate
    bound: float

    @property
    def impossible(self) -> bool:
        """Is it shown that both cannot hold within the bound?"""
        return self.gap.low > self.bound


@dataclass(frozen=True, slots=True)
class Conflict:
    """The two groups whose base rates lie farthest apart, and what cannot be equal with what."""

    groups: tuple[GroupResult, GroupResult]
    base: Estimate
    trades: tuple[Trade, ...]

    @property
    def shown(self) -> bool:
        """Are the base rates shown to differ?"""
        return self.base.low > 0


@dataclass(frozen=True, slots=True)
class Grouped:
    """One grouping of the rows: groups, verdicts, conflict, rows that have no group."""

    grouping: Grouping
    groups: tuple[GroupResult, ...]
    judged: tuple[Judged, ...]
    conflict: Conflict | None
    together: int
    hurt: tuple[Hurt, ...] = ()
    without: float = 0.0
    reason: str = ""

    @property
    def name(self) -> str:
        return " × ".join(self.grouping)


@dataclass(frozen=True, slots=True)
class Fairness:
    """The whole record of one look. `verdict` None: no bound was named, so nothing is decided."""

    asked: Asked
    digest: str
    look: int
    data: DataFacts
    overall: GroupResult
    groupings: tuple[Grouped, ...]
    hurt: tuple[Hurt, ...]
    verdict: Verdict | None
    code: str = ""
    reviewed_on: str = ""
    notes: tuple[str, ...] = ()

    def grouping(self, *names: str) -> Grouped:
        """Raises KeyError for a grouping that was not asked for."""
        for one in self.groupings:
            if one.grouping == names:
                return one
        known = ", ".join(one.name for one in self.groupings)
        raise KeyError(f"{' × '.join(names)} is no grouping of this review. It has: {known}.")
