"""A study without labels as one JSON object, schema 1."""

from __future__ import annotations

from typing import Any

from sextant.reports.as_dict import SCHEMA, count, metric_name, number
from sextant.reports.as_dict import data as data_of
from sextant.reports.fairness.as_dict import estimate
from sextant.reports.text import short
from sextant.studies.estimate.labels import Labels
from sextant.studies.estimate.result import Judged, Row, Unlabelled
from sextant.words.estimate import (
    caveats,
    figures_of,
    headline,
    label_sentences,
    number_sentence,
    place_name,
    preconditions,
)
from sextant.words.numbers import percent, whole


def as_dict(found: Unlabelled) -> dict[str, Any]:
    """Numbers are JSON numbers or null; shares are fractions, not percentages."""
    asked = found.asked
    informs = [_row(one, found) for one in found.informs]
    return {
        "schema": SCHEMA,
        "study": "estimate",
        "product": asked.contract.product,
        "confidence": asked.confidence,
        "by": asked.by or None,
        "reference": data_of(found.reference),
        "current": data_of(found.current),
        "verdict": found.verdict,
        "outlook": found.outlook,
        "same_rows": found.same,
        "headline": headline(found),
        "criteria": [_judged(one, found) for one in found.judged],
        "rows": [_row(row, found) for one in found.judged for row in one.rows] + informs,
        "labels": _labels(found.labels) | {"sentences": label_sentences(found)},
        "preconditions": [
            {"what": what, "state": state, "sentence": sentence}
            for what, state, sentence in preconditions(found)
        ],
        "left_out": [{"criterion": text, "why": why} for text, why in found.left_out],
        "caveats": caveats(found),
        "basis": _basis(found),
        "notes": list(found.notes),
    }


def _judged(one: Judged, found: Unlabelled) -> dict[str, Any]:
    criterion = one.criterion
    return {
        "id": criterion.id,
        "criterion": criterion.text,
        "role": criterion.role,
        "outlook": one.outlook,
        "shown": [place_name(row.place, found) for row in one.shown],
    }


def _row(row: Row, found: Unlabelled) -> dict[str, Any]:
    criterion, place, shown = row.criterion, row.place, figures_of(row, found)
    return {
        "window": place.window or None,
        "segment": dict(place.segment),
        "place": place_name(place, found),
        "metric": row.call.metric if criterion is None else metric_name(criterion.quantity),
        "criterion": None if criterion is None else criterion.text,
        "bound": None if criterion is None else criterion.bound,
        "direction": None if criterion is None else criterion.op,
        "outlook": row.outlook,
        "estimate": estimate(row.estimate),
        "measured": None if row.measured is None else estimate(row.measured),
        "weighted": None if row.weighted is None else estimate(row.weighted),
        "needed": row.needed,
        "rows": count(place.rows),
        "labelled": count(place.labelled),
        "reference": count(place.reference),
        "outside": count(place.outside),
        "why": row.why or None,
        "value_text": shown.value,
        "interval_text": shown.interval,
        "bound_text": "" if criterion is None else shown.bound,
        "sentence": number_sentence(row, found),
    }


def _labels(labels: Labels) -> dict[str, Any]:
    apart, until = labels.unlike, labels.complete
    return {
        "rows": count(labels.rows),
        "labelled": count(labels.labelled),
        "windows": [
            {"window": one.window, "rows": count(one.rows), "labelled": count(one.labelled)}
            for one in labels.coverage
        ],
        "unlike": None
        if apart is None
        else {
            "labelled": count(apart.labelled),
            "unlabelled": count(apart.unlabelled),
            "columns": apart.columns,
            "undecided": apart.open,
            "differ": [
                {"column": one.column, "distance": estimate(one.shift.distance)}
                for one in apart.changed
            ],
        },
        "complete": None
        if until is None
        else {
            "until": until.until or None,
            "as_of": until.as_of,
            "share": until.share,
            "days": until.days,
            "arrived": None if until.arrived is None else estimate(until.arrived),
            "longest_seen": number(until.seen),
            "rows_since": count(until.since),
            "waiting": count(until.waiting),
            "set_aside": {"before": until.before, "untimed": until.untimed},
        },
    }


def _basis(found: Unlabelled) -> list[dict[str, str]]:
    asked, before, after = found.asked, found.reference, found.current
    data = asked.contract.data
    score = data.score.column if data.score else ""
    label = data.label.column if data.label else ""
    aside = [
        f"{whole(rows)}: {reason}" for one in (before, after) for reason, rows in one.set_aside
    ]
    facts = [
        ("Reference", f"{whole(before.rows)} rows of {before.source}", ""),
        ("Current", f"{whole(after.rows)} rows of {after.source}", ""),
        ("Score", f"{score}, against {label}", ""),
        ("Set aside", "; ".join(aside), ""),
        ("Confidence", percent(asked.confidence), ""),
        ("Snapshots", "", f"{short(before.snapshot)} {short(after.snapshot)}"),
        ("Estimated on", found.estimated_on, ""),
        ("Code", found.code, ""),
    ]
    return [{"term": a, "text": b, "code": c} for a, b, c in facts if b or c]
