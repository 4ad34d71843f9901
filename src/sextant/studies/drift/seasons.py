"""Windows of time: those without rows, and the season that each is compared with."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from sextant.engines.windows import Clock

FITS = {
    "weekday": ("day",),
    "month": ("day", "week", "month"),
    "year": ("day", "week", "month", "quarter", "year"),
}
"""A season, and the windows that lie in one."""
MOST = 20_000


def season_of(window: str, season: str) -> str:
    """The key of a window's season: weekday 1 (Monday) to 7, month 01 to 12, or the year."""
    if season == "year":
        return window[:4]
    if season == "month":
        return window[5:7]
    return str(date.fromisoformat(window).isoweekday())


def absent(windows: Sequence[str], bucket: str) -> tuple[str, ...]:
    """Windows without a row between the first and the last one that has some."""
    held = set(windows)
    found: list[str] = []
    now = min(held)
    while now < max(held) and len(found) < MOST:
        if now not in held:
            found.append(now)
        now = following(now, bucket)
    return tuple(found)


def following(window: str, bucket: str) -> str:
    """The window after this one."""
    if bucket in {"day", "week"}:
        step = timedelta(days=1 if bucket == "day" else 7)
        return (date.fromisoformat(window) + step).isoformat()
    year = int(window[:4])
    if bucket == "year":
        return f"{year + 1:04}"
    at, most = (int(window[6:]), 4) if bucket == "quarter" else (int(window[5:]), 12)
    year, at = (year, at + 1) if at < most else (year + 1, 1)
    return f"{year:04}-Q{at}" if bucket == "quarter" else f"{year:04}-{at:02}"


def said(clock: Clock, name: str, time: str, today: date) -> tuple[str, ...]:
    """What the clock of a table does that a reader should know."""
    found: list[str] = []
    for rows, what in ((clock.empty, "have no time"), (clock.unread, "have one that is none")):
        if rows:
            found.append(f"{name}: {rows:,} of {clock.rows:,} rows {what} in {time}; set apart.")
    if clock.back:
        found.append(
            f"{name}: {clock.back:,} rows are older than the row before them. Windows go by the "
            "clock, not by the place in the table."
        )
    if 0 < clock.zoned < clock.clocks:
        found.append(
            f"{name}: {clock.zoned:,} of {clock.clocks:,} times of day name a zone, the others "
            "none; those are read as UTC."
        )
    if clock.last[:10] > today.isoformat():
        found.append(f"{name}: the last time, {clock.last[:16]}, lies after today.")
    return tuple(found)
