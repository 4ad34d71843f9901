"""A comparison as one JSON object, schema 1."""

from __future__ import annotations

from typing import Any

from sextant.metrics.paired.requests import Side
from sextant.reports.as_dict import SCHEMA, count, number
from sextant.reports.as_dict import data as data_of
from sextant.stats.estimate import Estimate
from sextant.studies.comparison.result import Answer, Change, Compared, Comparison
from sextant.words import Audience
from sextant.words.comparison import affected, answer_sentence, compared_sentence, headline


def as_dict(comparison: Comparison, audience: Audience = "product") -> dict[str, Any]:
    """Numbers are JSON numbers or null; differences are B - A, fractions not percentages."""
    asked = comparison.asked
    return {
        "schema": SCHEMA,
        "versions": {
            "a": version(asked.names.a, asked.versions.a),
            "b": version(asked.names.b, asked.versions.b),
        },
        "comparison": {
            "digest": comparison.digest,
            "looks": asked.contract.looks,
            "look": comparison.look,
        },
        "data": data_of(comparison.data),
        "verdict": comparison.verdict,
        "answer": comparison.told,
        "headline": headline(comparison),
        "questions": [_question(one, comparison, audience) for one in comparison.answers],
        "results": [
            _result(row, one, comparison, audience)
            for one in comparison.answers
            for row in one.rows
        ],
        "changes": changes(comparison),
    }


def version(name: str, side: Side) -> dict[str, Any]:
    return {
        "name": name,
        "column": side.column,
        "scale": None if side.decides else side.scale,
        "threshold": None if side.decides else side.cut,
    }


def _question(answer: Answer, comparison: Comparison, audience: Audience) -> dict[str, Any]:
    criterion = answer.result.criterion
    return {
        "id": criterion.id,
        "question": criterion.text,
        "role": criterion.role,
        "verdict": None if answer.informs else answer.result.verdict,
        "sentence": answer_sentence(answer, comparison, audience),
    }


def _result(
    one: Compared, answer: Answer, comparison: Comparison, audience: Audience
) -> dict[str, Any]:
    row, criterion, informs = one.row, one.row.criterion, answer.informs
    needed = row.needed.rows if row.needed and row.verdict == "undecided" and not informs else None
    return {
        "question": criterion.id,
        "metric": criterion.quantity.call.metric,
        "segment": dict(row.segment),
        "a": _own(one.a),
        "b": _own(one.b),
        "difference": number(row.estimate.value),
        "low": number(row.estimate.low),
        "high": number(row.estimate.high),
        "confidence": round(row.confidence, 12),
        "n": count(row.estimate.n),
        "bound": None if informs else criterion.bound,
        "direction": None if informs else criterion.op,
        "verdict": None if informs else row.verdict,
        "needed": needed,
        "detectable": number(one.detectable),
        "method": row.estimate.method,
        "reason": row.reason,
        "sentence": compared_sentence(one, answer, comparison, audience),
    }


def _own(estimate: Estimate) -> dict[str, Any]:
    return {
        "estimate": number(estimate.value),
        "low": number(estimate.low),
        "high": number(estimate.high),
        "n": count(estimate.n),
    }


def changes(comparison: Comparison) -> dict[str, Any] | None:
    changes = comparison.changes
    if changes is None:
        return None
    return {
        "kind": changes.kind,
        "overall": _change(changes.overall),
        "groups": [_change(one) for one in changes.groups],
        "sentences": affected(comparison),
    }


def _change(change: Change) -> dict[str, Any]:
    found: dict[str, Any] = {"segment": dict(change.segment), "n": count(change.n)}
    for name in ("better", "worse", "of_better", "of_worse"):
        share = getattr(change, name)
        found[name] = None if share is None else _own(share)
    return found
