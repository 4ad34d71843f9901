"""What a look gave, as one plain document: every figure and every sentence of its page.

A page drawn from a stored record says the same for good, whatever later versions would say. It
holds texts as they are shown beside the numbers they were made of; `reports/bars.py` draws the
interval bars from those numbers. JSON values only; a number that does not exist is null.
"""

from __future__ import annotations

import math
from dataclasses import asdict
from typing import Any

from sextant.contracts.evidence import CriterionResult, Evidence, RowResult, Verdict
from sextant.contracts.model import Contract
from sextant.metrics.tally import Tally
from sextant.reports.as_dict import count, metric_name, number
from sextant.reports.calibration import confusion, reliability
from sextant.reports.classes import many_classes
from sextant.reports.facts import Fact, basis, open_questions, segments
from sextant.reports.rates import rates
from sextant.reports.select import chosen, criterion_domain
from sextant.reports.text import clean
from sextant.stats.estimate import Estimate
from sextant.words import AUDIENCES, criterion_sentence, promise
from sextant.words.criteria import proven, worst
from sextant.words.figures import bound_in_words, figures
from sextant.words.fitting import fitting
from sextant.words.headline import headline
from sextant.words.limits import limits
from sextant.words.nouns import capital, group_name
from sextant.words.numbers import percent

SCHEMA = 1
MOST = 100
MOST_QUESTIONS = 20
ANSWERS: dict[Verdict, str] = {
    "met": "ready to launch",
    "missed": "not ready to launch",
    "undecided": "not yet decided",
}


def record_of(evidence: Evidence, tally: Tally | None = None) -> dict[str, Any]:
    """The record of a look; with its tally also the four counts and the reliability of scores."""
    contract, data = evidence.contract, evidence.data
    questions = open_questions(evidence)
    start, end = data.period
    return {
        "schema": SCHEMA,
        "product": contract.product,
        "outcome": contract.outcome,
        "verdict": evidence.verdict,
        "answer": ANSWERS[evidence.verdict],
        "headline": headline(evidence),
        "digest": evidence.digest,
        "locked": contract.locked == evidence.digest,
        "look": evidence.look,
        "looks": contract.looks,
        "model": contract.model,
        "code": evidence.code,
        "checked_on": evidence.checked_on,
        "valid_for": contract.valid_for,
        "names": asdict(contract.names),
        "data": {
            "source": data.source,
            "rows": data.rows,
            "labelled": data.labelled,
            "snapshot": data.snapshot,
            "period": None if start is None and end is None else [start, end],
            "set_aside": [list(one) for one in data.set_aside],
        },
        "basis": [_fact(fact) for fact in basis(evidence)],
        "segments": [_fact(fact) for fact in segments(evidence)],
        "notes": list(evidence.notes),
        "limits": limits(evidence),
        "fitting": [{**asdict(one), "word": one.word} for one in fitting(evidence)],
        "criteria": [_criterion(result, evidence) for result in evidence.criteria],
        "open": [_question(row, answer) for row, answer in questions[:MOST_QUESTIONS]],
        "more_open": max(len(questions) - MOST_QUESTIONS, 0),
        "confusion": confusion(contract, tally) if tally else None,
        "classes": many_classes(contract, tally) if tally else None,
        "rates": rates(contract, tally) if tally else [],
        "reliability": reliability(tally) if tally else None,
    }


def _fact(fact: Fact) -> dict[str, str]:
    return {"term": fact.term, "text": fact.text, "code": fact.code}


def _criterion(result: CriterionResult, evidence: Evidence) -> dict[str, Any]:
    criterion, contract = result.criterion, evidence.contract
    shown, more = chosen(result.rows, MOST)
    single = len(result.rows) == 1
    top = result.rows[0] if single else worst(_decisive(result) or (_no_row(result),))
    low, high = criterion_domain(result)
    return {
        "id": criterion.id,
        "text": criterion.text,
        "written": criterion.written or criterion.text,
        "metric": metric_name(criterion.quantity),
        "role": criterion.role,
        "why": criterion.why,
        "confidence": percent(criterion.confidence),
        "promise": f"{capital(promise(criterion, contract))}.",
        "verdict": result.verdict,
        "sentences": {one: criterion_sentence(result, evidence, one) for one in AUDIENCES},
        "domain": [low, high],
        "top": _row(top, contract, "", result.verdict),
        "top_name": _top_name(top, single),
        "rows": [] if single else [_row(row, contract, group_name(row.segment)) for row in shown],
        "more": more,
    }


def _no_row(result: CriterionResult) -> RowResult:
    """What stands for the groups of a criterion where the data hold none."""
    criterion, nothing = result.criterion, Estimate.undefined("no row")
    return RowResult(criterion, (), nothing, criterion.confidence, result.verdict, 0.0, 0.0)


def _row(
    row: RowResult, contract: Contract, name: str, joint: Verdict | None = None
) -> dict[str, Any]:
    """One line of the table: what is shown, and the numbers that it was made of."""
    estimate, criterion = row.estimate, row.criterion
    found = figures(row, contract)
    spoken = f"{found.spoken}; bound {bound_in_words(row, contract)}: {joint or row.verdict}"
    return {
        "name": name,
        "segment": dict(row.segment),
        "verdict": row.verdict,
        "value": found.value,
        "interval": found.interval,
        "n": found.n,
        "bound": found.bound,
        "reason": found.reason,
        "spoken": clean(f"{name}: {spoken}" if name else spoken),
        "estimate": number(estimate.value),
        "low": number(estimate.low),
        "high": number(estimate.high),
        "count": count(estimate.n) if math.isfinite(estimate.n) else None,
        "limit": criterion.bound,
        "op": criterion.op,
        "between": list(estimate.between) if estimate.between else None,
        "method": estimate.method,
        "needed": row.needed.rows if row.needed and row.verdict == "undecided" else None,
    }


def _decisive(result: CriterionResult) -> tuple[RowResult, ...]:
    """The rows whose verdict is that of the criterion; all, where none is."""
    if result.verdict == "missed":
        return tuple(proven(result)) or result.rows
    return tuple(row for row in result.rows if row.verdict == result.verdict) or result.rows


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


def _question(row: RowResult, answer: str) -> dict[str, str]:
    return {
        "criterion": row.criterion.id,
        "text": row.criterion.text,
        "group": group_name(row.segment) if row.segment else "",
        "answer": capital(answer),
    }
