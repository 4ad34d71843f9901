"""A search for weak segments as one self-contained page."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup

from sextant.charts import group_bar
from sextant.reports.fairness.shown import Record, ends, figure, size
from sextant.reports.html import rendered
from sextant.reports.text import clean


def render(record: Record) -> str:
    """The page of a record, such as was kept."""
    return rendered("weak_segments/page.html.j2", record=record, rows=rows(record))


def rows(record: Record) -> list[dict[str, Any]]:
    """Every segment with its figures and its bar; the tick is the rate elsewhere."""
    high = max((one["rate"]["high"] or 1.0 for one in record["segments"]), default=1.0)
    return [_row(one, (0.0, min(1.1 * high, 1.0))) for one in record["segments"]]


def _row(one: Record, domain: tuple[float, float]) -> dict[str, Any]:
    rate, elsewhere = one["rate"], one["elsewhere"]
    spoken = f"{one['name']}: {figure(rate)}, interval {ends(rate)}; elsewhere {figure(elsewhere)}"
    bar = group_bar(
        rate["estimate"], rate["low"], rate["high"], domain,
        reference=elsewhere["estimate"], label=clean(spoken),
    )  # fmt: skip
    return {
        "name": one["name"],
        "figure": figure(rate),
        "ends": ends(rate),
        "elsewhere": figure(elsewhere),
        "n": size(rate),
        "sentence": one["sentence"],
        "bar": Markup(bar),  # noqa: S704 - escapes its label itself
    }
