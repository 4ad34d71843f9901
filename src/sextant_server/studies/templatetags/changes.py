"""What pages draw from the records of data: what changed, what a table holds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import template
from django.utils.safestring import mark_safe

from sextant.reports.drift.chosen import rest
from sextant.reports.drift.html import tables
from sextant.reports.quality import shown
from sextant.studies.drift.result import VERDICTS
from sextant_server.studies.drawing.course import course_of

register = template.Library()


@register.simple_tag
def change_tables(record: Mapping[str, Any]) -> list[dict[str, Any]]:
    """A table a window, with bars on one scale: what changed, then the furthest few."""
    found = tables(record)
    for table in found:
        table["verdict"] = VERDICTS[table["answer"]]
        for row in table["rows"]:
            row["verdict"] = VERDICTS[row["answer"]]
            row["bar"] = mark_safe(str(row["bar"]))  # noqa: S308 - it escapes texts
    return found


@register.simple_tag
def change_course(record: Mapping[str, Any], happened: Sequence[Any]) -> dict[str, Any] | None:
    """The course over windows with what happened meanwhile; None where there are no windows."""
    found = course_of(record, happened or ())
    if found is None:
        return None
    return {"svg": mark_safe(found.svg), "of": found}  # noqa: S308 - the library escapes texts


@register.simple_tag
def change_rest(record: Mapping[str, Any]) -> str:
    """How many comparisons are not shown, by answer."""
    return rest(record)


@register.simple_tag
def profile_findings(record: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The findings that are not said beside the population already."""
    return shown.apart(record["findings"])


@register.simple_tag
def profile_columns(record: Mapping[str, Any]) -> list[tuple[str, str, str, str, str]]:
    """Every column: name, kind, missing, different, what it holds."""
    return shown.rows(record)
