"""Rules drafted from a reference, wide enough that an unchanged process keeps them."""

from __future__ import annotations

import re
from collections.abc import Iterable

from sextant.stats.estimate import Level
from sextant.stats.rate import clopper_pearson, rate
from sextant.studies.quality.result import Column, Profile
from sextant.studies.quality.rules import TYPES, member, name

STEPS = (0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)
LEAST = 100
"""A reference of fewer rows suggests nothing but types."""
CODES = 12
AGES = (1, 2, 7, 14, 31, 92, 183, 366)
KEYS = re.compile(r"(?:^|[_\W])(?:id|key|uuid|guid)$", re.IGNORECASE)
"""What keys are called: that no value stands twice by chance is no reason to demand it."""


def suggested(
    profile: Profile, unique: Iterable[str] = (), confidence: float = 0.95
) -> tuple[str, ...]:
    """Rules that the reference itself keeps, as text for people to edit.

    Shares are bounded by the first round step above the upper limit of what the reference shows:
    of missing cells; of numbers outside its own range (at 97.5 % no more than the Beta(2, n - 1)
    limit, for any distribution); of values it has not seen. So rules hold for what will come with
    that confidence each, which the plain range and the plain set do not: the next 1,000 rows leave
    the range of 1,000 rows in three of four cases.

    `unique`: columns that were counted to be so. Personal data are never written into a rule.
    """
    hidden = {one.column for one in profile.looked.found} if profile.looked else set()
    rules = [f"rows >= {_round_down(profile.rows / 2)}"] if profile.rows else []
    rules += [f"unique({name(column)})" for column in unique if '"' not in column]
    for column in profile.columns:
        rules += _of(column, column.name in hidden, confidence)
    return (*rules, *_balance(profile, hidden), *_fresh(profile))


def _balance(profile: Profile, hidden: set[str]) -> Iterable[str]:
    """The rarest value of the label: half of what is shown of it at least, of what will come."""
    label, few = profile.label, min(profile.balance, key=lambda one: one.rows, default=None)
    if label is None or few is None or label in hidden or profile.rows < LEAST:
        return
    if '"' in label or '"' in few.value or len(profile.balance) < 2:
        return
    if least := next((one for one in reversed(STEPS) if one < few.share.low / 2), None):
        yield f"share({name(label)} = {member(few.value)}) >= {100 * least:g} %"


def _fresh(profile: Profile) -> Iterable[str]:
    """The first usual age that is at least twice that of the newest row."""
    days = profile.days
    if days is None or days.age < 0 or '"' in days.column:
        return
    most = next((one for one in AGES if one >= 2 * days.age), None)
    if most is not None:
        yield f"newest({name(days.column)}) <= {most} {'day' if most == 1 else 'days'}"


def _of(column: Column, hidden: bool, confidence: float) -> Iterable[str]:
    called = name(column.name)
    if '"' in column.name or not column.cells:
        return
    if column.kind in TYPES and not column.odd:
        yield f"type({called}) is {column.kind}"
    if column.rows < LEAST:
        return
    high = rate(column.missing, column.rows, Level(1 - confidence)).high
    if step := _step(high):
        yield f"missing({called}) <= {100 * step:g} %"
    if hidden or column.odd:
        return
    number = column.kind in {"number", "whole number"}
    coded = column.kind != "number" and 1 < len(column.values) <= CODES
    unseen = _unseen(column, range_of=not coded, confidence=confidence)
    kept = _step(unseen)
    if kept is None:
        return
    if coded and column.kind != "yes or no" and not any('"' in v for v, _ in column.values):
        held = ", ".join(member(value) for value, _ in column.values)
        yield f"{called} in {{{held}}} for {100 * (1 - kept):g} %"
    elif number and column.low is not None and column.high is not None:
        if column.low == column.high or KEYS.search(column.name):
            return
        low, high_end = (f"{end:.15g}" for end in (column.low, column.high))
        yield f"{called} between {low} and {high_end} for {100 * (1 - kept):g} %"


def _unseen(column: Column, range_of: bool, confidence: float) -> float:
    """The upper limit of the share that lies outside what was seen."""
    from scipy import special

    alpha, n = 1 - confidence, float(column.cells)
    if range_of:
        return float(special.betaincinv(2, max(n - 1, 1), 1 - alpha / 2))
    seen_once = sum(1 for _, rows in column.values if rows == 1)
    return float(clopper_pearson(seen_once, n, alpha)[1])


def _step(high: float) -> float | None:
    return next((step for step in STEPS if step > high), None)


def _round_down(x: float) -> int:
    """To two digits: 20,594 is 20,000."""
    digits: int = 10 ** max(len(str(int(x))) - 2, 0)
    return int(max(int(x) // digits * digits, 1))


def keys(columns: Iterable[Column]) -> list[str]:
    """Columns that may be keys: called so, filled, and about as many values as rows."""
    return [
        one.name for one in columns
        if one.rows >= LEAST and not one.missing and KEYS.search(one.name)
        and one.kind in {"whole number", "text", "category"} and one.distinct >= 0.9 * one.rows
    ]  # fmt: skip
