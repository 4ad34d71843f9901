"""Labels drawn at random inside strata, at different rates: estimates, and how to draw more."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from sextant.states.judged import JointMoments
from sextant.stats import mean as means
from sextant.stats.critical import critical, later_obstacle, normal, student
from sextant.stats.estimate import Estimate, Level
from sextant.stats.powered import FEWEST, combine
from sextant.stats.rate import rate
from sextant.stats.weighted import box, part_level

Array = NDArray[np.float64]
Stratum = tuple[JointMoments, JointMoments]
"""Rows judged by people, and all others."""
METHOD = "strata, each prediction-powered"


@dataclass(frozen=True, slots=True)
class _Sum:
    value: float
    variance: float
    nu: float
    skewness: float
    n: float


def stratified_rate(strata: Sequence[Stratum], level: Level) -> Estimate:
    """The share of all rows of which people would say yes, Σ W_h θ_h with known W_h = N_h/N.

    V = Σ W_h² V_h + Σ W_h (θ_h − θ)²/N, no V_h below that of (k+1)/(n+2), so that a stratum without
    an error is not taken for certain; then as `powered_rate`. With fewer than 20 of an outcome the
    Bonferroni box of exact limits, which holds always.
    """
    held = [one for one in strata if one[0].n + one[1].n]
    if not held or (without := sum(not one[0].n for one in held)):
        why = f"{without} of {len(held)} strata have no row that people judged" if held else ""
        return Estimate.undefined(why or "no row")
    n = sum(a.n for a, _ in held)
    yes = sum(a.n * a.mean_y for a, _ in held)
    found = _sum(held, share=True)
    if min(yes, n - yes) < FEWEST or not 0 < found.value < 1:
        weights = _weights(held)
        each = level.split(len(held))
        parts = [rate(a.n * a.mean_y, a.n, part_level(each, a.n / n)) for a, _ in held]
        value, low, high = box(parts, weights)
        return Estimate(value, low, high, n, "strata, Bonferroni box of exact limits")
    worth = found.value * (1 - found.value) / found.variance
    effective = worth * (normal(level.alpha) / student(found.nu, level.alpha)) ** 2
    scaled = level
    if level.tuned_to is not None:
        scaled = replace(level, tuned_to=level.tuned_to * effective / n)
    best = rate(found.value * effective, effective, scaled)
    return replace(best, n=n, worth=worth, method=f"{METHOD}, {best.method}")


def stratified_mean(strata: Sequence[Stratum], level: Level) -> Estimate:
    """The mean of what people would say, as `powered_mean`; every stratum needs two labels."""
    held = [one for one in strata if one[0].n + one[1].n]
    if not held or any(a.n < 2 for a, _ in held):
        return Estimate.undefined("a stratum has fewer than two rows that people judged")
    n = sum(a.n for a, _ in held)
    found = _sum(held, share=False)
    obstacle = later_obstacle(level, n)
    if n < means.FEWEST:
        obstacle = f"a mean needs {means.FEWEST:.0f} labels to be judged, here are {n:.0f}"
    elif found.variance <= 0:
        obstacle = means.CONSTANT
    if obstacle:
        return Estimate.unassessable(found.value, n, obstacle)
    times = critical(n, min(found.nu, n), level)
    low, high = means.outer(found.value, math.sqrt(found.variance), times, found.skewness)
    return Estimate(found.value, low, high, n, f"{METHOD}, {means.METHOD}")


def _weights(held: Sequence[Stratum]) -> Array:
    rows = np.array([a.n + b.n for a, b in held])
    return np.asarray(rows / rows.sum())


def _sum(held: Sequence[Stratum], share: bool) -> _Sum:
    weights = _weights(held)
    rows = sum(a.n + b.n for a, b in held)
    values, variances, nus, skews = [], [], [], []
    for a, b in held:
        found = combine(a, b) if a.n > 1 else None
        values.append(found.value if found else a.mean_y)
        floor = (a.n * a.mean_y + 1) / (a.n + 2) if share else 0.0
        least = floor * (1 - floor) / a.n if not found or not found.weight else 0.0
        variance = max(found.variance if found else 0.0, least)
        variances.append(variance)
        nus.append(found.nu if found and math.isfinite(found.nu) else a.n)
        skews.append(found.skewness if found else 0.0)
    theta, v = np.array(values), np.array(variances)
    value = float(weights @ theta)
    parts = weights**2 * v
    between = float(weights @ (theta - value) ** 2) / rows
    variance = float(parts.sum()) + between
    fourth = float((parts**2 / np.array(nus)).sum())
    third = float((weights**3 * np.array(skews) * v**1.5).sum())
    return _Sum(
        value,
        variance,
        variance**2 / fourth if fourth > 0 else math.inf,
        third / variance**1.5 if variance > 0 else 0.0,
        sum(a.n for a, _ in held),
    )


def allocate(left: Array, spread: Array, wanted: int, judged: Array) -> NDArray[np.int64]:
    """How many further rows to draw from each stratum: Neyman's shares, N_h s_h, from what is left.

    `left` rows without a label and `judged` rows with one, by stratum; `spread` the standard
    deviation of people's verdicts there. A stratum gets at least `FLOOR` of its proportional share,
    so that a spread that was seen too small by chance is corrected. Sums to `wanted`, or to all
    that is left.
    """
    rows = left + judged
    wanted = min(int(wanted), int(left.sum()))
    if wanted <= 0:
        return np.zeros(left.size, dtype=np.int64)
    share = rows / rows.sum()
    neyman = share * spread
    neyman = neyman / neyman.sum() if neyman.sum() > 0 else share
    mixed = FLOOR * share + (1 - FLOOR) * neyman
    target = np.maximum(mixed * (wanted + judged.sum()) - judged, 0.0)
    if target.sum() <= 0:
        target = share
    given = np.zeros(left.size, dtype=np.int64)
    while (open_ := (given < left)).any() and given.sum() < wanted:
        due = np.where(open_, target, 0.0)
        if due.sum() <= 0:
            due = np.where(open_, share, 0.0)
        exact = due / due.sum() * (wanted - given.sum())
        step = np.minimum(np.floor(exact).astype(np.int64), (left - given).astype(np.int64))
        if not step.any():
            order = np.argsort(-(exact - np.floor(exact)), kind="stable")
            first = next(at for at in order if open_[at] and exact[at] > 0)
            step[first] = 1
        given += step
    return given


FLOOR = 0.3
