"""Whether rows are enough, for a terminal of any width, with or without colour."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sextant.reports.resting import in_terminal
from sextant.reports.terminal import COLOURS, Pen, section
from sextant.reports.textbar import SHAPES

Record = Mapping[str, Any]


def render(record: Record, width: int = 80, colour: bool = False) -> str:
    """Headline, a line a criterion and segment, what was assumed, the basis."""
    pen = Pen(max(width, 20), colour)
    pen.text(record["headline"], style="1")
    said = ""
    for one in record["results"]:
        if one["criterion"] != said:
            said = one["criterion"]
            pen.blank()
            pen.text(said, style="1")
        start = len(pen.lines)
        word = f"{SHAPES[one['verdict']]} {one['answer']}"
        place = f"{one['where']}: " if one["where"] else ""
        pen.text(f"{word:<17}{place}{one['sentence']}", "  ", "    ")
        pen.lines[start] = pen.lines[start].replace(
            word, pen.painted(word, COLOURS[one["verdict"]]), 1
        )
    section(pen, "What this supposes", iter(record["assumed"]))
    return in_terminal(pen, record)
