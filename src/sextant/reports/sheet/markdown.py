"""A data sheet as Markdown, to lie beside the data."""

from __future__ import annotations

from typing import Any

from sextant.reports.sheet.as_dict import HEAD, rows
from sextant.reports.text import markdown


def render(record: dict[str, Any]) -> str:
    """What is known, what is not, known gaps, every field, what to remove."""
    lines = [f"# Data sheet: {markdown(record['source'])}", "", markdown(record["headline"]), ""]
    lines += ["| | |", "|---|---|"]
    lines += [f"| {one['term']} | {markdown(one['text'])} |" for one in record["facts"]]
    lines += ["", "## Known gaps", ""]
    lines += [f"- {markdown(text)}" for text in record["gaps"]] or ["None is known."]
    lines += ["", "## Fields", "", f"| {' | '.join(HEAD)} |", "|---|---|--:|---|---|"]
    lines += [f"| {' | '.join(markdown(cell) for cell in row)} |" for row in rows(record)]
    if record["remove"]:
        lines += ["", "## To remove, or to say what for", ""]
        lines += [f"- {markdown(name)}" for name in record["remove"]]
    lines += ["", *(f"{one['term']}: {markdown(one['text'])}  " for one in record["basis"])]
    return "\n".join(lines) + "\n"
