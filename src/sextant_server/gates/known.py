"""What is known when a gate's verdict is computed, as plain values; and what it then requires."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any, Literal

from sextant.stats.bands import Band
from sextant.strategy.lifecycles.gates import Required
from sextant_server.products.models import Automation, Risk, Stage

Verdict = Literal["met", "missed", "undecided"]


@dataclass(frozen=True, slots=True)
class Found:
    """The evidence that a gate looks at, as far as it decides."""

    number: int
    verdict: Verdict
    headline: str
    draft: bool
    expires_on: date | None
    seen: int | None
    contract: int
    stands: bool
    aside: str = ""
    newer: int | None = None


@dataclass(frozen=True, slots=True)
class Assessed:
    """The assessment under one framework, as far as it decides.

    `reopened`: why answers that it rests on no longer hold; `begun` is all that some gates ask.
    """

    name: str
    verdict: Verdict
    says: str
    covered: bool = False
    reopened: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Worth:
    """What the value model says: the chance to be worth more than the best way without AI."""

    chance: float
    expected: float
    says: str


@dataclass(frozen=True, slots=True)
class Bet:
    """What is known of a product as a bet: nothing, where nobody has said anything.

    `own`: the frameworks written here that ask at this gate. `baseline`: a way without AI is on
    record; `kill` is the criterion that would end the bet,
    `dead` whether it holds already.
    """

    assessed: Mapping[str, Assessed] = field(default_factory=dict)
    worth: Worth | None = None
    baseline: bool = False
    kill: str = ""
    dead: bool = False
    own: tuple[Required, ...] = ()


@dataclass(frozen=True, slots=True)
class Failing:
    """One way to fail: the bands that are possible now (none: not known), and what it lacks."""

    key: int
    how: str
    severe: bool
    possible: tuple[Band, ...]
    says: str
    lacks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Review:
    """A fairness review: what it says, and whether it is of this contract and of these rows.

    `missed`: the other reviews of them that missed.
    """

    number: int
    verdict: Verdict | Literal[""]
    headline: str
    on: date
    by: str
    contract: int | None
    stands: bool
    same_rows: bool
    seal: str = ""
    missed: tuple[int, ...] = ()

    def plain(self) -> dict[str, object]:
        """As it is kept with a decision."""
        return {**asdict(self), "on": self.on.isoformat(), "missed": list(self.missed)}


@dataclass(frozen=True, slots=True)
class Facts:
    """What the records say of a product at a moment.

    `review`: the fairness review that counts; `grouped`: the contract splits its rows into groups.
    """

    origin: Stage
    target: Stage
    today: date
    outcome: str
    problem: str
    affected: str
    owner: str
    risk: Risk
    automation: Automation
    contract: int | None
    signed: tuple[str, ...]
    evidence: Found | None
    reviewed: tuple[str, ...]
    overdue: tuple[str, ...]
    bet: Bet = field(default_factory=Bet)
    failing: tuple[Failing, ...] = ()
    review: Review | None = None
    grouped: bool = False


@dataclass(frozen=True, slots=True)
class Requirement:
    """One thing that a gate requires, whether it is so, and why; `where` names the page for it."""

    name: str
    verdict: Verdict
    says: str
    where: str = ""

    def plain(self) -> dict[str, Any]:
        """As it is kept with a decision."""
        return asdict(self)
