"""A study of drift for a terminal of any width, with or without colour."""

from __future__ import annotations

from sextant.reports.drift.chosen import (
    MARKS,
    Record,
    columns,
    distance,
    promises,
    rest,
    title,
    windows,
)
from sextant.reports.resting import in_terminal
from sextant.reports.terminal import Pen, section


def render(record: Record, width: int = 80, colour: bool = False) -> str:
    """Headline, what changed in which window, how it was judged, the basis."""
    pen = Pen(max(width, 20), colour)
    pen.text(record["headline"], style="1")
    for one in record["structure"]:
        pen.text(f"✕ {one['sentence']}", "", "  ")
    for window in windows(record):
        pen.blank()
        pen.text(f"{MARKS[window['answer']]} {title(window, record)}: {window['answer']}", "", "  ")
        if window["mean_sentence"]:
            pen.text(window["mean_sentence"], "  ", "    ")
        if said := window.get("carried_sentence"):
            pen.text(said, "  ", "    ")
        for said in promises(window):
            pen.text(said, "  ", "    ")
        for one in columns(window):
            mark = MARKS[one["answer"]]
            n = f"n {one['distance']['n']:,.0f}"
            pen.text(f"{mark} {one['column']}: {distance(one)}, {n}", "  ", "    ")
            pen.text(one["sentence"], "    ", "    ")
    if more := rest(record):
        pen.blank()
        pen.text(more)
    section(pen, "Why did it happen?", iter(record["why"]))
    section(pen, "How do we fix it?", iter(record["how"]))
    section(pen, "What this does not say", iter(record["caveats"]))
    return in_terminal(pen, record)
