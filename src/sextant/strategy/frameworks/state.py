"""The answers to a framework as sets, with what stands in for a question that is not asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sextant.strategy.frameworks.given import NOTHING, Given, comparison, levels_of
from sextant.strategy.frameworks.masks import Masks, full, mask_of
from sextant.strategy.frameworks.model import Dimension, Framework, Outcome, Question, Tier
from sextant.strategy.frameworks.program import program_of
from sextant.strategy.frameworks.search import Search, search

Answers = Mapping[str, Given]


@dataclass(frozen=True, slots=True)
class State:
    """What each leaf of the program may be, and whose answer it is where another stands in."""

    framework: Framework
    leaves: Masks
    stands_for: Mapping[str, str]

    def search(self, forced: Mapping[str, int] | None = None) -> Search:
        return search(program_of(self.framework), self.stands_for, forced)


def state_of(framework: Framework, given: Answers, tier: Tier) -> State:
    """The sets that the answers leave. Raises ValueError for an answer that cannot be one."""
    leaves: Masks = {}
    stands_for: dict[str, str] = {}
    for one in framework.questions.values():
        if one.scale is not None:
            held = given.get(one.key, NOTHING)
            known = held.levels or held.ranged
            leaves[one.key] = mask_of(one.scale, levels_of(one, held)) if known else full(one.scale)
            if _stood_for(one, held, tier):
                _stand_in(one.key, one.otherwise, one.otherwise_level, leaves, stands_for, one)
    for dimension in framework.dimensions.values():
        if dimension.kind == "compare":
            leaves[dimension.key] = _compared(framework, dimension, given)
            if _not_asked(framework, dimension, given, tier):
                stands_for[dimension.key] = dimension.otherwise
    return State(framework, leaves, _followed(stands_for))


def _stood_for(question: Question, held: Given, tier: Tier) -> bool:
    unanswered = not (held.levels or held.ranged)
    if question.once_verified and (unanswered or not held.verified):
        return True
    return unanswered and not question.asked_at(tier)


def _stand_in(
    key: str,
    question: str,
    level: str,
    leaves: Masks,
    stands_for: dict[str, str],
    one: Question,
) -> None:
    if question:
        stands_for[key] = question
    elif level and one.scale is not None:
        leaves[key] = mask_of(one.scale, frozenset({level}))


def _compared(framework: Framework, one: Dimension, given: Answers) -> int:
    first, against = (given.get(name, NOTHING) for name in one.of)
    below, above = comparison(framework.questions[one.of[0]], first, against)
    return below | above << 1


def _not_asked(framework: Framework, one: Dimension, given: Answers, tier: Tier) -> bool:
    asked = all(framework.questions[name].asked_at(tier) for name in one.of)
    held = any(given.get(name, NOTHING).ranged for name in one.of)
    return bool(one.otherwise) and not asked and not held


def _followed(stands_for: Mapping[str, str]) -> dict[str, str]:
    """Each stand-in by the last one in its chain."""
    found = {}
    for key in stands_for:
        last = key
        while last in stands_for:
            last = stands_for[last]
        found[key] = last
    return found


def reached(framework: Framework, given: Answers, tier: Tier) -> int:
    """The outcomes that the answers leave possible, as bits in their order."""
    state = state_of(framework, given, tier)
    return state.search().reach(state.leaves)


def outcomes_in(framework: Framework, mask: int) -> tuple[Outcome, ...]:
    """The outcomes of a mask."""
    outcomes = framework.outcomes.values()
    return tuple(one for at, one in enumerate(outcomes) if mask >> at & 1)
