"""A table as CSV that a spreadsheet opens without running anything."""

from __future__ import annotations

import csv
import io
from typing import Any

from sextant.reports.text import clean
from sextant_server.studies.kinds.kind import Table

STARTS = ("=", "+", "-", "@", "\t", "\r", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""What makes a spreadsheet take a text for a formula; the wide forms count, too."""


def as_csv(table: Table) -> bytes:
    """UTF-8 with a byte order mark, so that every spreadsheet reads its letters.

    A text that could be taken for a formula gets an apostrophe before it; numbers stay numbers.
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([_cell(one) for one in table.columns])
    writer.writerows([_cell(one) for one in row] for row in table.rows)
    return text.getvalue().encode("utf-8-sig")


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return repr(value)
    text = clean(str(value))
    return f"'{text}" if text.lstrip().startswith(STARTS) else text
