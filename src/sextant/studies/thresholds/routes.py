"""What each part of the scores holds: left below the band, inside it, flagged above it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from sextant.stats.cuts_by_unit import effective
from sextant.stats.estimate import Estimate
from sextant.stats.rate import EXACT, NO_ROWS, clopper_pearson
from sextant.studies.thresholds.fallback import Bands
from sextant.studies.thresholds.result import Exploration

Route = Literal["leave", "ask", "flag"]


@dataclass(frozen=True, slots=True)
class Routed:
    """Rows of one route: `low` to below `high`, and the share of them that is positive.

    `wrong` is the share that is decided wrongly there; undefined where people are asked.
    """

    route: Route
    low: float
    high: float
    positive: Estimate
    wrong: Estimate


def routes(found: Exploration, at: float | None = None) -> tuple[Routed, ...]:
    """The routes of the band that was asked about, else of the guarantees; else of the cut `at`.

    Without `at` that is today's cut.
    """
    bands = found.fallback
    low, high = _ends(bands, found.setting.current if at is None else at)
    cuts = found.cuts
    first, last = cuts.index(low), max(cuts.index(low), cuts.index(high))
    parts: list[tuple[Route, float, float, int, int]] = [
        ("leave", 0.0, low, 0, first), ("ask", low, high, first, last),
        ("flag", high, 1.0, last, cuts.low.size),
    ]  # fmt: skip
    return tuple(
        _routed(found, *part) for part in parts if part[3] < part[4]
    )  # fmt: skip


def _ends(bands: Bands, cut: float) -> tuple[float, float]:
    one = bands.asked or bands.among or bands.average
    return (cut, cut) if one is None else (one.low, one.high)


def _routed(
    found: Exploration, route: Route, low: float, high: float, first: int, last: int
) -> Routed:
    cuts, alpha = found.cuts, found.setting.alpha
    table = np.stack([cuts.pos, cuts.neg])[:, None, :] if cuts.by_unit is None else cuts.by_unit
    pos, neg = table[:, :, first:last].sum(axis=2)
    positive = _share(pos, pos + neg, alpha)
    if route == "ask":
        return Routed(route, low, high, positive, Estimate.undefined("people decide"))
    wrong = positive if route == "leave" else _share(neg, pos + neg, alpha)
    return Routed(route, low, high, positive, wrong)


def _share(k: np.ndarray, n: np.ndarray, alpha: float) -> Estimate:
    """A share with exact limits, at its effective size where there are units."""
    size = float(n.sum())
    if size <= 0:
        return Estimate.undefined(NO_ROWS)
    if k.size == 1:
        low, high = clopper_pearson(float(k.sum()), size, alpha)
        return Estimate(float(k.sum()) / size, float(low), float(high), size, EXACT)
    k_e, n_e = effective(k[:, None], n[:, None], alpha)
    low, high = clopper_pearson(k_e[0], n_e[0], alpha)
    return Estimate(float(k.sum()) / size, float(low), float(high), size, f"{EXACT}, units")
