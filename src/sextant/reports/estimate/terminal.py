"""A study without labels for a terminal of any width, with or without colour."""

from __future__ import annotations

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
    told,
)
from sextant.reports.resting import in_terminal
from sextant.reports.terminal import Pen, section
from sextant.words.numbers import about


def render(record: Record, width: int = 80, colour: bool = False) -> str:
    """Headline, each criterion with its worst places, who has a label, what was taken for true."""
    pen = Pen(max(width, 20), colour)
    pen.text(record["headline"], style="1")
    for one in record["criteria"]:
        pen.blank()
        role = "" if one["role"] == "primary" else f" ({one['role']})"
        pen.text(f"{MARKS[one['outlook']]} {one['criterion']}{role}: {one['outlook']}", "", "  ")
        for at, row in enumerate(told(of_criterion(record, one["criterion"]))):
            _row(pen, row, brief=at > 0)
    if rows := informing(record):
        pen.blank()
        pen.text(title(record), style="1")
        for row in told(rows):
            _row(pen, row)
    if more := rest(record):
        pen.text(more)
    section(pen, "Who has a label", iter(record["labels"]["sentences"]))
    section(
        pen,
        "What must hold",
        (f"{STATES[one['state']]} {one['sentence']}" for one in record["preconditions"]),
    )
    section(pen, "What this does not say", iter(record["caveats"]))
    return in_terminal(pen, record, 13)


def _row(pen: Pen, one: Record, brief: bool = False) -> None:
    name = one["name"] if one["name"] != "all rows" else ""
    held = f"{figures(one)}, n {n_of(one)}" if one["value_text"] else one["sentence"]
    if one["value_text"] and brief and one["needed"]:
        held += f"; about {about(one['needed'])} labels would tell"
    mark = MARKS[one["outlook"]]
    pen.text(f"{mark} {f'{name}: ' if name else ''}{held}", "  ", "    ")
    if one["value_text"] and one["criterion"] and not brief:
        pen.text(one["sentence"], "    ", "    ")
