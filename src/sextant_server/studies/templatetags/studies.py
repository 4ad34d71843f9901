"""What pages draw from the record of a study."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import template
from django.utils.safestring import SafeString, mark_safe

from sextant.reports.comparison.record import drawn_bar
from sextant.reports.judges.html import bar
from sextant.reports.judges.terminal import name_of

register = template.Library()


@register.simple_tag
def difference_bar(row: Mapping[str, Any], domain: Sequence[float], key: str) -> SafeString:
    """The interval bar of a difference."""
    return mark_safe(drawn_bar(row, domain, f"difference-{key}"))  # noqa: S308 - it escapes texts


@register.filter
def picture(pictures: Mapping[str, Any], name: str) -> Any:
    """A picture of a study by its name, which may hold what a template cannot write."""
    return pictures.get(name, "")


@register.simple_tag
def judge_bar(record: Mapping[str, Any], row: Mapping[str, Any], place: int) -> SafeString:
    """The interval of what people would say."""
    return mark_safe(bar(record, row, str(place)))  # noqa: S308 - it escapes texts


@register.simple_tag
def judged_rows(row: Mapping[str, Any]) -> str:
    """Which rows a line of a judge's study speaks of."""
    return name_of(row)
