"""What a recipe did, for a terminal of any width."""

from __future__ import annotations

from typing import Any

from sextant.reports.cleaning.as_dict import rows
from sextant.reports.resting import in_terminal
from sextant.reports.terminal import Pen, section


def render(record: dict[str, Any], width: int = 80, colour: bool = False) -> str:
    """Headline, steps, columns that changed, digests."""
    pen = Pen(max(width, 20), colour)
    pen.text(record["headline"], style="1")
    section(pen, "Steps", (f"{one['step']}: {one['sentence']}" for one in record["steps"]))
    section(pen, "Columns before and after", (
        f"{name}: {kind}, {missing} missing, {distinct} different"
        for name, kind, missing, distinct in rows(record)
    ))  # fmt: skip
    return in_terminal(pen, record)
