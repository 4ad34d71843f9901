"""Rankings: the mean over users of a value per user, users hashed into 256 buckets."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from benchmarks.coverage.record import Record, observe

from sextant.stats.estimate import Estimate, Level
from sextant.stats.mean import mean_by_unit

ONCE = Level()
PLACES = 10
DISCOUNT = 1 / np.log2(np.arange(PLACES) + 2)


def values(rng: np.random.Generator, users: int, noise: float) -> np.ndarray:
    """NDCG of ten items, each relevant with the user's own chance; NaN where none is."""
    chance = rng.beta(1, 3, users)[:, None]
    relevant = (rng.random((users, PLACES)) < chance).astype(float)
    order = np.argsort(-(relevant + noise * rng.normal(size=relevant.shape)), axis=1)
    got = np.take_along_axis(relevant, order, axis=1) @ DISCOUNT
    best = -np.sort(-relevant, axis=1) @ DISCOUNT
    return np.asarray(got / np.where(best > 0, best, np.nan))


def ndcgs(rng: np.random.Generator, runs: int, sizes: tuple[int, ...]) -> Iterator[Record]:
    """Good and bad rankings of few and of many users; the truth is that of two million."""

    def estimate(users: int, noise: float) -> Estimate:
        found = values(rng, users, noise)
        found = found[~np.isnan(found)]
        bucket = rng.integers(0, 256, found.size)
        totals, n = np.bincount(bucket, found, 256), np.bincount(bucket, minlength=256)
        return mean_by_unit(totals, n.astype(float), ONCE)

    for noise in (0.3, 1.0, 10.0):
        truth = float(np.nanmean(values(rng, 2_000_000, noise)))
        for users in sizes:
            found = (estimate(users, noise) for _ in range(runs))
            yield observe("NDCG", f"{users} users, noise {noise}", truth, found)
