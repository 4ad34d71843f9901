"""A probe for a terminal of any width, with or without colour."""

from __future__ import annotations

from sextant.reports.probe.shown import MARKS, Record, rows
from sextant.reports.resting import in_terminal
from sextant.reports.terminal import Pen, section


def render(record: Record, width: int = 80, colour: bool = False) -> str:
    """Headline, every answer with its numbers, the sentences, the next steps, the basis."""
    pen = Pen(max(width, 20), colour)
    pen.text(record["headline"], style="1")
    for one in record["required"]:
        pen.text(f"{MARKS[one['verdict']]} {one['criterion']}: {one['verdict']}", "", "  ")
    titles = [one["title"] for one in record["answers"][0]["numbers"].values()]
    for one in rows(record):
        pen.blank()
        says = f": {one['says']}" if one["says"] else ""
        pen.text(f"{one['name']}{says}", "", "  ", style="1")
        numbers = ", ".join(
            f"{title} {text}" for title, text in zip(titles, one["numbers"], strict=True)
        )
        pen.text(f"{numbers}, n {one['n']:,.0f}", "  ", "    ")
        ahead = one["lead"]
        pen.text(ahead if one["beaten"] else f"{ahead} against the one to beat", "  ", "    ")
    section(pen, "In plain words", iter(record["sentences"]))
    section(pen, "What to do next",
            (f"{at}. {text}" for at, text in enumerate(record["steps"], 1)))  # fmt: skip
    section(pen, "What this does not say", iter(record["caveats"]))
    return in_terminal(pen, record)
