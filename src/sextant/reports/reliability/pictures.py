"""The picture of a curve, from its record."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sextant.charts import Bin, reliability


def picture(curve: Mapping[str, Any], within: float) -> str:
    """The reliability picture of a kept curve: joint intervals, what is allowed shaded."""
    bins = [
        Bin(one["score"], one["share"], one["low"], one["high"], one["n"], one["verdict"])
        for one in curve["bins"]
    ]
    said = "; ".join(
        f"said {one['score_text']}, came true {one['share_text']} ({one['interval_text']}), "
        f"{one['word']}"
        for one in curve["bins"]
    )
    return reliability(bins, f"Reliability of {curve['name']}, of 100: {said}", within)
