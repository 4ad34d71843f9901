"""A weighed trade-off as JSON, and for a terminal."""

from __future__ import annotations

from typing import Any

from sextant.reports.as_dict import SCHEMA, count, number
from sextant.reports.terminal import Pen
from sextant.reports.text import markdown as escaped
from sextant.stats.estimate import Estimate
from sextant.studies.tradeoffs.result import Moved, Weighed
from sextant.words.tradeoffs import answer_word, headline, sentences

SHAPES = {"met": "●", "missed": "✕", "undecided": "◐"}


def as_dict(found: Weighed) -> dict[str, Any]:
    """Numbers are JSON numbers or null; a gain counts towards the good side of its metric."""
    needed = found.needed
    return {
        "schema": SCHEMA,
        "agreed": found.agreed.text,
        "kind": found.agreed.kind,
        "versions": list(found.names),
        "verdict": found.verdict,
        "answer": answer_word(found),
        "headline": headline(found),
        "sentences": sentences(found),
        "gains": [_moved(one) for one in (found.first, found.second)],
        "net": None if found.net is None else _estimate(found.net),
        "confidence": found.confidence,
        "joint": found.joint,
        "needed": needed.rows if needed else None,
    }


def terminal(found: Weighed, width: int = 80) -> str:
    """Verdict, what was agreed, what is left."""
    pen = Pen(max(width, 20), False)
    pen.text(f"{SHAPES[found.verdict]} {answer_word(found)}: {found.agreed.text}")
    for said in (headline(found), *sentences(found)):
        pen.text(said, "  ", "  ")
    return "\n".join(pen.lines) + "\n"


def markdown(found: Weighed) -> str:
    """As lines under a comparison's comment."""
    told = [f"\n### {SHAPES[found.verdict]} {escaped(headline(found))}", ""]
    return "\n".join([*told, *(f"- {escaped(said)}" for said in sentences(found))]) + "\n"


def _moved(one: Moved) -> dict[str, Any]:
    return {"metric": one.term.text, "amount": one.term.amount, **_estimate(one.gain)}


def _estimate(one: Estimate) -> dict[str, Any]:
    return {
        "estimate": number(one.value), "low": number(one.low), "high": number(one.high),
        "n": count(one.n), "method": one.method, "reason": one.reason,
    }  # fmt: skip
