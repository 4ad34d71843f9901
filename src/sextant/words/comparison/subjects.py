"""What a question about two versions speaks of, and its numbers as short figures."""

from __future__ import annotations

from dataclasses import dataclass, replace

from sextant.contracts.model import Criterion
from sextant.metrics.metric import Reading
from sextant.metrics.paired.catalogue import PAIRED
from sextant.stats.estimate import Estimate
from sextant.studies.comparison.result import Compared, Comparison
from sextant.words.nouns import COUNTED, PLAIN, Pairs, Subject, cases, fill, unit_of
from sextant.words.numbers import Scale, scale_for, span, whole


def subject(criterion: Criterion, comparison: Comparison, plain: bool = False) -> Subject:
    """The metric as prose; `plain` puts an explanation in the place of a technical noun."""
    contract, call = comparison.asked.contract, criterion.quantity.call
    metric = PAIRED[call.metric].metric
    reading = COUNTED.get(metric.name, metric.reading)
    noun = PLAIN.get(metric.name, reading.noun) if plain else reading.noun
    filled = Reading(
        noun=fill(noun, call),
        of=cases(fill(reading.of, call), contract),
        are=fill(reading.are, call),
        otherwise=fill(reading.otherwise, call),
        failure=reading.failure,
    )
    return Subject(criterion, contract, metric, filled)


def named(estimate: Estimate, comparison: Comparison) -> Estimate:
    """The difference with the versions' names, B first, as a sentence about groups expects."""
    names = comparison.asked.names
    return replace(estimate, between=(names.b, names.a))


def called(segment: Pairs) -> str:
    """A group as a label in a list: `women`; a number says of what it is: `sex 2`."""
    return ", ".join(f"{name} {one}" if one.isdigit() else one for name, one in segment)


@dataclass(frozen=True, slots=True)
class Pair:
    """`A 79.1 %`, `B 82.0 %`, `+2.9 points`, `0.4 – 5.4`, n; only a reason where there is none."""

    a: str
    b: str
    difference: str
    interval: str
    n: str
    reason: str = ""


def pair(one: Compared, comparison: Comparison) -> Pair:
    """The figures of one row; a difference without an interval is not shown, its reason is."""
    criterion, estimate = one.row.criterion, one.row.estimate
    about = subject(criterion, comparison)
    own = _own_scale(about, one)
    sides = [_side(own, each) for each in (one.a, one.b)]
    n = whole(round(estimate.n))
    if estimate.value is None or not estimate.assessable:
        return Pair(sides[0], sides[1], "", "", n, one.row.reason or "no evidence")
    scale = difference_scale(about, estimate)
    sign = "+" if scale.shown(estimate.value) > 0 else ""
    return Pair(
        sides[0],
        sides[1],
        f"{sign}{scale.full(estimate.value)}",
        span(scale, estimate.low, estimate.high, " – "),
        n,
        one.row.obstacle,
    )


def difference_scale(about: Subject, estimate: Estimate) -> Scale:
    """The scale of a difference that no shown end contradicts."""
    criterion = about.criterion
    return scale_for(
        unit_of(about),
        estimate.value or 0.0,
        estimate.low,
        estimate.high,
        criterion.bound,
        criterion.op,
        about.currency,
    )


def _own_scale(about: Subject, one: Compared) -> Scale:
    """One scale for both versions' own numbers, as fine as their difference is shown."""
    values = [each.value for each in (one.a, one.b) if each.value is not None]
    if not values:
        return Scale()
    estimate = one.row.estimate
    shown = difference_scale(about, estimate) if estimate.value is not None else Scale()
    own = scale_for(
        about.metric.unit, max(values), min(values), max(values), min(values), ">=", about.currency
    )
    return replace(own, places=min(max(own.places, shown.places), shown.places + 1))


def _side(scale: Scale, estimate: Estimate) -> str:
    return "undefined" if estimate.value is None else scale.full(estimate.value)
