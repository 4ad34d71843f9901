"""Whether rows are enough as one JSON object, schema 1."""

from __future__ import annotations

from typing import Any

from sextant.reports.as_dict import SCHEMA, number
from sextant.reports.quality.numbers import estimate
from sextant.studies.enough.result import VERDICTS, Enough, Row
from sextant.words.enough import assumed, headline, row_sentence, where


def as_dict(found: Enough) -> dict[str, Any]:
    """`needed` and `rows` are rows; shares are fractions."""
    expected = found.expected
    return {
        "schema": SCHEMA,
        "study": "enough",
        "product": found.contract.product,
        "contract": found.digest,
        "data": {"source": found.source, "rows": found.total, "labelled": found.labelled},
        "labels": found.labels,
        "prevalence": number(found.prevalence),
        "expected": {
            "recall": expected.recall,
            "false_positive_rate": expected.false_positive_rate,
            "precision": expected.precision,
            "prevalence": expected.prevalence,
        },
        "power": found.power,
        "answer": found.told,
        "verdict": found.verdict,
        "headline": headline(found),
        "results": [_row(one) for one in found.rows],
        "assumed": assumed(found),
        "basis": [
            {"term": "Data", "text": f"{found.total:,} rows of {found.source}"},
            {"term": "Contract", "text": found.digest},
            {"term": "Checked on", "text": found.checked_on},
            {"term": "Code", "text": found.code},
        ],
    }


def _row(row: Row) -> dict[str, Any]:
    return {
        "criterion": row.criterion.text,
        "id": row.criterion.id,
        "role": row.criterion.role,
        "segment": dict(row.segment),
        "where": where(row),
        "answer": row.told,
        "verdict": VERDICTS[row.told],
        "rows": number(row.rows),
        "labelled": number(row.labelled),
        "counts": number(row.counts),
        "needed": row.needed,
        "towards": row.towards,
        "expected": estimate(row.value) if row.value else None,
        "shows_from": number(row.shows_from),
        "reason": row.reason,
        "sentence": row_sentence(row),
    }
