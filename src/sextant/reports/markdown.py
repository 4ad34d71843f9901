"""The record of a look as Markdown for a pull request."""

from __future__ import annotations

from collections.abc import Iterator

from sextant.contracts.evidence import CriterionResult, Evidence, RowResult
from sextant.reports.facts import basis
from sextant.reports.select import chosen
from sextant.reports.text import code, markdown
from sextant.reports.textbar import SHAPES
from sextant.words import Audience, criterion_sentence
from sextant.words.figures import figures
from sextant.words.headline import headline
from sextant.words.nouns import group_name

MOST = 20


def render(evidence: Evidence, audience: Audience = "product") -> str:
    """Headline, a table of criteria and groups, the sentences, and what it rests on, folded."""
    lines = [
        f"### {SHAPES[evidence.verdict]} {markdown(headline(evidence))}",
        "",
        f"**{markdown(evidence.contract.product)}**: {markdown(evidence.contract.outcome)}",
        "",
        "| verdict | criterion | estimate | interval | n |",
        "|---|---|--:|--:|--:|",
    ]
    for result in evidence.criteria:
        lines += _rows(result, evidence)
    lines += ["", *_sentences(evidence, audience), ""]
    lines += ["<details><summary>What it rests on</summary>", ""]
    for fact in basis(evidence):
        held = ", ".join(filter(None, (code(fact.code) if fact.code else "", markdown(fact.text))))
        lines.append(f"- {fact.term}: {held}")
    lines += [f"- Note: {markdown(note)}" for note in evidence.notes]
    return "\n".join([*lines, "", "</details>"]) + "\n"


def _rows(result: CriterionResult, evidence: Evidence) -> Iterator[str]:
    verdict = f"{SHAPES[result.verdict]} {result.verdict}"
    role = "" if result.criterion.role == "primary" else f" ({result.criterion.role})"
    title = f"{code(result.criterion.text)}{role}"
    shown, more = chosen(result.rows, MOST)
    if len(result.rows) == 1 and not result.rows[0].segment:
        yield f"| {verdict} | {title} | {_cells(result.rows[0], evidence)} |"
        return
    yield f"| {verdict} | {title} | | | |"
    for row in shown:
        name = markdown(group_name(row.segment))
        shape = f"{SHAPES[row.verdict]} {row.verdict}"
        yield f"| | {shape}: {name} | {_cells(row, evidence)} |"
    if more:
        yield f"| | {more}: see the JSON | | | |"


def _cells(row: RowResult, evidence: Evidence) -> str:
    found = figures(row, evidence.contract)
    if not found.value:
        return f"{markdown(found.reason)} | | {found.n}"
    return f"{markdown(found.value)} | {markdown(found.interval)} | {found.n}"


def _sentences(evidence: Evidence, audience: Audience) -> Iterator[str]:
    for result in evidence.criteria:
        said = markdown(criterion_sentence(result, evidence, audience))
        yield f"- {SHAPES[result.verdict]} {said}"
