"""Ways of mitigation as JSON, for a terminal, as Markdown."""

from __future__ import annotations

from typing import Any

from sextant.lab.mitigation import Mitigation, Option
from sextant.reports.as_dict import SCHEMA
from sextant.reports.fairness.as_dict import estimate
from sextant.reports.terminal import Pen, section
from sextant.reports.text import markdown as safe
from sextant.words.mitigation import aimed, caveats, headline, helps, moved, points, sentence


def as_dict(found: Mitigation, left: int) -> dict[str, Any]:
    """Numbers are JSON numbers or null; shares are fractions, changes are after less before."""
    return {
        "schema": SCHEMA,
        "study": "mitigation",
        "by": found.by,
        "headline": headline(found),
        "fitted": found.fitted,
        "held_out": found.held_out,
        "trained": found.trained,
        "left": left,
        "confidence": found.confidence,
        "seed": found.seed,
        "before": {name: estimate(one) for name, one in found.before},
        "options": [_option(one) for one in found.options],
        "left_out": [{"way": name, "why": why} for name, why in found.left_out],
        "caveats": caveats(found),
    }


def _option(option: Option) -> dict[str, Any]:
    aim = aimed(option)
    return {
        "name": option.way.name,
        "title": option.way.title,
        "aims_at": option.way.aims_at,
        "failed": option.failed or None,
        "fairness": {
            one.definition.name: {
                "title": one.definition.title,
                "before": estimate(one.before),
                "after": estimate(one.after),
                "change": estimate(one.change),
                "between": list(one.before.between or ()),
                "before_text": points(one.before),
                "after_text": points(one.after),
                "change_text": moved(one.change),
            }
            for one in option.fairness
        },
        "quality": {name: {**estimate(one), "text": moved(one)} for name, one in option.quality},
        "after": {name: estimate(one) for name, one in option.after},
        "worse": option.worse,
        "better": option.better,
        "helps": bool(aim and helps(aim)),
        "sentence": sentence(option),
    }


def terminal(record: dict[str, Any], width: int = 80) -> str:
    """Headline, then every way with what it changes."""
    pen = Pen(max(width, 20), False)
    pen.text(record["headline"], style="1")
    for one in record["options"]:
        pen.blank()
        pen.text(one["title"], style="1")
        pen.text(one["sentence"], "  ", "  ")
        for found in one["fairness"].values():
            text = f"{found['before_text']} before, {found['after_text']} after"
            pen.text(f"{found['title']}: {text}", "  ", "    ")
        for name, found in one["quality"].items():
            pen.text(f"{name.replace('_', ' ')}: {found['text']}", "  ", "    ")
    section(pen, "Left out", (f"{one['way']}: {one['why']}" for one in record["left_out"]))
    section(pen, "What this does not say", iter(record["caveats"]))
    return "\n".join(pen.lines) + "\n"


def markdown(record: dict[str, Any]) -> str:
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
