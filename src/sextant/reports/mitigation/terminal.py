"""Ways of mitigation on a terminal."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sextant.reports.terminal import Pen, section


def render(record: Mapping[str, Any], width: int = 80, colour: bool = False) -> str:
    """Headline, then every way with what it changes."""
    pen = Pen(max(width, 20), colour)
    pen.text(record["headline"], style="1")
    for one in record["options"]:
        pen.blank()
        pen.text(one["title"], style="1")
        pen.text(one["sentence"], "  ", "  ")
        for found in one["fairness"].values():
            text = f"{found['before_text']} before, {found['after_text']} after"
            pen.text(f"{found['title']}: {text}", "  ", "    ")
        for name, found in one["quality"].items():
            pen.text(f"{name.replace('_', ' ')}: {found['text']}", "  ", "    ")
    section(pen, "Left out", (f"{one['way']}: {one['why']}" for one in record["left_out"]))
    section(pen, "What this does not say", iter(record["caveats"]))
    return "\n".join(pen.lines) + "\n"
