"""The query's answer as states: rows of aggregates in, a `Tally` out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sextant.engines import judged, pairs
from sextant.engines.classes import ToClass
from sextant.engines.duck import Columns, filled
from sextant.engines.head import Head
from sextant.engines.query import COARSE, FINE
from sextant.engines.reading import UNLABELLED
from sextant.engines.sets import GroupingSet
from sextant.metrics.paired.requests import Measured, Ordered, PairRequest, Ranked
from sextant.metrics.requests import (
    Among,
    Classes,
    Copies,
    Decisions,
    Difference,
    Distribution,
    Errors,
    Fit,
    Flag,
    Labels,
    Latest,
    Pairs,
    Patterns,
    Ranking,
    Residuals,
    Scaled,
    Scores,
    Values,
    Verdicts,
    Volume,
    Weights,
    Within,
)
from sextant.states.classes import ClassCounts
from sextant.states.confusion import Confusion
from sextant.states.counts import Counts
from sextant.states.fit import FitMoments
from sextant.states.histogram import Histogram
from sextant.states.moments import CoMoments, Moments
from sextant.states.newest import Newest
from sextant.states.scores import ScoreCounts
from sextant.states.shown import Shown

OfNumbers = (
    Values
    | Errors
    | Residuals
    | Difference
    | Fit
    | Pairs
    | Scaled
    | Distribution
    | Ranking
    | Weights
    | Volume
    | Latest
)
MISSING = ""
"""The value of a segment's rows that have none, before it is given a name."""


@dataclass(frozen=True, slots=True)
class Group:
    """The aggregate rows of one segment in one grouping set."""

    values: tuple[str, ...]
    rows: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Reading:
    """How an answer is to be read: what codes stand for, what numbers were taken from."""

    label: ToClass
    prediction: ToClass
    head: Head
    versions: tuple[ToClass, ToClass]


@dataclass(frozen=True, slots=True)
class Answer:
    """The groups of one grouping set, and how to read them."""

    columns: Columns
    reading: Reading

    def ints(self, name: str, rows: NDArray[np.int64], missing: int = -1) -> NDArray[np.int64]:
        return np.where(self.null(name, rows), missing, self._data(name, rows)).astype(np.int64)

    def floats(self, name: str, rows: NDArray[np.int64]) -> NDArray[np.float64]:
        return np.where(self.null(name, rows), np.nan, self._data(name, rows)).astype(np.float64)

    def null(self, name: str, rows: NDArray[np.int64]) -> NDArray[np.bool_]:
        mask = np.asarray(np.ma.getmask(self.columns[name]))
        return mask[rows] if mask.shape else np.zeros(rows.size, dtype=np.bool_)

    def _data(self, name: str, rows: NDArray[np.int64]) -> NDArray[Any]:
        """Taken past the mask: slicing masked arrays is slow, and there may be 10,000 groups."""
        return np.ma.getdata(self.columns[name])[rows]


def groups(answer: Answer, rows: NDArray[np.int64], names: tuple[str, ...]) -> Iterator[Group]:
    """The rows of a grouping set, split by the values of its segment columns, in their order."""
    if not rows.size:
        return
    if not names:
        yield Group((), rows)
        return
    codes = np.zeros(rows.size, dtype=np.int64)
    labels: list[NDArray[Any]] = []
    for name in names:
        texts = np.asarray(filled(answer.columns[name][rows], MISSING), dtype=object)
        place = {text: at for at, text in enumerate(sorted(set(texts)))}
        inverse = np.fromiter((place[text] for text in texts), np.int64, texts.size)
        codes = np.unique(codes * len(place) + inverse, return_inverse=True)[1]
        labels.append(texts)
    order = np.argsort(codes, kind="stable")
    edges = np.flatnonzero(np.diff(codes[order])) + 1
    for part in np.split(order, edges):
        yield Group(tuple(str(texts[part[0]]) for texts in labels), rows[part])


def state_of(answer: Answer, one: GroupingSet, index: int, rows: NDArray[np.int64]) -> Any:
    """The state that these aggregate rows make up."""
    match one.request:
        case Ranked():
            return _version_scores(answer, one, index, rows)
        case Measured() | Ordered(which="a" | "b" | "difference"):
            return _moments(answer, str(index), rows)
        case PairRequest():
            return pairs.state_of(answer, one.request, index, rows)
        case Scores():
            return _scores(answer, one, rows)
        case Decisions():
            return _confusion(answer, rows)
        case Labels():
            return _labels(answer, rows)
        case Classes():
            return _classes(answer, rows)
        case Flag() | Within() | Among() | Ranking(kind="hit"):
            return _flags(answer, index, rows)
        case Verdicts():
            return judged.state_of(answer, index, rows)
        case Patterns():
            return judged.patterns(answer, index, rows)
        case None | Copies():
            raise ValueError("a grouping set of counts, or of copies, holds no state")
        case _:
            return _of_numbers(answer, one.request, index, rows)


def _of_numbers(answer: Answer, request: OfNumbers, index: int, rows: NDArray[np.int64]) -> Any:
    match request:
        case Volume():
            return Counts.of({"yes": float(answer.floats("n", rows).sum())})
        case Latest():
            return _newest(answer, index, rows)
        case Fit():
            return _fit(answer, index, rows)
        case Ranking(kind="coverage"):
            return _shown(answer, index, rows)
        case Pairs() | Scaled():
            return _co_moments(answer, index, rows)
        case Distribution():
            return _histogram(answer, request, index, rows)
        case Values() | Errors() | Residuals() | Difference() | Ranking() | Weights():
            return _moments(answer, str(index), rows)


def unused(answer: Answer, one: GroupingSet, index: int, rows: NDArray[np.int64]) -> float:
    """How many rows of the group the state could not use, for want of a number or a class."""
    n = answer.floats("n", rows)
    match one.request:
        case Scores():
            return float(n[answer.null("bin" if not one.by_unit else "coarse", rows)].sum())
        case PairRequest():
            return pairs.unused(answer, one.request, index, rows, one.by_unit)
        case Decisions():
            return float(n[answer.ints("d", rows) == 2].sum())
        case Values() | Pairs() | Difference() | Weights():
            return float(n.sum() - answer.floats(f"n{index}", rows).sum())
        case Distribution():
            return float(n[answer.null(f"h{index}", rows)].sum())
        case Flag(kind="true"):
            return float(n[answer.ints(f"f{index}", rows) == 2].sum())
        case Ranking(kind="coverage"):
            return float(answer.floats(f"gone{index}", rows).sum())
        case Verdicts():
            return float(answer.floats(f"unread{index}", rows).sum())
        case _:
            return 0.0


def _scores(answer: Answer, one: GroupingSet, rows: NDArray[np.int64]) -> ScoreCounts:
    assert isinstance(one.request, Scores)
    name, per_octave = ("coarse", COARSE) if one.by_unit else ("bin", FINE)
    rows = rows[~answer.null(name, rows)]
    return ScoreCounts.from_cells(
        answer.ints(name, rows),
        answer.ints("cut", rows),
        answer.reading.label(answer.ints("y", rows)),
        answer.floats("n", rows),
        answer.floats("p_low", rows),
        answer.floats("p_high", rows),
        thresholds=one.request.thresholds,
        per_octave=per_octave,
    )


def _version_scores(
    answer: Answer, one: GroupingSet, index: int, rows: NDArray[np.int64]
) -> ScoreCounts:
    name, per_octave = (f"coarse{index}", COARSE) if one.by_unit else (f"bin{index}", FINE)
    rows = rows[~answer.null(name, rows)]
    return ScoreCounts.from_cells(
        answer.ints(name, rows),
        np.zeros(rows.size, np.int64),
        answer.reading.label(answer.ints("y", rows)),
        answer.floats("n", rows),
        answer.floats(f"low{index}", rows),
        answer.floats(f"high{index}", rows),
        per_octave=per_octave,
    )


def _confusion(answer: Answer, rows: NDArray[np.int64]) -> Confusion:
    decided = answer.reading.prediction(answer.ints("d", rows))
    label = answer.reading.label(answer.ints("y", rows))
    n = answer.floats("n", rows)

    def count(flagged: int, truth: int) -> float:
        return float(n[(decided == flagged) & (label == truth)].sum())

    return Confusion(
        tp=count(1, 1),
        fp=count(1, 0),
        fn=count(0, 1),
        tn=count(0, 0),
        unlabelled_positive=count(1, 2),
        unlabelled_negative=count(0, 2),
    )


def _classes(answer: Answer, rows: NDArray[np.int64]) -> ClassCounts:
    """Rows without a prediction are left out; those without a label are kept under none."""
    names = ("label", "prediction")
    label, prediction = (filled(answer.columns[name][rows], "") for name in names)
    n = answer.floats("n", rows)
    each = zip(label.tolist(), prediction.tolist(), n.tolist(), strict=True)
    return ClassCounts.of((a, b, k) for a, b, k in each if b)


def _shown(answer: Answer, index: int, rows: NDArray[np.int64]) -> Shown:
    users = float(answer.floats(f"users{index}", rows).sum())
    rows = rows[~answer.null(f"i{index}", rows)]
    return Shown(users, answer.ints(f"i{index}", rows), answer.floats("n", rows))


def _labels(answer: Answer, rows: NDArray[np.int64]) -> Counts:
    label, n = answer.reading.label(answer.ints("y", rows)), answer.floats("n", rows)
    named = (("no", 0), ("yes", 1), ("none", UNLABELLED))
    return Counts.of({name: float(n[label == code].sum()) for name, code in named})


def _newest(answer: Answer, index: int, rows: NDArray[np.int64]) -> Newest:
    n, day = answer.floats(f"n{index}", rows), answer.floats(f"day{index}", rows)
    known = n > 0
    return Newest(float(n[known].sum()), float(day[known].max())) if known.any() else Newest()


def _moments(answer: Answer, name: str, rows: NDArray[np.int64]) -> Moments:
    near = answer.reading.head.near.get(f"v{name}", 0.0)
    total = Moments()
    for n, mean, var, cov in zip(
        *(answer.floats(f"{part}{name}", rows) for part in ("n", "mean", "var", "cov")),
        strict=True,
    ):
        if n:
            total += _from_averages(n, near, mean, var, cov)
    return total


@np.errstate(over="ignore", invalid="ignore")  # sums that overflow: an estimator refuses them
def _from_averages(n: float, near: float, mean: float, var: float, cov: float) -> Moments:
    """`cov` is that of x and x², both taken from `near`: m3/n + 2·mean·m2/n."""
    return Moments(n, near + mean, var * n, (cov - 2 * mean * var) * n)


@np.errstate(over="ignore", invalid="ignore")  # sums that overflow: an estimator refuses them
def _fit(answer: Answer, index: int, rows: NDArray[np.int64]) -> FitMoments:
    """From averages about a number `near` the labels' mean to sums about the mean itself."""
    near = answer.reading.head.near.get(f"v{index}", 0.0)
    total = FitMoments()
    names = ("n", "mean", "var", "cov", "four", "error", "v", "one", "two")
    for n, mean, var, cov, four, error, v, one, two in zip(
        *(answer.floats(f"{part}{index}", rows) for part in names), strict=True
    ):
        if n:
            third = cov - 2 * mean * var
            fourth = four + var * var - 4 * mean * third - 4 * mean * mean * var
            total += FitMoments(
                n,
                near + mean,
                var * n,
                third * n,
                max(fourth, var * var) * n,
                error,
                v * n,
                one * n,
                (two - 2 * mean * one) * n,
            )
    return total


def _co_moments(answer: Answer, index: int, rows: NDArray[np.int64]) -> CoMoments:
    total = CoMoments()
    near_x, near_y = (answer.reading.head.near.get(f"{axis}{index}", 0.0) for axis in "xy")
    names = ("n", "meanx", "meany", "varx", "vary", "cov")
    for n, mx, my, vx, vy, cov in zip(
        *(answer.floats(f"{part}{index}", rows) for part in names), strict=True
    ):
        if n:
            total += CoMoments(n, near_x + mx, near_y + my, vx * n, vy * n, cov * n)
    return total


def _histogram(
    answer: Answer, request: Distribution, index: int, rows: NDArray[np.int64]
) -> Histogram:
    missing = answer.null(f"h{index}", rows)
    used = rows[~missing]
    return Histogram.from_cells(
        answer.ints(f"h{index}", used),
        answer.ints(f"hc{index}", used),
        answer.floats("n", used),
        answer.floats(f"low{index}", used),
        answer.floats(f"high{index}", used),
        cuts=request.cuts,
        missing=float(answer.floats("n", rows[missing]).sum()),
        by_value=index in answer.reading.head.few,
    )


def _flags(answer: Answer, index: int, rows: NDArray[np.int64]) -> Counts:
    codes, n = answer.ints(f"f{index}", rows), answer.floats("n", rows)
    yes = np.isin(codes, (1, 11, 21, 31))
    none = codes == 2
    return Counts.of(
        {
            "yes": float(n[yes].sum()),
            "no": float(n[~yes & ~none].sum()),
            "none": float(n[none].sum()),
        }
    )
