"""A data sheet for a terminal: its Markdown, which reads as it is."""

from __future__ import annotations

from typing import Any

from sextant.reports.sheet.markdown import render as written


def render(record: dict[str, Any], width: int = 80, colour: bool = False) -> str:
    """The sheet as text; its tables are as wide as they are."""
    return written(record)
