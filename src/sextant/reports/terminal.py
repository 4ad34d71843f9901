"""The record of a look for a terminal of any width, with or without colour."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from sextant.contracts.evidence import CriterionResult, Evidence, RowResult, Verdict
from sextant.reports.facts import basis
from sextant.reports.select import chosen, criterion_domain
from sextant.reports.text import clean
from sextant.reports.textbar import SHAPES, text_bar
from sextant.words import Audience, criterion_sentence
from sextant.words.figures import Figures, figures
from sextant.words.headline import headline
from sextant.words.needed import decides
from sextant.words.nouns import group_name

NARROW = 72
MOST = 20
BAR = 21
SHORT_BAR = 15
WIDE = 92
LEFT = 13
COLOURS: dict[Verdict, str] = {"met": "32", "missed": "31", "undecided": "33"}


def render(
    evidence: Evidence, width: int = 80, colour: bool = False, audience: Audience = "product"
) -> str:
    """The headline, each criterion with a line per group, the sentences, what it rests on.

    No escape code is written unless `colour`. Below 72 columns the bars are left out and each
    result takes two lines. Of a criterion with many groups the missed and undecided come first.
    """
    pen = Pen(max(width, 20), colour)
    pen.text(evidence.contract.product)
    pen.text(headline(evidence), style="1")
    for result in evidence.criteria:
        pen.blank()
        _criterion(pen, result, evidence)
    section(pen, "In plain words", _sentences(evidence, audience))
    section(pen, "What it rests on", _basis(evidence))
    section(pen, "Notes", iter(evidence.notes))
    return "\n".join(pen.lines) + "\n"


class Pen:
    """Lines wrapped to a width."""

    def __init__(self, width: int, colour: bool) -> None:
        self.width = width
        self.colour = colour
        self.lines: list[str] = []

    @property
    def narrow(self) -> bool:
        return self.width < NARROW

    def blank(self) -> None:
        self.lines.append("")

    def text(self, text: str, first: str = "", later: str = "", style: str = "") -> None:
        wrapped = textwrap.wrap(
            clean(text), self.width, initial_indent=first, subsequent_indent=later
        )
        self.lines += [self.painted(line, style) for line in wrapped]

    def painted(self, text: str, style: str) -> str:
        return f"\x1b[{style}m{text}\x1b[0m" if self.colour and style else text


def _criterion(pen: Pen, result: CriterionResult, evidence: Evidence) -> None:
    role = "" if result.criterion.role == "primary" else f" ({result.criterion.role})"
    word = f"{SHAPES[result.verdict]} {result.verdict}"
    head = f"{word:<{LEFT}}" if not pen.narrow else f"{word}  "
    start = len(pen.lines)
    pen.text(result.criterion.text + role, " " * len(head), " " * LEFT if not pen.narrow else "  ")
    pen.lines[start] = pen.painted(word, COLOURS[result.verdict]) + pen.lines[start][len(word) :]
    domain = criterion_domain(result)
    shown, more = chosen(result.rows, MOST)
    for row in shown:
        _row(pen, row, evidence, domain)
    if not shown:
        pen.text("no row", "  ")
    if more:
        pen.text(f"{more}: --json lists them all", "  ", "    ")


def _row(pen: Pen, row: RowResult, evidence: Evidence, domain: tuple[float, float]) -> None:
    found = figures(row, evidence.contract)
    name = _name(row)
    label = f"{SHAPES[row.verdict]} {name}" if name else ""
    if not found.value:
        pen.text(f"{label}: {found.reason}" if label else found.reason, "  ", "    ")
    elif pen.narrow:
        pen.text(f"{label} {found.value} ({found.interval}), n {found.n}".strip(), "  ", "    ")
    else:
        _wide_row(pen, row, label, found, domain)
    if found.value and row.verdict == "undecided":
        pen.text(row.obstacle or decides(row, evidence.contract), "    ", "    ")


def _wide_row(
    pen: Pen, row: RowResult, label: str, found: Figures, domain: tuple[float, float]
) -> None:
    bar = text_bar(row, domain, BAR if pen.width >= WIDE else SHORT_BAR)
    numbers = f"{found.value:>11}  {found.interval:<17}  n {found.n:>7}"
    room = pen.width - len(bar) - len(numbers) - 4
    if len(label) > room:
        pen.text(label, "  ", "    ")
        label = ""
    pen.lines.append(f"  {label:<{room}}{bar}  {numbers}")


def _name(row: RowResult) -> str:
    if row.segment:
        return clean(group_name(row.segment))
    return clean(" v ".join(row.estimate.between)) if row.estimate.between else ""


def section(pen: Pen, title: str, lines: Iterator[str]) -> None:
    found = list(lines)
    if not found:
        return
    pen.blank()
    pen.text(title, style="1")
    for line in found:
        pen.text(line, "  ", "    ")


def _sentences(evidence: Evidence, audience: Audience) -> Iterator[str]:
    return (
        f"{SHAPES[result.verdict]} {criterion_sentence(result, evidence, audience)}"
        for result in evidence.criteria
    )


def _basis(evidence: Evidence) -> Iterator[str]:
    for fact in basis(evidence):
        yield f"{fact.term:<11}{', '.join(filter(None, (fact.code, fact.text)))}"
