"""Cut a table into days, weeks or months by a column of times, and count what its clock does."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

import duckdb
from sqlglot import exp

from sextant.engines.errors import SourceError
from sextant.engines.reading import as_moment, is_empty
from sextant.engines.source import RELATION, Kind, Source, unreadable
from sextant.engines.sql import DIALECT, column, sql

WINDOW, SEASON, WHOLE = "the window", "the season", "the whole table"
BUCKETS = {
    "day": "strftime(:t, '%Y-%m-%d')",
    "week": "strftime(date_trunc('week', :t), '%Y-%m-%d')",
    "month": "strftime(:t, '%Y-%m')",
    "quarter": "strftime(:t, '%Y') || '-Q' || cast(quarter(:t) as text)",
    "year": "strftime(:t, '%Y')",
}
SEASONS = {
    "weekday": "strftime(:t, '%u')",
    "month": "strftime(:t, '%m')",
    "year": "strftime(:t, '%Y')",
}
ZONED = r":[0-9]{2}.*([Zz]|[+-][0-9]{2}(:?[0-9]{2})?)$"


@dataclass(frozen=True, slots=True)
class Clock:
    """What a column of times holds: rows, those without a time or with one that is none.

    `back`: rows older than the row before them. `clocks`, `zoned`: of a column of text the cells
    with a time of day, and those of them that name a zone. Times are read in UTC.
    """

    rows: int
    empty: int
    unread: int
    back: int
    clocks: int
    zoned: int
    first: str
    last: str


def windowed(
    source: Source,
    time: str,
    bucket: str,
    season: str = "",
    since: date | None = None,
    before: date | None = None,
) -> tuple[Source, Clock]:
    """The table's rows from `since` on and before `before`, with `WINDOW` and `SEASON` columns.

    Rows without a time are left out and counted in the clock, which sees the whole table. Raises
    `SourceError` where the column holds no times.
    """
    if problems := source.check_columns({time: "the time"}):
        raise SourceError(problems)
    if source.columns[time] not in {"time", "text"}:
        remedy = "Convert it to dates, or name another column."
        raise SourceError([f"Column '{time}' (the time) of {source.name} holds no times. {remedy}"])
    moment = as_moment(source, time)
    try:
        clock = _clock(source, time, moment)
        if clock.empty + clock.unread == clock.rows:
            remedy = "Write them as 2026-03-01 or 2026-03-01 14:30."
            raise SourceError([f"No cell of '{time}' in {source.name} is a time. {remedy}"])
        picked = [sql(BUCKETS[bucket], t=moment).as_(WINDOW, quoted=True)]
        if season:
            picked.append(sql(SEASONS[season], t=moment).as_(SEASON, quoted=True))
        rows = [sql(":t is not null", t=moment)]
        for edge, compared in ((since, ":t >= :d"), (before, ":t < :d")):
            if edge:
                day = sql("cast(:d as timestamp)", d=exp.Literal.string(edge.isoformat()))
                rows.append(sql(compared, t=moment, d=day))
        chosen = exp.select("*", *picked).from_(exp.to_table(WHOLE, quoted=True)).where(*rows)
        run = source.session.connection.execute
        run(f'ALTER VIEW "{RELATION}" RENAME TO "{WHOLE}"')
        run(f'CREATE VIEW "{RELATION}" AS {chosen.sql(dialect=DIALECT)}')
    except duckdb.Error as error:
        raise SourceError([unreadable(source.name, error, source.remedy)]) from None
    columns: dict[str, Kind] = {**source.columns, WINDOW: "text"}
    if season:
        columns[SEASON] = "text"
    return replace(source, columns=columns), clock


def _clock(source: Source, time: str, moment: exp.Expr) -> Clock:
    empty = is_empty(source, time)
    cell = column(time)
    text = source.columns[time] == "text"
    inner = exp.select(
        moment.copy().as_("t"),
        sql("lag(:t) over ()", t=moment).as_("was"),
        empty.as_("e"),
        (sql("regexp_matches(:x, ':[0-9]{2}')", x=cell) if text else sql("false")).as_("c"),
        (
            sql("regexp_matches(:x, :p)", x=cell, p=exp.Literal.string(ZONED))
            if text
            else sql("false")
        ).as_("z"),
    ).from_(exp.to_table(RELATION, quoted=True))
    found = source.session.rows(
        "select count(*), count(*) filter (e), count(*) filter (not e and t is null), "
        "count(*) filter (t < was), count(*) filter (c and t is not null), "
        "count(*) filter (z and t is not null), min(t)::text, max(t)::text "
        f"from ({inner.sql(dialect=DIALECT)})"
    )[0]
    rows, none, unread, back, clocks, zoned, first, last = found
    return Clock(rows, none, unread, back, clocks, zoned, first or "", last or "")
