"""Who has a label: how many rows, when theirs came, and whether the others are like them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

import numpy as np

from sextant.contracts.grammar import MISSING
from sextant.contracts.problems import Problem
from sextant.engines.delays import NEVER, Delays
from sextant.engines.errors import SourceError
from sextant.engines.period import last_instant
from sextant.engines.source import Source
from sextant.engines.windows import WINDOW
from sextant.states.histogram import Histogram
from sextant.stats.delays import arrived
from sextant.stats.estimate import Estimate, Level
from sextant.studies.drift.comparing import compared
from sextant.studies.drift.counting import Progress, columns_of, counted
from sextant.studies.drift.result import Asked as AskedDrift
from sextant.studies.drift.result import ColumnShift, State, Window
from sextant.studies.estimate.asked import Asked

FEWEST = 50
"""Rows with and rows without a label from which the two are compared."""
MARGIN = 0.05
EPOCH = datetime(1970, 1, 1)


@dataclass(frozen=True, slots=True)
class Coverage:
    """Rows of a window, and how many of them have a label."""

    window: str
    rows: float
    labelled: float


@dataclass(frozen=True, slots=True)
class Unlike:
    """Rows with a label against those without: the columns in which they differ.

    `changed`: shown to differ by 5 of 100 rows or more, `open`: how many may, of `columns`.
    """

    labelled: float
    unlabelled: float
    columns: int
    open: int
    changed: tuple[ColumnShift, ...]


@dataclass(frozen=True, slots=True)
class Complete:
    """Until when labels are complete enough.

    `until`: the last day of predictions of which at least `share` of all labels that will come are
    shown to have come, "" where there is none; they take `days`. `seen`: the longest delay that is
    known. `since` rows are younger, `waiting` of them without a label. `arrived`: the share that
    comes within `days`. `before` and `untimed`: labels that were set aside.
    """

    until: str
    share: float
    days: int | None
    seen: int
    as_of: str
    since: float
    waiting: float
    arrived: Estimate | None
    before: int = 0
    untimed: int = 0


@dataclass(frozen=True, slots=True)
class Labels:
    """`coverage`: of every window, in their order."""

    coverage: tuple[Coverage, ...]
    unlike: Unlike | None = None
    complete: Complete | None = None

    @property
    def rows(self) -> float:
        return sum(one.rows for one in self.coverage)

    @property
    def labelled(self) -> float:
        return sum(one.labelled for one in self.coverage)


def unlike(
    asked: Asked, source: Source, level: Level, progress: Progress | None = None
) -> Unlike | None:
    """Rows with and without a label, column by column, by the tests of drift. One more scan."""
    label = asked.contract.data.label
    assert label
    left = {label.column, asked.selection, asked.label_time, asked.by, WINDOW}
    names = [name for name in source.columns if name not in left | source.repeated]
    columns = columns_of(source, source, names, (), "") if names else None
    if columns is None or not (columns.numbers or columns.values):
        return None
    windows, _ = counted(source, columns, label.column, "", level, progress)
    without = [one for one in windows if one.name == MISSING]
    having = [one for one in windows if one.name != MISSING]
    if not having or not without:
        return None
    a, b = _merged("with", having), without[0]
    if min(a.rows, b.rows) < FEWEST:
        return None
    question = AskedDrift("rows with a label", "rows without", MARGIN, level.confidence)
    (found,), _ = compared(question, a, [b])
    changed = tuple(one for one in found.columns if one.answer == "changed")
    still = sum(one.answer == "undecided" for one in found.columns)
    return Unlike(a.rows, b.rows, len(found.columns), still, changed)


def _merged(name: str, windows: list[Window]) -> Window:
    columns: dict[str, State] = {}
    for window in windows:
        for column, state in window.columns.items():
            columns[column] = _sum(columns[column], state) if column in columns else state
    return Window(name, sum(one.rows for one in windows), columns)


def _sum(a: State, b: State) -> State:
    if isinstance(a, Histogram) and isinstance(b, Histogram):
        return a + b
    assert isinstance(a, Mapping)
    assert isinstance(b, Mapping)
    return {key: a.get(key, 0.0) + b.get(key, 0.0) for key in {*a, *b}}


def complete(asked: Asked, held: Delays, level: Level) -> Complete:
    """From when labels came to the day until which they are complete enough."""
    day, delay, n = held.day, held.delay, held.n
    came = delay != NEVER
    last = max([*day.tolist(), *(day + delay)[came].tolist()], default=0)
    now = _day(asked.as_of, held) if asked.as_of else last
    known = came & (day + delay <= now) & (day <= now)
    waited = now - day
    shares = arrived(delay[known], waited[known], n[known], level)
    days = next((at for at, one in enumerate(shares) if one.low >= asked.complete), None)
    young = (waited < days) if days is not None else np.ones(day.size, bool)
    old = day[~young & (day <= now)]
    until = held.shown(int(now - days)) if days is not None and old.size else ""
    return Complete(
        until=until,
        share=asked.complete,
        days=days,
        seen=len(shares) - 1,
        as_of=held.shown(int(now)),
        since=float(n[young].sum()),
        waiting=float(n[young & ~came].sum()),
        arrived=None if days is None else shares[days],
        before=held.before,
        untimed=held.untimed,
    )


def _day(written: str, held: Delays) -> int:
    if held.dated:
        return (last_instant(written) - EPOCH).days
    try:
        return int(float(written))
    except ValueError:
        what = f"As of {written!r} is no number, and the time column holds numbers."
        raise SourceError([str(Problem("as_of", what, "Write a number."))]) from None
