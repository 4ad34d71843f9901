"""Whether rows are enough as Markdown for a pull request."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sextant.reports.text import code, markdown


def render(record: Mapping[str, Any]) -> str:
    """Headline, a line a criterion and segment, what was assumed."""
    lines = [f"### {markdown(record['headline'])}", ""]
    lines += ["| criterion | where | answer | |", "|---|---|---|---|"]
    lines += [
        f"| {code(one['criterion'])} | {markdown(one['where'])} | {one['answer']} "
        f"| {markdown(one['sentence'])} |"
        for one in record["results"]
    ]
    lines += ["", *(f"- {markdown(text)}" for text in record["assumed"])]
    lines += [f"- {one['term']}: {markdown(one['text'])}" for one in record["basis"]]
    return "\n".join(lines) + "\n"
