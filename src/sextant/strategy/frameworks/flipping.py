"""Which single answer, were it another one, would make the outcome another one."""

from __future__ import annotations

from dataclasses import dataclass

from sextant.strategy.frameworks.given import NOTHING, Given
from sextant.strategy.frameworks.masks import bits, is_one, levels_in
from sextant.strategy.frameworks.model import Framework, Outcome, Tier
from sextant.strategy.frameworks.state import Answers, outcomes_in, reached, state_of


@dataclass(frozen=True, slots=True)
class Flip:
    """One answer which, if it were this level, would make the outcome another one."""

    question: str
    level: str
    outcome: Outcome


def flips(framework: Framework, given: Answers, tier: Tier) -> tuple[Flip, ...]:
    """Every single answer that would make the outcome another one; none while it is undecided."""
    now = reached(framework, given, tier)
    if not is_one(now):
        return ()
    found = []
    for one in framework.questions.values():
        for level in one.scale.keys if one.scale else ():
            if level in given.get(one.key, NOTHING).levels:
                continue
            changed = {**given, one.key: Given(frozenset({level}))}
            then = reached(framework, changed, tier)
            if is_one(then) and then != now:
                found.append(Flip(one.key, level, outcomes_in(framework, then)[0]))
    return (*found, *_flipped_comparisons(framework, given, tier, now))


def _flipped_comparisons(framework: Framework, given: Answers, tier: Tier, now: int) -> list[Flip]:
    """What if a range lay entirely on the other side of the one it is compared with."""
    state = state_of(framework, given, tier)
    found = []
    for one in framework.dimensions.values():
        if one.kind != "compare" or one.key in state.stands_for:
            continue
        for bit in bits(3):
            then = state.search().reach({**state.leaves, one.key: bit})
            if is_one(then) and then != now:
                level = levels_in(one.scale, bit)[0]
                found.append(Flip(one.of[0], level, outcomes_in(framework, then)[0]))
    return found
