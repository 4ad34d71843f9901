"""What changed between two contracts, and whether the new one asks for more or for less."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal

from sextant.contracts.model import Contract, Criterion, Data
from sextant.contracts.normal_form import normal_form

Effect = Literal["stricter", "looser", "other", "none"]
Pair = tuple["Criterion | None", Criterion]
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
    pairs = _pairs(old.criteria, new.criteria)
    return (*_criteria(pairs, old), *_settings(old, new), *_prose(pairs, old, new))


def _criteria(pairs: Sequence[Pair], old: Contract) -> Iterator[Change]:
    for before, criterion in pairs:
        if before is None:
            yield Change("a promise", NOTHING, criterion.text, _presence(criterion, "stricter"))
        elif _decides(before) != _decides(criterion):
            yield from _changed(before, criterion)
    kept = [before for before, _ in pairs]
    for criterion in old.criteria:
        if not any(criterion is one for one in kept):
            yield Change("a promise", criterion.text, NOTHING, _presence(criterion, "looser"))


def _presence(criterion: Criterion, effect: Effect) -> Effect:
    """A secondary criterion informs and decides nothing."""
    return "other" if criterion.role == "secondary" else effect


def _pairs(old: Sequence[Criterion], new: Sequence[Criterion]) -> list[Pair]:
    """Each new criterion with the old one that became it, or None.

    Paired for all by the same text, then by what it asks and where, then by id and metric; so that
    another order, which gives other ids, is no change.
    """
    left, found = list(old), dict[int, Criterion]()
    for key in (_by_text, _by_question, _by_id):
        for place, criterion in enumerate(new):
            if place in found:
                continue
            partner = next((one for one in left if key(one) == key(criterion)), None)
            if partner is not None:
                found[place] = partner
                left = [one for one in left if one is not partner]
    return [(found.get(place), criterion) for place, criterion in enumerate(new)]


def _by_text(one: Criterion) -> object:
    return one.text


def _by_question(one: Criterion) -> object:
    """What it asks and where, in any order; 1 and true, equal in Python, are two values."""
    lists = [value for _, value in one.quantity.call.params if isinstance(value, tuple)]
    scope = one.scope.kind, sorted(map(sorted, one.scope.groupings)), one.scope.value
    return one.quantity, scope, [isinstance(held, bool) for value in lists for held in value]


def _by_id(one: Criterion) -> object:
    return one.id, one.quantity.kind, one.quantity.call.metric


def _decides(one: Criterion) -> object:
    """All of a criterion that decides; its words, defaults written out or not, do not."""
    return _by_question(one), one.op, one.bound, one.confidence, one.role, one.min_rows


def _changed(old: Criterion, new: Criterion) -> Iterator[Change]:
    if (_by_question(old), old.op) == (_by_question(new), new.op):
        yield from _figures(old, new)
    elif old.text != new.text:  # else another threshold of the contract: told with the settings
        yield Change("a promise", old.text, new.text, "other")
    if old.role != new.role:
        decides = [one.role != "secondary" for one in (old, new)]
        effect: Effect = "other"
        if decides[0] != decides[1]:
            effect = "stricter" if decides[1] else "looser"
        yield Change(f"the role of {new.text}", old.role, new.role, effect)
    if old.min_rows != new.min_rows:
        effect = _presence(new, "stricter" if new.min_rows > old.min_rows else "looser")
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
    effect = effects.pop() if len(effects) == 1 else "other"
    yield Change("a promise", old.text, new.text, _presence(new, effect))


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
        if _differ(before[role], after[role]):
            yield Change(f"the {role}", _shown(before[role]), _shown(after[role]), "other")
    for name in dict.fromkeys([*before["segments"], *after["segments"]]):
        pair = before["segments"].get(name), after["segments"].get(name)
        if pair[0] != pair[1]:
            yield Change(f"segment {name}", _shown(pair[0]), _shown(pair[1]), "other")
    if old.source != new.source:
        yield Change("the source", old.source, new.source, "none")
    if old.period != new.period:
        yield Change("the period", _shown_period(old), _shown_period(new), "none")


def _prose(pairs: Sequence[Pair], old: Contract, new: Contract) -> Iterator[Change]:
    for what, before, after in (
        ("the product's name", old.product, new.product),
        ("the outcome", old.outcome, new.outcome),
        ("the model", old.model, new.model),
    ):
        if before != after:
            yield Change(what, before or NOTHING, after or NOTHING, "none")
    for earlier, criterion in pairs:
        if earlier and criterion.why != earlier.why:
            what = f"the reason of {criterion.text}"
            yield Change(what, earlier.why or NOTHING, criterion.why or NOTHING, "none")
    if old.names != new.names:
        names = _shown(asdict(old.names)), _shown(asdict(new.names))
        yield Change("the names of rows and classes", *names, "none")


def _differ(one: Any, other: Any) -> bool:
    """As the digest sees it: 1 and true are two values."""
    return json.dumps(one) != json.dumps(other)


def _shown(value: Any) -> str:
    """A value of the normal form in words: what is empty is left out."""
    if value in (None, "", [], {}):
        return NOTHING
    if isinstance(value, dict):
        held = [f"{key} {_shown(one)}" for key, one in value.items() if one not in (None, [], "")]
        return ", ".join(held) or NOTHING
    if isinstance(value, list):
        return " ".join(_shown(one) for one in value)
    return str(value)


def _looks(contract: Contract) -> str:
    return str(contract.looks) if contract.looks else "the first exact, later ones always-valid"


def _shown_period(data: Data) -> str:
    if data.period is None:
        return "all rows"
    return f"{data.period.start or 'the beginning'} to {data.period.end or 'the end'}"
