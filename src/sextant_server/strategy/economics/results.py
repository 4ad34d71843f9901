"""What a value model says, computed once for each digest and kept in the process."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import Any

from sextant.strategy.economics import Findings, Valuation, ValueModel, findings, value

KEPT = 256


def valuation(model: ValueModel) -> Valuation:
    """What it is worth."""
    return _value(json.dumps(model.plain(), sort_keys=True))


def found_in(model: ValueModel) -> Findings:
    """What matters, and what it is worth to know."""
    return _findings(json.dumps(model.plain(), sort_keys=True))


def summary(found: Valuation) -> dict[str, Any]:
    """What a list of products needs of it, as JSON keeps it."""
    ends = [
        {"name": one.name, "at": one.at, "low": one.low, "high": one.high, "reason": one.reason}
        for one in found.break_evens
    ]
    return {
        "expected": found.ai.expected,
        "low": found.ai.interval.low,
        "high": found.ai.interval.high,
        "payback": found.payback.chance.share,
        "beats": found.beats.share,
        "best": found.best.who,
        "break_evens": ends,
    }


@lru_cache(maxsize=KEPT)
def _value(text: str) -> Valuation:
    return value(ValueModel.from_plain(json.loads(text)))


@lru_cache(maxsize=KEPT)
def _findings(text: str) -> Findings:
    return findings(ValueModel.from_plain(json.loads(text)))
