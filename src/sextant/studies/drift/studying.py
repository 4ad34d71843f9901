"""A study of drift from two tables: one scan of each, the windows, the answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from sextant.engines.errors import SourceError
from sextant.engines.source import Source
from sextant.engines.windows import SEASON, WINDOW, windowed
from sextant.stats.estimate import Level
from sextant.studies.drift.comparing import compared, together
from sextant.studies.drift.counting import Progress, columns_of, counted, facts
from sextant.studies.drift.driving import driven
from sextant.studies.drift.ordering import ordered
from sextant.studies.drift.performing import performance
from sextant.studies.drift.result import Answer, Asked, Drift
from sextant.studies.drift.seasons import absent, said, season_of
from sextant.studies.drift.still import still_in
from sextant.studies.drift.texts import vocabulary, with_texts


@dataclass(frozen=True, slots=True)
class Cut:
    """Both tables with their windows of time: the columns of the windows and of the season."""

    reference: Source
    current: Source
    by: str = ""
    season: str = ""
    notes: tuple[str, ...] = ()


def studied(
    asked: Asked,
    reference: Source,
    current: Source,
    named: Sequence[str],
    today: date,
    code: str = "",
    progress: Progress | None = None,
    since: date | None = None,
) -> Drift:
    """Everything from one scan a table. Raises `SourceError` where they cannot be compared.

    `since`: both are one table; its rows before that day are the reference, those from it on are
    compared.
    """
    apart = [] if asked.time else [asked.by]
    columns = columns_of(reference, current, named, [*apart, asked.time], asked.score)
    if not columns.numbers and not columns.values and not columns.structure:
        raise SourceError(
            [f"{reference.name} and {current.name} have no column that can be compared."]
        )
    cut = _cut(asked, reference, current, today, since)
    level = Level(1 - asked.confidence)
    words = vocabulary(cut.reference, cut.current, columns.values)
    values = tuple(one for one in columns.values if one not in words)
    columns = replace(columns, values=values, texts=tuple(words))
    before, first = counted(cut.reference, columns, cut.season, asked.score, level, progress)
    windows, second = counted(cut.current, columns, cut.by, asked.score, level, progress)
    before = with_texts(before, cut.reference, words, cut.season)
    windows = with_texts(windows, cut.current, words, cut.by)
    same = not asked.by and first.snapshot == second.snapshot
    uncompared: tuple[str, ...] = ()
    if asked.season:
        seasons = {one.name: one for one in before}
        keys = {one.name: season_of(one.name, asked.season) for one in windows}
        uncompared = tuple(name for name, key in keys.items() if key not in seasons)
        kept = [one for one in windows if one.name not in uncompared]
        own = [seasons[keys[one.name]] for one in kept]
    else:
        kept, own = list(windows), [before[0]] * len(windows)
    found, family = compared(asked, own, kept)
    sides = (cut.reference, cut.season, cut.current, cut.by)
    found = driven(asked, sides, own, kept, found)
    found = ordered(asked, sides, own, kept, found)
    labelled = performance(asked, reference, cut.current, cut.by, [one.name for one in kept])
    told = labelled.windows or ((),) * len(found)
    found = tuple(
        replace(one, performance=judged, still=still_in(window, before))
        for one, judged, window, before in zip(found, told, kept, own, strict=True)
    )
    answer: Answer = together([one.answer for one in found])
    if columns.structure or any(one.broken for told in labelled.windows for one in told):
        answer = "changed"
    if same or (uncompared and answer == "not changed"):
        answer = "undecided"
    return Drift(
        asked=asked,
        reference=facts(reference, first),
        current=facts(current, second),
        answer=answer,
        windows=found,
        structure=columns.structure,
        left_out=columns.left_out,
        family=family,
        same=same,
        empty=absent([one.name for one in windows], asked.by) if asked.time else (),
        uncompared=uncompared,
        code=code,
        compared_on=today.isoformat(),
        notes=cut.notes,
        labelled=labelled,
    )


def _cut(asked: Asked, reference: Source, current: Source, today: date, since: date | None) -> Cut:
    """Windows of time, and what the clocks do; the tables as they are where no time is named."""
    if not asked.time:
        return Cut(reference, current, asked.by)
    season = SEASON if asked.season else ""
    after, clock = windowed(current, asked.time, asked.by, asked.season, since=since)
    notes = said(clock, current.name, asked.time, today)
    if since is None and not season:
        return Cut(reference, after, WINDOW, "", notes)
    before, old = windowed(reference, asked.time, asked.by, asked.season, before=since)
    if since is None:
        notes += said(old, reference.name, asked.time, today)
        if clock.first < old.last:
            notes += (
                f"{current.name} begins {clock.first[:16]}, before {reference.name} ends "
                f"({old.last[:16]}): the two may share rows.",
            )
    return Cut(before, after, WINDOW, season, notes)
