"""The plain mean of several rates: macro recall and macro precision."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np

from sextant.stats.critical import critical, evidence_pieces, later_obstacle, normal, student
from sextant.stats.estimate import Estimate, Level
from sextant.stats.rate import rate
from sextant.stats.weighted import BOX, FEWEST, MOVER, box, part_level, square_and_add, sum_by_unit

OUTER = f"outer of Student t and {MOVER}"
FEWEST_PIECES = 10.0


def mean_of_rates(k: np.ndarray, n: np.ndarray, level: Level) -> Estimate:
    """The plain mean of k_i/n_i, rates of disjoint sets of rows: macro recall, macro precision.

    Where every n_i is at least 20 and 10 pieces carry the evidence (at later looks: 200 rows, 10 of
    each set) square-and-add, widened by t of the pieces over z, and on neither side nearer than
    Student's t with Σ p(1 - p)/(n_i - 1)/m². For of many rates near 1 those without an error leave
    no way up; and a sum is less skewed than its parts, so that their short sides add up to too
    little. Else the Bonferroni box of the exact limits, which holds always. `n` is the number of
    rows.
    """
    total = float(n.sum())
    p = k / n
    d = np.r_[(1 - p) / n, p / n]
    nu = evidence_pieces(d, np.r_[k, n - k])
    weights = np.full(n.size, 1 / n.size)

    def parts(at: Level) -> list[Estimate]:
        each = zip(k.tolist(), n.tolist(), strict=True)
        return [rate(a, b, part_level(at, b / total)) for a, b in each]

    enough = float(n.min()) >= FEWEST and FEWEST_PIECES <= nu < math.inf
    if enough and not later_obstacle(level, total, float(n.min())):
        value, low, high = square_and_add(parts(level), weights)
        wider = student(nu, level.alpha) / normal(level.alpha)
        error = math.sqrt(float((p * (1 - p) / (n - 1)).sum())) / n.size
        half = critical(total, nu, level) * error
        low = min(value - wider * (value - low), value - half)
        high = max(value + wider * (high - value), value + half)
        return Estimate(value, max(low, 0.0), min(high, 1.0), total, OUTER)
    return Estimate(*box(parts(level.split(n.size)), weights), total, BOX)


def mean_of_rates_by_unit(
    k_u: np.ndarray, n_u: np.ndarray, level: Level, copies: float = 1.0
) -> Estimate:
    """`mean_of_rates` of dependent rows from k and n per unit (or bucket) and set, shape [G, K]."""
    n = n_u.sum(axis=0)
    d = ((k_u - n_u * (k_u.sum(axis=0) / n)) / n).mean(axis=1)
    units = float(np.count_nonzero(n_u.sum(axis=1))) * copies
    nu = evidence_pieces(d) * copies
    variance = units / max(units - 1, 1.0) * float(d @ d) / copies
    half = critical(float(n.sum()) * copies, nu, level) * math.sqrt(variance)
    shares = [(k_u[:, i], n_u[:, i]) for i in range(n.size)]
    found = sum_by_unit(shares, np.full(n.size, 1 / n.size), 0.0, level, copies, half)
    return replace(found, low=max(found.low, 0.0), high=min(found.high, 1.0))
