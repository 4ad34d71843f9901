"""Who is hurt: the groups that an error falls on more often than on others, by how many people."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from sextant.metrics.tally import Grouping
from sextant.stats.estimate import Level
from sextant.stats.groups import difference, pairs_of
from sextant.studies.fairness.asked import Asked
from sextant.studies.fairness.counted import Counted
from sextant.studies.fairness.measures import FALSE, MISSED, RECALL, Measure
from sextant.studies.fairness.result import GroupResult, Hurt

ERRORS: Mapping[str, tuple[Measure, ...]] = {
    "": (MISSED, FALSE),
    "helps": (MISSED,),
    "hurts": (FALSE,),
}
"""The errors that hurt: to be missed where being selected helps, to be flagged where it hurts."""


def hurting(
    asked: Asked,
    grouping: Grouping,
    groups: Sequence[tuple[GroupResult, Counted]],
    level: Level,
) -> tuple[Hurt, ...]:
    """Every group shown to be hurt more than the least hurt one, by how many more errors it has.

    The least hurt one is the lowest in which the decision varies: a group in which nobody is
    flagged wrongly flags nobody, and says nothing of anybody. Only where no two groups are left in
    which it varies are all compared; the pairs that hold together are all of them, so either holds.

    Groups too small to be judged are left out: nothing can be shown of them. A difference is shown
    where it is above 0 in intervals that hold for all pairs, errors and groupings at once.
    """
    errors = ERRORS[asked.selected]
    at = level.split(pairs_of(len(groups)) * len(errors) * len(asked.groupings))
    return tuple(hurt for error in errors for hurt in _hurt(grouping, error, groups, at))


def ordered(found: Iterable[Hurt]) -> tuple[Hurt, ...]:
    """By how many people are hurt, most first."""
    return tuple(sorted(found, key=lambda one: -one.people[0]))


def _hurt(
    grouping: Grouping,
    error: Measure,
    groups: Sequence[tuple[GroupResult, Counted]],
    level: Level,
) -> list[Hurt]:
    counted = RECALL.name if error is MISSED else error.name
    known = [
        (result, error.estimate(group, level), _varies(group))
        for result, group in groups
        if error.name in dict(result.estimates) and not result.too_small((counted,))
    ]
    known = [one for one in known if one[1].value is not None]
    if len(known) < 2:
        return []
    varying = [one for one in known if one[2]]
    pool = varying if len(varying) > 1 else known
    least = min(pool, key=lambda one: one[1].value or 0.0)
    found = []
    for result, rate, _ in known:
        gap = difference(rate, least[1])
        if result is least[0] or gap.value is None or not gap.low > 0:
            continue
        people = gap.value * rate.n, gap.low * rate.n, gap.high * rate.n
        found.append(Hurt(grouping, error.name, result, least[0], gap, people))
    return found


def _varies(group: Counted) -> bool:
    """Is somebody flagged here, and somebody not?"""
    return 0 < group.confusion.flagged < group.confusion.total
