"""Which share of a catalogue is shown to so many users, with limits that are proven at any n."""

from __future__ import annotations

import math

import numpy as np
from scipy import special

from sextant.stats.critical import bisect
from sextant.stats.estimate import Estimate, Level

METHOD = "bounded differences and self-bounding (McDiarmid; Boucheron, Lugosi and Massart)"
NOBODY = "no user is shown an item"


def catalogue_coverage(
    shown_to: np.ndarray,
    users: float,
    of: float,
    places: float,
    items: float,
    level: Level,
    copies: float = 1.0,
) -> Estimate:
    """The expected share of `items` that is shown to at least one of `of` users like these.

    `shown_to` [items seen]: by how many of the `users` each was seen among their first `places`.
    The estimate is the mean over all samples of `of` among the users (rarefaction; Hurlbert 1971),
    without bias. One user in another's place moves it by at most places·of/users/items, so that
    McDiarmid (1989) bounds its error; the number of items over `places` is self-bounding, so that
    its error is at most a Poisson's (Boucheron, Lugosi and Massart 2000), here of the mean over
    users/of independent samples (Hoeffding 1963). Both hold for independent users whatever is shown
    to them; each has half the error, and what both allow is the interval.

    At later looks the error is shared over all numbers of users from `of` on. More users than
    there are is undefined: what others would be shown cannot be told from these.
    """
    n = users * copies
    if users <= 0:
        return Estimate.undefined(NOBODY)
    if shown_to.size > items:
        what = f"{shown_to.size:,} different items are shown, more than the {items:,.0f}"
        return Estimate.undefined(f"{what} that the catalogue is said to have", n)
    if users < of:
        what = f"what {of:,.0f} users are shown needs as many to be seen, here are {users:,.0f}"
        return Estimate.undefined(what, n)
    value = _expected(np.asarray(shown_to, dtype=float), users, of)
    error = level.alpha
    if level.tuned_to is not None:
        error *= of / (n * (n + 1))
    log = math.log(4 / error)
    half = places * of * math.sqrt(log / 2 / n)
    blocks = math.floor(n / of)
    low, high = _poisson_limits(value / places, log / blocks)
    least = max(value - half, places * low, 0.0)
    most = min(value + half, places * high, places * of, items)
    return Estimate(value / items, least / items, most / items, n, METHOD)


def _expected(shown_to: np.ndarray, users: float, of: float) -> float:
    """Items expected in a sample of m users: each stays unseen with C(n-x, m)/C(n, m)."""
    kinds, times = np.unique(shown_to, return_counts=True)
    rest = users - kinds
    some = rest >= of
    unseen = np.zeros(kinds.size)
    top = rest[some]
    unseen[some] = np.exp(
        special.gammaln(top + 1) - special.gammaln(top - of + 1)
        - special.gammaln(users + 1) + special.gammaln(users - of + 1)
    )  # fmt: skip
    return float(times @ (1 - unseen))


def _poisson_limits(z: float, most: float) -> tuple[float, float]:
    """The means from which a Poisson-like z lies no further than `most` in Chernoff's exponent."""

    def allowed(mean: float) -> bool:
        seen = z * math.log(z / mean) if z > 0 else 0.0
        return mean - z + seen <= most

    low = bisect(allowed, z, 1e-300) if z > 0 else 0.0
    beyond = z + most + math.sqrt(2 * most * z) + 1.0
    while allowed(beyond):
        beyond *= 2
    return low, bisect(allowed, z or most, beyond)
