"""How the text of every study ends: what it rests on, and its notes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sextant.reports.terminal import Pen, section
from sextant.reports.text import code, markdown

Record = Mapping[str, Any]


def in_terminal(pen: Pen, record: Record, width: int = 12) -> str:
    """The whole text, ended by the record's basis and notes; `width`: of the names of facts."""
    facts = (
        f"{one['term']:<{width}}{', '.join(filter(None, (one.get('code'), one['text'])))}"
        for one in record["basis"]
    )
    section(pen, "What it rests on", facts)
    section(pen, "Notes", iter(record.get("notes", ())))
    return "\n".join(pen.lines) + "\n"


def in_markdown(lines: Sequence[str], record: Record) -> str:
    """The whole text, ended by the record's basis and notes, folded away."""
    facts = []
    for one in record["basis"]:
        held = (code(one["code"]) if one.get("code") else "", markdown(one["text"]))
        facts.append(f"- {one['term']}: {', '.join(filter(None, held))}")
    notes = [f"- Note: {markdown(note)}" for note in record.get("notes", ())]
    head = ["", "<details><summary>What it rests on</summary>", ""]
    return "\n".join([*lines, *head, *facts, *notes, "", "</details>"]) + "\n"
