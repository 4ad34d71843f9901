"""Which groups of a criterion are shown when there are many, and on which common scale."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from sextant.charts import domain_of
from sextant.contracts.evidence import CriterionResult, RowResult
from sextant.metrics.catalogue import CATALOGUE

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


def criterion_domain(result: CriterionResult) -> tuple[float, float]:
    """The one scale of all the criterion's bars, inside the range that its quantity can have."""
    low, high = CATALOGUE[result.criterion.quantity.call.metric].range
    match result.criterion.quantity.kind:
        case "gap":
            low, high = 0.0, high - low
        case "ratio":
            low, high = 0.0, 1.0
        case "contrast":
            low, high = low - high, high - low
    estimates = (row.estimate for row in result.rows)
    return domain_of(estimates, result.criterion.bound, (low, high))
