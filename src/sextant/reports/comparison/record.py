"""A comparison as one plain document: every figure and every sentence of its page.

A page drawn from a stored record says the same for good. JSON values only; a number that does not
exist is null, and so is an end of an interval that lies at infinity.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sextant.reports.as_dict import count, number
from sextant.reports.bars import bar
from sextant.reports.comparison.as_dict import changes, version
from sextant.reports.comparison.basis import basis, domain, shape
from sextant.reports.select import chosen
from sextant.reports.text import clean
from sextant.studies.comparison.result import Answer, Compared, Comparison
from sextant.words import AUDIENCES
from sextant.words.comparison import affected, answer_sentence, headline
from sextant.words.comparison.answers import decides, judgement, seen
from sextant.words.comparison.subjects import called, difference_scale, pair, subject
from sextant.words.nouns import capital

SCHEMA = 1
MOST = 100
MOST_OPEN = 20


def record_of(comparison: Comparison) -> dict[str, Any]:
    """All that its page says, with the numbers it was made of."""
    asked, data = comparison.asked, comparison.data
    return {
        "schema": SCHEMA,
        "study": "comparison",
        "a": version(asked.names.a, asked.versions.a),
        "b": version(asked.names.b, asked.versions.b),
        "verdict": comparison.verdict,
        "answer": comparison.told,
        "headline": headline(comparison),
        "digest": comparison.digest,
        "look": comparison.look,
        "looks": asked.contract.looks,
        "code": comparison.code,
        "compared_on": comparison.compared_on,
        "data": {
            "source": data.source,
            "rows": data.rows,
            "labelled": data.labelled,
            "snapshot": data.snapshot,
            "set_aside": [list(one) for one in data.set_aside],
        },
        "questions": [_question(one, comparison) for one in comparison.answers],
        "affected": affected(comparison),
        "changes": changes(comparison),
        "open": _open(comparison),
        "basis": [
            {"term": fact.term, "text": fact.text, "code": fact.code} for fact in basis(comparison)
        ],
        "notes": list(comparison.notes),
    }


def drawn_bar(row: Mapping[str, Any], domain: Sequence[float], key: str) -> str:
    """The interval bar of a row of the record; empty where there is no interval."""
    if not row["interval"]:
        return ""
    return bar({**row, "verdict": row["drawn"]}, domain, key)


def _question(answer: Answer, comparison: Comparison) -> dict[str, Any]:
    criterion = answer.result.criterion
    shown, more = chosen(answer.result.rows, MOST)
    return {
        "text": criterion.text,
        "metric": criterion.quantity.call.metric,
        "role": criterion.role,
        "informs": criterion.role == "secondary",
        "verdict": "" if answer.informs else answer.result.verdict,
        "word": shape(answer)[1] or "informs",
        "sentences": {one: answer_sentence(answer, comparison, one) for one in AUDIENCES},
        "single": len(answer.rows) == 1 and not answer.rows[0].row.segment,
        "domain": list(domain(answer)),
        "rows": [
            _row(answer, place, comparison)
            for place, one in enumerate(answer.rows)
            if any(one.row is row for row in shown)
        ],
        "more": more,
    }


def _row(answer: Answer, place: int, comparison: Comparison) -> dict[str, Any]:
    """One line of the table: what is shown, and the numbers that it was made of."""
    one = answer.rows[place]
    row, estimate, found = one.row, one.row.estimate, pair(one, comparison)
    needed = row.needed.rows if row.needed and row.verdict == "undecided" else None
    return {
        "name": called(row.segment) if row.segment else "",
        "segment": dict(row.segment),
        "word": shape(answer, place)[1],
        "verdict": "" if answer.informs else row.verdict,
        "drawn": row.verdict,
        "a": found.a,
        "b": found.b,
        "difference": found.difference,
        "interval": found.interval,
        "n": found.n,
        "reason": found.reason,
        "spoken": _spoken(one, answer, comparison, found.difference, found.interval),
        "a_value": number(one.a.value),
        "b_value": number(one.b.value),
        "a_ends": [number(one.a.low), number(one.a.high)],
        "b_ends": [number(one.b.low), number(one.b.high)],
        "estimate": number(estimate.value),
        "low": number(estimate.low),
        "high": number(estimate.high),
        "confidence": round(row.confidence, 12),
        "count": count(estimate.n),
        "limit": row.criterion.bound,
        "op": row.criterion.op,
        "method": estimate.method,
        "between": None,
        "needed": None if answer.informs else needed,
        "detectable": number(one.detectable),
        "visible": _visible(one, comparison),
    }


def _spoken(
    one: Compared, answer: Answer, comparison: Comparison, difference: str, interval: str
) -> str:
    text = f"{difference}, interval {interval.replace(' – ', ' to ')}"
    return clean(text if answer.informs else f"{text}: {judgement(one.row, comparison)}")


def _visible(one: Compared, comparison: Comparison) -> str:
    """The smallest difference that these data could have shown, in figures."""
    if one.detectable is None or one.row.estimate.value is None:
        return ""
    about = subject(one.row.criterion, comparison)
    return difference_scale(about, one.row.estimate).full(one.detectable)


def _open(comparison: Comparison) -> list[dict[str, str]]:
    """What would decide the questions that are open, and what these data could have shown."""
    found = []
    for answer in comparison.answers:
        for one in answer.rows:
            if one.row.verdict == "undecided" and one.row.criterion.role != "secondary":
                text = one.row.obstacle or decides(one, comparison)
                group = called(one.row.segment) if one.row.segment else ""
                said = " ".join(filter(None, [capital(text), seen(one, comparison)]))
                found.append({"text": one.row.criterion.text, "group": group, "answer": said})
    return found[:MOST_OPEN]
