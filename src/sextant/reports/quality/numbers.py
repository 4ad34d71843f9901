"""An estimate as JSON."""

from __future__ import annotations

from typing import Any

from sextant.reports.as_dict import number
from sextant.stats.estimate import Estimate


def estimate(found: Estimate) -> dict[str, Any]:
    """Value, interval and n as JSON numbers or null."""
    return {
        "estimate": number(found.value),
        "low": number(found.low),
        "high": number(found.high),
        "n": number(found.n),
        "method": found.method,
    }
