"""What the errors of a classifier mean for people, in natural frequencies, and who catches them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sextant.stats.estimate import Level
from sextant.stats.rate import rate
from sextant_server.products.models import Automation

CAUGHT = {
    Automation.INFORM: "It only informs: whoever decides should know this.",
    Automation.SUGGEST: "A person decides: these are the suggestions to turn down.",
    Automation.REVIEWED: "A person reviews what it decides: these are the ones to find.",
    Automation.ALONE: "Nobody looks before it counts: without a fallback each of them is felt.",
}


@dataclass(frozen=True, slots=True)
class Consequence:
    """A sentence, its figures, and what stands between the error and the people."""

    says: str
    figures: str


def consequences(record: Mapping[str, Any]) -> list[Consequence]:
    """Of 100 that are flagged, how many wrongly; of 100 positive ones, how many are overlooked."""
    counts = record["confusion"]
    if not counts:
        return []
    rows = record["names"]["rows"] or "cases"
    positive = record["names"]["positive"] or f"positive {rows}"
    found = []
    flagged = counts["tp"] + counts["fp"]
    if flagged:
        found.append(_said(f"flagged {rows}", "are flagged in error", counts["fp"], flagged))
    actual = counts["tp"] + counts["fn"]
    if actual:
        found.append(_said(positive, "are overlooked", counts["fn"], actual))
    return found


def caught(automation: str) -> str:
    """What stands between an error and the people, by how much the product decides itself."""
    return CAUGHT[Automation(automation)]


def _said(of: str, are: str, k: int, n: int) -> Consequence:
    """The rate as a count of 100, or of 1,000 where fewer than one in 100 is."""
    estimate = rate(k, n, Level())
    value = estimate.value or 0.0
    scale = 100 if value >= 0.01 or not value else 1000
    ends = scale * estimate.low, scale * estimate.high
    places = 0 if round(ends[0]) != round(ends[1]) else 1
    between = " to ".join(f"{end:.{places}f}" for end in ends)
    return Consequence(
        f"Of {scale:,} {of} about {scale * value:.0f} {are}.",
        f"{between} of {scale:,}, n {n:,}.",
    )
