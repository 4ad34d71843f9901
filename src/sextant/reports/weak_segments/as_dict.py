"""A search for weak segments as one JSON object, schema 1."""

from __future__ import annotations

from typing import Any

from sextant.reports.as_dict import SCHEMA, count
from sextant.reports.as_dict import data as data_of
from sextant.reports.facts import labelled, set_aside
from sextant.reports.fairness.as_dict import estimate
from sextant.reports.text import short
from sextant.studies.weak_segments.result import Search, Weak
from sextant.words.nouns import listed
from sextant.words.numbers import percent, whole
from sextant.words.weak_segments import caveats, headline, weak_sentence


def as_dict(search: Search) -> dict[str, Any]:
    """Numbers are JSON numbers or null; shares are fractions, not percentages."""
    asked = search.asked
    return {
        "schema": SCHEMA,
        "study": "weak segments",
        "product": asked.contract.product,
        "error": asked.error,
        "columns": list(asked.columns),
        "depth": asked.depth,
        "min_rows": asked.min_rows,
        "alpha": asked.alpha,
        "seed": asked.seed,
        "data": data_of(search.data),
        "headline": headline(search),
        "overall": estimate(search.overall),
        "segments": [_weak(one, search) for one in search.weak],
        "looked_at": search.searched,
        "tested": search.suggested,
        "left_out": [{"column": name, "why": why} for name, why in search.unfit],
        "caveats": caveats(search),
        "basis": _basis(search),
        "notes": list(search.notes),
    }


def _weak(weak: Weak, search: Search) -> dict[str, Any]:
    value, low, high = weak.people
    return {
        "segment": dict(weak.conditions),
        "name": ", ".join(f"{name} {value}" for name, value in weak.conditions),
        "rate": estimate(weak.rate),
        "elsewhere": estimate(weak.elsewhere),
        "difference": estimate(weak.gap),
        "p": weak.p,
        "suggested_rate": weak.found,
        "rows": count(weak.rows),
        "people": {"estimate": value, "low": low, "high": high},
        "sentence": weak_sentence(weak, search),
    }


def _basis(search: Search) -> list[dict[str, str]]:
    data, asked = search.data, search.asked
    facts = [
        ("Data", f"{whole(data.rows)} rows of {data.source}", ""),
        ("Labelled", labelled(data), ""),
        ("Set aside", set_aside(data), ""),
        ("Columns", listed(asked.columns), ""),
        ("Certainty", f"{percent(1 - asked.alpha)}, Holm over the tested segments", ""),
        ("Split", f"by chance, seed {asked.seed}", ""),
        ("Snapshot", "", short(data.snapshot)),
        ("Searched on", search.searched_on, ""),
        ("Code", search.code, ""),
    ]
    return [{"term": a, "text": b, "code": c} for a, b, c in facts if b or c]
