"""What a recipe did as Markdown."""

from __future__ import annotations

from typing import Any

from sextant.reports.cleaning.as_dict import HEAD, rows
from sextant.reports.text import markdown


def render(record: dict[str, Any]) -> str:
    """Headline, steps, columns that changed, digests."""
    lines = [f"### {markdown(record['headline'])}", "", "| step | what it did |", "|---|---|"]
    lines += [f"| {markdown(one['step'])} | {markdown(one['sentence'])} |"
              for one in record["steps"]]  # fmt: skip
    if changed := rows(record):
        lines += ["", f"| {' | '.join(HEAD)} |", "|---|---|---|---|"]
        lines += [f"| {' | '.join(markdown(cell) for cell in row)} |" for row in changed]
    lines += ["", *(f"- {one['term']}: {markdown(one['text'])}" for one in record["basis"])]
    return "\n".join(lines) + "\n"
