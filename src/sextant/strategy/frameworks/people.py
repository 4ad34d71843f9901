"""Where people who answered on their own differ."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations

from sextant.strategy.frameworks.given import NOTHING, Given, levels_of, together
from sextant.strategy.frameworks.model import Framework, Question, Tier
from sextant.strategy.frameworks.state import Answers, reached


@dataclass(frozen=True, slots=True)
class Difference:
    """A question that people answer differently. `decides`: whom one follows changes the outcome.

    A person who has not answered it is not among `answers`.
    """

    question: str
    answers: Mapping[str, Given]
    decides: bool


def compare(
    framework: Framework, by_person: Mapping[str, Answers], tier: Tier = "high"
) -> tuple[Difference, ...]:
    """The questions on which people differ, those that decide first; words are not compared."""
    everything = everybody(framework, by_person)
    found = []
    for one in framework.questions.values():
        held = {
            person: answers[one.key]
            for person, answers in by_person.items()
            if one.key in answers and not answers[one.key].empty
        }
        if one.kind != "text" and _differ(one, tuple(held.values())):
            outcomes = {
                reached(framework, {**everything, one.key: given}, tier) for given in held.values()
            }
            found.append(Difference(one.key, held, len(outcomes) > 1))
    return tuple(sorted(found, key=lambda one: not one.decides))


def everybody(framework: Framework, by_person: Mapping[str, Answers]) -> dict[str, Given]:
    """What all answers taken together leave possible, by question."""
    return {
        key: together(answers.get(key, NOTHING) for answers in by_person.values())
        for key in framework.questions
    }


def _differ(question: Question, held: tuple[Given, ...]) -> bool:
    """Other levels; or, of a range without levels, intervals that have nothing in common."""
    if question.scale is not None:
        return len({levels_of(question, given) for given in held}) > 1
    ends = [given.ends for given in held]
    return any(one[1] < other[0] or other[1] < one[0] for one, other in combinations(ends, 2))
