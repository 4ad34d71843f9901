"""What is held of one question: the levels that are still possible, and on what they rest."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

from sextant.strategy.frameworks.model import Question
from sextant.strategy.grades import GRADES


@dataclass(frozen=True, slots=True)
class Given:
    """An answer as a set. Empty is unanswered: everything is possible.

    A range is held by its ends, both included; an end that is None is open. `verified` counts
    where a question counts only once verified.
    """

    levels: frozenset[str] = frozenset()
    low: float | None = None
    high: float | None = None
    text: str = ""
    grade: str = ""
    verified: bool = True

    @property
    def ranged(self) -> bool:
        return self.low is not None or self.high is not None

    @property
    def empty(self) -> bool:
        return not (self.levels or self.ranged or self.text.strip())

    @property
    def ends(self) -> tuple[float, float]:
        low = -math.inf if self.low is None else self.low
        return low, math.inf if self.high is None else self.high


NOTHING = Given()


def levels_of(question: Question, given: Given) -> frozenset[str]:
    """The levels that an answer leaves possible; all of them where it says nothing.

    A range reaches every band it touches. A band begins at its cut: with the cuts 1 and 5, 5 is in
    the third band. Raises ValueError for a level that is not on the scale and for a range whose
    ends are the wrong way round.
    """
    assert question.scale is not None, question.key
    keys = question.scale.keys
    if strange := given.levels - set(keys):
        what = f"'{min(strange)}' is no level of {question.key}."
        raise ValueError(f"{what} Its levels: {', '.join(keys)}.")
    if given.levels or not given.ranged or not question.cuts:
        return given.levels or frozenset(keys)
    low, high = given.ends
    _refuse_backwards(question, low, high)
    if question.lower_is_better:
        keys = keys[::-1]
    first = bisect_right(question.cuts, low)
    last = bisect_right(question.cuts, high)
    return frozenset(keys[first : last + 1])


def comparison(question: Question, one: Given, against: Given) -> tuple[bool, bool]:
    """Whether the first range may lie below the other, and whether it may lie at or above it."""
    low, high = one.ends
    other_low, other_high = against.ends
    _refuse_backwards(question, low, high)
    _refuse_backwards(question, other_low, other_high)
    return low < other_high, high >= other_low


def together(answers: Iterable[Given]) -> Given:
    """What several answers leave possible: the levels of all, the range around all.

    Its grade is the weakest one, and it is verified when each of them is. Who has not answered
    does not count.
    """
    held = [one for one in answers if not one.empty]
    if not held:
        return NOTHING
    ranged = [one for one in held if one.ranged]
    lows = [one.low for one in ranged]
    highs = [one.high for one in ranged]
    return Given(
        frozenset().union(*(one.levels for one in held)),
        None if None in lows or not lows else min(low for low in lows if low is not None),
        None if None in highs or not highs else max(high for high in highs if high is not None),
        "\n\n".join(dict.fromkeys(one.text for one in held if one.text)),
        min((one.grade for one in held), key=("", *GRADES).index),
        all(one.verified for one in held),
    )


def band(question: Question, key: str) -> tuple[float, float]:
    """The numbers that a level of a range with cuts stands for: from, and below."""
    assert question.scale is not None
    keys = question.scale.keys[::-1] if question.lower_is_better else question.scale.keys
    edges = (-math.inf, *question.cuts, math.inf)
    at = keys.index(key)
    return edges[at], edges[at + 1]


def _refuse_backwards(question: Question, low: float, high: float) -> None:
    if math.isnan(low) or math.isnan(high) or low > high:
        what = f"The range of {question.key} runs from {low:g} to {high:g}."
        raise ValueError(f"{what} Write the smaller number first.")
