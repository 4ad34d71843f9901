"""One column of a window against the reference: the test, the direction, what is new or gone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sextant.states.histogram import Histogram
from sextant.stats.estimate import Estimate, Level
from sextant.stats.groups import difference
from sextant.stats.quantile import quantile
from sextant.stats.rate import rate
from sextant.stats.shift import Shift, frequent, ordered_shift, rows_needed, values_shift
from sextant.studies.drift import texts
from sextant.studies.drift.result import Answer, ColumnShift, Counts, Mover, State, Texts
from sextant.studies.drift.shared import EMPTY, Shared, shared

LISTED = 5
MOSTLY = 0.8
TOO_MANY = "its values are too many and too rare to be compared one by one"


@dataclass(frozen=True, slots=True)
class Measured:
    """A column's bins and its shift, before the family is judged."""

    column: str
    before: Histogram | Counts
    after: Histogram | Counts
    bins: Shared
    shift: Shift
    alpha: float

    @property
    def p(self) -> float:
        return self.shift.p


def measured(
    column: str, before: State, after: State, codes: bool, alpha: float, at: float
) -> Measured | texts.MeasuredTexts:
    """`alpha`: of the intervals. `at`: the level of one column, for what could have been seen."""
    if isinstance(before, Texts) and isinstance(after, Texts):
        return texts.measured(column, before, after, alpha, at)
    assert not isinstance(before, Texts)
    assert not isinstance(after, Texts)
    bins = shared(before, after, codes)
    test = ordered_shift if bins.kind == "ordered" else values_shift
    return Measured(column, before, after, bins, test(bins.a, bins.b, alpha, at), alpha)


def judged(
    one: Measured | texts.MeasuredTexts, adjusted: float, alpha: float, margin: float, family: int
) -> ColumnShift:
    """Changed: shown, and by at least the margin. Not changed: shown to be by no more than it."""
    if isinstance(one, texts.MeasuredTexts):
        answer = _answer(one.worded.shift, adjusted, alpha, margin, "")
        rows = float(one.rows[0].sum()), float(one.rows[1].sum())
        lacks = rows_needed(one.worded.shift, *rows, margin, one.alpha)
        return texts.judged(
            one, adjusted, answer, alpha, alpha / family, lacks if answer == "undecided" else None
        )
    bins, shift = one.bins, one.shift
    n, m = float(bins.a.sum()), float(bins.b.sum())
    note = TOO_MANY if _hidden(bins) else ""
    answer = _answer(shift, adjusted, alpha, margin, note)
    needed = None
    if answer == "undecided" and not note:
        needed = rows_needed(shift, n, m, margin, one.alpha)
    level = Level(one.alpha)
    new, news = _absent(bins.names, bins.a, bins.b, 0.0, bins.kind)
    gone, goes = _absent(bins.names, bins.b, bins.a, 5.0 * n / m, bins.kind)
    return ColumnShift(
        column=one.column,
        kind=bins.kind,
        answer=answer,
        shift=shift,
        adjusted=adjusted,
        mover=_mover(bins, level),
        missing=(_missing(bins, bins.a, level), _missing(bins, bins.b, level)),
        medians=_medians(one, level),
        new=new,
        gone=gone,
        news=news,
        goes=goes,
        needed=needed,
        note=note,
    )


def _answer(shift: Shift, adjusted: float, alpha: float, margin: float, note: str) -> Answer:
    assert shift.distance.value is not None
    if adjusted <= alpha and shift.distance.value >= margin:
        return "changed"
    return "not changed" if shift.distance.high <= margin and not note else "undecided"


def _hidden(bins: Shared) -> bool:
    """Do most rows hold values that are too rare to stand by themselves?"""
    if bins.kind == "ordered":
        return False
    kept = frequent(bins.a, bins.b)
    pooled = bins.a + bins.b
    return bool(pooled[kept].sum() < pooled.sum() / 2)


def _mover(bins: Shared, level: Level) -> Mover:
    """The value whose share moved most; of ordered ones the limit at which most rows crossed."""
    a, b = (np.cumsum(one) if bins.kind == "ordered" else one for one in (bins.a, bins.b))
    n, m = float(bins.a.sum()), float(bins.b.sum())
    gaps = np.abs(a / n - b / m)
    at = int(gaps.argmax())
    if bins.kind == "ordered" and gaps[0] >= MOSTLY * gaps[at]:
        at = 0  # what moved is the share of empty cells, and it moved every limit above it
    shared_level = level.split(len(bins.names))
    before, after = rate(float(a[at]), n, shared_level), rate(float(b[at]), m, shared_level)
    limit = bins.kind == "ordered" and at > 0
    return Mover(bins.names[at], before, after, difference(after, before), limit)


def _missing(bins: Shared, counts: np.ndarray, level: Level) -> Estimate:
    held = counts[bins.names.index(EMPTY)] if EMPTY in bins.names else 0.0
    return rate(float(held), float(counts.sum()), level)


def _medians(one: Measured, level: Level) -> tuple[Estimate, Estimate] | None:
    if one.bins.kind != "ordered":
        return None
    assert isinstance(one.before, Histogram)
    assert isinstance(one.after, Histogram)
    return quantile(*one.before.bins(), 0.5, level), quantile(*one.after.bins(), 0.5, level)


def _absent(
    names: Sequence[str], here: np.ndarray, there: np.ndarray, least: float, kind: str
) -> tuple[tuple[tuple[str, float], ...], int]:
    """Values that only the other sample holds, in more than `least` rows, most frequent first."""
    if kind == "ordered":
        return (), 0
    held = [
        (name, float(n))
        for name, mine, n in zip(names, here, there, strict=True)
        if not mine and n > least and name != EMPTY
    ]
    return tuple(sorted(held, key=lambda one: (-one[1], one[0]))[:LISTED]), len(held)
