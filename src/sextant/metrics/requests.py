"""What a metric asks of the data: each request names one state that one scan yields."""

from __future__ import annotations

from dataclasses import dataclass

from sextant.metrics.paired.requests import PairRequest

Scalar = str | int | float | bool


@dataclass(frozen=True, slots=True)
class Scores:
    """`ScoreCounts` of score and label, with `thresholds` as exact bin edges."""

    thresholds: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Decisions:
    """`Confusion` of the hard decision column and the label."""


@dataclass(frozen=True, slots=True)
class Labels:
    """`Counts` of the label: "yes" the positive class, "no" the other, "none" unlabelled."""


@dataclass(frozen=True, slots=True)
class Errors:
    """`Moments` of (score - label)² over labelled rows: the Brier score's terms."""


@dataclass(frozen=True, slots=True)
class Values:
    """`Moments` of a numeric column."""

    column: str


@dataclass(frozen=True, slots=True)
class Pairs:
    """`CoMoments` of two numeric columns, over rows that have both."""

    x: str
    y: str


@dataclass(frozen=True, slots=True)
class Distribution:
    """`Histogram` of a numeric column, with `cuts` as exact bucket edges."""

    column: str
    cuts: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Flag:
    """`Counts` with the keys "yes", "no" and "none" of a yes/no question to each row.

    kind "missing": is the column empty? "true": is it true (or 1)? "range": does it lie outside
    `low` … `high` (both allowed)? "set": is it none of `values`? Only "missing" never says "none".
    """

    kind: str
    column: str
    low: float | None = None
    high: float | None = None
    values: tuple[Scalar, ...] = ()


Request = Scores | Decisions | Labels | Errors | Values | Pairs | Distribution | Flag | PairRequest
