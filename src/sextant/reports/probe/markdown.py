"""A probe as Markdown for a pull request."""

from __future__ import annotations

from sextant.reports.probe.shown import MARKS, Record, head, rows
from sextant.reports.resting import in_markdown
from sextant.reports.text import markdown as safe


def render(record: Record) -> str:
    """Headline, the table of answers, the sentences, the next steps, the basis."""
    lines = [f"### {safe(record['headline'])}", ""]
    lines += [
        f"- {MARKS[one['verdict']]} {safe(one['criterion'])}: {one['verdict']}"
        for one in record["required"]
    ]
    titles = head(record)
    lines += ["", f"| {' | '.join(titles)} |", f"|---|{'--:|' * (len(titles) - 1)}"]
    for one in rows(record):
        says = f": {one['says']}" if one["says"] else ""
        cells = [f"{one['name']}{says}", one["lead"], *one["numbers"]]
        lines.append(f"| {' | '.join(safe(cell) for cell in cells)} |")
    lines += ["", *(f"- {safe(text)}" for text in record["sentences"])]
    lines += ["", "**What to do next**", ""]
    lines += [f"{at}. {safe(text)}" for at, text in enumerate(record["steps"], 1)]
    lines += ["", "**What this does not say**", ""]
    lines += [f"- {safe(text)}" for text in record["caveats"]]
    return in_markdown(lines, record)
