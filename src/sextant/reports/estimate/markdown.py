"""A study without labels as Markdown for a pull request."""

from __future__ import annotations

from sextant.reports.estimate.chosen import (
    MARKS,
    STATES,
    Record,
    figures,
    informing,
    n_of,
    of_criterion,
    rest,
    title,
    told,
)
from sextant.reports.resting import in_markdown
from sextant.reports.text import markdown


def render(record: Record) -> str:
    """Headline, a table per criterion, who has a label, what was taken for true, the basis."""
    lines = [f"### {markdown(record['headline'])}"]
    for one in record["criteria"]:
        head = f"{MARKS[one['outlook']]} {one['criterion']}: {one['outlook']}"
        lines += ["", f"**{markdown(head)}**", ""]
        lines += _table(of_criterion(record, one["criterion"]))
    if rows := informing(record):
        lines += ["", f"**{markdown(title(record))}**", "", *_table(rows)]
    if more := rest(record):
        lines += ["", more]
    lines += ["", "**Who has a label**", ""]
    lines += [f"- {markdown(text)}" for text in record["labels"]["sentences"]]
    lines += ["", "**What must hold**", ""]
    lines += [
        f"- {STATES[one['state']]} {markdown(one['sentence'])}" for one in record["preconditions"]
    ]
    lines += ["", *(f"- {markdown(text)}" for text in record["caveats"])]
    return in_markdown(lines, record)


def _table(rows: list[Record]) -> list[str]:
    lines = ["| | estimated | n | how |", "|---|--:|--:|---|"]
    for one in told(rows):
        cells = (
            f"{MARKS[one['outlook']]} {markdown(one['name'])}",
            markdown(figures(one)),
            n_of(one),
            markdown(one["sentence"]),
        )
        lines.append(f"| {' | '.join(cells)} |")
    return lines
