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
    """`Confusion` of the hard decision column and the label.

    With many classes every labelled row counts as positive and the right ones as found.
    """


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
    `low` … `high` (both allowed)? "set": is it none of `values`? "type": is it not of the type,
    "pattern": does all of it not match the RE2 pattern, that stands alone in `values`? Only
    "missing" never says "none".
    """

    kind: str
    column: str
    low: float | None = None
    high: float | None = None
    values: tuple[Scalar, ...] = ()


@dataclass(frozen=True, slots=True)
class Volume:
    """`Counts` of all rows that count, under "yes"."""


@dataclass(frozen=True, slots=True)
class Latest:
    """`Newest` of a column of times."""

    column: str


@dataclass(frozen=True, slots=True)
class Copies:
    """`Repeated`: rows whose `column` stands in another row too; without a column copies of rows.

    Copies are alike in every column of the table but those in `ignore`. It takes a scan of its
    own, of the whole table: rows of segments that are alike are not told apart.
    """

    column: str = ""
    ignore: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Residuals:
    """`Moments` of a number made of prediction and label, over labelled rows that have both.

    kind "error": prediction − label; "absolute", "squared": that of it; "percentage": |error| over
    |label|, where the label is not 0; "pinball": the loss of `column`, which predicts the quantile
    `q`. The others take the contract's prediction.
    """

    kind: str
    column: str = ""
    q: float | None = None


@dataclass(frozen=True, slots=True)
class Fit:
    """`FitMoments` of predictions and labels, over labelled rows that have both."""


@dataclass(frozen=True, slots=True)
class Scaled:
    """`CoMoments` of |prediction − label| and |label|, over labelled rows that have both.

    With a `baseline`, a column of naive predictions, |baseline − label| takes the second place.
    """

    baseline: str = ""


@dataclass(frozen=True, slots=True)
class Within:
    """`Counts` "yes", "no" and "none" of: does the label lie from `lower` to `upper`?"""

    lower: str
    upper: str


@dataclass(frozen=True, slots=True)
class Difference:
    """`Moments` of `upper` − `lower`, over rows that have both."""

    lower: str
    upper: str


@dataclass(frozen=True, slots=True)
class Weights:
    """`Moments` of 1/`column`, the chance with which a row was given a label: above 0, up to 1."""

    column: str


@dataclass(frozen=True, slots=True)
class Classes:
    """`ClassCounts` of label and prediction, for a label of many classes."""


@dataclass(frozen=True, slots=True)
class Among:
    """`Counts` "yes", "no" and "none" of: is the label's class in one of `columns`?"""

    columns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Ranking:
    """`Moments` of a value per user (the unit), from the order of the user's rows.

    kind "ndcg", "map", "mrr", "recall" and "precision" of the first `k`, a row being relevant from
    a label of `at_least` on (None: above 0); "mean" and "diversity" of `column` over them. "hit"
    has `Counts` of users instead: "yes" with a relevant row among the first k, "no", "none" for
    rows that stand for no user. "coverage" has `Shown`: how many users have each value of `column`,
    the item, among their first k.
    """

    kind: str
    k: int
    at_least: float | None = None
    column: str = ""


@dataclass(frozen=True, slots=True)
class Verdicts:
    """`Judged` of what people say of a row (`column`) and what a judge says of it (`judge`).

    kind "true": yes/no columns, the judge's may hold a number from 0 to 1; "range": whether a
    number lies in `low` … `high`; "is": whether a cell is `value`; "value": the numbers themselves.
    """

    kind: str
    column: str
    judge: str
    low: float | None = None
    high: float | None = None
    value: str = ""


@dataclass(frozen=True, slots=True)
class Patterns:
    """`Counts` of rows by what stands in several columns, as text joined by `JOINT`.

    With `lengths`, two columns of texts or numbers, "first", "second" or "same" comes last: which
    of them is the longer.
    """

    columns: tuple[str, ...]
    lengths: tuple[str, str] | None = None


OfLabel = Residuals | Fit | Scaled | Within
"""What compares a label that is a number with what was predicted of it."""

OfClass = Classes | Among
"""What compares a label of many classes with what was predicted of it."""

OfTable = Volume | Latest | Copies
"""What is a fact of the rows that are there."""

OfColumns = Values | Pairs | Difference | Distribution | Flag | Weights | OfTable
"""What reads columns alone."""

OfJudge = Verdicts | Patterns
"""What reads a judge's verdicts, and what people say."""

OfRows = Scores | Decisions | Labels | Errors | OfColumns | OfLabel | OfClass | Ranking | OfJudge
"""What looks at one version of a model, or at none."""

Request = OfRows | PairRequest
