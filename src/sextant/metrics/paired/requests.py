"""What a comparison of two versions asks of the data, over the rows that both have judged."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Side:
    """The column of one version: numbers, cut at `cut` where decisions are due, or decisions.

    `decides`: the column holds decisions, and `cut` says nothing.
    """

    column: str
    scale: float = 1.0
    cut: float = 0.5
    decides: bool = False


@dataclass(frozen=True, slots=True)
class PairRequest:
    """A state of the rows that both versions have judged."""

    a: Side
    b: Side

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that are read beside the contract's roles."""
        return self.a.column, self.b.column

    @property
    def numeric(self) -> tuple[str, ...]:
        """Those of them that must hold numbers."""
        return tuple(side.column for side in (self.a, self.b) if not side.decides)


@dataclass(frozen=True, slots=True)
class Agreed(PairRequest):
    """`Agreement` of both versions' decisions and the label."""


@dataclass(frozen=True, slots=True)
class Ranked(PairRequest):
    """`ScoreCounts` of one version's score and the label."""

    which: Literal["a", "b"] = "a"


@dataclass(frozen=True, slots=True)
class Joined(PairRequest):
    """`JointScores` of both versions' scores and the label."""


@dataclass(frozen=True, slots=True)
class Ordered(PairRequest):
    """Users' values under two orders of the same items, as `metrics.requests.Ranking` has them.

    `which` "a", "b" and "difference": `Moments` of a value per user; "sign": `Counts` of users,
    "better" where B's value is higher, "worse", "same"; "hits" (of kind "hit"): `Agreement` of who
    finds something. A side that `decides` holds places (1 first), the others scores.
    """

    kind: str = "ndcg"
    k: int = 10
    at_least: float | None = None
    which: Literal["a", "b", "difference", "sign", "hits"] = "difference"

    @property
    def numeric(self) -> tuple[str, ...]:
        return self.columns


@dataclass(frozen=True, slots=True)
class Crossed(PairRequest):
    """`Counts` of labelled rows by label and both versions' classes, as text joined by `JOINT`."""

    @property
    def numeric(self) -> tuple[str, ...]:
        return ()


JOINT = "\x1f"
"""Stands between the values of a pattern; an empty cell is an empty text."""

Error = Literal["score", "brier", "absolute", "squared"]
Which = Literal["a", "b", "difference"]


@dataclass(frozen=True, slots=True)
class Measured(PairRequest):
    """`Moments` of a number of A, of B, or of the row's own difference B - A.

    `error` "score": the score itself; "brier": its squared distance from the label; "absolute"
    and "squared": its distance from the number in the column `truth`.
    """

    error: Error = "score"
    which: Which = "difference"
    truth: str = ""

    @property
    def columns(self) -> tuple[str, ...]:
        return (self.a.column, self.b.column, *((self.truth,) if self.truth else ()))

    @property
    def numeric(self) -> tuple[str, ...]:
        return self.columns


@dataclass(frozen=True, slots=True)
class Nearer(PairRequest):
    """`Counts` of rows: "better" where B is nearer to `truth`, "worse" where A is, "same".

    Without a truth "better" counts where B's number is higher, "worse" where it is lower.
    """

    truth: str = ""

    @property
    def columns(self) -> tuple[str, ...]:
        return (self.a.column, self.b.column, *((self.truth,) if self.truth else ()))

    @property
    def numeric(self) -> tuple[str, ...]:
        return self.columns
