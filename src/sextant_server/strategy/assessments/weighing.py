"""An assessment weighed: what counts, what has reopened, and what the framework says of it.

Assessments can rest on each other within a product. Each is weighed once, those that it rests on
before it; a circle, which no action lets through, is said and not followed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache
from typing import cast

from sextant.strategy.frameworks import (
    NOTHING,
    Framework,
    Given,
    Judged,
    Tier,
    compare,
    judge,
    levels_of,
)
from sextant_server.strategy.assessments.catalogue import framework_of, once_verified, parsed
from sextant_server.strategy.assessments.counting import NONE, Counted, Counting, Reopened
from sextant_server.strategy.assessments.models import Answer, Assessment, Measure
from sextant_server.strategy.assessments.values import given_of
from sextant_server.strategy.bindings.queries import Found
from sextant_server.strategy.bindings.reading import Reading, Reference


@dataclass(frozen=True, slots=True)
class Sight:
    """A measure, and whether the criterion that shall show that it works is met now."""

    measure: Measure
    reading: Reading | None

    @property
    def verified(self) -> bool:
        return self.reading is not None and self.reading.verdict == "met"

    @property
    def ownerless(self) -> bool:
        """Whether the account of whoever was to see to it is closed."""
        return not self.measure.owner.is_active


@dataclass(frozen=True, slots=True)
class Weighed:
    """An assessment, what counts of it, and its verdict. While it is blind nothing counts yet."""

    assessment: Assessment
    framework: Framework
    tier: str
    counts: Mapping[str, Counted]
    given: Mapping[str, Given]
    judged: Judged
    measures: Mapping[str, tuple[Sight, ...]]

    @property
    def reopened(self) -> tuple[Reopened, ...]:
        return tuple(one for held in self.counts.values() for one in held.reopened)

    @property
    def state(self) -> str:
        """Blind; compared while people differ and nobody has settled it; else settled."""
        if self.assessment.blind:
            return "blind"
        return "compared" if self.differing else "settled"

    def levels(self, question: str) -> tuple[str, ...]:
        """The levels of a question that are still possible, worst first."""
        asked = self.framework.questions[question]
        assert asked.scale is not None
        possible = levels_of(asked, self.given.get(question, NOTHING))
        return tuple(key for key in asked.scale.keys if key in possible)

    @property
    def differing(self) -> tuple[str, ...]:
        """The questions to which people have answered differently and nobody has settled."""
        if all(len(held.answers) < 2 for held in self.counts.values()):
            return ()
        people: dict[str, dict[str, Given]] = {}
        for held in self.counts.values():
            for one in held.answers:
                people.setdefault(str(one.by_id), {})[one.question] = given_of(one)
        found = compare(self.framework, people, cast(Tier, self.tier))
        return tuple(one.question for one in found)


@dataclass(frozen=True, slots=True)
class Records:
    """All that is kept of the assessments of one product."""

    tier: str
    assessments: Mapping[str, Assessment]
    answers: Mapping[int, Sequence[Answer]]
    counting: Mapping[int, Counting]
    measures: Sequence[Measure]
    found: Found
    weighed: dict[str, Weighed] = field(default_factory=dict)


def weigh(product: int, records: Records, today: date) -> Mapping[str, Weighed]:
    """Every open assessment of a product by its framework's key."""
    for key in records.assessments:
        _weigh(product, records, key, today, ())
    return records.weighed


def read_assessment(
    product: int, records: Records, key: str, today: date, above: tuple[str, ...] = ()
) -> Reading:
    """What an assessment says to whatever rests on it: the key of its outcome as a word."""
    held = records.assessments.get(key)
    if held is None:
        return Reading(absent=f"no assessment “{key}” was begun.")
    if held.blind:
        return Reading(absent=f"the answers of {held.framework.name} are not uncovered.")
    if key in above:
        circle = " → ".join((*above[above.index(key) :], key))
        return Reading(absent=f"it would rest on itself: {circle}.")
    return as_reading(_weigh(product, records, key, today, above))


def as_reading(one: Weighed) -> Reading:
    """What an assessment that is uncovered says to whatever rests on it."""
    held, outcome = one.assessment, one.judged.outcome
    return Reading(
        verdict=one.judged.verdict, word=outcome.key if outcome else "undecided",
        says=f"{one.framework.name}: {outcome.name if outcome else 'undecided'}.",
        origin=held.subject, on=held.uncovered_at.date() if held.uncovered_at else None,
    )  # fmt: skip


@lru_cache(maxsize=8192)
def judged_of(text: str, given: tuple[tuple[str, Given], ...], tier: str) -> Judged:
    """What a framework says of answers; the same answers are judged once."""
    return judge(parsed(text), dict(given), cast(Tier, tier))


@lru_cache(maxsize=8192)
def _judged_as_given(text: str, counting: Counting, tier: str) -> Judged:
    """The same of answers of which none has reopened, found without looking at each."""
    given = tuple((name, one.given) for name, one in counting.counts.items())
    return judged_of(text, given, tier)


def _weigh(
    product: int, records: Records, key: str, today: date, above: tuple[str, ...]
) -> Weighed:
    if key in records.weighed:
        return records.weighed[key]
    held = records.assessments[key]
    framework = framework_of(held.framework)

    def read(reference: Reference) -> Reading:
        if reference.kind == "assessment":
            return read_assessment(product, records, reference.key, today, (*above, key))
        return records.found[product, reference]

    sights = _sights(product, records, key)
    counting = records.counting.get(held.pk, NONE)
    counts = counting.still(read, today)
    given = {name: one.given for name, one in counts.items()}
    unverified = [name for name in _unverified(framework, sights) if name in given]
    for name in unverified:
        given[name] = replace(given[name], verified=False)
    text, tier = held.framework.text, records.tier
    if counts is counting.counts and not unverified:
        judged = _judged_as_given(text, counting, tier)
    else:
        judged = judged_of(text, tuple(given.items()), tier)
    one = Weighed(held, framework, records.tier, counts, given, judged, sights)
    records.weighed[key] = one
    return one


def sight_of(product: int, records: Records, measure: Measure) -> Sight:
    """A measure with what its criterion says now."""
    if not measure.reference:
        return Sight(measure, None)
    return Sight(measure, records.found[product, Reference.parse(measure.reference)])


def _sights(product: int, records: Records, key: str) -> dict[str, tuple[Sight, ...]]:
    found: dict[str, tuple[Sight, ...]] = {}
    for one in records.measures:
        if one.framework == key:
            sight = sight_of(product, records, one)
            found[one.question] = (*found.get(one.question, ()), sight)
    return found


def _unverified(framework: Framework, sights: Mapping[str, tuple[Sight, ...]]) -> list[str]:
    """The questions that count once verified, and are not: a measure lacks, or does not hold."""
    return [
        key
        for key in once_verified(framework)
        if not sights.get(key) or not all(one.verified for one in sights[key])
    ]
