"""What pages draw from a record: interval bars, the reliability picture."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import template
from django.utils.safestring import SafeString, mark_safe

from sextant.charts import Bin, reliability
from sextant.charts.mark import verdict_mark
from sextant.reports.bars import bar

register = template.Library()


@register.simple_tag
def record_bar(
    row: Mapping[str, Any], domain: Sequence[float], key: str, captioned: bool = False
) -> SafeString:
    """The interval bar of a row of a record."""
    return mark_safe(bar(row, domain, key, captioned))  # noqa: S308 - the library escapes its texts


@register.simple_tag
def mark(verdict: str) -> SafeString:
    """A verdict's shape alone, where its word stands elsewhere."""
    return mark_safe(verdict_mark(verdict))  # type: ignore[arg-type]  # noqa: S308 - no text


@register.simple_tag
def reliability_picture(bins: Sequence[Mapping[str, Any]]) -> SafeString:
    """Predicted against observed, a mark with its interval for each bin of scores."""
    drawn = [
        Bin(one["score"], one["share"], one["low"] or 0.0,
            1.0 if one["high"] is None else one["high"], one["n"])
        for one in bins
        if one["share"] is not None
    ]  # fmt: skip
    said = "; ".join(f"predicted {100 * b.score:.0f}, observed {100 * b.share:.0f}" for b in drawn)
    return mark_safe(reliability(drawn, f"Reliability, of 100: {said}"))  # noqa: S308 - escapes
