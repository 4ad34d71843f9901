"""A fairness review for a terminal of any width, with or without colour."""

from __future__ import annotations

from typing import Any

from sextant.reports.fairness.shown import (
    MARKS,
    Record,
    domain,
    ends,
    figure,
    measures,
    size,
    term,
    tiny,
)
from sextant.reports.resting import in_terminal
from sextant.reports.terminal import BAR, COLOURS, SHORT_BAR, WIDE, Pen, section
from sextant.reports.text import clean

MOST = 12


def render(record: Record, width: int = 80, colour: bool = False) -> str:
    """Headline, who is hurt, each grouping with its groups and verdicts, caveats, the basis.

    No escape code is written unless `colour`. Below 72 columns the bars are left out.
    """
    pen = Pen(max(width, 20), colour)
    pen.text(record["headline"], style="1")
    section(pen, "Who is hurt", iter([one["sentence"] for one in record["hurt"][1:6]]))
    for grouping in record["groupings"]:
        _grouping(pen, grouping, record)
    section(pen, "Without a group", iter(record["without"]))
    section(pen, "What this does not say", iter(record["caveats"]))
    return in_terminal(pen, record)


def _grouping(pen: Pen, grouping: Record, record: Record) -> None:
    pen.blank()
    pen.text(f"By {grouping['name']}", style="1")
    if grouping["reason"]:
        pen.text(f"{grouping['reason']}.", "  ", "  ")
    for measure in measures(grouping):
        pen.text(term(measure), "  ")
        for group in _first(grouping["groups"]):
            _group(pen, group, measure, grouping)
    if len(grouping["groups"]) > MOST:
        pen.text(f"and {len(grouping['groups']) - MOST} more groups: --json lists them all", "  ")
    pen.blank()
    for one in grouping["definitions"]:
        _definition(pen, one)
    for text in (*grouping["too_small"][:MOST], *grouping["conflict_sentences"]):
        pen.text(text, "  ", "    ")


def _first(groups: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return sorted(groups, key=lambda one: -one["rows"])[:MOST]


def _group(pen: Pen, group: Record, measure: str, grouping: Record) -> None:
    one = group["measures"][measure]
    name = clean(group["name"]) + (" (too small)" if tiny(group, measure) else "")
    if one["estimate"] is None:
        pen.text(f"{name}: {one['reason']}", "    ", "      ")
        return
    numbers = f"{figure(one):>8}  {ends(one):<15}  n {size(one):>9}"
    if pen.narrow:
        pen.text(f"{name} {figure(one)} ({ends(one)}), n {size(one)}", "    ", "      ")
        return
    bar = _bar(one, domain(grouping, measure), BAR if pen.width >= WIDE else SHORT_BAR)
    room = pen.width - len(bar) - len(numbers) - 7
    if len(name) > room:
        pen.text(name, "    ", "      ")
        name = ""
    pen.lines.append(f"    {name:<{room}} {bar} {numbers}")


def _bar(one: Record, scale: tuple[float, float], width: int) -> str:
    """`──━━●━━──`."""
    low, high = scale

    def cell(x: float | None, otherwise: int) -> int:
        if x is None:
            return otherwise
        share = (x - low) / (high - low) if high > low else 0.5
        return round(min(max(share, 0.0), 1.0) * (width - 1))

    cells = ["·"] * width
    start, end = cell(one["low"], 0), cell(one["high"], width - 1)
    cells[start : end + 1] = "━" * (end - start + 1)
    cells[cell(one["estimate"], 0)] = "●"
    return "".join(cells)


def _definition(pen: Pen, one: Record) -> None:
    told = one["verdict"]
    word = f"{MARKS[told]} {told}"
    usual = "" if one["bound_named"] else " (usual bound)"
    head = f"  {word:<12}"
    start = len(pen.lines)
    pen.text(f"{one['title']}{usual}. {one['sentence']}", head, " " * 14)
    painted = pen.painted(word, COLOURS[told])
    pen.lines[start] = pen.lines[start].replace(word, painted, 1)
