"""What the page of an estimate without labels draws from its record."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from sextant.charts import verdict_mark
from sextant.reports.estimate.chosen import MARKS, STATES, rest
from sextant.reports.estimate.html import VERDICTS, tables
from sextant.words.numbers import whole

register = template.Library()
STATE_WORDS = {
    "holds": "holds", "fails": "fails", "open": "open", "unseen": "cannot be seen",
}  # fmt: skip


@register.simple_tag
def estimate_tables(record: Mapping[str, Any]) -> list[dict[str, Any]]:
    """A table a promise, worst first, then the numbers that nobody promised."""
    found = tables(record)
    for table in found:
        for row in table["rows"]:
            row["bar"] = mark_safe(str(row["bar"]))  # noqa: S308 - it escapes texts
    return found


@register.simple_tag
def estimate_rest(record: Mapping[str, Any]) -> str:
    """How many numbers are not shown."""
    return rest(record)


@register.simple_tag
def outlook(of: str) -> SafeString:
    """An outlook: a shape and a word. One that no promise is missed by looks like no pass."""
    verdict = VERDICTS.get(of)
    if verdict is None:
        return format_html('<span class="verdict outlook">{} {}</span>', MARKS[of], of)
    mark = mark_safe(verdict_mark(verdict))  # noqa: S308 - a drawing without any text
    return format_html('<span class="verdict outlook {}">{}{}</span>', verdict, mark, of)


@register.simple_tag
def precondition(state: str) -> SafeString:
    """The mark of a precondition, its word for those who hear the page."""
    return format_html(
        '<span aria-hidden="true">{}</span><span class="said">{}: </span>',
        STATES[state], STATE_WORDS[state],
    )  # fmt: skip


@register.simple_tag
def rows(count: float) -> str:
    """A count of rows as it is written."""
    return whole(count)
