"""Columns of texts: which they are, their states, and whether their words or lengths changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from sextant.contracts.grammar import MISSING
from sextant.engines.source import Source
from sextant.engines.wording import counted, frequent, texts
from sextant.stats.estimate import Estimate, Level
from sextant.stats.groups import difference
from sextant.stats.quantile import quantile
from sextant.stats.rate import rate
from sextant.stats.wording import Worded, tested, worded_shift
from sextant.studies.drift.result import Answer, ColumnShift, Mover, Texts, Window, Word

KEPT = 2_000
"""Words that are counted by window: the most frequent of both tables together."""
FEWEST = 10
"""A column of fewer words that recur holds names or numbers, not texts."""
RECURS = 5
LISTED = 100
Vocabulary = Mapping[str, Sequence[str]]
"""The words of each column of texts."""


def vocabulary(reference: Source, current: Source, names: Sequence[str]) -> dict[str, list[str]]:
    """The columns that hold texts, with the words that are counted."""
    found: dict[str, list[str]] = {}
    for name in texts(reference, names):
        shares: dict[str, float] = {}
        rows: dict[str, int] = {}
        for source in (reference, current):
            held = frequent(source, name)
            top = max(held.values(), default=1)
            for word, n in held.items():
                shares[word] = shares.get(word, 0.0) + n / top
                rows[word] = rows.get(word, 0) + n
        recurring = [word for word, n in rows.items() if n >= RECURS]
        if len(recurring) >= FEWEST:
            recurring.sort(key=lambda word: (-rows[word], -shares[word], word))
            found[name] = recurring[:KEPT]
    return found


def with_texts(
    windows: Sequence[Window], source: Source, words: Vocabulary, by: str
) -> tuple[Window, ...]:
    """The windows with the states of their texts."""
    held: dict[str, dict[str, Texts]] = {}
    for name, mine in words.items():
        by_word, lengths = counted(source, name, mine, by, MISSING)
        for window, one in lengths.items():
            held.setdefault(window, {})[name] = Texts(by_word.get(window, {}), one)
    return tuple(
        replace(one, columns={**one.columns, **held[one.name if by else MISSING]})
        if words else one
        for one in windows
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class MeasuredTexts:
    """A column of texts in shared words and lengths, with its shift, before it is judged."""

    column: str
    words: tuple[str, ...]
    a: np.ndarray
    b: np.ndarray
    lengths: np.ndarray
    rows: tuple[np.ndarray, np.ndarray]
    worded: Worded
    alpha: float

    @property
    def p(self) -> float:
        return self.worded.shift.p


def measured(column: str, before: Texts, after: Texts, alpha: float, at: float) -> MeasuredTexts:
    """As `columns.measured` of numbers and values."""
    lengths = sorted({*before.lengths, *after.lengths})
    rows = tuple(
        np.array([one.lengths.get(length, 0) for length in lengths], float)
        for one in (before, after)
    )
    names = sorted({*before.words, *after.words})
    a, b = (np.array([one.words.get(name, 0) for name in names], float)
            for one in (before, after))  # fmt: skip
    kept = tested(a, b, float(rows[0].sum()), float(rows[1].sum()))
    words = tuple(name for name, one in zip(names, kept, strict=True) if one)
    worded = worded_shift(a[kept], b[kept], (rows[0], rows[1]), alpha, at)
    return MeasuredTexts(
        column, words, a[kept], b[kept], np.array(lengths, float), (rows[0], rows[1]), worded, alpha
    )


def judged(one: MeasuredTexts, adjusted: float, answer: Answer, alpha: float, at: float,
           needed: float | None) -> ColumnShift:  # fmt: skip
    """`at`: the level of one column; words are named at it too."""
    level = Level(one.alpha)
    return ColumnShift(
        column=one.column,
        kind="text",
        answer=answer,
        shift=one.worded.shift,
        adjusted=adjusted,
        mover=_mover(one, level),
        missing=(_empty(one, 0, level), _empty(one, 1, level)),
        medians=(_median(one, 0, level), _median(one, 1, level)),
        needed=needed,
        words=_named(one, alpha / at, alpha, level),
        tested=len(one.words),
    )


def _named(one: MeasuredTexts, times: float, alpha: float, level: Level) -> tuple[Word, ...]:
    """Words whose p, times the words and columns and windows that share the error, shows it."""
    n, m = (float(rows.sum()) for rows in one.rows)
    adjusted = np.minimum(1.0, one.worded.words * times)
    shown = np.flatnonzero(adjusted <= alpha)
    order = shown[np.argsort(-np.abs(one.a[shown] / n - one.b[shown] / m), kind="stable")]
    each = level.split(len(one.words))
    return tuple(
        Word(
            one.words[at], rate(float(one.a[at]), n, each), rate(float(one.b[at]), m, each),
            float(adjusted[at]),
        )
        for at in order[:LISTED].tolist()
    )  # fmt: skip


def _mover(one: MeasuredTexts, level: Level) -> Mover:
    """The word, or the length, whose share moved most."""
    n, m = (float(rows.sum()) for rows in one.rows)
    sides = [np.cumsum(rows) for rows in one.rows]
    gaps = np.abs(sides[0] / n - sides[1] / m)
    moves = np.abs(one.a / n - one.b / m)
    limit = not moves.size or gaps.max() > moves.max()
    at = int((gaps if limit else moves).argmax())
    before, after = (sides[0][at], sides[1][at]) if limit else (one.a[at], one.b[at])
    each = level.split(len(one.words) + one.lengths.size)
    first, second = rate(float(before), n, each), rate(float(after), m, each)
    name = f"{max(one.lengths[at], 0):.0f}" if limit else one.words[at]
    return Mover(name, first, second, difference(second, first), limit)


def _empty(one: MeasuredTexts, side: int, level: Level) -> Estimate:
    held = one.rows[side][one.lengths < 0].sum()
    return rate(float(held), float(one.rows[side].sum()), level)


def _median(one: MeasuredTexts, side: int, level: Level) -> Estimate:
    at = one.lengths >= 0
    return quantile(one.lengths[at], one.lengths[at], one.rows[side][at], 0.5, level)
