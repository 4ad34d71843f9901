"""A calibration study as Markdown for a pull request."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sextant.reports.resting import in_markdown
from sextant.reports.text import markdown
from sextant.reports.textbar import SHAPES


def render(record: Mapping[str, Any]) -> str:
    """The headline, the bins as a table, the groups, what recalibrating gains, the basis."""
    whole, *groups = record["curves"]
    lines = [
        f"### {SHAPES[record['verdict']]} {markdown(record['headline'])}",
        "",
        "| | scores | said, of 100 | came true, of 100 | interval | n |",
        "|---|--:|--:|--:|--:|--:|",
    ]
    for one in whole["bins"]:
        cells = [f"{SHAPES[one['verdict']]} {one['word']}", one["range_text"], one["score_text"]]
        cells += [one["share_text"], one["interval_text"], one["n_text"]]
        lines.append(f"| {' | '.join(cells)} |")
    lines += ["", *(f"- {SHAPES[one['verdict']]} {markdown(one['sentence'])}" for one in groups)]
    lines += ["", markdown(record["gain"])]
    if found := record["recalibration"]:
        lines += [markdown(one) for one in found["sentences"]]
    return in_markdown(lines, record)
