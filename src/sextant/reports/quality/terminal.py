"""A profile for a terminal of any width, with or without colour."""

from __future__ import annotations

from sextant.reports.quality.shown import HEAD, Record, apart, represented, rows
from sextant.reports.resting import in_terminal
from sextant.reports.terminal import COLOURS, Pen, section
from sextant.reports.text import clean
from sextant.reports.textbar import SHAPES

ROOM, MOST = 28, 10


def render(record: Record, width: int = 80, colour: bool = False) -> str:
    """Headline, rules, findings, a line a column, what was searched, the suggested rules."""
    pen = Pen(max(width, 20), colour)
    pen.text(record["headline"], style="1")
    for one in record["rules"]:
        if one is record["rules"][0]:
            pen.blank()
        start = len(pen.lines)
        word = f"{SHAPES[one['verdict']]} {one['verdict']}"
        pen.text(f"{word:<13}{one['rule']}")
        pen.lines[start] = pen.lines[start].replace(
            word, pen.painted(word, COLOURS[one["verdict"]]), 1
        )
        pen.text(one["sentence"], "  ", "  ")
    if people := record.get("population"):
        section(pen, f"Against {people['name']}", represented(people))
    section(pen, "Findings", (one["sentence"] for one in apart(record["findings"])))
    pen.blank()
    pen.text("Columns", style="1")
    _columns(pen, record)
    section(pen, "How it was searched", iter(record["searched"]))
    for held in record["segments"]:
        section(pen, f"By {held['segment']}", iter(held["sentences"]))
    section(pen, "Rules to start from", iter(_first(record["suggested"])))
    return in_terminal(pen, record)


def _first(rules: list[str]) -> list[str]:
    """The first rules, and where the others are."""
    more = len(rules) - MOST
    return rules if more <= 0 else [*rules[:MOST], f"… and {more} more: --write-rules FILE"]


def _columns(pen: Pen, record: Record) -> None:
    held = rows(record)
    if pen.narrow:
        for name, kind, missing, distinct, holds in held:
            pen.text(
                f"{name}: {kind}, {missing} missing, {distinct} different. {holds}", "  ", "    "
            )
        return
    wide = min(max([len(one[0]) for one in held] + [6]), ROOM)
    for name, kind, missing, distinct, holds in [HEAD, *held]:
        short = clean(name)
        short = short if len(short) <= wide else short[: wide - 1] + "…"
        line = f"  {short:<{wide}}  {kind:<12}  {missing:>8}  {distinct:>13}  {clean(holds)}"
        cut = line if len(line) <= pen.width else line[: pen.width - 1] + "…"
        pen.lines.append(cut.rstrip())
