"""Whether rows are enough as one self-contained page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sextant.reports.html import rendered


def render(record: Mapping[str, Any]) -> str:
    """The page of a record; its content security policy allows its own style sheet alone."""
    return rendered("enough/page.html.j2", record=record)
