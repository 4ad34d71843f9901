"""A fairness review as one JSON object, schema 1: all that any page of it says."""

from __future__ import annotations

from typing import Any

from sextant.reports.as_dict import SCHEMA, count, number
from sextant.reports.as_dict import data as data_of
from sextant.reports.facts import labelled, set_aside
from sextant.reports.text import short
from sextant.stats.estimate import Estimate
from sextant.studies.fairness.result import (
    Conflict,
    Fairness,
    Grouped,
    GroupResult,
    Hurt,
    Judged,
    Trade,
)
from sextant.words.fairness import (
    caveats,
    conflict_sentences,
    definition_sentence,
    explained,
    headline,
    hurt_sentence,
    small_sentences,
)
from sextant.words.fairness.conflicts import given_up
from sextant.words.fairness.groups import without_sentence
from sextant.words.numbers import percent, whole


def as_dict(fairness: Fairness) -> dict[str, Any]:
    """Numbers are JSON numbers or null; shares are fractions, not percentages."""
    asked = fairness.asked
    return {
        "schema": SCHEMA,
        "study": "fairness",
        "product": asked.contract.product,
        "digest": fairness.digest,
        "look": fairness.look,
        "confidence": asked.confidence,
        "threshold": None if asked.contract.data.prediction else asked.contract.threshold,
        "selected": asked.selected or None,
        "data": data_of(fairness.data),
        "verdict": fairness.verdict,
        "headline": headline(fairness),
        "hurt": [_hurt(one, fairness) for one in fairness.hurt],
        "overall": _group(fairness.overall, ()),
        "groupings": [_grouping(one, fairness) for one in fairness.groupings],
        "without": without_sentence(fairness.groupings),
        "caveats": caveats(fairness),
        "basis": basis(fairness),
        "notes": list(fairness.notes),
    }


def _hurt(hurt: Hurt, fairness: Fairness) -> dict[str, Any]:
    value, low, high = hurt.people
    return {
        "by": list(hurt.grouping),
        "group": hurt.group.name,
        "other": hurt.other.name,
        "measure": hurt.measure,
        "rate": estimate(hurt.rates[0]),
        "other_rate": estimate(hurt.rates[1]),
        "difference": estimate(hurt.gap),
        "people": {"estimate": value, "low": low, "high": high},
        "sentence": hurt_sentence(hurt, fairness.asked.contract),
    }


def _grouping(grouped: Grouped, fairness: Fairness) -> dict[str, Any]:
    contract = fairness.asked.contract
    return {
        "by": list(grouped.grouping),
        "name": grouped.name,
        "intervals_together": grouped.together,
        "rows_without": count(grouped.without),
        "reason": grouped.reason,
        "groups": [_group(one, grouped.grouping) for one in grouped.groups],
        "definitions": [_definition(one, grouped, fairness) for one in grouped.judged],
        "conflict": _conflict(grouped.conflict),
        "conflict_sentences": conflict_sentences(grouped, contract),
        "too_small": small_sentences(grouped, contract),
    }


def _group(group: GroupResult, grouping: tuple[str, ...]) -> dict[str, Any]:
    return {
        "name": group.name or "all rows",
        "segment": dict(zip(grouping, group.values, strict=True)),
        "rows": count(group.rows),
        "labelled": count(group.labelled),
        "measures": {name: estimate(one) for name, one in group.estimates},
        "too_small": [
            {"measure": one.measure, "n": count(one.n), "missing": one.missing}
            for one in group.small
        ],
    }


def _definition(judged: Judged, grouped: Grouped, fairness: Fairness) -> dict[str, Any]:
    needed = judged.needed
    return {
        "name": judged.definition.name,
        "title": judged.definition.title,
        "asks": explained(judged, fairness.asked.contract),
        "measures": [one.name for one in judged.definition.measures],
        "bound": judged.bound.value,
        "bound_named": judged.bound.named or None,
        "direction": judged.definition.op,
        "verdict": judged.verdict,
        **estimate(judged.estimate),
        "between": list(judged.estimate.between) if judged.estimate.between else None,
        "needed": needed.rows if needed else None,
        "obstacle": judged.obstacle or None,
        "large_groups": None if judged.among is None else _among(judged),
        "sentence": definition_sentence(judged, grouped),
    }


def _among(judged: Judged) -> dict[str, Any]:
    assert judged.among is not None
    return {
        **estimate(judged.among),
        "between": list(judged.among.between) if judged.among.between else None,
        "verdict": judged.among_verdict,
    }


def _conflict(conflict: Conflict | None) -> dict[str, Any] | None:
    if conflict is None:
        return None
    return {
        "shown": conflict.shown,
        "groups": [one.name for one in conflict.groups],
        "base_rates": [estimate(one["base_rate"]) for one in conflict.groups],
        "difference": estimate(conflict.base),
        "trades": [_trade(one) for one in conflict.trades],
    }


def _trade(trade: Trade) -> dict[str, Any]:
    return {
        "equal": dict(zip(trade.equal, trade.at, strict=True)),
        "then": trade.measure,
        "now": [estimate(one) for one in trade.now],
        "would": [estimate(one) for one in trade.would],
        "difference": estimate(trade.gap),
        "bound": trade.bound,
        "impossible": trade.impossible,
        "choice": given_up(trade),
    }


def estimate(found: Estimate) -> dict[str, Any]:
    """A number with its interval, its n and its method, or with the reason why there is none."""
    return {
        "estimate": number(found.value),
        "low": number(found.low),
        "high": number(found.high),
        "n": count(found.n),
        "method": found.method,
        "reason": found.reason or None,
    }


def basis(fairness: Fairness) -> list[dict[str, str]]:
    """What anyone needs to check it again."""
    data, asked = fairness.data, fairness.asked
    decided = asked.contract.data.prediction
    score = asked.contract.data.score
    by = f"column {decided}" if decided else ""
    if score is not None and not decided:
        cut = asked.contract.threshold * score.scale
        by = f"column {score.column}, flagged from {cut:g} on"
    look = "the first; nobody counts: say so at the next" if fairness.look == 1 else (
        f"number {fairness.look}, always-valid intervals"
    )  # fmt: skip
    facts = [
        ("Data", f"{whole(data.rows)} rows of {data.source}", ""),
        ("Decisions", by, ""),
        ("Labelled", labelled(data), ""),
        ("Set aside", set_aside(data), ""),
        ("Questions", f"{percent(asked.confidence)} confidence", short(fairness.digest)),
        ("Snapshot", "", short(data.snapshot)),
        ("Look", look, ""),
        ("Reviewed on", fairness.reviewed_on, ""),
        ("Code", fairness.code, ""),
    ]
    return [{"term": a, "text": b, "code": c} for a, b, c in facts if b or c]
