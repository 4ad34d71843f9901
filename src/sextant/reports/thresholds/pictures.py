"""The pictures of a record: cost over the threshold, shares over it, what a fallback leaves."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sextant.charts import Line, Mark, cut_lines
from sextant.reports.text import clean

SHARES = (("precision", "precision"), ("recall", "recall"), ("friction", "in error"))


def cost_picture(record: Mapping[str, Any]) -> str:
    """What a decision costs at every threshold; empty without labels."""
    line = _line(record, "cost", "")
    if line is None:
        return ""
    setting, best = record["setting"], record["best"]
    unit = setting["costs"]["currency"] if setting["costs_known"] else "errors"
    label = record["headline"]
    if best is not None and best["from"] is not None:
        label += f" The best lies in {best['range'].replace(' – ', ' to ')}."
    return cut_lines(
        [line],
        label=clean(f"Cost of a decision by threshold. {label}"),
        counts="cost of a decision",
        unit=unit,
        marks=_marks(record),
        range_=_range(best),
    )


def shares_picture(record: Mapping[str, Any]) -> str:
    """Precision, recall and friction at every threshold; empty where none is known."""
    lines = [line for name, title in SHARES if (line := _line(record, name, title))]
    if not lines:
        return ""
    today = record["today"]
    spoken = ", ".join(f"{title} {today[name]['shown']}" for name, title in SHARES)
    return cut_lines(
        lines,
        label=clean(f"Shares by threshold. At {today['written']}: {spoken}."),
        counts="of 100",
        unit="%",
        factor=100.0,
        marks=_marks(record),
    )


def _line(record: Mapping[str, Any], name: str, title: str) -> Line | None:
    points = [
        (one["threshold"], *one[name])
        for one in record["curve"]
        if one["threshold"] is not None and None not in one[name]
    ]
    return Line(title, points) if len(points) > 1 else None


def _marks(record: Mapping[str, Any]) -> list[Mark]:
    today, best = record["today"], record["best"]
    marks = [Mark(today["threshold"], f"today {today['written']}", "today")]
    if best is not None and best["threshold"] not in (None, today["threshold"]):
        marks.append(Mark(best["threshold"], f"best {best['written']}", "best"))
    return marks


def _range(best: Mapping[str, Any] | None) -> tuple[float, float] | None:
    if best is None or best["from"] is None:
        return None
    return best["from"], 1.0 if best["to"] is None else best["to"]
