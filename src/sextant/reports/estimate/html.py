"""A study without labels as one self-contained page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from markupsafe import Markup

from sextant.charts import group_bar
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
)
from sextant.reports.html import rendered
from sextant.reports.text import clean


def render(record: Record) -> str:
    """The page of a record, such as was kept."""
    tables = [
        _table(
            f"{MARKS[one['outlook']]} {one['criterion']}: {one['outlook']}",
            of_criterion(record, one["criterion"]),
        )
        for one in record["criteria"]
    ]
    if rows := informing(record):
        tables.append(_table(title(record), rows))
    return rendered(
        "estimate/estimate.html.j2", record=record, tables=tables, rest=rest(record), states=STATES
    )


def _table(name: str, rows: Sequence[Record]) -> dict[str, Any]:
    return {"title": name, "rows": [_row(one, rows) for one in rows]}


def _row(one: Record, rows: Sequence[Record]) -> dict[str, Any]:
    name = ", ".join(filter(None, (one["place"], one["metric"])))
    spoken = f"{name}: {figures(one)}"
    bar: str = Markup("")
    held = one["estimate"]
    if held["low"] is not None and held["high"] is not None and one["metric"] != "cost":
        alike = [row for row in rows if row["metric"] != "cost"]
        bar = Markup(  # noqa: S704 - escapes its label itself
            group_bar(
                held["estimate"], held["low"], held["high"], _domain(alike),
                reference=one["bound"], label=clean(spoken),
            )
        )  # fmt: skip
    return {
        "name": name,
        "mark": MARKS[one["outlook"]],
        "outlook": one["outlook"] or "",
        "figures": figures(one),
        "n": n_of(one),
        "sentence": one["sentence"],
        "bar": bar,
    }


def _domain(rows: Sequence[Record]) -> tuple[float, float]:
    """From below the lowest to above the highest that is drawn."""
    ends = [
        end
        for row in rows
        for end in (row["estimate"]["low"], row["estimate"]["high"], row["bound"])
        if end is not None
    ]
    low, high = min(ends), max(ends)
    room = 0.1 * max(high - low, 0.01)
    return max(low - room, 0.0), min(high + room, 1.0)
