"""A calibration study as one JSON object, schema 1: all that any report of it says."""

from __future__ import annotations

from typing import Any

from sextant.contracts.model import Contract
from sextant.reports.as_dict import SCHEMA, count, number
from sextant.reports.as_dict import data as data_of
from sextant.reports.facts import labelled, set_aside
from sextant.reports.text import short
from sextant.stats.estimate import Estimate
from sextant.studies.calibration.result import (
    BinResult,
    Calibration,
    Curve,
    Gain,
    Recalibration,
    Triple,
)
from sextant.words.calibration import (
    curve_sentence,
    gain_sentence,
    group_sentences,
    headline,
)
from sextant.words.calibration.curves import confidence, in_general, points
from sextant.words.calibration.gains import NAMES, scale_of, split_sentence
from sextant.words.nouns import group_name, rows_noun
from sextant.words.numbers import Scale, span, whole

WORDS = {"met": "right", "missed": "off", "undecided": "open"}
"""The word of a bin: its share is within what was asked, beyond it, or neither is shown."""


def record_of(calibration: Calibration) -> dict[str, Any]:
    """Numbers are JSON numbers or null, shares fractions; texts are as they are shown."""
    asked = calibration.asked
    return {
        "schema": SCHEMA,
        "kind": "calibration",
        "verdict": calibration.verdict,
        "headline": headline(calibration),
        "question": {
            "score": asked.contract.data.score.column if asked.contract.data.score else None,
            "label": asked.contract.data.label.column if asked.contract.data.label else None,
            "within": asked.within,
            "within_text": points(asked.within),
            "bins": asked.bins,
            "confidence": asked.confidence,
            "rows": rows_noun(asked.contract),
            "digest": calibration.digest,
        },
        "data": data_of(calibration.data),
        "curves": [_curve(one, calibration) for one in calibration.curves],
        "gain": gain_sentence(calibration),
        "recalibration": _recalibration(calibration.recalibration, calibration),
        "basis": _basis(calibration),
        "code": calibration.code,
        "studied_on": calibration.studied_on,
        "notes": list(calibration.notes),
    }


def _curve(curve: Curve, calibration: Calibration) -> dict[str, Any]:
    return {
        "segment": dict(curve.segment),
        "name": group_name(curve.segment),
        "verdict": curve.verdict,
        "sentence": curve_sentence(curve, calibration),
        "general": in_general(curve),
        "rows": count(curve.rows),
        "rows_text": whole(curve.rows),
        "bins": [_bin(one, calibration.asked.contract) for one in curve.bins],
        "calibration_error": _estimate(curve.error),
        "in_the_large": _estimate(curve.large),
        "slope": _estimate(curve.slope),
        "needed": curve.needed[0] if curve.needed else None,
    }


def _bin(one: BinResult, contract: Contract) -> dict[str, Any]:
    held, share = one.bin, one.share
    value = share.value or 0.0
    scale = Scale(100.0, 1)
    return {
        "from": held.low,
        "to": held.high,
        "score": held.mean,
        "n": count(held.rows),
        "share": value,
        "low": number(share.low),
        "high": number(share.high),
        "verdict": one.verdict,
        "word": WORDS[one.verdict],
        "range_text": span(scale, held.low, held.high, " – "),
        "score_text": scale.bare(held.mean),
        "share_text": scale.bare(value),
        "interval_text": span(scale, share.low, share.high, " – "),
        "difference_text": Scale(100.0, 1).bare(value - held.mean),
        "n_text": whole(held.rows),
        "method": share.method,
    }


def _estimate(found: Estimate) -> dict[str, Any]:
    return {
        "estimate": number(found.value),
        "low": number(found.low),
        "high": number(found.high),
        "n": count(found.n),
        "reason": found.reason,
        "text": _value(found),
        "interval_text": _interval(found),
    }


def _value(found: Estimate) -> str:
    return "" if found.value is None else Scale(1.0, 3).bare(found.value)


def _interval(found: Estimate) -> str:
    if found.value is None or not found.assessable:
        return ""
    return span(Scale(1.0, 3), found.low, found.high, " – ")


def _recalibration(found: Recalibration | None, calibration: Calibration) -> dict[str, Any] | None:
    if found is None:
        return None
    return {
        "told": found.told,
        "method": found.mapping.method,
        "method_text": NAMES[found.mapping.method],
        "held": count(found.held),
        "split": split_sentence(calibration),
        "best": _gain(found.best),
        "methods": [
            {"method": one.method, "name": NAMES[one.method]} | _gain(one.gain)
            for one in found.candidates
        ],
        "groups": [
            {"segment": dict(one.segment), "name": group_name(one.segment)} | _gain(one.gain)
            for one in found.groups
        ],
        "sentences": group_sentences(calibration),
        "mapping": found.mapping.as_dict(),
    }


def _gain(gain: Gain) -> dict[str, Any]:
    return {
        "log_loss": _triple(gain.log_loss),
        "brier": _triple(gain.brier),
        "calibration_error": _triple(gain.error),
    }


def _triple(triple: Triple) -> dict[str, Any]:
    before, after, difference = triple
    text = interval = ""
    if difference.value is not None and difference.assessable:
        scale = scale_of(difference)
        text = scale.bare(difference.value)
        interval = span(scale, difference.low, difference.high, " – ")
    return {
        "before": number(before.value),
        "after": number(after.value),
        "gain": number(difference.value),
        "low": number(difference.low),
        "high": number(difference.high),
        "n": count(difference.n),
        "reason": difference.reason,
        "before_text": _value(before),
        "after_text": _value(after),
        "gain_text": text,
        "interval_text": interval,
    }


def _basis(calibration: Calibration) -> list[dict[str, str]]:
    """What anyone needs to check it again, as terms and texts."""
    data, asked = calibration.data, calibration.asked
    facts = [
        ("Question", f"{confidence(calibration)} confidence", short(calibration.digest)),
        ("Data", f"{whole(data.rows)} rows of {data.source}", ""),
        ("Labelled", labelled(data), ""),
        ("Set aside", set_aside(data), ""),
        ("Snapshot", "", short(data.snapshot)),
        ("Bins", f"up to {asked.bins} of about equal size, by the scores alone", ""),
        ("Studied on", calibration.studied_on, ""),
        ("Code", calibration.code, ""),
    ]
    return [
        {"term": term, "text": text, "code": code} for term, text, code in facts if text or code
    ]
