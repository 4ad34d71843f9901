"""A search for weak segments for a terminal of any width, with or without colour."""

from __future__ import annotations

from sextant.reports.fairness.shown import Record, ends, figure, size
from sextant.reports.resting import in_terminal
from sextant.reports.terminal import Pen, section


def render(record: Record, width: int = 80, colour: bool = False) -> str:
    """Headline, every segment with its rates, how it was searched, the basis."""
    pen = Pen(max(width, 20), colour)
    pen.text(record["headline"], style="1")
    for one in record["segments"]:
        pen.blank()
        pen.text(f"✕ {one['name']}", "", "  ")
        pen.text(_numbers("here", one["rate"]), "  ", "    ")
        pen.text(_numbers("elsewhere", one["elsewhere"]), "  ", "    ")
        pen.text(one["sentence"], "  ", "  ")
    section(pen, "What this does not say", iter(record["caveats"]))
    return in_terminal(pen, record)


def _numbers(name: str, one: Record) -> str:
    return f"{name:<10}{figure(one):>8}  {ends(one):<13}  n {size(one)}"
