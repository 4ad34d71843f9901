"""A study without labels as one self-contained page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from markupsafe import Markup

from sextant.charts import group_bar, verdict_mark
from sextant.contracts.evidence import Verdict
from sextant.reports.estimate.chosen import (
    MARKS,
    STATES,
    Record,
    figures,
    informing,
    n_of,
    of_criterion,
    rest,
    title,
    told,
)
from sextant.reports.html import rendered
from sextant.reports.text import clean

VERDICTS: dict[str, Verdict] = {"likely missed": "missed", "undecided": "undecided"}
"""Outlooks with the mark and the colour of a verdict; the others have none of them."""


def render(record: Record) -> str:
    """The page of a record, such as was kept."""
    return rendered(
        "estimate/estimate.html.j2", record=record, tables=tables(record), rest=rest(record),
        states=STATES, verdicts=VERDICTS, sign=_sign,
    )  # fmt: skip


def tables(record: Record) -> list[dict[str, Any]]:
    """A table a criterion, worst first, then the numbers that nobody promised; with their bars."""
    found = [
        _table(one["criterion"], of_criterion(record, one["criterion"]), one["outlook"])
        for one in record["criteria"]
    ]
    if rows := informing(record):
        found.append(_table(title(record), rows))
    return found


def _sign(outlook: str) -> str:
    """The mark of an outlook. What is not met has no mark of a promise that is."""
    verdict = VERDICTS.get(outlook)
    return MARKS[outlook] if verdict is None else Markup(verdict_mark(verdict))  # noqa: S704


def _table(name: str, rows: Sequence[Record], outlook: str = "") -> dict[str, Any]:
    return {"title": name, "outlook": outlook, "rows": [_row(one, rows) for one in told(rows)]}


def _row(one: Record, rows: Sequence[Record]) -> dict[str, Any]:
    name = one["name"]
    spoken = f"{name}: {figures(one)}"
    bar: str = Markup("")
    held = one["estimate"]
    if held["low"] is not None and held["high"] is not None and one["metric"] != "cost":
        alike = [row for row in rows if row["metric"] != "cost"]
        bar = Markup(  # noqa: S704 - escapes its label itself
            group_bar(
                held["estimate"], held["low"], held["high"], domain(alike),
                reference=one["bound"], label=clean(spoken),
            )
        )  # fmt: skip
    return {
        "name": name,
        "outlook": one["outlook"] or "",
        "figures": figures(one),
        "n": n_of(one),
        "sentence": one["sentence"],
        "bar": bar,
    }


def domain(rows: Sequence[Record]) -> tuple[float, float]:
    """From below the lowest to above the highest that is drawn."""
    ends = [
        end
        for row in rows
        for end in (row["estimate"]["low"], row["estimate"]["high"], row["bound"])
        if end is not None
    ]
    low, high = min(ends), max(ends)
    room = 0.1 * max(high - low, 0.01)
    return (
        low - room if low < 0 else max(low - room, 0.0),
        high + room if high > 1 else min(high + room, 1.0),
    )
