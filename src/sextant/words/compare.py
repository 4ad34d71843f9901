"""Groups compared, as a clause: the largest gap, the smallest ratio, a contrast of two."""

from __future__ import annotations

import math

from sextant.stats.estimate import Estimate
from sextant.words.clause import (
    LEAST,
    SMALL,
    Clause,
    Read,
    count,
    measure,
    promised,
    read,
    small_scale,
    summed,
)
from sextant.words.frequency import of
from sextant.words.nouns import Subject, among, is_noun, rows_noun
from sextant.words.numbers import Scale, scale_for, span

MORE = ("more", "fewer")
HIGHER = ("higher", "lower")


def compare_clause(subject: Subject, estimate: Estimate) -> Clause:
    """The clause of a gap, a ratio or a contrast; `estimate.between` names the two groups."""
    found = read(subject, estimate)
    pair = estimate.between or ("one group", "another")
    if subject.criterion.quantity.kind == "ratio":
        return _ratio(subject, found, pair)
    if subject.counted or subject.metric.name == "auc":
        return _counted(subject, found, pair)
    if subject.metric.name == "mean" and max(map(abs, (found.value, found.bound))) < SMALL:
        return _summed(subject, found, pair)
    return _measured(subject, found, pair)


def _counted(subject: Subject, found: Read, pair: tuple[str, str]) -> Clause:
    if subject.reading.failure:
        found, pair = _of_failures(subject, found, pair)
    scale = found.scale(share=False)
    quantity = difference(scale, found.value, MORE)
    shown = count(subject, of(scale), quantity) + versus(subject, pair)
    shown = f"{by(subject, pair)}{shown}{subject.cut} ({ends(scale, found, MORE)})"
    return Clause(shown, promised_difference(subject, scale, found, MORE))


def _summed(subject: Subject, found: Read, pair: tuple[str, str]) -> Clause:
    scale = small_scale(found)
    noun = summed(subject)
    quantity = difference(scale, found.value, MORE)
    what = f"{quantity} {noun}" if noun else f"{subject.call['column']} adds up to {quantity}"
    shown = (
        f"{by(subject, pair)}in {of(scale)} {rows_noun(subject.contract)}, {what}"
        f"{versus(subject, pair)} ({ends(scale, found, MORE)})"
    )
    return Clause(shown, promised_difference(subject, scale, found, MORE))


def _measured(subject: Subject, found: Read, pair: tuple[str, str]) -> Clause:
    scale = measure(subject, found)
    quantity = difference(scale, found.value, HIGHER)
    shown = (
        f"{by(subject, pair)}{subject.reading.noun}{subject.cut} is {quantity}"
        f"{versus(subject, pair)} ({ends(scale, found, HIGHER)})"
    )
    return Clause(shown, promised_difference(subject, scale, found, HIGHER))


def _ratio(subject: Subject, found: Read, pair: tuple[str, str]) -> Clause:
    if subject.counted and subject.reading.are.startswith("are "):
        scale = found.scale(share=False)
        shown = (
            f"counting equal numbers of both, for every {of(scale)} "
            f"{subject.reading.are.removeprefix('are ')}{subject.cut}{place(subject, pair[1])} "
            f"there are about {scale.bare(found.value)}{place(subject, pair[0])}"
        )
    else:
        scale = scale_for("ratio", found.value, found.low, found.high, found.bound, found.op)
        shown = (
            f"{subject.reading.noun}{subject.cut}{place(subject, pair[0])} is "
            f"{scale.bare(found.value)} times that{place(subject, pair[1])}"
        )
    shown = f"{shown} ({span(scale, found.low, found.high)})"
    return Clause(shown, f"{LEAST[found.op]} {scale.exact(found.bound)}")


def _of_failures(
    subject: Subject, found: Read, pair: tuple[str, str]
) -> tuple[Read, tuple[str, str]]:
    """A difference of shares as one of their complements: a gap swaps the groups' places."""
    if subject.criterion.quantity.kind == "gap":
        return found, (pair[1], pair[0])
    return found.complement(0.0), pair


def difference(scale: Scale, value: float, words: tuple[str, str]) -> str:
    """`about 7 more`, `about 4 fewer`, `just as many`."""
    if value == 0:
        return "no more" if words == MORE else "no higher"
    return f"about {scale.full(abs(value))} {words[0] if value > 0 else words[1]}"


def ends(scale: Scale, found: Read, words: tuple[str, str]) -> str:
    """`6 to 8`; where the interval holds both signs `11 fewer to 19 more`."""
    if found.low < 0 < found.high:
        low, high = (scale.bare(abs(end)) for end in (found.low, found.high))
        if math.isinf(found.low):
            return f"up to {high} {words[0]}"
        if math.isinf(found.high):
            return f"from {low} {words[1]} upwards"
        return f"{low} {words[1]} to {high} {words[0]}"
    if found.high <= 0:
        return span(scale, -found.high, -found.low)
    return span(scale, found.low, found.high)


def promised_difference(subject: Subject, scale: Scale, found: Read, words: tuple[str, str]) -> str:
    """A gap: `at most 5`; a contrast: `at least as many`, `at least 2 more`, `at most 2 fewer`."""
    bound, op = found.bound, found.op
    if subject.criterion.quantity.kind == "gap":
        return promised(scale, bound, op)
    if bound == 0:
        alike = "as many" if words == MORE else "as high"
        return f"{LEAST[op]} {alike}"
    size = scale.exact(abs(bound))
    if bound > 0:
        return f"{LEAST[op]} {size} {words[0]}"
    return f"{LEAST['<=' if op == '>=' else '>=']} {size} {words[1]}"


def versus(subject: Subject, pair: tuple[str, str]) -> str:
    """` among women than among men`; ` for bts than for random` where these are no nouns."""
    if _nouns(subject, pair):
        return f"{place(subject, pair[0])} than{place(subject, pair[1])}"
    return f" for {pair[0]} than for {pair[1]}"


def place(subject: Subject, value: str) -> str:
    """` among women`, ` where race is White`."""
    return f" {among(((_name(subject), value),), subject.contract)}"


def by(subject: Subject, pair: tuple[str, str]) -> str:
    """`by race, ` where a gap's groups do not say what they are groups of."""
    known = subject.criterion.quantity.kind == "contrast" or _nouns(subject, pair)
    return "" if known else f"by {_name(subject)}, "


def _name(subject: Subject) -> str:
    groupings = subject.criterion.scope.groupings
    return " x ".join(groupings[0]) if groupings else "group"


def _nouns(subject: Subject, pair: tuple[str, str]) -> bool:
    return all(is_noun(_name(subject), value, subject.contract) for value in pair)
