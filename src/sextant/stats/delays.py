"""How much of what will be labelled has been, after so many days."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from sextant.stats.critical import normal
from sextant.stats.estimate import Estimate, Level

Ints = NDArray[np.int64]
FEWEST = 20
"""Labels at risk from which a day's share is counted."""
METHOD = "product limit from the right (Lagakos, Barraj and De Gruttola 1988)"


def arrived(delay: Ints, waited: Ints, n: Ints, level: Level) -> tuple[Estimate, ...]:
    """F(0), F(1), …, F(K): the share of labels that come within so many days.

    `delay` and `waited` [C] of labelled rows: after how many days the label came, and how many
    days a label had to come until now; `n` rows. Young rows show their quick labels alone, so that
    plain shares are too high; F is the product of 1 − (labels of exactly j days)/(labels of at
    most j days among rows that waited j days), j above k. Limits by Greenwood's variance on the
    scale of log F. K is the longest delay with 20 labels at risk: whatever takes longer is unseen.
    """
    if not n.sum():
        return ()
    longest = int(delay.max())
    at_risk, events = np.zeros(longest + 1), np.zeros(longest + 1)
    for j in range(longest + 1):
        risk = (delay <= j) & (waited >= j)
        at_risk[j], events[j] = n[risk].sum(), n[risk & (delay == j)].sum()
    enough = np.flatnonzero(at_risk >= FEWEST)
    if not enough.size:
        return ()
    last = int(enough[-1])
    found: list[Estimate] = [Estimate(1.0, 1.0, 1.0, float(at_risk[last]), METHOD)]
    log_f = variance = 0.0
    z = normal(level.alpha)
    for j in range(last, 0, -1):
        stay = at_risk[j] - events[j]
        if stay <= 0:
            found += [Estimate(0.0, 0.0, 1.0, float(at_risk[j]), METHOD)] * j
            break
        log_f += math.log(stay / at_risk[j])
        variance += events[j] / (at_risk[j] * stay)
        half = z * math.sqrt(variance)
        low, high = math.exp(log_f - half), min(math.exp(log_f + half), 1.0)
        found.append(Estimate(math.exp(log_f), low, high, float(at_risk[j - 1]), METHOD))
    return tuple(reversed(found))
