"""A record as Markdown for a pull request."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sextant.reports.resting import in_markdown
from sextant.reports.text import markdown
from sextant.reports.textbar import SHAPES
from sextant.reports.thresholds.tables import Table, cuts_table, equalised_table, groups_table


def render(record: Mapping[str, Any]) -> str:
    """Headline, today beside the best, sentences, limits, fallback, groups, the basis."""
    lines = [f"### {markdown(record['headline'])}", "", *_table(cuts_table(record)), ""]
    lines += [f"- {markdown(one)}" for one in record["sentences"]]
    lines += [f"- {SHAPES[one['verdict']]} {markdown(one['sentence'])}" for one in record["limits"]]
    if record["fallback"]["sentences"]:
        lines += ["", "**Fallback**", ""]
        lines += [f"- {markdown(one)}" for one in record["fallback"]["sentences"]]
    for one in record["groups"]:
        lines += ["", f"**By {markdown(one['segment'])}**", "", *_table(groups_table(one)), ""]
        if one["equalised"]:
            lines += [*_table(equalised_table(one)), ""]
        lines += [f"- {markdown(text)}" for text in one["sentences"]]
    return in_markdown(lines, record)


def _table(table: Table) -> list[str]:
    head, rows = table
    lines = [f"| {' | '.join(markdown(one) for one in head)} |"]
    lines.append(f"|{'---|' + '--:|' * (len(head) - 1)}")
    return lines + [f"| {' | '.join(markdown(one) for one in row)} |" for row in rows]
