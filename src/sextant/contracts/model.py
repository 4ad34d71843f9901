"""A contract as values: what must be true, of which data, and how sure we must be."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any, Literal

Scalar = str | int | float | bool
Op = Literal[">=", "<="]
Role = Literal["primary", "guardrail", "secondary"]
Looks = int | Literal["continuous"] | None


@dataclass(frozen=True, slots=True)
class Call:
    """A metric with its arguments, defaults filled in: `recall(threshold=0.5)`."""

    metric: str
    params: tuple[tuple[str, Any], ...] = ()

    def __getitem__(self, name: str) -> Any:
        return dict(self.params)[name]


@dataclass(frozen=True, slots=True)
class Quantity:
    """What is bounded: a metric, its worst pair over groups, or the difference of two groups."""

    call: Call
    kind: Literal["metric", "gap", "ratio", "contrast"] = "metric"
    of: str = ""
    against: str = ""


@dataclass(frozen=True, slots=True)
class Scope:
    """Where it must hold.

    "all": the whole table, `groupings` empty. "every": each value of each grouping; `sex, age` is
    (("sex",), ("age",)), `sex x age` is (("sex", "age"),). "one": the value `value` of
    groupings[0][0]. "across": compared over the values of groupings[0][0].
    """

    kind: Literal["all", "every", "one", "across"] = "all"
    groupings: tuple[tuple[str, ...], ...] = ()
    value: str = ""


@dataclass(frozen=True, slots=True)
class Criterion:
    """One promise. `text` is its normal form: equal promises have equal texts."""

    id: str
    text: str
    quantity: Quantity
    op: Op
    bound: float
    scope: Scope = Scope()
    confidence: float = 0.95
    role: Role = "primary"
    why: str = ""
    min_rows: int = 0
    written: str = ""


@dataclass(frozen=True, slots=True)
class Label:
    column: str
    positive: Scalar | None = None


@dataclass(frozen=True, slots=True)
class Score:
    column: str
    scale: float = 1.0


@dataclass(frozen=True, slots=True)
class Segment:
    """A split of the rows by one column: as it is, in left-closed bands, or under other names."""

    name: str
    column: str
    bands: tuple[float, ...] = ()
    labels: tuple[tuple[Scalar, str], ...] = ()
    min_rows: int = 0
    fold: str = "other"


Moment = int | float | str | date | datetime


@dataclass(frozen=True, slots=True)
class Period:
    """Both ends included; None is open. A year, a month or a day stands for all of it."""

    start: Moment | None = None
    end: Moment | None = None


@dataclass(frozen=True, slots=True)
class Fold(Segment):
    """Rows that teach, in `parts` equal parts "0", "1", … by hash, and rows that test: "held".

    The hash is that of the unit where rows depend on each other, so that all rows of one stay
    together, else of the row and of which copy of it this is. Held are the rows from the moment
    `since` on; or those whose `column` is not `value`; or, where neither is named, half of all by
    hash.
    """

    parts: int = 5
    since: Moment | None = None
    value: str | None = None


@dataclass(frozen=True, slots=True)
class Data:
    source: str
    label: Label | None = None
    score: Score | None = None
    prediction: str | None = None
    time: str | None = None
    period: Period | None = None
    unit: str | None = None
    segments: tuple[Segment, ...] = ()


@dataclass(frozen=True, slots=True)
class Costs:
    """What one decision of each kind costs (negative: earns), in `currency`."""

    true_positive: float = 0.0
    false_positive: float = 0.0
    false_negative: float = 0.0
    true_negative: float = 0.0
    currency: str = ""


@dataclass(frozen=True, slots=True)
class Names:
    """Prose for the sentences: what a row is (plural) and what a positive one is."""

    rows: str = ""
    positive: str = ""
    negative: str = ""


@dataclass(frozen=True, slots=True)
class Contract:
    product: str
    outcome: str
    task: str
    data: Data
    criteria: tuple[Criterion, ...]
    threshold: float = 0.5
    costs: Costs | None = None
    looks: Looks = None
    valid_for: str = ""
    names: Names = Names()
    model: str = ""
    locked: str = ""
    path: Path | None = field(default=None, compare=False)
