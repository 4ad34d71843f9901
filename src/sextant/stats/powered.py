"""Estimates from few human labels and a judge's verdict on every row (PPI++)."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from sextant.states.judged import JointMoments
from sextant.stats import mean as means
from sextant.stats.critical import critical, later_obstacle, normal, student
from sextant.stats.estimate import Estimate, Level
from sextant.stats.rate import rate

Array = NDArray[np.float64]
POWERED = "prediction-powered (PPI++)"
ALONE = "labels alone"
FEWEST = 20.0
"""With fewer of a human outcome the normal limit says nothing, and the judge is not used."""
NOBODY = "no row that people judged"


@dataclass(frozen=True, slots=True)
class Powered:
    """The combined estimate before it is an interval.

    `weight` is λ, how much the judge counts (0: not at all); `nu` how many pieces carry the
    evidence; `skewness` that of the estimate; `alone` the variance of the labels' own mean.
    """

    value: float
    variance: float
    weight: float
    n: float
    others: float
    nu: float
    skewness: float
    alone: float


def combine(labelled: JointMoments, others: JointMoments, weight: float | None = None) -> Powered:
    """θ = ȳ + λ(f̄_N − f̄_n), n randomly labelled rows and N *other* rows, λ by least variance.

    λ = clip₀₁ cov/((1 + n/N) var f), var f pooled; V = λ²s²_f,N/N + s²_(y−λf)/n (Angelopoulos,
    Duchi and Zrnic, arXiv 2311.01453). The labelled rows must be a random sample of all; the judge
    may be as wrong as it likes. n >= 2.
    """
    n, m = labelled.n, others.n
    lam = _weight(labelled, others) if weight is None else weight
    y2, yf, f2 = labelled.sum(2, 0), labelled.sum(1, 1), labelled.sum(0, 2)
    rest = max(y2 - 2 * lam * yf + lam**2 * f2, 0.0)
    mine = rest / (n - 1) / n
    theirs = lam**2 * others.sum(0, 2) / (m - 1) / m if m > 1 else 0.0
    third = sum((-lam) ** j * math.comb(3, j) * labelled.sum(3 - j, j) for j in range(4)) / n**3 + (
        lam**3 * others.sum(0, 3) / m**3 if m else 0.0
    )
    fourth = sum(
        (-lam) ** j * math.comb(4, j) * labelled.sum(4 - j, j) for j in range(5)
    ) / n**4 + (lam**4 * others.sum(0, 4) / m**4 if m else 0.0)
    second = rest / n**2 + (lam**2 * others.sum(0, 2) / m**2 if m else 0.0)
    return Powered(
        value=labelled.mean_y + lam * (others.mean_f - labelled.mean_f),
        variance=mine + theirs,
        weight=lam,
        n=n,
        others=m,
        nu=second**2 / fourth if fourth > 0 else math.inf,
        skewness=third / second**1.5 if second > 0 else 0.0,
        alone=y2 / (n - 1) / n,
    )


def _weight(labelled: JointMoments, others: JointMoments) -> float:
    n, m = labelled.n, others.n
    if m < 2:
        return 0.0
    gap = others.mean_f - labelled.mean_f
    pooled = labelled.sum(0, 2) + others.sum(0, 2) + gap**2 * n * m / (n + m)
    pooled /= n + m - 1
    scale = max(abs(labelled.mean_f), abs(others.mean_f))
    if not pooled > (4 * np.finfo(float).eps * scale) ** 2:
        return 0.0
    return min(max(labelled.sum(1, 1) / (n - 1) / ((1 + n / m) * pooled), 0.0), 1.0)


def powered_rate(labelled: JointMoments, others: JointMoments, level: Level) -> Estimate:
    """The share of all rows of which people would say yes; y is 0 or 1.

    Clopper-Pearson (at later looks the beta mixture) at n_eff = θ(1−θ)/V (z/t_ν)². With fewer than
    20 of a human outcome, or where the judge adds nothing, the labels alone. `n` is the number of
    labels, `worth` how many random labels alone would be as precise.
    """
    n = labelled.n
    if n <= 0:
        return Estimate.undefined(NOBODY)
    yes = min(max(labelled.mean_y * n, 0.0), n)
    alone = replace(rate(yes, n, level), worth=n)
    alone = replace(alone, method=f"{alone.method}, {ALONE}")
    if min(yes, n - yes) < FEWEST:
        return alone
    found = combine(labelled, others)
    share = found.value
    if not found.weight or not 0 < share < 1 or found.variance <= 0:
        return alone
    worth = share * (1 - share) / found.variance
    effective = worth * (normal(level.alpha) / student(found.nu, level.alpha)) ** 2
    scaled = level
    if level.tuned_to is not None:
        scaled = replace(level, tuned_to=level.tuned_to * effective / n)
    best = rate(share * effective, effective, scaled)
    return replace(best, n=n, worth=worth, method=f"{POWERED}, {best.method}")


def powered_mean(labelled: JointMoments, others: JointMoments, level: Level) -> Estimate:
    """The mean of what people would say of all rows.

    The outer of Student's t and Hall's interval, as for a mean, with the pieces y − λf and λf in
    place of the rows. Domain: 50 labels (200 at later looks), some spread.
    """
    n = labelled.n
    if n <= 0:
        return Estimate.undefined(NOBODY)
    alone = means.mean(n, labelled.mean_y, labelled.sum(2, 0), labelled.sum(3, 0), level)
    alone = replace(alone, method=f"{alone.method}, {ALONE}", worth=n)
    if not alone.assessable or n < means.FEWEST:
        return alone
    found = combine(labelled, others)
    if not found.weight or found.variance <= 0 or not math.isfinite(found.variance):
        return alone
    times = critical(n, min(found.nu, n), level)
    low, high = means.outer(found.value, math.sqrt(found.variance), times, found.skewness)
    worth = n * found.alone / found.variance
    return Estimate(found.value, low, high, n, f"{POWERED}, {means.METHOD}", worth=worth)


def powered_by_unit(
    labelled: list[JointMoments],
    others: list[JointMoments],
    level: Level,
    share: bool,
    copies: float = 1.0,
) -> Estimate:
    """As above where rows depend inside units (or buckets of them): one pair of parts per unit.

    V = G/(G−1) Σe², e = the unit's part in y − λf of the labelled rows and in λf of the others.
    """
    whole, rest = _total(labelled), _total(others)
    if whole.n <= 0:
        return Estimate.undefined(NOBODY)
    lam = _weight(whole, rest) if whole.n > 1 else 0.0
    value = whole.mean_y + lam * (rest.mean_f - whole.mean_f)
    centre = whole.mean_y - lam * whole.mean_f
    e = np.array(
        [
            a.n * (a.mean_y - lam * a.mean_f - centre) / whole.n
            + (lam * b.n * (b.mean_f - rest.mean_f) / rest.n if rest.n else 0.0)
            for a, b in zip(labelled, others, strict=True)
        ]
    )
    used = int(np.count_nonzero([a.n + b.n for a, b in zip(labelled, others, strict=True)]))
    n, g = whole.n * copies, used * copies
    if used < UNITS:
        return Estimate.unassessable(value, n, f"people and judge need {UNITS} units, here {used}")
    squares = float(np.square(e).sum())
    variance = g / (g - 1) * squares / copies
    nu = squares**2 / float((e**4).sum()) * copies if squares > 0 else 0.0
    if obstacle := later_obstacle(level, g):
        return Estimate.unassessable(value, n, obstacle)
    method = f"{POWERED if lam else ALONE}, units"
    if not share:
        if n < means.FEWEST or variance <= 0:
            return Estimate.unassessable(value, n, means.CONSTANT if n >= means.FEWEST else _few(n))
        a = float((e**3).sum()) / squares**1.5 / math.sqrt(copies)
        low, high = means.outer(value, math.sqrt(variance), critical(n, nu, level), a)
        return Estimate(value, low, high, n, f"{method}, {means.METHOD}", worth=None)
    yes = min(max(whole.mean_y * n, 0.0), n)
    if min(yes, n - yes) < FEWEST or not 0 < value < 1 or variance <= 0:
        effective, value = min(n, g), min(max(whole.mean_y, 0.0), 1.0)
    else:
        effective = value * (1 - value) / variance
        effective *= (normal(level.alpha) / student(nu, level.alpha)) ** 2
    scaled = level
    if level.tuned_to is not None:
        scaled = replace(level, tuned_to=level.tuned_to * effective / n)
    found = rate(value * effective, effective, scaled)
    return replace(found, n=n, method=f"{method}, {found.method}", worth=None)


UNITS = 20


def _few(n: float) -> str:
    return f"a mean needs {means.FEWEST:.0f} labels to be judged, here are {n:.0f}"


def _total(parts: list[JointMoments]) -> JointMoments:
    total = JointMoments()
    for one in parts:
        total += one
    return total


def drawn_alike(labelled: JointMoments, others: JointMoments) -> float | None:
    """z of the judge's mean on the labelled rows against the others; None where it cannot be.

    Far from 0 the labelled rows were not drawn at random, and every estimate from them misleads.
    """
    n, m = labelled.n, others.n
    if n < FEWEST or m < FEWEST:
        return None
    variance = labelled.sum(0, 2) / (n - 1) / n + others.sum(0, 2) / (m - 1) / m
    if variance <= 0:
        return None
    return (labelled.mean_f - others.mean_f) / math.sqrt(variance)
