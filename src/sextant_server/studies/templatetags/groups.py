"""What pages draw from the record of a fairness review and of a search for weak segments."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import template
from django.utils.safestring import mark_safe

from sextant.reports.fairness.html import table
from sextant.reports.fairness.shown import measures
from sextant.reports.weak_segments.html import rows

register = template.Library()
FIRST = 4
"""So many measures of groups are open on a page: selection, both errors, precision."""


@register.simple_tag
def group_tables(
    grouping: Mapping[str, Any], record: Mapping[str, Any]
) -> dict[str, list[dict[str, Any]]]:
    """Every measure of a grouping's groups, with bars on one scale: those of errors first."""
    found = [table(grouping, one, record) for one in measures(grouping)]
    for one in found:
        for row in one["rows"]:
            row["bar"] = mark_safe(str(row["bar"])) if row["bar"] else ""  # noqa: S308 - it escapes
    return {"first": found[:FIRST], "more": found[FIRST:]}


@register.simple_tag
def weak_rows(record: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Every weak segment with its bar."""
    found = rows(record)
    for row in found:
        row["bar"] = mark_safe(str(row["bar"]))  # noqa: S308 - it escapes texts
    return found
