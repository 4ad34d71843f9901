"""What was looked for and how, also where nothing was found; labels, segments, days."""

from __future__ import annotations

from collections.abc import Iterator

from sextant.studies.quality.result import Balance, Profile
from sextant.words.nouns import listed
from sextant.words.numbers import percent, whole
from sextant.words.quality.figures import at_most, in_so_many


def searched(profile: Profile) -> list[str]:
    """Sentences on leaks, personal data, the label's balance, the days."""
    return [*_leaks(profile), *_personal(profile), *_balance(profile), *_days(profile)]


def _leaks(profile: Profile) -> Iterator[str]:
    if profile.label is None:
        return
    if profile.positive is None:
        yield (
            f"Columns that give '{profile.label}' away are looked for where it has two values, or "
            "a positive one is named."
        )
        return
    text = f"{profile.judged} columns were asked whether they give '{profile.label}' away"
    bound = f"an AUC of {profile.leak:g} or more, learned on one half and measured on the other"
    yield f"{text}: {bound}, with {percent(profile.confidence)} certainty for all."
    if profile.unjudged:
        names = [f"'{name}' ({why})" for name, why in profile.unjudged]
        yield f"Not asked: {listed(names, most=6)}."


def _personal(profile: Profile) -> Iterator[str]:
    looked = profile.looked
    if looked is None:
        return
    if looked.why:
        yield f"Personal data were not looked for: {looked.why.removesuffix('.')}."
    elif looked.rows:
        rows = f"{whole(looked.rows)} rows, drawn by seed {looked.seed}, were read for"
        yield (
            f"{rows} personal data in {looked.columns} columns: {_kinds(looked.kinds)}. Names and "
            "addresses are not among them."
        )
        if looked.clear is not None:
            n = whole(looked.clear.n)
            yield f"Where none was found in {n} cells, {at_most(looked.clear)} hold any."


def _kinds(nouns: tuple[str, ...]) -> str:
    """The four kinds that are the same everywhere, and how many national ones."""
    return listed([*nouns[:4], f"{len(nouns) - 4} national numbers"])


def _balance(profile: Profile) -> Iterator[str]:
    for one in profile.balance[:6]:
        rows = f"{whole(one.rows)} labelled rows"
        yield f"'{profile.label}' is '{one.value}' in {rows}: {in_so_many(one.share)}."


def _days(profile: Profile) -> Iterator[str]:
    days = profile.days
    if days is None:
        return
    after = "before" if days.age > 0 else "after"
    when = "today" if not days.age else f"{abs(days.age):,} days {after} {profile.profiled_on}"
    yield (
        f"The newest row of '{days.column}' is of {days.last}, {when}. A day with rows has "
        f"{whole(days.least)} to {whole(days.most)} of them, the median day {whole(days.median)}."
    )


def in_segment(name: str, one: Balance, profile: Profile) -> str:
    """The rows of one value of a segment, and how many of them are positive."""
    said = f"{name} {one.value}: {whole(one.rows)} rows, {in_so_many(one.share)}"
    if one.positive is None:
        return f"{said}."
    if one.positive.value is None:
        return f"{said}; none has a label."
    here = f"{profile.label} is {profile.positive} in {in_so_many(one.positive)}"
    return f"{said}; {here} of its {whole(one.positive.n)} labelled rows."
