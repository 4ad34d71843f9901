"""Every outcome of n pairs that matters, with its probability: coverage without drawing."""

from __future__ import annotations

import numpy as np
from scipy import special, stats

Outcomes = tuple[np.ndarray, np.ndarray, np.ndarray]


def outcomes(n: int, gain: float, loss: float, beyond: float = 1e-7) -> Outcomes:
    """(b, c, probability) of b pairs that only B has and c that only A has."""
    ranges = []
    for p in (gain, loss):
        one = stats.binom(n, p)
        ranges.append(np.arange(int(one.ppf(beyond)), int(one.ppf(1 - beyond)) + 1))
    b, c = (grid.ravel() for grid in np.meshgrid(*ranges, indexing="ij"))
    b, c = b[b + c <= n].astype(float), c[b + c <= n].astype(float)
    log = special.gammaln(n + 1) - special.gammaln(n - b - c + 1)
    log -= special.gammaln(b + 1) + special.gammaln(c + 1)
    log += special.xlogy(b, gain) + special.xlogy(c, loss)
    return b, c, np.exp(log + special.xlog1py(n - b - c, -gain - loss))
