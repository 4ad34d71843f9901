"""A profile as one self-contained page."""

from __future__ import annotations

from sextant.reports.html import rendered
from sextant.reports.quality.shown import HEAD, Record, apart, rows


def render(record: Record) -> str:
    """The page of a record; its content security policy allows its own style sheet alone."""
    return rendered("quality/page.html.j2", record=record, head=HEAD, rows=rows(record),
                    findings=apart(record["findings"]))  # fmt: skip
