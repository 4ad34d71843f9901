"""The digest of a framework, over what decides: no prose, no names, no sources, no examples."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from sextant.strategy.frameworks.model import (
    Condition,
    Dimension,
    Framework,
    Outcome,
    Question,
)


def digest_of(framework: Framework) -> str:
    """`sha256:` and the hash of the normal form, written as JSON with sorted keys."""
    text = json.dumps(normal_form(framework), sort_keys=True, separators=(",", ":"))
    return "sha256:" + hashlib.sha256(text.encode()).hexdigest()


def normal_form(framework: Framework) -> dict[str, Any]:
    """What decides, as plain JSON values; outcomes keep their order, for the first one wins."""
    return {
        "key": framework.key,
        "uses": sorted([use.gate, use.first, use.begun] for use in framework.used_by if use.gate),
        "valid_days": framework.valid_days,
        "questions": {key: question_form(one) for key, one in framework.questions.items()},
        "dimensions": {key: dimension_form(one) for key, one in framework.dimensions.items()},
        "outcomes": [outcome_form(one) for one in framework.outcomes.values()],
    }


def question_form(one: Question) -> dict[str, Any]:
    return {
        "kind": one.kind,
        "levels": one.scale.keys if one.scale else (),
        "cuts": one.cuts,
        "lower_is_better": one.lower_is_better,
        "unit": one.unit,
        "tiers": (one.first, one.last),
        "grades": dict(one.grades),
        "binds": sorted(one.binds),
        "otherwise": (one.otherwise, one.otherwise_level),
        "once_verified": one.once_verified,
        "asked_for": sorted(one.asked_for),
        "asked_when": [_condition(when) for when in one.asked_when],
    }


def dimension_form(one: Dimension) -> dict[str, Any]:
    return {
        "kind": one.kind,
        "of": one.of if one.kind in ("table", "compare") else sorted(one.of),
        "levels": one.scale.keys,
        "gives": dict(one.table.gives) if one.table else {},
        "otherwise": one.otherwise,
    }


def outcome_form(one: Outcome) -> dict[str, Any]:
    return {
        "key": one.key,
        "verdict": one.verdict,
        "when": [_condition(when) for when in one.when],
        "demands": len(one.demands),
    }


def _condition(when: Condition) -> dict[str, Any]:
    return {
        "clauses": sorted([one.dimension, *sorted(one.levels)] for one in when.clauses),
        "counts": sorted(
            [one.many, sorted(one.dimensions), sorted(one.levels)] for one in when.counts
        ),
    }
