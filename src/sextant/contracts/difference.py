"""What changed between two contracts, and whether the new one asks for more or for less."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from sextant.contracts.model import Contract, Criterion, Data
from sextant.contracts.normal_form import normal_form

Effect = Literal["stricter", "looser", "other", "none"]
NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Change:
    """One difference: what of, before and after in words, and what it does to the promises.

    `effect` "other": it changes what is asked, neither plainly up nor down; "none": prose.
    """

    what: str
    before: str
    after: str
    effect: Effect


def difference(old: Contract, new: Contract) -> tuple[Change, ...]:
    """Every difference, those of the criteria first, in the order of the new contract."""
    return (*_criteria(old, new), *_settings(old, new), *_prose(old, new))


def _criteria(old: Contract, new: Contract) -> Iterator[Change]:
    left = list(old.criteria)
    for criterion in new.criteria:
        before = _partner(criterion, left)
        if before is None:
            yield Change("a promise", NOTHING, criterion.text, _presence(criterion, "stricter"))
        else:
            left.remove(before)
            yield from _changed(before, criterion)
    for criterion in left:
        yield Change("a promise", criterion.text, NOTHING, _presence(criterion, "looser"))


def _presence(criterion: Criterion, effect: Effect) -> Effect:
    """A secondary criterion informs and decides nothing."""
    return "other" if criterion.role == "secondary" else effect


def _partner(criterion: Criterion, candidates: list[Criterion]) -> Criterion | None:
    """The old criterion that became this one: by id and metric, else by what it asks and where."""

    def metric(one: Criterion) -> tuple[str, str]:
        return one.quantity.kind, one.quantity.call.metric

    for one in candidates:
        if one.id == criterion.id and metric(one) == metric(criterion):
            return one
    for one in candidates:
        if (one.quantity, one.scope) == (criterion.quantity, criterion.scope):
            return one
    return None


def _changed(old: Criterion, new: Criterion) -> Iterator[Change]:
    if (old.text, old.role, old.min_rows) == (new.text, new.role, new.min_rows):
        return
    if (old.quantity, old.scope, old.op) != (new.quantity, new.scope, new.op):
        yield Change("a promise", old.text, new.text, "other")
    else:
        yield from _figures(old, new)
    if old.role != new.role:
        decides = [one.role != "secondary" for one in (old, new)]
        effect: Effect = "other"
        if decides[0] != decides[1]:
            effect = "stricter" if decides[1] else "looser"
        yield Change(f"the role of {new.text}", old.role, new.role, effect)
    if old.min_rows != new.min_rows:
        effect = "stricter" if new.min_rows > old.min_rows else "looser"
        yield Change(f"the rows that {new.text} needs", f"{old.min_rows:,}", f"{new.min_rows:,}",
                     effect)  # fmt: skip


def _figures(old: Criterion, new: Criterion) -> Iterator[Change]:
    """Another bound, another confidence: together one change of one promise."""
    if (old.bound, old.confidence) == (new.bound, new.confidence):
        return
    raised = new.bound > old.bound
    effects: set[Effect] = set()
    if old.bound != new.bound:
        effects.add("stricter" if raised == (new.op == ">=") else "looser")
    if old.confidence != new.confidence:
        effects.add("stricter" if new.confidence > old.confidence else "looser")
    yield Change("a promise", old.text, new.text, effects.pop() if len(effects) == 1 else "other")


def _settings(old: Contract, new: Contract) -> Iterator[Change]:
    """What decides beside the criteria, compared in the normal form that is signed."""
    before, after = normal_form(old), normal_form(new)
    for key, what in (("task", "the task"), ("threshold", "the threshold"), ("costs", "the costs")):
        if before[key] != after[key]:
            yield Change(what, _shown(before[key]), _shown(after[key]), "other")
    if before["looks"] != after["looks"]:
        yield Change("the number of looks", _looks(old), _looks(new), "other")
    yield from _data(before["data"], after["data"], old.data, new.data)
    if old.valid_for != new.valid_for:
        always = "for ever"
        yield Change("how long evidence counts", old.valid_for or always, new.valid_for or always,
                     "other")  # fmt: skip


def _data(before: Any, after: Any, old: Data, new: Data) -> Iterator[Change]:
    for role in ("label", "score", "prediction", "time", "unit"):
        if before[role] != after[role]:
            yield Change(f"the {role}", _shown(before[role]), _shown(after[role]), "other")
    for name in dict.fromkeys([*before["segments"], *after["segments"]]):
        pair = before["segments"].get(name), after["segments"].get(name)
        if pair[0] != pair[1]:
            yield Change(f"segment {name}", _shown(pair[0]), _shown(pair[1]), "other")
    if old.source != new.source:
        yield Change("the source", old.source, new.source, "none")
    if old.period != new.period:
        yield Change("the period", _shown_period(old), _shown_period(new), "none")


def _prose(old: Contract, new: Contract) -> Iterator[Change]:
    for what, before, after in (
        ("the product's name", old.product, new.product),
        ("the outcome", old.outcome, new.outcome),
        ("the model", old.model, new.model),
    ):
        if before != after:
            yield Change(what, before or NOTHING, after or NOTHING, "none")
    reasons = {one.text: one.why for one in old.criteria}
    for criterion in new.criteria:
        if criterion.why != reasons.get(criterion.text, criterion.why):
            before = reasons[criterion.text] or NOTHING
            yield Change(
                f"the reason of {criterion.text}", before, criterion.why or NOTHING, "none"
            )


def _shown(value: Any) -> str:
    """A value of the normal form in words: what is empty is left out."""
    if value in (None, "", [], {}):
        return NOTHING
    if isinstance(value, dict):
        held = [f"{key} {_shown(one)}" for key, one in value.items() if one not in (None, [], "")]
        return ", ".join(held)
    if isinstance(value, list):
        return " ".join(_shown(one) for one in value)
    return str(value)


def _looks(contract: Contract) -> str:
    return str(contract.looks) if contract.looks else "the first exact, later ones always-valid"


def _shown_period(data: Data) -> str:
    if data.period is None:
        return "all rows"
    return f"{data.period.start or 'the beginning'} to {data.period.end or 'the end'}"
