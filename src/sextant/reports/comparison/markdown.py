"""A comparison as Markdown for a pull request."""

from __future__ import annotations

from collections.abc import Iterator

from sextant.reports.comparison.basis import basis, shape
from sextant.reports.select import chosen
from sextant.reports.text import code, markdown
from sextant.studies.comparison.result import Answer, Compared, Comparison
from sextant.words import Audience
from sextant.words.comparison import affected, answer_sentence, headline
from sextant.words.comparison.subjects import called, pair

MOST = 20
SHAPES = {"met": "●", "missed": "✕", "undecided": "◐"}


def render(comparison: Comparison, audience: Audience = "product") -> str:
    """Headline, a table of questions and groups, who is affected, the sentences, the basis."""
    names = comparison.asked.names
    lines = [
        f"### {SHAPES[comparison.verdict]} {markdown(headline(comparison))}",
        "",
        f"A is **{markdown(names.a)}**, B is **{markdown(names.b)}**.",
        "",
        "| answer | question | A | B | B − A | interval | n |",
        "|---|---|--:|--:|--:|--:|--:|",
    ]
    for answer in comparison.answers:
        lines += _rows(answer, comparison)
    lines += ["", *(f"- {markdown(one)}" for one in affected(comparison)), ""]
    for answer in comparison.answers:
        said = markdown(answer_sentence(answer, comparison, audience))
        lines.append(f"- {shape(answer)[0]} {said}")
    lines += ["", "<details><summary>What it rests on</summary>", ""]
    for fact in basis(comparison):
        held = ", ".join(filter(None, (code(fact.code) if fact.code else "", markdown(fact.text))))
        lines.append(f"- {fact.term}: {held}")
    lines += [f"- Note: {markdown(note)}" for note in comparison.notes]
    return "\n".join([*lines, "", "</details>"]) + "\n"


def _rows(answer: Answer, comparison: Comparison) -> Iterator[str]:
    criterion = answer.result.criterion
    title = code(criterion.text) + (" (informs)" if criterion.role == "secondary" else "")
    verdict = " ".join(shape(answer)).rstrip()
    if len(answer.rows) == 1 and not answer.rows[0].row.segment:
        yield f"| {verdict} | {title} | {_cells(answer.rows[0], comparison)} |"
        return
    yield f"| {verdict} | {title} | | | | | |"
    shown, more = chosen(answer.result.rows, MOST)
    for place, one in enumerate(answer.rows):
        if any(one.row is row for row in shown):
            name = f"{shape(answer, place)[0]} {markdown(called(one.row.segment))}"
            yield f"| | {name} | {_cells(one, comparison)} |"
    if more:
        yield f"| | {more}: see the JSON | | | | | |"


def _cells(one: Compared, comparison: Comparison) -> str:
    found = pair(one, comparison)
    if not found.difference:
        return f"{found.a} | {found.b} | {markdown(found.reason)} | | {found.n}"
    return f"{found.a} | {found.b} | {found.difference} | {found.interval} | {found.n}"
