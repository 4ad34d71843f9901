"""A comparison for a terminal of any width, with or without colour."""

from __future__ import annotations

from sextant.reports.comparison.basis import basis, domain, shape
from sextant.reports.select import chosen
from sextant.reports.terminal import BAR, COLOURS, LEFT, MOST, SHORT_BAR, WIDE, Pen, section
from sextant.reports.text import clean
from sextant.reports.textbar import text_bar
from sextant.studies.comparison.result import Answer, Comparison
from sextant.words import Audience
from sextant.words.comparison import affected, answer_sentence, headline
from sextant.words.comparison.answers import decides
from sextant.words.comparison.subjects import Pair, called, pair


def render(
    comparison: Comparison,
    width: int = 80,
    colour: bool = False,
    audience: Audience = "product",
) -> str:
    """The headline, each question with a line per group, who is affected, what it rests on.

    No escape code is written unless `colour`. Below 72 columns the bars are left out.
    """
    pen = Pen(max(width, 20), colour)
    names = comparison.asked.names
    pen.text(f"{names.b} (B) against {names.a} (A)")
    pen.text(headline(comparison), style="1")
    for answer in comparison.answers:
        pen.blank()
        _answer(pen, answer, comparison)
    section(pen, "What changes for whom", iter(affected(comparison)))
    sentences = (
        f"{shape(one)[0]} {answer_sentence(one, comparison, audience)}"
        for one in comparison.answers
    )
    section(pen, "In plain words", sentences)
    facts = (
        f"{fact.term:<11} {', '.join(filter(None, (fact.code, fact.text)))}"
        for fact in basis(comparison)
    )
    section(pen, "What it rests on", facts)
    section(pen, "Notes", iter(comparison.notes))
    return "\n".join(pen.lines) + "\n"


def _answer(pen: Pen, answer: Answer, comparison: Comparison) -> None:
    mark, told = shape(answer)
    criterion = answer.result.criterion
    role = " (informs)" if criterion.role == "secondary" else ""
    word = f"{mark} {told}".rstrip()
    head = f"{word:<{LEFT}}" if not pen.narrow else f"{word}  "
    start = len(pen.lines)
    pen.text(criterion.text + role, " " * len(head), " " * LEFT if not pen.narrow else "  ")
    colour = "" if answer.informs else COLOURS[answer.result.verdict]
    pen.lines[start] = pen.painted(word, colour) + pen.lines[start][len(word) :]
    shown, more = chosen(answer.result.rows, MOST)
    for place, one in enumerate(answer.rows):
        if any(one.row is row for row in shown):
            _row(pen, answer, place, comparison)
    if more:
        pen.text(f"{more}: --json lists them all", "  ", "    ")


def _row(pen: Pen, answer: Answer, place: int, comparison: Comparison) -> None:
    one = answer.rows[place]
    found = pair(one, comparison)
    name = clean(called(one.row.segment)) if one.row.segment else ""
    label = f"{shape(answer, place)[0]} {name}" if name else ""
    if not found.difference:
        pen.text(f"{label}: {found.reason}" if label else found.reason, "  ", "    ")
        return
    sides = f"A {found.a}, B {found.b}"
    if pen.narrow:
        text = f"{label} {found.difference} ({found.interval}), {sides}, n {found.n}"
        pen.text(text.strip(), "  ", "    ")
    else:
        _wide(pen, answer, place, (label, sides), found)
    open_ = one.row.verdict == "undecided" and one.row.criterion.role != "secondary"
    if open_ and (what := one.row.obstacle or decides(one, comparison)):
        pen.text(what, "    ", "    ")


def _wide(pen: Pen, answer: Answer, place: int, texts: tuple[str, str], found: Pair) -> None:
    label, sides = texts
    bar = text_bar(answer.rows[place].row, domain(answer), BAR if pen.width >= WIDE else SHORT_BAR)
    numbers = f"{found.difference:>12}  {found.interval:<15}  n {found.n:>7}"
    room = pen.width - len(bar) - len(numbers) - 4
    left = f"{label}  {sides}".strip()
    if len(left) > room:
        pen.text(left, "  ", "    ")
        left = ""
    pen.lines.append(f"  {left:<{room}}{bar}  {numbers}")
