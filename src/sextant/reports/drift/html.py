"""A study of drift as one self-contained page."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup

from sextant.charts import group_bar
from sextant.reports.drift.chosen import (
    Record,
    columns,
    distance,
    furthest,
    promises,
    rest,
    title,
    windows,
)
from sextant.reports.drift.course import has_course, picture
from sextant.reports.html import rendered
from sextant.reports.text import clean
from sextant.words.numbers import whole

QUESTIONS = (
    ("Why did it happen?", "why"),
    ("What data changed?", "what"),
    ("How do we fix it?", "how"),
)
VERDICTS = {"changed": "missed", "not changed": "met", "undecided": "undecided"}
"""Which mark and which colour an answer has."""


def render(record: Record) -> str:
    """The page of a record, such as was kept."""
    found = tables(record)
    drawn = picture(record) if has_course(record) else ""
    return rendered(
        "drift/drift.html.j2", record=record, tables=found, rest=rest(record),
        course=Markup(drawn), questions=questions(record),  # noqa: S704 - escapes its texts itself
    )  # fmt: skip


def questions(record: Record) -> list[tuple[str, list[str]]]:
    """The three questions that have an answer; older records have none."""
    return [(title, record[key]) for title, key in QUESTIONS if record.get(key)]


def tables(record: Record) -> list[dict[str, Any]]:
    """A table a window, all bars on one scale: its title, answer, and the columns to be shown."""
    shown = windows(record)
    top = max([record["margin"], *(furthest(one) for one in shown)])
    domain = (0.0, min(1.0, 1.3 * top))
    return [
        {
            "title": title(one, record),
            "verdict": VERDICTS[one["answer"]],
            "answer": one["answer"],
            "mean": one["mean_sentence"],
            "carried": one.get("carried_sentence"),
            "promises": promises(one),
            "rows": [_row(column, record["margin"], domain) for column in columns(one)],
        }
        for one in shown
    ]


def _row(one: Record, margin: float, domain: tuple[float, float]) -> dict[str, Any]:
    held = one["distance"]
    spoken = f"{one['column']}: {distance(one)}; {margin * 100:g} of 100 matter"
    bar = group_bar(
        held["estimate"], held["low"], held["high"], domain,
        reference=margin, label=clean(spoken),
    )  # fmt: skip
    return {
        "name": one["column"],
        "verdict": VERDICTS[one["answer"]],
        "answer": one["answer"],
        "distance": distance(one),
        "share": f"{held['estimate'] * 100:.1f}",
        "ends": f"{held['low'] * 100:.1f} – {held['high'] * 100:.1f}",
        "n": whole(held["n"]),
        "sentence": one["sentence"],
        "bar": Markup(bar),  # noqa: S704 - escapes its label itself
    }
