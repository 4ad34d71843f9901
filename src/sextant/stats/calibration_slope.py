"""The calibration slope: how much the log-odds of what happens move with those of the score."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray
from scipy import special

from sextant.stats.critical import critical, evidence_pieces, later_obstacle
from sextant.stats.estimate import Estimate, Level
from sextant.stats.logistic import logistic_fit

Floats = NDArray[np.float64]
METHOD = "logistic regression, robust variance, t of the pieces"
FEWEST = 100.0
EVENTS = 20.0
PIECES = 20.0
NO_ROWS = "no labelled row with a score"
CONSTANT = "all scores are equal, and a slope needs different ones"
EXTREME = "a score of 0 or 1 has no log-odds: cut the scores"
APART = "the scores separate what came true from what did not, and then no slope is the best"


def calibration_slope(
    score: Floats,
    k: Floats,
    n: Floats,
    level: Level,
    units: list[tuple[Floats, Floats, Floats]] | None = None,
    copies: float = 1.0,
) -> Estimate:
    """The slope b of logit P(true) = a + b logit(score), over cells of one score each.

    k of n rows came true at each `score`; 1 is right, below 1 the scores are too extreme (Cox
    1958). The variance is the sandwich of the rows' influences, of the units' where `units` holds
    (score, k, n) of each bucket, with t of the pieces that carry it. Domain: 100 rows, 20 that came
    true and 20 that did not, 20 pieces; scores strictly between 0 and 1.
    """
    used = n > 0
    score, k, n = score[used], k[used], n[used]
    total = float(n.sum())
    if total <= 0:
        return Estimate.undefined(NO_ROWS)
    if float(score.min()) <= 0 or float(score.max()) >= 1:
        return Estimate.undefined(EXTREME, total)
    if np.ptp(score) == 0:
        return Estimate.undefined(CONSTANT, total)
    x = np.column_stack([np.ones(score.size), special.logit(score)])
    b = logistic_fit(x, k, n)
    if b is None:
        return Estimate.undefined(APART, total)
    mu = special.expit(x @ b)
    inverse = np.linalg.pinv(x.T @ (x * (n * mu * (1 - mu))[:, None]), hermitian=True)[1]
    if units is None:
        d = x @ inverse
        pieces = np.r_[d * (1 - mu), -d * mu]
        weights = np.r_[k, n - k]
        variance = float(weights @ pieces**2)
        nu, g = evidence_pieces(pieces, weights), total
    else:
        pieces = np.array([_influence(one, b, inverse) for one in units]) * copies
        variance = float(pieces @ pieces) / copies
        g = len(units) * copies
        variance *= g / max(g - 1, 1.0)
        nu = min(evidence_pieces(pieces) * copies, g)
    value, events = float(b[1]), float(min(k.sum(), total - k.sum()))
    if why := _obstacle(level, total, events, nu, g):
        return Estimate.unassessable(value, total, why)
    half = critical(g, nu, level) * math.sqrt(variance)
    return Estimate(value, value - half, value + half, total, METHOD)


def _influence(part: tuple[Floats, Floats, Floats], b: Floats, inverse: Floats) -> float:
    score, k, n = part
    x = np.column_stack([np.ones(score.size), special.logit(score)])
    return float((x @ inverse) @ (k - n * special.expit(x @ b)))


def _obstacle(level: Level, rows: float, events: float, nu: float, units: float) -> str:
    if rows < FEWEST or events < EVENTS:
        need = f"a slope needs {FEWEST:.0f} rows and {EVENTS:.0f} of each outcome"
        return f"{need}, here are {rows:,.0f} and {events:,.0f}"
    if nu < PIECES:
        return f"a slope needs {PIECES:.0f} pieces that carry it, here are {nu:.0f}"
    return later_obstacle(level, units, events)
