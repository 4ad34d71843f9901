"""What the page of a probe draws from its record."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import template

from sextant.reports.probe.shown import head, rows
from sextant.words.numbers import whole as written

register = template.Library()


@register.simple_tag
def probe_answers(record: Mapping[str, Any]) -> dict[str, Any]:
    """The heads of the numbers, and a row for each way to answer, each number with its head."""
    titles = head(record)[2:]
    return {
        "head": titles,
        "rows": [
            {
                **one,
                "lead": _parted(one["lead"]),
                "numbers": list(zip(titles, map(_parted, one["numbers"]), strict=True)),
            }
            for one in rows(record)
        ],
    }


def _parted(text: str) -> tuple[str, str]:
    """A number and its interval, each on a line of its own; the second is empty for words."""
    value, _, ends = text.partition(" (")
    return value, ends.removesuffix(")")


@register.filter
def whole(count: float) -> str:
    """A count of rows as it is written."""
    return written(count)
