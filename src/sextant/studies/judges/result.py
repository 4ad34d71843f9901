"""What a study of a judge gave."""

from __future__ import annotations

from dataclasses import dataclass, field

from sextant.contracts.evidence import DataFacts, Needed, Verdict
from sextant.stats.estimate import Estimate
from sextant.studies.judges.asked import Asked

Segment = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Row:
    """One group of rows: what people say, what the judge says, what both together say.

    `together` is the estimate of what people would say of all rows; `people` that of the labels
    alone; `judge` the judge's own mean over all rows, which is no estimate of what people say.
    `same` is the share of the labelled rows on which both say the same; its intervals hold for all
    groups together, so that the group in which they differ most may be named.
    """

    segment: Segment
    together: Estimate
    people: Estimate
    judge: float | None
    rows: float
    labelled: float
    silent: float
    same: Estimate | None = None
    verdict: Verdict | None = None
    needed: Needed | None = None


@dataclass(frozen=True, slots=True)
class Measure:
    """One number of agreement by its name: `raw`, `kappa`, `ac1`, `alpha`."""

    name: str
    estimate: Estimate


@dataclass(frozen=True, slots=True)
class Pair:
    """How far two agree: the judge and people, or two people."""

    a: str
    b: str
    measures: tuple[Measure, ...]
    table: tuple[tuple[str, str, float], ...] = ()
    silent: float = 0.0


@dataclass(frozen=True, slots=True)
class PerClass:
    """A class by people's word: how many of its rows the judge finds, and how rightly."""

    value: str
    recall: Estimate
    precision: Estimate


@dataclass(frozen=True, slots=True)
class Order:
    """The same pairs in both orders.

    `same`: the share of pairs on which the judge says the same in both; `first`: of the pairs that
    the order decided, the share in which it took the answer shown first both times.
    """

    pairs: float
    same: Estimate
    swayed: float
    first: Estimate
    silent: float


@dataclass(frozen=True, slots=True)
class Favour:
    """How often the judge, and people, prefer the answer that a bias would favour.

    `judge` and `people` over the rows that people judged; `excess` is the difference, paired.
    """

    name: str
    judge: Estimate
    people: Estimate
    excess: Estimate


@dataclass(frozen=True, slots=True)
class JudgeStudy:
    """The whole record of one look at a judge.

    `drawn` is how far apart, in standard errors, the judge's verdicts on labelled and unlabelled
    rows lie (about 0 where labels were drawn at random); `weight` is λ.
    """

    asked: Asked
    digest: str
    look: int
    data: DataFacts
    verdict: Verdict | None
    overall: Row
    rows: tuple[Row, ...]
    agreement: tuple[Pair, ...] = ()
    everyone: tuple[Measure, ...] = ()
    classes: tuple[PerClass, ...] = ()
    order: Order | None = None
    favours: tuple[Favour, ...] = ()
    garbage: tuple[tuple[str, float], ...] = ()
    drawn: float | None = None
    weight: float = 0.0
    code: str = ""
    done_on: str = ""
    notes: tuple[str, ...] = field(default=())
