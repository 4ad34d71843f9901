"""Windows by the clock: days, weeks, months, quarters or years of the current rows' time."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from sextant.engines.errors import SourceError
from sextant.engines.source import Source
from sextant.engines.windows import BUCKETS, windowed
from sextant.studies.drift.seasons import said
from sextant.studies.estimate.asked import Asked


def by_clock(asked: Asked, source: Source, today: date) -> tuple[Asked, Source, tuple[str, ...]]:
    """The current rows cut by their time where `by` names a stretch of it, and what is to be said.

    A column of that name is a column. Raises `SourceError` where no time is named or it holds none.
    """
    if asked.by not in BUCKETS or asked.by in source.columns or _own(asked):
        return asked, source, ()
    time = asked.contract.data.time
    if not time:
        what = (
            f"'{asked.by}' (the windows) is not in {source.name}, and no time is named to cut by."
        )
        raise SourceError([f"{what} Name the time of the prediction: time."])
    cut, clock = windowed(source, time, asked.by)
    return replace(asked, clock=True), cut, said(clock, "The current rows", time, today)


def _own(asked: Asked) -> bool:
    return any(one.name == asked.by for one in asked.contract.data.segments)
