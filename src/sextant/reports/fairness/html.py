"""A fairness review as one self-contained page: no script, no picture file, nothing fetched."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup

from sextant.charts import group_bar
from sextant.reports.fairness.shown import (
    Record,
    domain,
    ends,
    figure,
    measures,
    size,
    term,
    tiny,
)
from sextant.reports.html import rendered
from sextant.reports.text import clean

MOST = 60


def render(record: Record) -> str:
    """The page of a record, such as was kept."""
    return rendered(
        "fairness/fairness.html.j2",
        record=record,
        groupings=[_grouping(one, record) for one in record["groupings"]],
    )


def _grouping(grouping: Record, record: Record) -> dict[str, Any]:
    return {
        "name": grouping["name"],
        "reason": grouping["reason"],
        "definitions": grouping["definitions"],
        "conflict": grouping["conflict_sentences"],
        "too_small": grouping["too_small"],
        "together": grouping["intervals_together"],
        "tables": [table(grouping, one, record) for one in measures(grouping)],
    }


def table(grouping: Record, measure: str, record: Record) -> dict[str, Any]:
    """One measure of every group: name, figures, and a bar on the one scale."""
    scale = domain(grouping, measure)
    whole = record["overall"]["measures"].get(measure, {}).get("estimate")
    groups = grouping["groups"][:MOST]
    return {
        "measure": measure,
        "term": term(measure),
        "rows": [_row(one, measure, scale, whole) for one in groups],
        "more": max(len(grouping["groups"]) - MOST, 0),
    }


def _row(
    group: Record, measure: str, scale: tuple[float, float], whole: float | None
) -> dict[str, Any]:
    one = group["measures"][measure]
    small = tiny(group, measure)
    shown = {"name": group["name"], "small": small, "n": size(one), "reason": one["reason"] or ""}
    if one["estimate"] is None or one["low"] is None or one["high"] is None:
        return shown | {"figure": figure(one), "ends": "", "bar": ""}
    spoken = f"{group['name']}: {figure(one)}, interval {ends(one)}, n {size(one)}"
    bar = group_bar(
        one["estimate"],
        one["low"],
        one["high"],
        scale,
        reference=whole,
        faint=small,
        label=clean(spoken + (", too small to be judged" if small else "")),
    )
    return shown | {
        "figure": figure(one),
        "ends": ends(one),
        "bar": Markup(bar),  # noqa: S704 - escapes its label itself
    }
