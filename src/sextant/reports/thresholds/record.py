"""An exploration as one plain document, schema 1: numbers, the figures as shown, the sentences.

It is the object of `sextant threshold --json`; every other form is drawn from it, so that a kept
record says the same for good.
"""

from __future__ import annotations

import math
from dataclasses import asdict
from typing import Any

import numpy as np

from sextant.reports.as_dict import SCHEMA, count, number
from sextant.reports.as_dict import data as data_of
from sextant.reports.facts import labelled, set_aside
from sextant.reports.text import short
from sextant.stats.estimate import Estimate
from sextant.studies.thresholds.asked import MEASURES
from sextant.studies.thresholds.fallback import Fallback
from sextant.studies.thresholds.groups import Equalised, Group, Grouped
from sextant.studies.thresholds.limits import Kept
from sextant.studies.thresholds.result import Exploration
from sextant.words.numbers import percent, whole
from sextant.words.thresholds import (
    fallback_sentences,
    group_sentences,
    headline,
    limit_sentences,
    sentences,
)
from sextant.words.thresholds.figures import figure, figure_of, money_unit, written
from sextant.words.thresholds.sentences import one_sided

MOST_POINTS = 100


def record_of(found: Exploration) -> dict[str, Any]:
    """Numbers are JSON numbers or null, shares fractions; an infinite threshold is null."""
    return {
        "schema": SCHEMA,
        "study": "thresholds",
        "product": found.contract.product,
        "question": found.digest,
        "code": found.code,
        "explored_on": found.explored_on,
        "data": data_of(found.data),
        "setting": _setting(found),
        "verdict": found.verdict if found.setting.limits else None,
        "headline": headline(found),
        "sentences": sentences(found),
        "today": cut(found, found.today, found.setting.current),
        "best": _best(found),
        "reason": found.reason,
        "limits": [
            _limit(one, text, found)
            for one, text in zip(found.limits, limit_sentences(found), strict=True)
        ],
        "curve": curve(found),
        "groups": [_grouped(one, found) for one in found.groups],
        "fallback": {
            "bound": found.fallback.bound,
            "sentences": fallback_sentences(found),
            "among": _fallback(found.fallback.among),
            "average": _fallback(found.fallback.average),
            "asked": _fallback(found.fallback.asked),
            "steps": [_fallback(one) for one in found.fallback.steps],
        },
        "basis": _basis(found),
        "notes": list(found.notes),
    }


def cut(found: Exploration, at: int, threshold: float) -> dict[str, Any]:
    """Every measure at one cut."""
    return {"threshold": number(threshold), "written": written(threshold)} | {
        name: estimate_of(found, name, found.bands[name].at(at)) for name in (*MEASURES, "cost")
    }


def estimate_of(found: Exploration, measure: str, estimate: Estimate) -> dict[str, Any]:
    """An estimate with its figures as they are shown."""
    shown = figure_of(measure, estimate, found.setting)
    return _plain(estimate) | {"shown": shown.value, "interval": shown.interval}


def curve(found: Exploration) -> list[dict[str, Any]]:
    """At most so many cuts, spread over the scores, with today's and the best."""
    held = {found.today} | ({found.best.cut} if found.best else set())
    size = found.cuts.size
    held |= set(np.unique(np.linspace(0, size - 1, min(size, MOST_POINTS)).astype(int)).tolist())
    points = []
    for at in sorted(held):
        threshold = found.cuts.threshold(at)
        if at == found.today and math.isfinite(threshold):
            threshold = found.setting.current if found.exact else threshold
        point: dict[str, Any] = {"threshold": number(threshold)}
        for name in (*MEASURES, "cost"):
            one = found.bands[name].at(at)
            point[name] = [number(one.value), number(one.low), number(one.high)]
        points.append(point)
    return points


def _plain(estimate: Estimate) -> dict[str, Any]:
    return {
        "estimate": number(estimate.value),
        "low": number(estimate.low),
        "high": number(estimate.high),
        "n": count(estimate.n),
        "method": estimate.method,
        "reason": estimate.reason,
    }


def money_of(estimate: Estimate, found: Exploration) -> dict[str, Any]:
    shown = figure(estimate, money_unit(found.setting), found.setting.costs.currency)
    return _plain(estimate) | {"shown": shown.value, "interval": shown.interval}


def _setting(found: Exploration) -> dict[str, Any]:
    one = found.setting
    costs = asdict(one.costs)
    return {
        "threshold": one.current,
        "exact": found.exact,
        "costs": costs,
        "costs_known": one.known,
        "limits": [limit.text for limit in one.limits],
        "prevalence": one.prevalence,
        "volume": one.volume,
        "capacity": one.capacity,
        "period": one.period,
        "automated_error": one.automated_error,
        "review": one.review,
        "band": list(one.band) if one.band else None,
        "equalise": one.equalise,
        "confidence": round(1 - one.alpha, 12),
    }


def _best(found: Exploration) -> dict[str, Any] | None:
    best = found.best
    if best is None:
        return None
    first, last = (found.cuts.threshold(end) for end in best.ends)
    return cut(found, best.cut, found.cuts.threshold(best.cut)) | {
        "cost": money_of(best.cost, found),
        "from": number(first),
        "to": number(last),
        "range": f"{written(first)} – {written(last)}",
        "confidence": round(1 - found.setting.alpha / 2, 12),
        "members": int(best.members.sum()),
        "regret": money_of(best.regret, found),
        "gain": money_of(best.gain, found),
    }


def _limit(one: Kept, sentence: str, found: Exploration) -> dict[str, Any]:
    held = np.flatnonzero(one.kept)
    ends = [number(found.cuts.threshold(int(at))) for at in held[[0, -1]]] if held.size else None
    return {
        "limit": one.limit.text,
        "kept": ends,
        "today": one.verdict(found.today),
        "verdict": "met" if held.size else "missed" if one.broken.all() else "undecided",
        "sentence": sentence,
    }


def _grouped(one: Grouped, found: Exploration) -> dict[str, Any]:
    return {
        "segment": one.segment,
        "common": one.common,
        "sentences": group_sentences(one, found.setting),
        "groups": [_group(each, found) for each in one.groups],
        "equalised": [_equalised(each, found) for each in one.equalised],
        "apart": None if one.apart is None else money_of(one.apart, found),
    }


def _group(one: Group, found: Exploration) -> dict[str, Any]:
    ends = one.ends
    return {
        "name": one.name,
        "n": count(one.n),
        "positives": count(one.positives),
        "best": number(one.threshold),
        "from": number(ends[0]) if ends else None,
        "to": number(ends[1]) if ends else None,
        "range": f"{written(ends[0])} – {written(ends[1])}" if ends else "",
        "today": {name: estimate_of(found, name, each) for name, each in one.at_common.items()},
    }


def _equalised(one: Equalised, found: Exploration) -> dict[str, Any]:
    def points(gap: Estimate) -> dict[str, Any]:
        shown = figure(gap, "points")
        return _plain(gap) | {
            "shown": shown.value, "interval": shown.interval,
            "between": list(gap.between) if gap.between else None,
        }  # fmt: skip

    return {
        "measure": one.measure,
        "target": one.target,
        "groups": [
            {
                "name": each.name,
                "threshold": number(each.threshold),
                "before": estimate_of(found, one.measure, each.before),
                "after": estimate_of(found, one.measure, each.after),
                "reason": each.reason,
            }
            for each in one.groups
        ],
        "gap_before": points(one.gap_before),
        "gap_after": points(one.gap_after),
        "cost": money_of(one.cost, found),
        "errors": _plain(one.errors),
    }


def _fallback(one: Fallback | None) -> dict[str, Any] | None:
    if one is None:
        return None
    shares = {
        name: _plain(each)
        | {"shown": (shown := figure(each, "share")).value, "interval": shown.interval}
        for name, each in (
            ("automated", one.automated), ("error", one.error), ("wrong", one.wrong),
            ("people", one.people),
        )
    }  # fmt: skip
    ends = {"low": number(one.low), "high": number(one.high)}
    return ends | shares | {"cost": asdict(one.cost) if one.cost else None}


def _basis(found: Exploration) -> list[dict[str, str]]:
    """Term, text, code: what anyone needs to check it again."""
    data, setting = found.data, found.setting
    costs = setting.costs
    kinds = ("true_positive", "false_positive", "false_negative", "true_negative")
    each = ", ".join(f"{name.replace('_', ' ')} {getattr(costs, name):g}" for name in kinds)
    known = f"{each} {costs.currency}".rstrip() if setting.known else "1 for each error"
    facts = [
        ["Question", f"{percent(1 - setting.alpha)} confidence", short(found.digest)],
        ["Costs", known, ""],
        ["Data", f"{whole(data.rows)} rows of {data.source}", ""],
        ["Labelled", labelled(data), ""],
        ["Set aside", set_aside(data), ""],
        ["Snapshot", "", short(data.snapshot)],
        ["Cuts", f"{whole(found.cuts.size)} between the scores' bins", ""],
        [
            "Best cut",
            f"is in its range with {one_sided(found)} confidence at any number of rows",
            "",
        ],
    ]
    optional = [["Explored on", found.explored_on, ""], ["Code", found.code, ""]]
    facts += [one for one in optional if one[1]]
    return [{"term": term, "text": text, "code": code} for term, text, code in facts]


def _sure(found: Exploration) -> str:
    """How the range of the best cut is known."""
    if found.cuts.by_unit is not None:
        return f"in its range with {one_sided(found)} confidence, by the units' effective number"
    return f"in its range with {one_sided(found)} confidence, exactly, at any number of rows"
