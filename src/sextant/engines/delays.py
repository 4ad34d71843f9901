"""When labels came: rows by the day of their prediction and by how many days the label took."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import duckdb
import numpy as np
from numpy.typing import NDArray

from sextant.engines.errors import SourceError
from sextant.engines.reading import as_moment, is_empty
from sextant.engines.source import RELATION, Source, unreadable
from sextant.engines.sql import DIALECT, sql

Ints = NDArray[np.int64]
EPOCH = date(1970, 1, 1)
NEVER = -1
MOST_CELLS = 1_000_000


@dataclass(frozen=True, slots=True)
class Delays:
    """Rows by day and delay, shape [C]; merge with `+`.

    `day`: since 1970-01-01, or the whole number that the time column holds (`dated` False).
    `delay`: days until the label, −1 where there is none. `before`: labels that are older than
    their prediction, `untimed`: labels or rows without a readable time; neither is in the cells.
    """

    day: Ints
    delay: Ints
    n: Ints
    dated: bool
    before: int = 0
    untimed: int = 0

    def __add__(self, other: Delays) -> Delays:
        return Delays(
            np.concatenate([self.day, other.day]),
            np.concatenate([self.delay, other.delay]),
            np.concatenate([self.n, other.n]),
            self.dated,
            self.before + other.before,
            self.untimed + other.untimed,
        )

    def shown(self, day: int) -> str:
        """A day as it is written: 2026-03-14, or the number."""
        return (EPOCH + timedelta(days=day)).isoformat() if self.dated else str(day)


def delays(source: Source, time: str, label: str, label_time: str) -> Delays:
    """One scan. A row is labelled where its label is; when, says `label_time`.

    Raises `SourceError` where a column is absent, the two times are not of one kind, or there are
    more days than memory should hold.
    """
    named = {time: "the time", label: "the label", label_time: "the label's time"}
    if problems := source.check_columns(named):
        raise SourceError(problems)
    numbers = [source.columns[one] in {"number", "single"} for one in (time, label_time)]
    if numbers[0] != numbers[1]:
        what = f"'{time}' and '{label_time}' are not both dates or both numbers."
        raise SourceError([f"{what} Name two of one kind."])
    unit = ":x" if numbers[0] else "epoch(:x) / 86400e0"
    days = [
        sql(f"cast(floor({unit}) as bigint)", x=as_moment(source, one)).sql(dialect=DIALECT)
        for one in (time, label_time)
    ]
    empty = is_empty(source, label).sql(dialect=DIALECT)
    query = (
        f"select d, case when none then {NEVER} else l - d end as k, none, "
        "d is null or (not none and l is null) as untimed, count(*) as n from "
        f'(select {days[0]} as d, {days[1]} as l, {empty} as none from "{RELATION}") '
        f"group by all limit {MOST_CELLS + 1}"
    )
    try:
        found = source.session.rows(query)
    except duckdb.Error as error:
        raise SourceError([unreadable(source.name, error, source.remedy)]) from None
    if len(found) > MOST_CELLS:
        raise SourceError([f"'{time}' and '{label_time}' hold too many days. Round them."])
    untimed = sum(n for *_, lost, n in found if lost)
    early = sum(n for _, k, none, lost, n in found if not lost and not none and k < 0)
    kept = [(d, k, n) for d, k, none, lost, n in found if not lost and (none or k >= 0)]
    day, delay, n = np.array(sorted(kept), np.int64).reshape(-1, 3).T
    return Delays(day, delay, n, not numbers[0], int(early), int(untimed))
