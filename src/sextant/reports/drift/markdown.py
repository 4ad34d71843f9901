"""A study of drift as Markdown for a pull request."""

from __future__ import annotations

from sextant.reports.drift.chosen import (
    MARKS,
    Record,
    columns,
    distance,
    promises,
    rest,
    title,
    windows,
)
from sextant.reports.resting import in_markdown
from sextant.reports.text import markdown


def render(record: Record) -> str:
    """Headline, a table of what moved per window, the basis."""
    lines = [f"### {markdown(record['headline'])}", ""]
    lines += [f"- ✕ {markdown(one['sentence'])}" for one in record["structure"]]
    for window in windows(record):
        lines += ["", f"**{MARKS[window['answer']]} {markdown(title(window, record))}**", ""]
        if window["mean_sentence"]:
            lines += [markdown(window["mean_sentence"]), ""]
        if said := window.get("carried_sentence"):
            lines += [markdown(said), ""]
        if kept := promises(window):
            lines += [*(f"- {markdown(one)}" for one in kept), ""]
        if window["columns"]:
            lines += ["| column | answer | rows that differ | how |", "|---|---|--:|---|"]
        for one in columns(window):
            answer = f"{MARKS[one['answer']]} {one['answer']}"
            cells = (markdown(one["column"]), answer, distance(one), markdown(one["sentence"]))
            lines.append(f"| {' | '.join(cells)} |")
    if more := rest(record):
        lines += ["", more]
    for question, key in (("Why did it happen?", "why"), ("How do we fix it?", "how")):
        if said := record.get(key):
            lines += ["", f"**{question}**", "", *(f"- {markdown(text)}" for text in said)]
    lines += ["", *(f"- {markdown(text)}" for text in record["caveats"])]
    return in_markdown(lines, record)
