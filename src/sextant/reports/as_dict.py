"""The record of a look as one JSON object, schema 1."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any

from sextant.contracts.evidence import CriterionResult, DataFacts, Evidence, RowResult
from sextant.contracts.model import Quantity
from sextant.words import Audience, criterion_sentence, sentence

SCHEMA = 1


def as_dict(evidence: Evidence, audience: Audience = "product") -> dict[str, Any]:
    """The JSON object of a check: numbers are JSON numbers or null, fractions not percentages."""
    return {
        "schema": SCHEMA,
        "product": evidence.contract.product,
        "contract": {
            "digest": evidence.digest,
            "looks": evidence.contract.looks,
            "look": evidence.look,
        },
        "data": data(evidence.data),
        "verdict": evidence.verdict,
        "criteria": [_criterion(result, evidence, audience) for result in evidence.criteria],
        "results": [_result(row, evidence, audience) for row in evidence.results],
    }


def errors_as_dict(problems: Iterable[object]) -> dict[str, Any]:
    """The JSON object of an input that could not be used: every problem as a sentence."""
    return {"schema": SCHEMA, "error": {"problems": [str(problem) for problem in problems]}}


def data(facts: DataFacts) -> dict[str, Any]:
    """What the scan saw, as JSON."""
    start, end = facts.period
    return {
        "source": facts.source,
        "rows": facts.rows,
        "labelled": facts.labelled,
        "snapshot": facts.snapshot,
        "period": None if start is None and end is None else {"from": start, "to": end},
        "set_aside": [{"reason": reason, "rows": rows} for reason, rows in facts.set_aside],
    }


def _criterion(result: CriterionResult, evidence: Evidence, audience: Audience) -> dict[str, Any]:
    return {
        "id": result.criterion.id,
        "criterion": result.criterion.text,
        "role": result.criterion.role,
        "verdict": result.verdict,
        "sentence": criterion_sentence(result, evidence, audience),
    }


def _result(row: RowResult, evidence: Evidence, audience: Audience) -> dict[str, Any]:
    estimate, criterion = row.estimate, row.criterion
    return {
        "criterion": criterion.id,
        "metric": metric_name(criterion.quantity),
        "segment": dict(row.segment),
        "between": list(estimate.between) if estimate.between else None,
        "estimate": number(estimate.value),
        "low": number(estimate.low),
        "high": number(estimate.high),
        "confidence": round(row.confidence, 12),
        "n": count(estimate.n),
        "bound": criterion.bound,
        "direction": criterion.op,
        "verdict": row.verdict,
        "needed": row.needed.rows if row.needed and row.verdict == "undecided" else None,
        "method": estimate.method,
        "sentence": sentence(row, evidence, audience),
    }


def metric_name(quantity: Quantity) -> str:
    """The metric's name in the catalogue; `gap(recall)` for the worst pair of its values."""
    name = quantity.call.metric
    return f"{quantity.kind}({name})" if quantity.kind in ("gap", "ratio") else name


def number(x: float | None) -> float | None:
    """A JSON number; an unbounded or undefined one is null."""
    return float(x) if x is not None and math.isfinite(x) else None


def count(n: float) -> float | int:
    """A whole n without a decimal point; the effective n of dependent rows keeps its fraction."""
    return int(n) if float(n).is_integer() else n
