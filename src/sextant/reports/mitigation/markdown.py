"""Ways of mitigation as a pull-request comment."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sextant.reports.text import markdown as safe


def render(record: Mapping[str, Any]) -> str:
    """A table of ways: the definition aimed at before and after, and the price."""
    lines = [
        f"### {safe(record['headline'])}", "",
        "| way | aims at | before | after | change | accuracy | worse, better of 1,000 |",
        "|---|---|--:|--:|--:|--:|--:|",
    ]  # fmt: skip
    for one in record["options"]:
        if one["failed"]:
            lines.append(f"| {one['title']} | {safe(one['failed'])} | | | | | |")
            continue
        aim = one["fairness"][one["aims_at"]]
        lines.append(
            f"| {one['title']} | {aim['title']} | {aim['before_text']} | {aim['after_text']} "
            f"| {aim['change_text']} | {one['quality']['accuracy']['text']} "
            f"| {1000 * one['worse']:.0f}, {1000 * one['better']:.0f} |"
        )
    return "\n".join([*lines, "", *(f"- {safe(text)}" for text in record["caveats"])]) + "\n"
