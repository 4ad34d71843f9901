"""The course of a change on a page: its picture, its table, what happened meanwhile."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sextant.reports.drift.course import axis, broken_in, furthest, has_course, picture, span
from sextant.studies.drift.result import VERDICTS
from sextant.words.nouns import capital, listed
from sextant.words.numbers import whole, word

Record = Mapping[str, Any]
MOST_ROWS, MOST_NAMED = 60, 5
MOST_BEGINNINGS = 3
"""Beginnings of a change for which it is said what happened just before."""


@dataclass(frozen=True, slots=True)
class Step:
    """One window of the table, with what labels say of its promises and the events in it."""

    window: str
    rows: str
    verdict: str
    answer: str
    columns: str
    differ: str
    promises: tuple[tuple[str, str], ...]
    events: str


@dataclass(frozen=True, slots=True)
class Course:
    """All that is drawn. `events`: number, event; `before`: what preceded each beginning."""

    svg: str
    steps: tuple[Step, ...]
    rest: str
    events: tuple[tuple[int, Any], ...] = ()
    before: tuple[str, ...] = field(default=())
    timed: bool = True


def during(record: Record) -> tuple[datetime, datetime] | None:
    """From one window before the first to the end of the last; None where they are no times."""
    if not has_course(record) or axis(record).start is None:
        return None
    first = span(record["windows"][0]["window"], record)
    last = axis(record).end
    assert first is not None
    assert last is not None
    return first[0] - (first[1] - first[0]), last


def course_of(record: Record, happened: Sequence[Any]) -> Course | None:
    """None where there are no windows in a row; `happened`: the oldest first."""
    if not has_course(record):
        return None
    line = axis(record)
    numbered = tuple(enumerate(happened, start=1))
    marks = [(at, str(key)) for key, one in numbered if (at := line.at(one.at)) is not None]
    within = _within(record, numbered)
    steps = [
        _step(one, within.get(one["window"], []), record["margin"]) for one in record["windows"]
        if one["answer"] == "changed" or broken_in(one) or one["window"] in within
    ]  # fmt: skip
    shown = tuple(steps[-MOST_ROWS:])
    left = len(record["windows"]) - len(shown)
    rest = f"{whole(left)} more windows, of {whole(len(record['windows']))}: the table to take "
    return Course(
        picture(record, marks), shown, f"{rest}along has every one." if left else "", numbered,
        tuple(_before(record, numbered)), line.start is not None,
    )  # fmt: skip


def _within(record: Record, numbered: Sequence[tuple[int, Any]]) -> dict[str, list[int]]:
    """The numbers of the events in each window that is a time."""
    found: dict[str, list[int]] = {}
    for one in record["windows"]:
        held = span(one["window"], record)
        if held is not None:
            inside = [key for key, event in numbered if held[0] <= event.at < held[1]]
            if inside:
                found[one["window"]] = inside
    return found


def _step(window: Record, events: Sequence[int], margin: float) -> Step:
    moved = [one["column"] for one in window["columns"] if one["answer"] == "changed"]
    held = furthest(window)
    differ = ""
    if held is not None and held["estimate"] is not None:
        low, high = held["low"] * 100, held["high"] * 100
        differ = f"{held['estimate'] * 100:.1f} ({low:.1f} – {high:.1f})"
    promises = [one for one in window.get("performance", ()) if one["role"] != "secondary"]
    return Step(
        window["window"], whole(window["rows"]), VERDICTS[window["answer"]], window["answer"],
        listed(moved, most=MOST_NAMED), differ, tuple(_promised(promises)),
        ", ".join(map(str, events)),
    )  # fmt: skip


def _promised(promises: Sequence[Record]) -> list[tuple[str, str]]:
    """Each promise that is not kept, with its verdict; those that are, in one word."""
    found = [(one["verdict"], one["criterion"]) for one in promises if one["verdict"] != "met"]
    found.sort()
    kept = len(promises) - len(found)
    if kept:
        many = "all" if not found else word(kept)
        found.append(("met", f"{many} kept" if len(promises) > 1 else promises[0]["criterion"]))
    return found


def _before(record: Record, numbered: Sequence[tuple[int, Any]]) -> list[str]:
    """What happened in the window where a change began or in the one before it."""
    found = []
    windows = record["windows"]
    begun = [at for at in range(len(windows)) if _begins(windows, at)]
    for at in begun[:MOST_BEGINNINGS]:
        held = span(windows[at]["window"], record)
        if held is None:
            continue
        start = held[0] - (held[1] - held[0])
        near = [event for _, event in numbered if start <= event.at < held[1]]
        name = windows[at]["window"]
        if not near:
            found.append(f"Before {name} nothing is on record, in it and the window before it.")
            continue
        told = [f"{one.what} ({one.at.day} {one.at:%b %Y})" for one in near[-MOST_NAMED:]]
        found.append(
            f"Before or in {name}, where it began: {listed(told)}. That they stand together in "
            "time shows no cause."
        )
    if (more := len(begun) - MOST_BEGINNINGS) > 0 and found:
        found.append(f"{capital(word(more))} more beginnings stand in the table.")
    return found


def _begins(windows: Sequence[Record], at: int) -> bool:
    """Whether columns change, or a promise breaks, that did not in the window before."""
    now, before = windows[at], windows[at - 1] if at else None
    changes = now["answer"] == "changed" and (before is None or before["answer"] != "changed")
    breaks = bool(broken_in(now)) and (before is None or not broken_in(before))
    return changes or breaks
