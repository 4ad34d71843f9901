"""A study of drift as one JSON object, schema 1."""

from __future__ import annotations

from typing import Any

from sextant.metrics.catalogue import CATALOGUE
from sextant.reports.as_dict import SCHEMA, count, number
from sextant.reports.as_dict import data as data_of
from sextant.reports.fairness.as_dict import estimate
from sextant.reports.text import short
from sextant.studies.drift.labels import Performed, Succession
from sextant.studies.drift.result import ColumnShift, Drift, Driver, Lead, Part, WindowShift
from sextant.words.drift import (
    caveats,
    column_sentence,
    headline,
    mean_sentence,
    structure_sentence,
)
from sextant.words.drift.carried import carried_sentence, part_name
from sextant.words.drift.labels import performed_sentence, succession_sentence
from sextant.words.drift.questions import what, why
from sextant.words.drift.ways import ways
from sextant.words.numbers import percent, whole


def as_dict(drift: Drift) -> dict[str, Any]:
    """Numbers are JSON numbers or null; shares are fractions, not percentages."""
    asked = drift.asked
    windows = [_window(one, drift) for one in drift.windows]
    sentences = {
        (window["window"], one["column"]): one["sentence"]
        for window in windows
        for one in window["columns"]
    }
    return {
        "schema": SCHEMA,
        "study": "drift",
        "margin": asked.margin,
        "confidence": asked.confidence,
        "run_length": asked.run_length,
        "by": asked.by or None,
        "time": asked.time or None,
        "season": asked.season or None,
        "score": asked.score or None,
        "contract": None if asked.contract is None else asked.contract.product,
        "ordered_by": "size" if asked.contract is None else "effect on the criteria",
        "reference": data_of(drift.reference),
        "current": data_of(drift.current),
        "verdict": drift.verdict,
        "answer": drift.answer,
        "same_rows": drift.same,
        "headline": headline(drift),
        "structure": [
            {
                "column": one.column,
                "kind": one.kind,
                "before": one.before or None,
                "after": one.after or None,
                "sentence": structure_sentence(one),
            }
            for one in drift.structure
        ],
        "windows": windows,
        "why": why(drift),
        "what": what(drift, sentences),
        "how": ways(drift),
        "succession": _succession(drift.labelled.succession),
        "empty": list(drift.empty),
        "uncompared": list(drift.uncompared),
        "left_out": [{"column": name, "why": why} for name, why in drift.left_out],
        "caveats": caveats(drift),
        "basis": _basis(drift),
        "notes": list(drift.notes),
    }


def _window(window: WindowShift, drift: Drift) -> dict[str, Any]:
    return {
        "window": window.window,
        "rows": count(window.rows),
        "answer": window.answer,
        "mean": None if window.mean is None else estimate(window.mean),
        "mean_sentence": mean_sentence(window.mean, drift.asked.score) or None,
        "lead": None if window.lead is None else _lead(window.lead),
        "searched": window.searched,
        "still": [{"column": name, "value": value or None} for name, value in window.still],
        "carried_sentence": carried_sentence(window) or None,
        "performance": [_performed(one, drift) for one in window.performance],
        "columns": [_column(one) for one in window.columns],
    }


def _performed(one: Performed, drift: Drift) -> dict[str, Any]:
    contract = drift.labelled.contract
    assert contract is not None
    return {
        "criterion": one.criterion.text,
        "role": one.criterion.role,
        "op": one.criterion.op,
        "bound": one.criterion.bound,
        "unit": CATALOGUE[one.criterion.quantity.call.metric].unit,
        "verdict": one.row.verdict,
        "broken": one.broken,
        "before": estimate(one.before),
        "now": estimate(one.row.estimate),
        "labelled": count(one.row.labelled),
        "sentence": performed_sentence(one, contract),
    }


def _succession(found: Succession | None) -> dict[str, Any] | None:
    if found is None:
        return None
    return {
        "same_as_last": estimate(found.same),
        "most_frequent": estimate(found.usual),
        "right": estimate(found.right),
        "ordered_by": found.time or None,
        "sentence": succession_sentence(found) or None,
    }


def _column(one: ColumnShift) -> dict[str, Any]:
    mover, shift = one.mover, one.shift
    medians = one.medians
    return {
        "column": one.column,
        "kind": one.kind,
        "answer": one.answer,
        "distance": estimate(shift.distance),
        "method": shift.distance.method,
        "p": shift.p,
        "adjusted": one.adjusted,
        "detectable": shift.detectable,
        "needed": None if one.needed is None else count(one.needed),
        "moved": {
            "value": mover.value,
            "up_to": mover.limit,
            "before": estimate(mover.before),
            "after": estimate(mover.after),
            "difference": estimate(mover.difference),
        },
        "median": None
        if medians is None
        else {"before": estimate(medians[0]), "after": estimate(medians[1])},
        "missing": {"before": estimate(one.missing[0]), "after": estimate(one.missing[1])},
        "new": {"values": one.news, "most": [_value(*value) for value in one.new]},
        "gone": {"values": one.goes, "most": [_value(*value) for value in one.gone]},
        "words": {
            "tested": one.tested,
            "moved": [
                {
                    "word": word.word,
                    "before": estimate(word.before),
                    "after": estimate(word.after),
                    "adjusted": word.adjusted,
                }
                for word in one.words
            ],
        }
        if one.kind == "text"
        else None,
        "effects": [
            {
                "criterion": effect.criterion.text,
                "before": estimate(effect.before),
                "after": estimate(effect.after),
                "change": estimate(effect.change),
                "unknown": number(effect.unknown),
            }
            for effect in one.effects
        ],
        "driver": None if one.driver is None else _driver(one.driver),
        "sentence": column_sentence(one),
    }


def _lead(lead: Lead) -> dict[str, Any]:
    return {
        "parts": [_part(one) for one in lead.parts],
        "columns": [{"column": name, **_driver(one)} for name, one in lead.columns],
    }


def _driver(driver: Driver) -> dict[str, Any]:
    return {
        "kind": driver.kind,
        "parts": [_part(one) for one in driver.parts],
        "distance": number(driver.distance),
        "left": estimate(driver.left),
        "adjusted": number(driver.adjusted),
    }


def _part(part: Part) -> dict[str, Any]:
    return {
        "segment": part_name(part),
        "column": part.column,
        "value": part.value,
        "above": part.above or None,
        "up_to": part.upto or None,
        "before": estimate(part.before),
        "after": estimate(part.after),
    }


def _value(name: str, rows: float) -> dict[str, Any]:
    return {"value": name, "rows": number(rows)}


def _basis(drift: Drift) -> list[dict[str, str]]:
    asked, before, after = drift.asked, drift.reference, drift.current
    columns = max((len(one.columns) for one in drift.windows), default=0)
    many = f"{columns} column{'' if columns == 1 else 's'}"
    if asked.by:
        many += f" in {len(drift.windows)} windows of {asked.by}"
    error = (
        f"{percent(asked.confidence)} for all together"
        if asked.run_length is None
        else f"one false alarm expected in {asked.run_length:g} windows"
    )
    facts = [
        ("Reference", f"{whole(before.rows)} rows of {before.source}", ""),
        ("Current", f"{whole(after.rows)} rows of {after.source}", ""),
        ("Compared", many, ""),
        ("Alarm", error, ""),
        ("Snapshots", "", f"{short(before.snapshot)} {short(after.snapshot)}"),
        ("Compared on", drift.compared_on, ""),
        ("Code", drift.code, ""),
    ]
    return [{"term": a, "text": b, "code": c} for a, b, c in facts if b or c]
