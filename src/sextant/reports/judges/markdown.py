"""The record of a judge as a pull-request comment."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sextant.reports.judges.terminal import MOST, name_of
from sextant.reports.resting import in_markdown
from sextant.reports.text import markdown
from sextant.reports.textbar import SHAPES


def render(record: Mapping[str, Any]) -> str:
    """Headline, a table of the groups, the sentences, what it rests on."""
    verdict = record["verdict"]
    mark = f"{SHAPES[verdict]} " if verdict else ""
    lines = [
        f"### {mark}{markdown(record['headline'])}",
        "",
        "| rows | people and judge | labels alone | judge alone | labels | worth |",
        "|---|--:|--:|--:|--:|--:|",
    ]
    for row in record["rows"][: MOST + 1]:
        shown = row["shown"]
        name = markdown(name_of(row))
        mark = f"{SHAPES[row['verdict']]} " if row["verdict"] else ""
        if not shown["figure"]:
            lines.append(f"| {mark}{name} | {markdown(row['together']['reason'])} | | | | |")
            continue
        worth = f"{row['worth']:,.0f}" if row["worth"] else ""
        lines.append(
            f"| {mark}{name} | {shown['figure']} ({shown['interval']}) | "
            f"{shown['people_figure']} ({shown['people_interval']}) | {shown['says']} | "
            f"{row['labelled']:,.0f} | {worth} |"
        )
    said = [*record["sentences"], *record["agreement_sentences"], *record["bias_sentences"]]
    lines += ["", *(f"- {markdown(one)}" for one in said)]
    return in_markdown(lines, record)
