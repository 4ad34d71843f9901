"""A study of a judge as plain JSON: all that a page says, and the numbers it says it by."""

from __future__ import annotations

from typing import Any

from sextant.charts import domain_of
from sextant.reports.as_dict import SCHEMA, count, number
from sextant.reports.as_dict import data as data_of
from sextant.reports.text import short
from sextant.stats.estimate import Estimate
from sextant.studies.judges.asked import Asked
from sextant.studies.judges.result import JudgeStudy, Pair, Row
from sextant.words.judges import (
    agreement_sentences,
    bias_sentences,
    headline,
    row_sentence,
    together_sentences,
)
from sextant.words.judges.agreement import NAMES
from sextant.words.judges.estimates import promised, scale_of, what
from sextant.words.numbers import percent, span, whole

MOST_GARBAGE = 20


def record_of(study: JudgeStudy) -> dict[str, Any]:
    """Numbers are JSON numbers or null; shares are fractions."""
    asked = study.asked
    rows = [study.overall, *study.rows]
    return {
        "schema": SCHEMA,
        "study": "judge",
        "digest": study.digest,
        "look": study.look,
        "human": asked.human,
        "judge": asked.judge,
        "outcome": {"kind": asked.kind, "share": asked.share, "words": what(asked)},
        "promise": _promise(asked),
        "confidence": round(asked.confidence, 12),
        "data": data_of(study.data),
        "verdict": study.verdict,
        "headline": headline(study),
        "sentences": together_sentences(study),
        "agreement_sentences": agreement_sentences(study),
        "bias_sentences": bias_sentences(study),
        "weight": number(study.weight),
        "drawn": number(study.drawn),
        "domain": list(_domain(asked, rows)),
        "rows": [_row(row, study) for row in rows],
        "agreement": [_pair(one) for one in study.agreement],
        "everyone": [_measure(one.name, one.estimate) for one in study.everyone],
        "classes": [
            {"value": one.value, "recall": own(one.recall), "precision": own(one.precision)}
            for one in study.classes
        ],
        "order": None
        if study.order is None
        else {
            "pairs": count(study.order.pairs),
            "silent": count(study.order.silent),
            "swayed": count(study.order.swayed),
            "same": own(study.order.same),
            "first": own(study.order.first),
        },
        "favours": [
            {
                "name": one.name,
                "judge": own(one.judge),
                "people": own(one.people),
                "excess": own(one.excess),
            }
            for one in study.favours
        ],
        "garbage": [[value[:80], count(n)] for value, n in study.garbage[:MOST_GARBAGE]],
        "basis": _basis(study),
        "notes": list(study.notes),
    }


def own(estimate: Estimate) -> dict[str, Any]:
    """An estimate with its interval, n and method, or the reason why there is none."""
    return {
        "estimate": number(estimate.value),
        "low": number(estimate.low) if estimate.assessable else None,
        "high": number(estimate.high) if estimate.assessable else None,
        "n": count(estimate.n),
        "method": estimate.method,
        "reason": estimate.reason,
    }


def _promise(asked: Asked) -> dict[str, Any] | None:
    if asked.promise is None:
        return None
    found = asked.promise
    every = found.every
    return {"op": found.op, "bound": found.bound, "every": every, "words": promised(asked)}


def _domain(asked: Asked, rows: list[Row]) -> tuple[float, float]:
    estimates = [one for row in rows for one in (row.together, row.people) if one.assessable]
    if not estimates:
        return 0.0, 1.0
    bound = asked.promise.bound if asked.promise else estimates[0].value or 0.0
    limits = (0.0, 1.0) if asked.share else (float("-inf"), float("inf"))
    return domain_of(estimates, bound, limits)


def _row(row: Row, study: JudgeStudy) -> dict[str, Any]:
    asked, estimate = study.asked, row.together
    shown = {"figure": "", "interval": "", "people_figure": "", "people_interval": "", "says": ""}
    if estimate.value is not None and estimate.assessable:
        scale = scale_of(asked, estimate)
        shown["figure"] = scale.full(estimate.value)
        shown["interval"] = span(scale, estimate.low, estimate.high, " – ")
        if row.judge is not None:
            shown["says"] = scale.full(row.judge)
    people = row.people
    if people.value is not None and people.assessable:
        scale = scale_of(asked, people)
        shown["people_figure"] = scale.full(people.value)
        shown["people_interval"] = span(scale, people.low, people.high, " – ")
    return {
        "segment": dict(row.segment),
        "together": own(estimate),
        "people": own(people),
        "judge": number(row.judge),
        "rows": count(row.rows),
        "labelled": count(row.labelled),
        "silent": count(row.silent),
        "worth": number(estimate.worth),
        "same": None if row.same is None else own(row.same),
        "verdict": row.verdict,
        "needed": row.needed.rows if row.needed else None,
        "sentence": row_sentence(row, asked),
        "shown": shown,
    }


def _pair(pair: Pair) -> dict[str, Any]:
    return {
        "a": pair.a,
        "b": pair.b,
        "silent": count(pair.silent),
        "measures": [_measure(one.name, one.estimate) for one in pair.measures],
        "table": [[a, b, count(n)] for a, b, n in pair.table[:400]],
    }


def _measure(name: str, estimate: Estimate) -> dict[str, Any]:
    return {"name": name, "words": NAMES[name], **own(estimate)}


def _basis(study: JudgeStudy) -> list[dict[str, str]]:
    data, asked = study.data, study.asked
    aside = ", ".join(f"{reason} {whole(n)}" for reason, n in data.set_aside) or "none"
    drawn = f"inside {asked.stratum}" if asked.stratum else "from all rows alike, as was said"
    look = "the first, exact intervals" if study.look == 1 else f"number {study.look}, always-valid"
    facts = [
        ("People", asked.human, ""),
        ("Judge", asked.judge, ""),
        ("Labels drawn", drawn, ""),
        ("Questions", f"{percent(asked.confidence)} confidence", short(study.digest)),
        ("Data", f"{whole(data.rows)} rows of {data.source}", ""),
        ("Labelled", f"{whole(data.labelled or 0)} of {whole(data.rows)} rows", ""),
        ("Without", aside, ""),
        ("Snapshot", "", short(data.snapshot)),
        ("Method", study.overall.together.method, ""),
        ("Look", look, ""),
        ("Done on", study.done_on, ""),
        ("Code", study.code, ""),
    ]
    return [
        {"term": term, "text": text, "code": code} for term, text, code in facts if text or code
    ]
