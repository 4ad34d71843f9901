"""A comparison as one self-contained page: no script, no picture file, nothing fetched."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup

from sextant.charts import interval_bar, verdict_mark
from sextant.reports.comparison.basis import basis, domain, shape
from sextant.reports.html import rendered
from sextant.reports.select import chosen
from sextant.reports.text import clean
from sextant.studies.comparison.result import Answer, Compared, Comparison
from sextant.words import AUDIENCES
from sextant.words.comparison import affected, answer_sentence, headline
from sextant.words.comparison.answers import decides, judgement
from sextant.words.comparison.subjects import called, pair
from sextant.words.nouns import capital

MOST = 100


def render(comparison: Comparison) -> str:
    """The page as text; its content security policy allows its own style sheet alone."""
    names = comparison.asked.names
    return rendered(
        "comparison/comparison.html.j2",
        a=names.a,
        b=names.b,
        verdict=comparison.verdict,
        answer=comparison.told,
        headline=headline(comparison),
        questions=[
            _question(one, comparison, str(place)) for place, one in enumerate(comparison.answers)
        ],
        affected=affected(comparison),
        open=_open(comparison),
        basis=basis(comparison),
        notes=comparison.notes,
    )


def _question(answer: Answer, comparison: Comparison, key: str) -> dict[str, Any]:
    criterion = answer.result.criterion
    shown, more = chosen(answer.result.rows, MOST)
    single = len(answer.rows) == 1 and not answer.rows[0].row.segment
    return {
        "text": criterion.text,
        "informs": criterion.role == "secondary",
        "verdict": "" if answer.informs else answer.result.verdict,
        "mark": "" if answer.informs else Markup(verdict_mark(answer.result.verdict)),  # noqa: S704
        "word": shape(answer)[1] or "informs",
        "sentences": {one: answer_sentence(answer, comparison, one) for one in AUDIENCES},
        "single": single,
        "rows": [
            _row(answer, place, comparison, f"{key}-{place}")
            for place, one in enumerate(answer.rows)
            if any(one.row is row for row in shown)
        ],
        "more": more,
    }


def _row(answer: Answer, place: int, comparison: Comparison, key: str) -> dict[str, Any]:
    one = answer.rows[place]
    found = pair(one, comparison)
    return {
        "name": called(one.row.segment) if one.row.segment else "",
        "word": shape(answer, place)[1],
        "verdict": "" if answer.informs else one.row.verdict,
        "mark": "" if answer.informs else Markup(verdict_mark(one.row.verdict)),  # noqa: S704
        "pair": found,
        "bar": _bar(one, answer, comparison, found.interval, key),
    }


def _bar(
    one: Compared, answer: Answer, comparison: Comparison, interval: str, key: str
) -> Markup | str:
    if not interval:
        return ""
    row = one.row
    spoken = f"{pair(one, comparison).difference}, interval {interval.replace(' – ', ' to ')}"
    if not answer.informs:
        spoken += f": {judgement(row, comparison)}"
    return Markup(  # noqa: S704 - escapes its label itself
        interval_bar(
            row.estimate,
            row.criterion.bound,
            row.criterion.op,
            row.verdict,
            domain=domain(answer),
            label=clean(spoken),
            key=key,
        )
    )


def _open(comparison: Comparison) -> list[tuple[str, str]]:
    """What would decide the questions that are open."""
    found = []
    for answer in comparison.answers:
        for one in answer.rows:
            besides = one.row.criterion.role == "secondary"
            if one.row.verdict == "undecided" and not besides:
                text = one.row.obstacle or decides(one, comparison)
                group = f": {called(one.row.segment)}" if one.row.segment else ""
                if text:
                    found.append((f"{one.row.criterion.text}{group}", capital(text)))
    return found[:20]
