"""A profile as one JSON object, schema 1."""

from __future__ import annotations

from typing import Any

from sextant.reports.as_dict import SCHEMA, number
from sextant.reports.quality.numbers import estimate
from sextant.reports.quality.represented import as_dict as represented
from sextant.studies.quality.columns import LEVELS
from sextant.studies.quality.result import Balance, Column, Profile
from sextant.words.numbers import percent, whole
from sextant.words.quality import findings, headline, rule_sentence
from sextant.words.quality.searched import in_segment, searched

MOST = 20
"""Values of a segment that are said in sentences; all of them are in the numbers."""


def as_dict(profile: Profile) -> dict[str, Any]:
    """Numbers are JSON numbers or null; shares are fractions, not percentages. No personal data."""
    return {
        "schema": SCHEMA,
        "study": "profile",
        "data": {
            "source": profile.source,
            "rows": profile.rows,
            "set_aside": [{"reason": why, "rows": n} for why, n in profile.set_aside],
        },
        "headline": headline(profile),
        "verdict": profile.verdict,
        "findings": [
            {"kind": one.kind, "columns": list(one.columns), "sentence": one.sentence}
            for one in findings(profile)
        ],
        "columns": [_column(one) for one in profile.columns],
        "label": _label(profile),
        "segments": [
            {
                "segment": name,
                "values": [_balance(one) for one in held],
                "sentences": [in_segment(name, one, profile) for one in held[:MOST]],
            }
            for name, held in profile.segments
        ],
        "duplicates": {
            "rows": profile.repeats.rows,
            "copies": profile.repeats.surplus,
            "repeated": profile.repeats.repeated,
            "most": profile.repeats.most,
            "ignored": list(profile.ignored),
        },
        "leaks": [
            {"column": one.column, "how": one.how, **estimate(one.estimate)}
            for one in profile.suspects
        ],
        "personal": _personal(profile),
        "time": _days(profile),
        "reference": _reference(profile),
        "population": represented(profile.represented) if profile.represented else None,
        "rules": [
            {
                "rule": one.rule.text,
                "about": "table" if one.rule.share is None else "process",
                "verdict": one.verdict,
                "broken": one.broken,
                "n": one.n,
                "share": estimate(one.estimate) if one.estimate else None,
                "needed": one.needed[0] if one.needed else None,
                "sentence": rule_sentence(one),
            }
            for one in profile.rules
        ],
        "suggested": list(profile.suggested),
        "searched": searched(profile),
        "basis": _basis(profile),
    }


def _column(column: Column) -> dict[str, Any]:
    names = ("p1", "p25", "median", "p75", "p99")
    assert len(names) == len(LEVELS)
    return {
        "name": column.name,
        "kind": column.kind,
        "rows": column.rows,
        "missing": column.missing,
        "distinct": column.distinct,
        "distinct_exact": column.exact,
        "unreadable": column.odd,
        "low": number(column.low),
        "high": number(column.high),
        "quantiles": dict(zip(names, column.quantiles, strict=True)) if column.quantiles else None,
        "first": column.first,
        "last": column.last,
        "longest": column.longest,
        "most_frequent": {"value": column.top[0], "rows": column.top[1]} if column.top else None,
        "values": [{"value": value, "rows": n} for value, n in column.values],
    }


def _balance(one: Balance) -> dict[str, Any]:
    return {
        "value": one.value,
        "rows": one.rows,
        "share": estimate(one.share),
        "positive": estimate(one.positive) if one.positive else None,
    }


def _label(profile: Profile) -> dict[str, Any] | None:
    if profile.label is None:
        return None
    return {
        "column": profile.label,
        "positive": profile.positive,
        "values": [_balance(one) for one in profile.balance],
        "judged": profile.judged,
        "not_judged": [{"column": name, "why": why} for name, why in profile.unjudged],
        "leak": profile.leak,
    }


def _personal(profile: Profile) -> dict[str, Any] | None:
    looked = profile.looked
    if looked is None:
        return None
    return {
        "looked": not looked.why,
        "why_not": looked.why,
        "rows": looked.rows,
        "seed": looked.seed,
        "columns": looked.columns,
        "kinds": list(looked.kinds),
        "found": [
            {"column": one.column, "kind": one.kind, "cells": one.found, "sure": one.sure,
             "share": estimate(one.share)}
            for one in looked.found
        ],
        "elsewhere": estimate(looked.clear) if looked.clear else None,
    }  # fmt: skip


def _days(profile: Profile) -> dict[str, Any] | None:
    days = profile.days
    if days is None:
        return None
    return {name: getattr(days, name) for name in (
        "column", "first", "last", "age", "with_rows", "without", "least", "median", "most",
        "future",
    )}  # fmt: skip


def _reference(profile: Profile) -> dict[str, Any] | None:
    schema = profile.schema
    if schema is None:
        return None
    return {
        "source": profile.reference,
        "gone": list(schema.gone),
        "new": list(schema.new),
        "retyped": [{"column": name, "was": was, "is": now} for name, was, now in schema.retyped],
        "overlap": profile.overlap,
        "shared_columns": profile.shared,
    }


def _basis(profile: Profile) -> list[dict[str, str]]:
    aside = ", ".join(f"{whole(n)} {why}" for why, n in profile.set_aside)
    facts = [
        ("Data", f"{whole(profile.rows)} rows of {profile.source}"),
        ("Set aside", aside),
        ("Reference", profile.reference or ""),
        ("Certainty", f"{percent(profile.confidence)}; rows count as independent"),
        ("Read in", f"{profile.scans} statements"),
        ("Profiled on", profile.profiled_on),
        ("Code", profile.code),
    ]
    return [{"term": term, "text": text} for term, text in facts if text]
