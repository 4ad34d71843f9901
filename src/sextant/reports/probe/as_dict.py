"""A probe as a JSON object: all that any of its reports says."""

from __future__ import annotations

from typing import Any

from sextant.reports.as_dict import SCHEMA
from sextant.reports.fairness.as_dict import estimate
from sextant.studies.probe.curve import Forecast
from sextant.studies.probe.result import Found, Growth, Probe
from sextant.studies.quality.result import Suspect
from sextant.words.fitting import fitting
from sextant.words.numbers import percent, whole
from sextant.words.probe.advice import caveats, steps
from sextant.words.probe.figures import MEASURES, TITLES, lead, number, worth
from sextant.words.probe.sentences import choice, growth_of, headline, measured, sentences
from sextant.words.probe.voice import COMMANDS, Voice


def as_dict(probe: Probe, voice: Voice = COMMANDS) -> dict[str, Any]:
    """Numbers are JSON numbers or null; shares are fractions, leads are above 0 where better.

    `voice`: where it is read.
    """
    table, asked, growth = probe.table, probe.asked, growth_of(probe)
    return {
        "schema": SCHEMA,
        "study": "probe",
        "target": asked.target,
        "task": probe.task,
        "positive": probe.positive,
        "classes": list(probe.classes),
        "main": probe.main,
        "verdict": probe.verdict,
        "headline": headline(probe),
        "sentences": sentences(probe, voice),
        "steps": steps(probe, voice),
        "data": {
            "source": table.source,
            "rows": table.rows,
            "labelled": table.labelled,
            "used": table.used,
            "untimed": table.untimed,
            "copies": table.copies,
            "columns": list(table.columns),
            "left_out": [{"column": name, "why": why} for name, why in table.left],
            "infinite": dict(table.endless),
            "balance": dict(table.balance),
        },
        "leaks": [_leak(one) for one in probe.leaks],
        "kept": [_leak(one) for one in probe.kept],
        "answers": [_found(one, probe) for one in probe.found],
        "tested": probe.tested,
        "taught": probe.taught,
        "folds": probe.folds,
        "ahead": None if probe.ahead is None else estimate(probe.ahead),
        "growth": [_growth(one, probe) for one in probe.growth],
        "buy": None if growth is None else choice(probe, growth).what,
        "cost": None if growth is None or asked.price is None else {
            "labels": growth.more, "price": asked.price, "currency": asked.currency,
            "amount": asked.price * growth.more,
        },
        "fit": [] if probe.fit is None else [
            {"word": one.word, "sentence": one.says} for one in fitting(probe.fit)
        ],
        "noise": _noise(probe),
        "required": [
            {
                "criterion": one.text, "verdict": one.verdict, **estimate(one.estimate),
                "text": measured(one.text, one.estimate),
                "needed": int(one.needed) if one.needed else None,
                "without": {
                    "verdict": plain.verdict, **estimate(plain.estimate),
                    "text": measured(plain.text, plain.estimate),
                },
            }
            for one, plain in zip(probe.required, probe.without, strict=True)
        ],
        "weak": _weak(probe),
        "weak_why": probe.weak_why or None,
        "confidence": asked.confidence,
        "seed": asked.seed,
        "caveats": caveats(probe),
        "basis": _basis(probe),
    }  # fmt: skip


def _leak(one: Suspect) -> dict[str, Any]:
    return {"column": one.column, "how": one.how, **estimate(one.estimate)}


def _found(one: Found, probe: Probe) -> dict[str, Any]:
    return {
        "kind": one.kind,
        "title": TITLES[one.kind],
        "says": one.says,
        "numbers": {name: _number(name, held) for name, held in one.numbers},
        "lead": None if one.lead is None else {
            **estimate(one.lead), "text": lead(probe.main, one.lead),
        },
    }  # fmt: skip


def _number(name: str, held: Any) -> dict[str, Any]:
    return {**estimate(held), "title": MEASURES[name], "text": number(name, held)}


def _growth(one: Growth, probe: Probe) -> dict[str, Any]:
    return {
        "kind": one.kind,
        "title": TITLES[one.kind],
        "points": [{"rows": at.rows, "error": at.error} for at in one.curve.points],
        "asked": _forecast(one.asked, probe),
        "futures": [_forecast(at, probe) for at in one.futures],
    }


def _forecast(one: Forecast, probe: Probe) -> dict[str, Any]:
    return {
        "now": one.now, "then": one.then, "gain": one.value, "low": one.low, "high": one.high,
        "confidence": one.confidence, "text": worth(probe.main, one),
    }  # fmt: skip


def _noise(probe: Probe) -> dict[str, Any] | None:
    if probe.noise is None:
        return None
    return {
        **estimate(probe.noise.share),
        "rows": int(probe.noise.doubtful.sum()),
        "joint": probe.noise.joint.tolist(),
    }


def _weak(probe: Probe) -> list[dict[str, Any]]:
    held = probe.weak.weak if probe.weak is not None else ()
    return [
        {
            "segment": dict(one.conditions), "rate": estimate(one.rate),
            "elsewhere": estimate(one.elsewhere),
        }
        for one in held
    ]  # fmt: skip


def _basis(probe: Probe) -> list[dict[str, str]]:
    table, asked = probe.table, probe.asked
    read = f"{whole(table.rows)} rows of {table.source}, {whole(table.labelled)} with a target"
    used = f"{whole(table.used)} used"
    if table.used < table.labelled - table.untimed:
        how = "the newest of" if asked.time is not None else "drawn by chance from"
        used += f", {how} {whole(table.labelled)}"
        used += f": a probe reads {whole(asked.most)}"
    balance = ", ".join(f"{name} {whole(n)}" for name, n in table.balance[:6])
    left = "; ".join(f"{name}: {why}" for name, why in table.left[:8])
    if len(table.left) > 8:
        left += f"; and {len(table.left) - 8} more"
    facts = [
        ("Data", read),
        ("Rows", used),
        ("Target", f"{asked.target} ({probe.task}){f': {balance}' if balance else ''}"),
        ("Columns", f"{len(table.columns)} used"),
        ("Left out", left),
        ("Infinite", ", ".join(f"{name} {whole(n)} cells" for name, n in table.endless)),
        ("Untimed", f"{whole(table.untimed)} rows without a time" if table.untimed else ""),
        ("Certainty", f"{percent(asked.confidence)}, each by itself"),
        ("Seed", f"{asked.seed}"),
        ("Probed on", probe.probed_on),
        ("Code", probe.code),
    ]
    return [{"term": term, "text": text} for term, text in facts if text]
