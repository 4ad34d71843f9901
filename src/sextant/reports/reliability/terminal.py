"""A calibration study for a terminal of any width, with or without colour."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sextant.reports.terminal import COLOURS, Pen, section
from sextant.reports.text import clean
from sextant.reports.textbar import SHAPES

WIDTH = 31


def render(record: Mapping[str, Any], width: int = 80, colour: bool = False) -> str:
    """The headline, the bins, the groups, what recalibrating gains, what it rests on.

    No escape code is written unless `colour`. Below 72 columns the bars are left out.
    """
    pen = Pen(max(width, 20), colour)
    question = record["question"]
    pen.text(f"Calibration of {question['score']} against {question['label']}")
    pen.text(record["headline"], style="1")
    whole, *groups = record["curves"]
    if whole["bins"]:
        pen.blank()
        within = question["within_text"]
        pen.text(f"{whole['name'].capitalize()}: of 100 said, of 100 came true; within {within}?")
        for one in whole["bins"]:
            _bin(pen, one, float(question["within"]))
        if whole["general"]:
            pen.text(whole["general"], "  ", "    ")
    section(pen, "By group", (f"{SHAPES[one['verdict']]} {one['sentence']}" for one in groups))
    section(pen, "Recalibrating", _gains(record))
    section(pen, "What it rests on", _basis(record))
    section(pen, "Notes", iter(record["notes"]))
    return "\n".join(pen.lines) + "\n"


def _bin(pen: Pen, one: Mapping[str, Any], within: float) -> None:
    shape = pen.painted(SHAPES[one["verdict"]], COLOURS[one["verdict"]])
    said, came = one["score_text"], one["share_text"]
    if pen.narrow:
        text = f"  {shape} {said} said, {came} came true ({one['interval_text']})"
        pen.lines.append(f"{text}, n {one['n_text']}")
        return
    bar = _bar(one, within)
    numbers = f"{said:>6} {came:>6}  {one['interval_text']:<13} n {one['n_text']:>8}"
    pen.lines.append(f"  {shape} {one['word']:<6}{bar}  {numbers}")


def _bar(one: Mapping[str, Any], within: float) -> str:
    """A line from 0 to 100: dots, `[` and `]` what is allowed about the score, `━` the interval."""

    def at(x: float) -> int:
        return round(min(max(x, 0.0), 1.0) * (WIDTH - 1))

    cells = ["·"] * WIDTH
    low, high = at(one["low"]), at(one["high"])
    cells[low : high + 1] = "━" * (high - low + 1)
    for end, mark in ((one["score"] - within, "["), (one["score"] + within, "]")):
        cells[at(end)] = mark
    cells[at(one["share"])] = "●"
    return "".join(cells)


def _gains(record: Mapping[str, Any]) -> Iterator[str]:
    yield record["gain"]
    found = record["recalibration"]
    if found is None:
        return
    yield from found["sentences"]
    yield found["split"]
    for one in found["methods"]:
        loss = one["log_loss"] if one["log_loss"]["gain"] is not None else one["brier"]
        name = "log loss" if loss is one["log_loss"] else "Brier score"
        ends = f"{loss['before_text']} to {loss['after_text']}"
        gained = f"gain {loss['gain_text']} ({loss['interval_text']})"
        yield f"{one['name']}: {name} {ends}, {gained if loss['gain_text'] else loss['reason']}"


def _basis(record: Mapping[str, Any]) -> Iterator[str]:
    for fact in record["basis"]:
        yield clean(f"{fact['term']:<11} {', '.join(filter(None, (fact['code'], fact['text'])))}")
