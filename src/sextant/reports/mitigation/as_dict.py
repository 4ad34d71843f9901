"""Ways of mitigation as a JSON object: all that their page says."""

from __future__ import annotations

from typing import Any

from sextant.lab.mitigation import Mitigation, Option
from sextant.reports.as_dict import SCHEMA
from sextant.reports.fairness.as_dict import estimate
from sextant.words.mitigation import (
    aimed,
    caveats,
    headline,
    helps,
    moved,
    points,
    sentence,
    turned,
)


def as_dict(found: Mitigation, left: int) -> dict[str, Any]:
    """Numbers are JSON numbers or null; shares are fractions, changes are after less before."""
    return {
        "schema": SCHEMA,
        "study": "mitigation",
        "by": found.by,
        "headline": headline(found),
        "fitted": found.fitted,
        "held_out": found.held_out,
        "trained": found.trained,
        "left": left,
        "confidence": found.confidence,
        "seed": found.seed,
        "before": {name: estimate(one) for name, one in found.before},
        "options": [_option(one) for one in found.options],
        "left_out": [{"way": name, "why": why} for name, why in found.left_out],
        "caveats": caveats(found),
    }


def _option(option: Option) -> dict[str, Any]:
    aim = aimed(option)
    return {
        "name": option.way.name,
        "title": option.way.title,
        "aims_at": option.way.aims_at,
        "failed": option.failed or None,
        "fairness": {
            one.definition.name: {
                "title": one.definition.title,
                "before": estimate(one.before),
                "after": estimate(one.after),
                "change": estimate(one.change),
                "between": list(one.before.between or ()),
                "before_text": points(one.before),
                "after_text": points(one.after),
                "change_text": turned(one.before, one.change),
            }
            for one in option.fairness
        },
        "quality": {name: {**estimate(one), "text": moved(one)} for name, one in option.quality},
        "after": {name: estimate(one) for name, one in option.after},
        "worse": option.worse,
        "better": option.better,
        "helps": bool(aim and helps(aim)),
        "sentence": sentence(option),
    }
