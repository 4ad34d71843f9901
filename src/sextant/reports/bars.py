"""The interval bar of one row of a record, drawn from the numbers that the record holds."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from sextant.charts import interval_bar
from sextant.stats.estimate import Estimate


def bar(row: Mapping[str, Any], domain: Sequence[float], key: str, captioned: bool = False) -> str:
    """The bar of a row on its criterion's common scale; `captioned` writes the bound under it."""
    low, high = domain
    return interval_bar(
        estimate_of(row),
        row["limit"],
        row["op"],
        row["verdict"],
        domain=(low, high),
        label=row["spoken"],
        caption=row["bound"] if captioned else "",
        key=key,
    )


def estimate_of(row: Mapping[str, Any]) -> Estimate:
    """The estimate of a row; an end that the record leaves open is infinite."""
    low = -math.inf if row["low"] is None else row["low"]
    high = math.inf if row["high"] is None else row["high"]
    between = row["between"]
    return Estimate(
        row["estimate"],
        low,
        high,
        row["count"] or 0,
        row["method"],
        row["reason"],
        (between[0], between[1]) if between else None,
    )
