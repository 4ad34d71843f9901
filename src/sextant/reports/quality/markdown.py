"""A profile as Markdown for a pull request."""

from __future__ import annotations

from sextant.reports.quality.shown import HEAD, Record, apart, represented, rows
from sextant.reports.text import code, markdown


def render(record: Record) -> str:
    """Headline, rules, findings, the columns, the basis."""
    lines = [f"### {markdown(record['headline'])}", ""]
    if record["rules"]:
        lines += ["| rule | verdict | |", "|---|---|---|"]
        lines += [
            f"| {code(one['rule'])} | {one['verdict']} | {markdown(one['sentence'])} |"
            for one in record["rules"]
        ]
        lines.append("")
    if people := record.get("population"):
        lines += [f"- {markdown(text)}" for text in represented(people)]
    lines += [f"- {markdown(one['sentence'])}" for one in apart(record["findings"])]
    lines += [f"- {markdown(text)}" for held in record["segments"] for text in held["sentences"]]
    lines += ["", f"<details><summary>{len(record['columns'])} columns</summary>", ""]
    lines += [f"| {' | '.join(HEAD)} |", "|---|---|--:|--:|---|"]
    lines += [f"| {' | '.join(markdown(cell) for cell in row)} |" for row in rows(record)]
    lines += ["", "</details>", "", "<details><summary>What it rests on</summary>", ""]
    lines += [f"- {markdown(text)}" for text in record["searched"]]
    lines += [f"- {one['term']}: {markdown(one['text'])}" for one in record["basis"]]
    return "\n".join([*lines, "", "</details>"]) + "\n"
