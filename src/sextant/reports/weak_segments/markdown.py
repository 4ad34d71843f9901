"""A search for weak segments as Markdown for a pull request."""

from __future__ import annotations

from sextant.reports.fairness.shown import Record, ends, figure, size
from sextant.reports.resting import in_markdown
from sextant.reports.text import markdown


def render(record: Record) -> str:
    """Headline, a table of segments, the sentences, the basis."""
    lines = [f"### {markdown(record['headline'])}", ""]
    if record["segments"]:
        lines += [
            "| segment | errors here | elsewhere | more errors in all rows |",
            "|---|--:|--:|--:|",
        ]
    for one in record["segments"]:
        more = one["people"]
        lines.append(
            f"| {markdown(one['name'])} | {_cell(one['rate'])} | {_cell(one['elsewhere'])} "
            f"| {more['estimate']:,.0f} ({more['low']:,.0f} – {more['high']:,.0f}) |"
        )
    lines += ["", *(f"- {markdown(one['sentence'])}" for one in record["segments"])]
    lines += ["", *(f"- {markdown(text)}" for text in record["caveats"])]
    return in_markdown(lines, record)


def _cell(one: Record) -> str:
    return f"{figure(one)} ({ends(one)}; n {size(one)})"
