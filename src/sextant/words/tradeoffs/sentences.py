"""What was given up, what was gained, and whether it was worth it, in plain sentences."""

from __future__ import annotations

from dataclasses import replace

from sextant.contracts.grammar.trading import Term
from sextant.contracts.model import Contract
from sextant.metrics.catalogue import CATALOGUE
from sextant.metrics.metric import Metric
from sextant.metrics.paired.catalogue import PAIRED
from sextant.stats.estimate import Estimate
from sextant.studies.tradeoffs.result import Moved, Weighed
from sextant.words.nouns import capital, fill
from sextant.words.numbers import Scale, Unit, declared, scale_for, span
from sextant.words.numbers import about as roughly

WORDS = {
    ("rate", "met"): "worth it", ("rate", "missed"): "not worth it",
    ("floor", "met"): "within what was agreed", ("floor", "missed"): "not what was agreed",
}  # fmt: skip
WIDER = (
    "No table holds both changes together, so their intervals are joined as if they were as unlucky"
    " as they can be: wider than need be, never too narrow."
)


def answer_word(found: Weighed) -> str:
    """The verdict in a word or two: worth it, not worth it, within what was agreed."""
    return WORDS.get((found.agreed.kind, found.verdict), "not decided")


def terms(found: Weighed) -> str:
    """What was agreed, as a sentence that needs no grammar."""
    agreed, contract = found.agreed, found.contract
    first = amount_of(agreed.first, contract)
    if agreed.kind == "floor":
        return f"For better {noun(agreed.second)} at most {first} may be given up."
    many = "is" if agreed.first.amount in (1.0, 0.01) else "are"
    return f"{capital(first)} {many} worth {amount_of(agreed.second, contract)}."


def headline(found: Weighed) -> str:
    """`B gives up 1.2 points of recall (0.8 to 1.6) and gains 4.0 of precision (…): worth it.`"""
    old, new = found.names
    moved = [_clause(one, found.contract) for one in (found.first, found.second)]
    verbs = " and ".join(moved)
    if found.verdict == "undecided":
        return f"{capital(new)} {verbs} against {old}: not decided."
    return f"{capital(new)} {verbs} against {old}: {answer_word(found)}."


def sentences(found: Weighed) -> list[str]:
    """What was agreed, what is left of it, what would decide, how it was joined."""
    said = [terms(found)]
    if found.net is not None:
        said.append(_left(found))
    elif found.agreed.kind == "floor":
        said += [_floor(found)]
    if found.verdict == "undecided":
        said.append(decides(found))
    if found.agreed.kind == "rate" and not found.joint:
        said.append(WIDER)
    return said


def decides(found: Weighed) -> str:
    """What would decide it: so many more rows, or what has to be there first."""
    needed = found.needed
    if needed is None:
        return ""
    if needed.rows is None:
        return f"{capital(needed.why)}."
    likely = "for" if needed.towards == "met" else "against"
    return f"About {roughly(needed.rows)} more {found.unit} would decide it, probably {likely} it."


def noun(term: Term) -> str:
    """`recall`, `the gap in recall across sex`."""
    call = term.quantity.call
    said = fill(_metric(term).reading.noun, call)
    if term.quantity.kind == "metric":
        return said
    return f"the {term.quantity.kind} in {said} across {term.scope.groupings[0][0]}"


def amount_of(term: Term, contract: Contract) -> str:
    """`1 point of recall`, `0.5 EUR of cost`."""
    return f"{declared(_unit(term), _currency(term, contract)).exact(term.amount)} of {noun(term)}"


def scale_of(term: Term, estimate: Estimate, contract: Contract) -> Scale:
    """The scale on which a change of this quantity is written."""
    value = estimate.value or 0.0
    return scale_for(
        _unit(term), value, estimate.low, estimate.high, 0.0, ">=", _currency(term, contract)
    )


def _left(found: Weighed) -> str:
    net, term = found.net, found.agreed.second
    assert net is not None
    if net.value is None or not net.assessable:
        return f"What is left cannot be said: {net.reason}."
    scale = scale_of(term, net, found.contract)
    what = f"{_verb(scale.full(abs(net.value)))} {'left' if net.value >= 0 else 'lost'}"
    turned = net if net.value >= 0 else replace(net, value=-net.value, low=-net.high, high=-net.low)
    return (
        f"At that rate {scale.full(abs(net.value))} of {noun(term)} {what} "
        f"({span(scale, turned.low, turned.high)}): {answer_word(found)}."
    )


def _floor(found: Weighed) -> str:
    first, contract = found.first, found.contract
    gain = first.gain
    if gain.value is None or not gain.assessable:
        return f"What is given up cannot be said: {gain.reason}."
    scale = scale_of(first.term, gain, contract)
    worst = max(-gain.low, 0.0)
    shown = scale.full(worst)
    given = f"{shown} of {noun(first.term)} {_verb(shown)} given up"
    return f"At the worst end of its interval {given}."


def _clause(moved: Moved, contract: Contract) -> str:
    """`gains 4.0 points of precision (3.1 to 4.9)`; where less is better `lowers … by`."""
    gain = moved.gain
    if gain.value is None or not gain.assessable:
        return f"has no measured {noun(moved.term)} ({gain.reason or 'no evidence'})"
    scale = scale_of(moved.term, gain, contract)
    lost = gain.value < 0
    low, high = (-gain.high, -gain.low) if lost else (gain.low, gain.high)
    size = scale.full(abs(gain.value))
    interval = span(scale, low, high)
    if moved.sign < 0:
        return f"{'raises' if lost else 'lowers'} {noun(moved.term)} by {size} ({interval})"
    return f"{'gives up' if lost else 'gains'} {size} of {noun(moved.term)} ({interval})"


def _verb(shown: str) -> str:
    return "are" if shown.endswith("points") else "is"


def _metric(term: Term) -> Metric:
    name = term.quantity.call.metric
    return CATALOGUE[name] if name in CATALOGUE else PAIRED[name].metric


def _unit(term: Term) -> Unit:
    unit = _metric(term).unit
    if term.quantity.kind == "ratio":
        return "ratio"
    return "points" if unit in ("share", "percent") else unit


def _currency(term: Term, contract: Contract) -> str:
    costs = contract.costs
    return costs.currency if costs and _metric(term).unit == "money" else ""
