"""A study as one self-contained page, for kinds that bring none of their own."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from markupsafe import Markup

from sextant.charts.mark import SHAPES
from sextant.reports.html import rendered
from sextant_server.studies.kinds.kind import Kind

MOST_ROWS = 200


def page(kind: Kind, found: Mapping[str, Any], at: datetime | None, product: str) -> str:
    """Headline, pictures, tables and `record["basis"]` (facts with term, text and code).

    `found` has title, headline, verdict and record.
    """
    record = found["record"]
    return rendered(
        "study.html.j2",
        title=found["title"],
        product=product,
        headline=found["headline"],
        verdict=found["verdict"] if found["verdict"] in SHAPES else "",
        pictures=[(one.title, Markup(one.svg)) for one in kind.pictures(record)],  # noqa: S704
        tables=[_table(one) for one in kind.tables(record)],
        basis=record.get("basis", []),
        notes=record.get("notes", []),
        on=f"{at.day} {at:%B %Y}" if at else "",
    )


def _table(table: Any) -> dict[str, Any]:
    rows = [[_shown(one) for one in row] for row in table.rows[:MOST_ROWS]]
    return {
        "title": table.title, "columns": table.columns, "rows": rows,
        "more": max(len(table.rows) - MOST_ROWS, 0),
    }  # fmt: skip


def _shown(value: Any) -> tuple[str, bool]:
    """A cell, and whether it is a number."""
    if value is None:
        return "", False
    if isinstance(value, bool):
        return ("yes" if value else "no"), False
    if isinstance(value, int):
        return f"{value:,}", True
    if isinstance(value, float):
        return f"{value:.4g}" if abs(value) < 10_000 else f"{value:,.0f}", True
    return str(value), False
