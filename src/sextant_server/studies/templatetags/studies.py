"""What pages draw from the record of a study."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import template
from django.utils.safestring import SafeString, mark_safe

from sextant.reports.comparison.record import drawn_bar

register = template.Library()


@register.simple_tag
def difference_bar(row: Mapping[str, Any], domain: Sequence[float], key: str) -> SafeString:
    """The interval bar of a difference."""
    return mark_safe(drawn_bar(row, domain, f"difference-{key}"))  # noqa: S308 - it escapes texts


@register.filter
def picture(pictures: Mapping[str, Any], name: str) -> Any:
    """A picture of a study by its name, which may hold what a template cannot write."""
    return pictures.get(name, "")
