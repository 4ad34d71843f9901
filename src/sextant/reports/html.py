"""The record of a look as one self-contained page: no script, no picture file, nothing fetched."""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template, select_autoescape
from markupsafe import Markup

from sextant.charts import interval_bar, verdict_mark
from sextant.contracts.evidence import CriterionResult, Evidence, RowResult, Verdict
from sextant.contracts.model import Contract
from sextant.reports.facts import basis, open_questions, segments
from sextant.reports.select import chosen, criterion_domain
from sextant.reports.text import clean
from sextant.words import AUDIENCES, Audience, criterion_sentence, promise
from sextant.words.criteria import worst
from sextant.words.figures import Figures, bound_in_words, figures
from sextant.words.headline import headline
from sextant.words.nouns import capital, group_name
from sextant.words.numbers import percent

FOLDER = Path(__file__).parent
MOST = 100
MOST_QUESTIONS = 20
TITLES: dict[Audience, str] = {
    "executive": "For the board",
    "product": "For the product team",
    "technical": "For data science",
}
ANSWERS: dict[Verdict, str] = {
    "met": "ready to launch",
    "missed": "not ready to launch",
    "undecided": "not yet decided",
}
UNIT_SPACE = re.compile(r"(?<=\d) (?=%|points\b)")


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table."""

    name: str
    verdict: Verdict
    figures: Figures
    bar: Markup


def render(evidence: Evidence) -> str:
    """The page as text; its content security policy allows its own style sheet alone."""
    style = (FOLDER / "report.css").read_text(encoding="utf-8")
    contract = evidence.contract
    questions = open_questions(evidence)
    page = _template().render(
        style=Markup(style),  # noqa: S704 - the package's own style sheet
        style_hash=_hash(style),
        mark=lambda verdict: Markup(verdict_mark(verdict)),  # noqa: S704 - holds no text
        product=contract.product,
        outcome=contract.outcome,
        answer=ANSWERS[evidence.verdict],
        headline=headline(evidence),
        criteria=[_criterion(result, contract, i) for i, result in enumerate(evidence.criteria)],
        audiences=[_audience(audience, evidence) for audience in AUDIENCES],
        questions=[_question(row, answer) for row, answer in questions[:MOST_QUESTIONS]],
        more_questions=max(len(questions) - MOST_QUESTIONS, 0),
        basis=basis(evidence),
        segments=segments(evidence),
        notes=evidence.notes,
        digest=evidence.digest,
        snapshot=evidence.data.snapshot,
    )
    return f"{page}\n"


@cache
def _template() -> Template:
    environment = Environment(
        loader=FileSystemLoader(FOLDER),
        autoescape=select_autoescape(["j2"]),
        undefined=StrictUndefined,
        finalize=_tidy,
    )
    return environment.get_template("report.html.j2")


def _tidy(value: Any) -> Any:
    """Text from data without control characters; a number never parted from its unit."""
    if isinstance(value, str) and not isinstance(value, Markup):
        return UNIT_SPACE.sub("\u00a0", clean(value))
    return value


def _hash(style: str) -> str:
    return base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()


def _criterion(result: CriterionResult, contract: Contract, index: int) -> dict[str, Any]:
    criterion = result.criterion
    domain = criterion_domain(result)
    shown, more = chosen(result.rows, MOST)
    rows = [
        _row(row, contract, domain, f"{index}-{number}", group_name(row.segment))
        for number, row in enumerate(shown)
    ]
    single = len(result.rows) == 1
    top = result.rows[0] if single else worst(result.rows)
    return {
        "id": criterion.id,
        "verdict": result.verdict,
        "promise": f"{capital(promise(criterion, contract))}.",
        "text": criterion.text,
        "written": criterion.written or criterion.text,
        "role": criterion.role,
        "why": criterion.why,
        "confidence": percent(criterion.confidence),
        "top": _row(top, contract, domain, f"{index}-top", "", result.verdict),
        "top_name": _top_name(top, single),
        "rows": [] if single else rows,
        "more": more,
    }


def _top_name(row: RowResult, single: bool) -> str:
    """Whose number stands beside the joint verdict."""
    if row.estimate.between:
        return f"{row.estimate.between[0]} v {row.estimate.between[1]}"
    if not row.segment:
        return ""
    name = group_name(row.segment)
    if single:
        return name
    return f"lowest: {name}" if row.criterion.op == ">=" else f"highest: {name}"


def _row(
    row: RowResult,
    contract: Contract,
    domain: tuple[float, float],
    key: str,
    name: str,
    joint: Verdict | None = None,
) -> Row:
    found = figures(row, contract)
    spoken = f"{found.spoken}; bound {bound_in_words(row, contract)}: {joint or row.verdict}"
    label = clean(f"{name}: {spoken}" if name else spoken)
    bar = interval_bar(
        row.estimate,
        row.criterion.bound,
        row.criterion.op,
        row.verdict,
        domain=domain,
        label=label,
        caption=found.bound if joint else "",
        key=key,
    )
    return Row(name, row.verdict, found, Markup(bar))  # noqa: S704 - escapes its label itself


def _audience(audience: Audience, evidence: Evidence) -> dict[str, Any]:
    lines = [
        {"verdict": result.verdict, "text": criterion_sentence(result, evidence, audience)}
        for result in evidence.criteria
    ]
    return {"id": audience, "title": TITLES[audience], "lines": lines}


def _question(row: RowResult, answer: str) -> dict[str, str]:
    group = group_name(row.segment) if row.segment else ""
    return {"text": row.criterion.text, "group": group, "answer": capital(answer)}
