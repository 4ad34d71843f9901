"""What a recipe did as one self-contained page."""

from __future__ import annotations

from typing import Any

from sextant.reports.cleaning.as_dict import HEAD, rows
from sextant.reports.html import rendered


def render(record: dict[str, Any]) -> str:
    """The page of a record; its content security policy allows its own style sheet alone."""
    return rendered("cleaning/page.html.j2", record=record, head=HEAD, rows=rows(record))
