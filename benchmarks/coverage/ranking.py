"""Rankings: the mean over users of a value per user, users hashed into 256 buckets."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from benchmarks.coverage.record import Record, observe

from sextant.stats.catalogue_coverage import catalogue_coverage
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


def shown(rng: np.random.Generator, users: int, kind: str, items: int) -> np.ndarray:
    """By how many of the users each item is seen among ten places.

    "popular": drawn by popularity, 1/rank; "even": every item alike; "camps": each user sees one of
    50 whole shelves, so that what one user sees hangs together.
    """
    if kind == "camps":
        shelf = rng.integers(0, items // PLACES, users)
        return np.repeat(np.bincount(shelf, minlength=items // PLACES), PLACES).astype(float)
    weight = 1 / np.arange(1, items + 1) if kind == "popular" else np.ones(items)
    edges = np.cumsum(weight / weight.sum())
    drawn = np.searchsorted(edges, rng.random((users, PLACES)) * edges[-1])
    who = np.arange(users)[:, None]
    return np.bincount(np.unique(who * items + drawn) % items, minlength=items).astype(float)


def expected(kind: str, items: int, of: int) -> float:
    """The share of the catalogue that `of` users see, by the drawing's own chances."""
    if kind == "camps":
        return float(1 - (1 - PLACES / items) ** of)
    weight = 1 / np.arange(1, items + 1) if kind == "popular" else np.ones(items)
    return float(np.mean(1 - (1 - weight / weight.sum()) ** (PLACES * of)))


def coverages(rng: np.random.Generator, runs: int, sizes: tuple[int, ...]) -> Iterator[Record]:
    """Of the catalogue, by all users and by a tenth of them; the truth is known."""

    def estimate(kind: str, users: int, of: int, items: int) -> Estimate:
        seen = shown(rng, users, kind, items)
        return catalogue_coverage(seen[seen > 0], users, of, PLACES, items, ONCE)

    for kind in ("popular", "even", "camps"):
        for items in (500, 5_000):
            for users in sizes:
                for of in (users, max(users // 10, 1)):
                    truth = expected(kind, items, of)
                    found = (estimate(kind, users, of, items) for _ in range(runs))
                    case = f"{items} items, {kind}, {of} of {users} users"
                    yield observe("catalogue coverage", case, truth, found)
