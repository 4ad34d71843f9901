"""What a criterion promises, in words and without a measured number."""

from __future__ import annotations

from sextant.contracts.model import Contract, Criterion, Op
from sextant.words.clause import FLIPPED, LEAST, count, promised, share_within
from sextant.words.frequency import frequency_of, of
from sextant.words.nouns import Subject, among, listed, subject, unit_of
from sextant.words.numbers import Scale, declared, percent


def promise(criterion: Criterion, contract: Contract) -> str:
    """`of 100 people who work at least 80 are recognised, in every sex`."""
    return promised_quantity(criterion, contract) + _scope(criterion, contract)


def promised_quantity(criterion: Criterion, contract: Contract, plain: bool = False) -> str:
    """The promise without the groups it holds in; `plain` without technical nouns."""
    found = subject(criterion, contract, plain)
    match criterion.quantity.kind:
        case "gap":
            return _gap(found)
        case "ratio":
            return _ratio(found)
        case "contrast":
            return _contrast(found)
        case _:
            return _plain(found)


def _plain(found: Subject) -> str:
    bound, op = found.criterion.bound, found.criterion.op
    if found.counted or found.metric.name == "auc":
        if found.counted and found.reading.failure:
            bound, op = 1.0 - bound, FLIPPED[op]
        scale = frequency_of(bound)
        return count(found, of(scale), promised(scale, bound, op)) + found.cut
    if found.metric.name == "quantile":
        return f"{share_within(found)} {_edge(found, bound, op)}"
    return f"{found.reading.noun}{found.cut} is {_edge(found, bound, op)}"


def _gap(found: Subject) -> str:
    groups = f" in one group of {_grouping(found)} than in another"
    bound, op = found.criterion.bound, found.criterion.op
    if found.counted or found.metric.name == "auc":
        scale = frequency_of(bound)
        return count(found, of(scale), f"{promised(scale, bound, op)} more") + found.cut + groups
    return f"{found.reading.noun}{found.cut} is {_edge(found, bound, op)} higher{groups}"


def _ratio(found: Subject) -> str:
    least = f"{LEAST[found.criterion.op]} {_scale(found).exact(found.criterion.bound)} times"
    group = f"one group of {_grouping(found)}"
    return f"{found.reading.noun}{found.cut} in {group} is {least} that in any other"


def _contrast(found: Subject) -> str:
    bound, op = found.criterion.bound, found.criterion.op
    quantity = found.criterion.quantity
    pair = f" for {quantity.of} than for {quantity.against}"
    if bound == 0:
        pair = f" for {quantity.of} as for {quantity.against}"
        return f"{found.reading.noun}{found.cut} is {LEAST[op]} as high{pair}"
    word = "higher" if bound > 0 else "lower"
    edge = _edge(found, abs(bound), op if bound > 0 else FLIPPED[op])
    return f"{found.reading.noun}{found.cut} is {edge} {word}{pair}"


def _scope(criterion: Criterion, contract: Contract) -> str:
    scope = criterion.scope
    sure = "" if criterion.confidence == 0.95 else f" ({percent(criterion.confidence)} confidence)"
    match scope.kind:
        case "every":
            every = listed([" x ".join(grouping) for grouping in scope.groupings])
            return f", in every {every}{sure}"
        case "one":
            return f", {among(((scope.groupings[0][0], scope.value),), contract)}{sure}"
        case _:
            return sure


def _edge(found: Subject, bound: float, op: Op) -> str:
    return f"{LEAST[op]} {_scale(found).exact(bound)}"


def _scale(found: Subject) -> Scale:
    return declared(unit_of(found), found.currency)


def _grouping(found: Subject) -> str:
    groupings = found.criterion.scope.groupings
    return " x ".join(groupings[0]) if groupings else "the data"
