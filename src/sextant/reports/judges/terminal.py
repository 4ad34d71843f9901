"""The record of a judge for a terminal."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sextant.reports.resting import in_terminal
from sextant.reports.terminal import COLOURS, Pen, section
from sextant.reports.text import clean
from sextant.reports.textbar import SHAPES

MOST = 30


def render(record: Mapping[str, Any], width: int = 80, colour: bool = False) -> str:
    """Headline, what people say against both, groups, agreement, biases, what it rests on."""
    pen = Pen(max(width, 20), colour)
    verdict = record["verdict"]
    pen.text(f"{record['judge']} as a judge of {record['human']}")
    mark = f"{SHAPES[verdict]} {verdict}: " if verdict else ""
    pen.text(mark + record["headline"], style=COLOURS[verdict] if verdict else "1")
    pen.blank()
    for row in record["rows"][: MOST + 1]:
        _row(pen, row)
    if len(record["rows"]) > MOST + 1:
        pen.text(f"{len(record['rows']) - MOST - 1} more groups: --json lists them all", "  ")
    section(pen, "What the judge is worth", iter(record["sentences"]))
    section(pen, "How far they agree", iter(record["agreement_sentences"]))
    section(pen, "What sways the judge", iter(record["bias_sentences"]))
    return in_terminal(pen, record, 14)


def name_of(row: Mapping[str, Any]) -> str:
    """`all rows`, `channel web`."""
    return ", ".join(f"{name} {value}" for name, value in row["segment"].items()) or "all rows"


def _row(pen: Pen, row: Mapping[str, Any]) -> None:
    name, shown = clean(name_of(row)), row["shown"]
    mark = f"{SHAPES[row['verdict']]} " if row["verdict"] else ""
    if not shown["figure"]:
        why = row["together"]["reason"] or "no evidence"
        pen.text(f"{mark}{name}: {why}", "  ", "    ")
        return
    alone = f"labels alone {shown['people_figure']} ({shown['people_interval']})"
    worth = f", worth {row['worth']:,.0f}" if row["worth"] else ""
    says = f", judge alone {shown['says']}" if shown["says"] else ""
    head = f"{mark}{name:<24} {shown['figure']:>8} ({shown['interval']})"
    pen.text(f"{head}  {row['labelled']:,.0f} labels{worth}", "  ", "    ")
    pen.text(f"{alone}{says}", "      ", "      ")
