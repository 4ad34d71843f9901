"""A framework as data: scales, questions, dimensions, and outcomes in order.

Levels run from worst to best. What a question or a dimension says is never a score but the set of
levels that are still possible; `search.py` follows the rule over such sets.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from sextant.strategy.grades import Grade

if TYPE_CHECKING:
    from sextant.strategy.frameworks.given import Given

Tier = Literal["minimal", "limited", "high"]
Verdict = Literal["met", "missed", "undecided"]

TIERS: tuple[Tier, ...] = ("minimal", "limited", "high")
VERDICTS: tuple[Verdict, ...] = ("met", "missed", "undecided")
GATES = ("scoping", "development", "launch", "operations")
READERS = ("case", "brief", "portfolio", "today", "page", "team")
BINDS = ("criterion", "rate", "source", "value", "dependency", "assessment", "study")
ROLES = (
    "product manager",
    "data scientist",
    "machine learning engineer",
    "tech lead",
    "software engineer",
    "designer",
    "domain expert",
    "customer support",
    "legal",
    "ethics",
    "leadership",
    "everybody",
)


@dataclass(frozen=True, slots=True)
class Level:
    """One anchored step of a scale: what has to be so for it to be this one."""

    key: str
    name: str
    means: str


@dataclass(frozen=True, slots=True)
class Scale:
    """Levels from worst to best. `proposed` says which of its thresholds no source gives.

    `keys` and `places` are those of the levels, kept because judging asks for them all the time.
    """

    key: str
    levels: tuple[Level, ...]
    proposed: str = ""
    keys: tuple[str, ...] = field(init=False, compare=False, repr=False)
    places: Mapping[str, int] = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        keys = tuple(level.key for level in self.levels)
        object.__setattr__(self, "keys", keys)
        object.__setattr__(self, "places", {key: at for at, key in enumerate(keys)})

    def level(self, key: str) -> Level:
        return self.levels[self.places[key]]


@dataclass(frozen=True, slots=True)
class Clause:
    """A dimension whose level has to be among `levels`."""

    dimension: str
    levels: frozenset[str]


@dataclass(frozen=True, slots=True)
class Count:
    """At least `many` of some dimensions whose levels are among `levels`."""

    dimensions: tuple[str, ...]
    levels: frozenset[str]
    many: int


@dataclass(frozen=True, slots=True)
class Condition:
    """All of these clauses and counts. Several conditions together mean: any of them."""

    clauses: tuple[Clause, ...] = ()
    counts: tuple[Count, ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """What somebody answers: with a level, with a range of numbers, or in words.

    `cuts` turn a range into levels of `scale`; a range without cuts is compared with another one.
    It is asked at the tiers from `first` to `last`. `grades` holds the least grade for a tier.
    `otherwise` is the question, or the level, that stands in where it is not asked, or where
    `once_verified` and nothing has verified the answer yet. `asked_when`: only for these outcomes,
    or only under these conditions.
    """

    key: str
    name: str
    asks: str
    kind: Literal["level", "range", "text"] = "level"
    scale: Scale | None = None
    cuts: tuple[float, ...] = ()
    lower_is_better: bool = False
    unit: str = ""
    first: Tier = "minimal"
    last: Tier = "high"
    grades: Mapping[str, Grade] = field(default_factory=dict)
    binds: tuple[str, ...] = ()
    role: str = "product manager"
    otherwise: str = ""
    otherwise_level: str = ""
    once_verified: bool = False
    asked_for: tuple[str, ...] = ()
    asked_when: tuple[Condition, ...] = ()
    read_by: tuple[str, ...] = ()
    help: str = ""
    proposed: str = ""

    def asked_at(self, tier: Tier) -> bool:
        return TIERS.index(self.first) <= TIERS.index(tier) <= TIERS.index(self.last)

    @property
    def rests_on(self) -> tuple[str, ...]:
        """What it may rest on: `binds`, and a kept study wherever a criterion may be named."""
        if "criterion" in self.binds and "study" not in self.binds:
            return (*self.binds, "study")
        return self.binds

    @property
    def decides(self) -> bool:
        """Whether it has levels of its own; a range that is compared has them with its partner."""
        return self.scale is not None


@dataclass(frozen=True, slots=True)
class Table:
    """The level for each pair: `gives[down][across]`, a matrix such as likelihood by impact."""

    key: str
    scale: Scale
    down: Scale
    across: Scale
    gives: Mapping[str, tuple[str, ...]]
    proposed: str = ""


@dataclass(frozen=True, slots=True)
class Dimension:
    """One reason: how the answers to some questions become a level.

    `is`: that of one question. `least`, `most`: the worst, the best of several. `table`: what a
    matrix gives for two. `compare`: whether a range lies entirely above another (the best level),
    entirely below it (the worst), or either is possible; `otherwise` stands in where the ranges
    are not asked. `context` marks a circumstance or a choice, which does not fail itself: when it
    is asked what does, it stays as it is.
    """

    key: str
    name: str
    kind: Literal["is", "least", "most", "table", "compare"]
    of: tuple[str, ...]
    scale: Scale
    table: Table | None = None
    otherwise: str = ""
    says: Mapping[str, str] = field(default_factory=dict)
    read_by: tuple[str, ...] = ()
    context: bool = False
    proposed: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """One answer of the framework. The first outcome whose `when` holds is the answer."""

    key: str
    name: str
    verdict: Verdict
    says: str
    when: tuple[Condition, ...] = ()
    demands: tuple[str, ...] = ()
    proposed: str = ""


@dataclass(frozen=True, slots=True)
class Use:
    """Who acts on it: the gate that leads to a stage, from a tier upwards, or a reader.

    `begun`: at that gate its answers need only be begun.
    """

    gate: str = ""
    reader: str = ""
    first: Tier = "minimal"
    begun: bool = False

    def at(self, tier: Tier) -> bool:
        return TIERS.index(self.first) <= TIERS.index(tier)


@dataclass(frozen=True, slots=True)
class Example:
    """Answers to begin from, with the outcome they have; tried whenever the file is read."""

    key: str
    name: str
    says: str
    answers: Mapping[str, Given]
    outcome: str
    tier: Tier = "minimal"


@dataclass(frozen=True, slots=True, eq=False)
class Framework:
    """A framework as read from its file. `digest` is taken over what decides, not over prose.

    Two frameworks decide alike when their digests are equal.
    """

    key: str
    version: int
    name: str
    asks: str
    sources: tuple[str, ...]
    ids: tuple[str, ...]
    used_by: tuple[Use, ...]
    valid_for: str
    scales: Mapping[str, Scale]
    questions: Mapping[str, Question]
    dimensions: Mapping[str, Dimension]
    outcomes: Mapping[str, Outcome]
    examples: tuple[Example, ...] = ()
    proposed: str = ""
    digest: str = ""

    @property
    def valid_days(self) -> int:
        """For how many days an answer counts; a month is 30 of them, a year 365."""
        count, unit = self.valid_for.split(" ")
        return int(count) * {"day": 1, "week": 7, "month": 30, "year": 365}[unit.rstrip("s")]

    def gates_at(self, tier: Tier) -> tuple[str, ...]:
        """The stages whose gate asks for it at this tier."""
        return tuple(use.gate for use in self.used_by if use.gate and use.at(tier))

    def asked(self, tier: Tier) -> tuple[Question, ...]:
        """What everybody is asked at this tier, before any outcome asks for more."""
        return tuple(
            one
            for one in self.questions.values()
            if one.asked_at(tier) and not one.asked_for and not one.asked_when
        )
