"""Which groups of a criterion are shown when there are too many for a page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from sextant.contracts.evidence import RowResult

ORDER = {"missed": 0, "undecided": 1, "met": 2}


def chosen(rows: Sequence[RowResult], most: int) -> tuple[list[RowResult], str]:
    """At most `most` rows, and what was left out: `9,980 more groups (3 missed, 9,977 met)`.

    All rows in their own order where they fit; else the missed and the undecided first.
    """
    if len(rows) <= most:
        return list(rows), ""
    ranked = sorted(rows, key=lambda row: ORDER[row.verdict])
    left = Counter(row.verdict for row in ranked[most:])
    parts = [f"{left[verdict]:,} {verdict}" for verdict in ("missed", "undecided", "met")]
    counted = ", ".join(part for part in parts if not part.startswith("0 "))
    return ranked[:most], f"{len(rows) - most:,} more groups ({counted})"
