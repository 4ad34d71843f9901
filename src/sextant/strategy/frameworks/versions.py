"""A framework's versions: which answers survive a new one, and what changed in plain words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sextant.strategy.frameworks.digest import dimension_form, outcome_form, question_form
from sextant.strategy.frameworks.model import Framework, Question


def carry_over(old: Framework, new: Framework) -> tuple[str, ...]:
    """The questions whose answers mean the same in the new version: same words, same scale.

    Who is asked, at which tier and on what grade may have changed: that is judged anew.
    """
    return tuple(
        key
        for key, one in new.questions.items()
        if key in old.questions and _meaning(old.questions[key]) == _meaning(one)
    )


def _meaning(one: Question) -> tuple[Any, ...]:
    levels = tuple((level.key, level.means) for level in one.scale.levels) if one.scale else ()
    return one.kind, one.asks, one.unit, one.cuts, one.lower_is_better, levels


def differences(old: Framework, new: Framework) -> tuple[str, ...]:
    """What a new version changes, a sentence each: what decides first, then words."""
    return (
        *_parts("question", old.questions, new.questions, question_form),
        *_parts("dimension", old.dimensions, new.dimensions, dimension_form),
        *_parts("outcome", old.outcomes, new.outcomes, outcome_form),
        *_order(old, new),
        *_uses(old, new),
        *_words(old, new),
    )


def _parts(what: str, old: Mapping[str, Any], new: Mapping[str, Any], form: Any) -> Iterator[str]:
    for key, one in new.items():
        if key not in old:
            yield f"The {what} “{one.name}” is new."
    for key, one in old.items():
        if key not in new:
            yield f"The {what} “{one.name}” is gone."
        elif form(one) != form(new[key]):
            before, now = form(one), form(new[key])
            changed = [WORDS[name] for name in now if before[name] != now[name]]
            yield f"The {what} “{new[key].name}” has another {', '.join(changed)}."


WORDS = {
    "kind": "kind",
    "levels": "scale",
    "cuts": "limits between its levels",
    "lower_is_better": "direction",
    "unit": "unit",
    "tiers": "risk from which it is asked",
    "grades": "least grade",
    "binds": "evidence that it may rest on",
    "otherwise": "stand-in",
    "once_verified": "need of proof",
    "asked_for": "occasion",
    "asked_when": "occasion",
    "of": "base",
    "gives": "table",
    "key": "key",
    "verdict": "verdict",
    "when": "condition",
    "demands": "demand",
}


def _order(old: Framework, new: Framework) -> Iterator[str]:
    kept = [key for key in old.outcomes if key in new.outcomes]
    if kept != [key for key in new.outcomes if key in old.outcomes]:
        yield "The outcomes stand in another order, and the first that holds is the answer."


def _uses(old: Framework, new: Framework) -> Iterator[str]:
    if old.valid_for != new.valid_for:
        yield f"An answer counts for {new.valid_for}, no longer for {old.valid_for}."
    before = {(use.gate or use.reader, use.first) for use in old.used_by}
    now = {(use.gate or use.reader, use.first) for use in new.used_by}
    for name, first in sorted(now - before):
        yield f"It is used by {name} from {first} risk upwards now."
    for name, first in sorted(before - now):
        yield f"It is no longer used by {name} from {first} risk upwards."


def _words(old: Framework, new: Framework) -> Iterator[str]:
    """Questions and anchors that were put otherwise, which makes their answers another thing."""
    for key, one in new.questions.items():
        before = old.questions.get(key)
        if before is None:
            continue
        if before.name != one.name:
            yield f"“{before.name}” is called “{one.name}” now."
        if before.asks != one.asks:
            yield f"“{before.asks}” is asked as “{one.asks}” now."
        if before.scale and one.scale and before.scale.keys == one.scale.keys:
            for level, now in zip(before.scale.levels, one.scale.levels, strict=True):
                if level.means != now.means:
                    yield f"“{level.name}” of “{one.name}” means “{now.means}” now."
