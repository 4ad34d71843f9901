"""The course of a study of drift over its windows: where each stands, its lanes, its table."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any

from sextant.charts import CourseMark, CoursePoint, Lane, course
from sextant.reports.drift.chosen import Record
from sextant.reports.text import clean
from sextant.studies.drift.result import VERDICTS
from sextant.studies.drift.seasons import following
from sextant.words.nouns import listed

FEWEST = 2
MOST_LANES = 3
"""Lanes of promises: those broken, then as the contract has them."""
PLACE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?|-Q([1-4]))?")


@dataclass(frozen=True, slots=True)
class Axis:
    """Where windows stand, from 0 to 1; `start` and `end` where they are times."""

    places: dict[str, float]
    start: datetime | None = None
    end: datetime | None = None

    def at(self, moment: datetime) -> float | None:
        """The place of a moment; None outside, or where windows carry no time."""
        if self.start is None or self.end is None or not self.start <= moment <= self.end:
            return None
        return (moment - self.start) / (self.end - self.start)


def has_course(record: Record) -> bool:
    """Whether there are windows that can be put in a row."""
    return bool(record["by"]) and len(record["windows"]) >= FEWEST


def axis(record: Record) -> Axis:
    """Windows of time by the clock, others one after the other."""
    names = [one["window"] for one in record["windows"]]
    spans = [span(name, record) for name in names]
    known = [one for one in spans if one is not None]
    if not names or len(known) < len(names):
        return Axis({name: (at + 0.5) / len(names) for at, name in enumerate(names)})
    start, end = min(one[0] for one in known), max(one[1] for one in known)
    middle = {
        name: (first + (last - first) / 2 - start) / (end - start)
        for name, (first, last) in zip(names, known, strict=True)
    }
    return Axis(middle, start, end)


def span(window: str, record: Record) -> tuple[datetime, datetime] | None:
    """When a window begins and ends, in UTC; None where its name is no time."""
    found = PLACE.fullmatch(window)
    if found is None or (found[2] is None and found[4] is None and not _of_years(record)):
        return None
    year, month, day, quarter = found.groups()
    try:
        first = date(int(year), int(month or (int(quarter or 1) * 3 - 2)), int(day or 1))
    except ValueError:
        return None
    bucket = record["by"] if record["time"] else _bucket(month, day, quarter)
    last = _first_day(following(window, bucket))
    return _midnight(first), _midnight(last)


def _of_years(record: Record) -> bool:
    """Four digits are a year where the clock made them, or the column says so."""
    return bool(record["time"]) or "year" in str(record["by"]).lower()


def _bucket(month: str | None, day: str | None, quarter: str | None) -> str:
    return "day" if day else "month" if month else "quarter" if quarter else "year"


def _first_day(window: str) -> date:
    found = PLACE.fullmatch(window)
    assert found is not None
    year, month, day, quarter = found.groups()
    return date(int(year), int(month or (int(quarter or 1) * 3 - 2)), int(day or 1))


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)


def picture(
    record: Record, marks: Sequence[tuple[float, str]] = (), width: int | None = None
) -> str:
    """The course as SVG; `marks`: places of events and their numbers."""
    names = [one["window"] for one in record["windows"]]
    return course(
        lanes(record),
        [CourseMark(x, key) for x, key in marks],
        ends=(clean(names[0]), clean(names[-1])),
        label=clean(spoken(record)),
        width=width,
    )


def spoken(record: Record) -> str:
    """What the picture shows, for who does not see it."""
    moved = [one["window"] for one in record["windows"] if one["answer"] == "changed"]
    broken = [one["window"] for one in record["windows"] if broken_in(one)]
    said = f"{len(record['windows'])} windows of {record['by']}: "
    said += f"changed in {listed(moved, most=6)}" if moved else "none changed"
    if any(one.get("performance") for one in record["windows"]):
        said += (
            f"; promises broken in {listed(broken, most=6)}" if broken else "; no promise broken"
        )
    return f"{said}. The table below has every number."


def lanes(record: Record) -> list[Lane]:
    """The furthest column of each window, then promises, broken ones first."""
    places = axis(record).places
    first = []
    for one in record["windows"]:
        held = furthest(one)
        first.append(
            CoursePoint(
                places[one["window"]],
                VERDICTS[one["answer"]],
                *(_times(held, key) for key in ("estimate", "low", "high")),
            )
        )
    top = max([2 * record["margin"], *(one.high or 0.0 for one in first)])
    found = [
        Lane("Rows that differ", tuple(first), (0.0, min(1.0, top)),
             record["margin"])
    ]  # fmt: skip
    return [*found, *(_promise(record, text, places) for text in promised(record)[:MOST_LANES])]


def promised(record: Record) -> list[str]:
    """The promises that were judged by window: those broken somewhere, then the others."""
    held = [row for one in record["windows"] for row in one.get("performance", ())]
    held = [row for row in held if row["role"] != "secondary"]
    broken = [row["criterion"] for row in held if row["broken"]]
    return list(dict.fromkeys([*broken, *(row["criterion"] for row in held)]))


def broken_in(window: Record) -> list[str]:
    """The promises that are broken in a window."""
    return [row["criterion"] for row in window.get("performance", ()) if row["broken"]]


def furthest(window: Record) -> Any:
    """The distance of the column that moved furthest; None where there is none."""
    held = [one["distance"] for one in window["columns"]]
    return max(held, key=lambda one: one["estimate"] or 0.0, default=None)


def _promise(record: Record, text: str, places: dict[str, float]) -> Lane:
    points, numbers = [], []
    for one in record["windows"]:
        row = next((row for row in one.get("performance", ()) if row["criterion"] == text), None)
        if row is None:
            continue
        now = row["now"]
        bound = row["bound"]
        numbers += [
            bound,
            *(now[key] for key in ("estimate", "low", "high") if now[key] is not None),
        ]
        points.append(
            CoursePoint(places[one["window"]], row["verdict"], now["estimate"], now["low"],
                        now["high"])
        )  # fmt: skip
    low, high = min(numbers), max(numbers)
    room = 0.08 * ((high - low) or 1.0)
    return Lane(text, tuple(points), (low - room, high + room), bound)


def _times(held: Any, key: str) -> float | None:
    return None if held is None else held[key]
