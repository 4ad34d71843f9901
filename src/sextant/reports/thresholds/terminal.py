"""A record for a terminal of any width, with or without colour."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sextant.reports.resting import in_terminal
from sextant.reports.terminal import Pen, section
from sextant.reports.text import clean
from sextant.reports.textbar import SHAPES
from sextant.reports.thresholds.tables import Table, cuts_table, groups_table


def render(record: Mapping[str, Any], width: int = 80, colour: bool = False) -> str:
    """Headline, today beside the best, limits, fallback, groups, what it rests on."""
    pen = Pen(max(width, 20), colour)
    pen.text(record["product"])
    pen.text(record["headline"], style="1")
    pen.blank()
    _table(pen, cuts_table(record))
    section(pen, "In plain words", iter(record["sentences"]))
    limits = (f"{SHAPES[one['verdict']]} {one['sentence']}" for one in record["limits"])
    section(pen, "Limits", limits)
    section(pen, "Fallback", iter(record["fallback"]["sentences"]))
    for one in record["groups"]:
        pen.blank()
        pen.text(f"By {one['segment']}", style="1")
        if not pen.narrow:
            head, rows = groups_table(one)
            _table(pen, (head[:1] + head[3:5] + head[6:], [r[:1] + r[3:5] + r[6:] for r in rows]))
        for text in one["sentences"]:
            pen.text(text, "  ", "    ")
    return in_terminal(pen, record)


def _table(pen: Pen, table: Table) -> None:
    """Columns as wide as they need; one line a cell where the terminal is too narrow."""
    head, rows = table
    cells = [[clean(one) for one in row] for row in (head, *rows)]
    widths = [max(len(row[i]) for row in cells) for i in range(len(head))]
    if sum(widths) + 2 * len(widths) <= pen.width:
        for row in cells:
            line = "  ".join(one.ljust(w) for one, w in zip(row, widths, strict=True))
            pen.lines.append(f"  {line}".rstrip())
        return
    for row in cells[1:]:
        pen.text(row[0], "  ", "    ")
        for title, one in zip(cells[0][1:], row[1:], strict=True):
            pen.text(f"{title}: {one}", "    ", "      ")
