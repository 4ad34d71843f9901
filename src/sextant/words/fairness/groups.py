"""Who is hurt, and who cannot be judged: groups as sentences."""

from __future__ import annotations

from collections.abc import Sequence

from sextant.contracts.model import Contract
from sextant.studies.fairness.result import Grouped, GroupResult, Hurt
from sextant.words.fairness.figures import ARE, TERMS, counted, one_scale, people, where, whom
from sextant.words.frequency import of
from sextant.words.nouns import capital, listed
from sextant.words.numbers import whole


def hurt_sentence(hurt: Hurt, contract: Contract) -> str:
    """`Of 100 negative cases where race is A, about 45 are wrongly flagged (41 to 49); …`."""
    rate, other = hurt.rates
    scale = one_scale(rate, other)
    more = people(*hurt.people)
    return (
        f"Of {of(scale)} {whom(hurt.measure, contract)} "
        f"{where(hurt.grouping, hurt.group, contract)}, about {counted(scale, rate)} "
        f"{ARE[hurt.measure]}; {where(hurt.grouping, hurt.other, contract)} "
        f"{counted(scale, other)}. In these rows that is {more} more than at the lower rate."
        f"{alike_sentence(hurt, contract)}"
    )


def alike_sentence(hurt: Hurt, contract: Contract) -> str:
    """` Where age is under 16 nobody is flagged at all.`; empty where the decision varies there."""
    if not hurt.alike:
        return ""
    there = capital(where(hurt.grouping, hurt.other, contract))
    return f" {there} {hurt.alike}."


def small_sentences(grouped: Grouped, contract: Contract) -> list[str]:
    """`Asian: 32 rows are too few to be judged. About 400 more are missing (…).`."""
    return [_small(one) for one in grouped.groups if one.small]


def _small(group: GroupResult) -> str:
    known = [one for one in group.small if one.missing is not None]
    unknown = [TERMS[one.measure] for one in group.small if one.missing is None]
    every = len(group.small) >= len([name for name, _ in group.estimates if name in ARE]) - 1
    rows = f"{whole(group.rows)} row{'' if group.rows == 1 else 's'}"
    judged = "" if every else f" by {listed(TERMS[one.measure] for one in group.small)}"
    text = f"{capital(group.name)}: {rows}, too few to be judged{judged}."
    if known:
        most = max(known, key=lambda one: one.missing or 0)
        text += f" About {most.missing:,} more are missing for its {TERMS[most.measure]}"
        least = min(known, key=lambda one: one.missing or 0)
        if len(known) > 1 and least.missing != most.missing:
            text += f", {least.missing:,} for its {TERMS[least.measure]}"
        text += "."
    if unknown:
        text += f" Its {listed(unknown)} cannot be known from these rows at all."
    return text


def without_sentence(groupings: Sequence[Grouped]) -> list[str]:
    """Rows that have no group are in no comparison, and are counted."""
    return [
        f"{whole(one.without)} row{' has' if one.without == 1 else 's have'} no {one.name} and "
        "are in no comparison by it."
        for one in groupings
        if one.without
    ]
