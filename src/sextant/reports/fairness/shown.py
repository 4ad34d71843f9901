"""The numbers of a fairness record as they are shown, whichever form shows them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sextant.words.fairness.figures import TERMS
from sextant.words.nouns import capital
from sextant.words.numbers import Scale, span, whole

Record = Mapping[str, Any]
MARKS = {"met": "●", "missed": "✕", "undecided": "◐", "": "·"}
SHOWN = (
    "selection_rate", "true_positive_rate", "false_positive_rate", "precision", "accuracy",
    "base_rate", "calibration_bias", "calibration_error",
)  # fmt: skip
"""The measures of a table; the false negative rate is the rest of the true positive rate."""


def term(measure: str) -> str:
    return capital(TERMS[measure])


def figure(one: Record, unit: str = "%") -> str:
    """`58.8 %`, or a dash; `unit` is points where it is a difference of shares."""
    return "—" if one["estimate"] is None else f"{_scale(one).bare(one['estimate'])} {unit}"


def ends(one: Record) -> str:
    """`56.2 – 61.4`."""
    if one["low"] is None or one["high"] is None:
        return ""
    return span(_scale(one), one["low"], one["high"], " – ")


def size(one: Record) -> str:
    return whole(round(one["n"], 1))


def _scale(one: Record) -> Scale:
    """Tenths of a per cent, hundredths where the interval is as narrow as they are."""
    low, high = one["low"], one["high"]
    narrow = low is not None and high is not None and high - low < 0.005
    return Scale(100.0, 2 if narrow else 1)


def domain(grouping: Record, measure: str) -> tuple[float, float]:
    """One scale for all groups' bars: the stretch that holds every judgeable interval."""
    large = [g for g in grouping["groups"] if not tiny(g, measure)] or grouping["groups"]
    found = [g["measures"][measure] for g in large]
    held = [x for one in found for x in (one["low"], one["high"]) if x is not None]
    if not held:
        return 0.0, 1.0
    low, high = min(held), max(held)
    room = 0.12 * ((high - low) or 0.1)
    least = -1.0 if measure == "calibration_bias" else 0.0
    return max(low - room, least), min(high + room, 1.0)


def tiny(group: Record, measure: str) -> bool:
    """Is the group too small to be judged by this measure?"""
    return any(one["measure"] == measure for one in group["too_small"])


def measures(grouping: Record) -> Sequence[str]:
    """The measures that this grouping's groups have, in the order of a table."""
    held = {name for group in grouping["groups"] for name in group["measures"]}
    return [name for name in SHOWN if name in held]
