"""Rankings: the mean over users of a value per user, and the coverage of a catalogue."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from benchmarks.coverage import batch
from benchmarks.coverage.record import Record, draws, observe
from benchmarks.coverage.users import Values, by_bucket, population, totals

from sextant.stats.catalogue_coverage import catalogue_coverage
from sextant.stats.estimate import Estimate, Level
from sextant.stats.mean import mean_by_unit
from sextant.stats.rate import rate_by_unit

ONCE = Level()
PLACES = 10
ENDS = ("low", "high")


def rankings(rng: np.random.Generator, runs: int, sizes: tuple[int, ...]) -> Iterator[Record]:
    """NDCG, MAP, MRR, recall, precision and hit rate of few and of many users.

    Users are drawn from a population with replacement, so that its mean is the truth.
    """
    for kind in ("apart", "one item", "rare gains"):
        whole, _ = population(kind)
        for users in sizes:
            found = limits(rng, whole, users, draws(users, runs))
            for name, one in found.items():
                case, truth = f"{users} users, {kind}", float(whole[name].mean())
                yield one.record(f"ranking: {name}", case, truth, users)


def limits(
    rng: np.random.Generator, whole: Values, users: int, runs: int
) -> dict[str, batch.Limits]:
    """Those of the mean of each value of a user; of hits the exact ones, of fewer draws."""
    found: dict[str, list[batch.Limits]] = {name: [] for name in whole}
    each = min(max(200_000 // users, 1), 500)
    for first in range(0, runs, each):
        many = min(each, runs - first)
        drawn, place, n = by_bucket(rng, users, many, whole["hit"].size)
        for name, column in whole.items():
            total = totals(place, column[drawn], many)
            if name == "hit":
                some = range(0, many, 4)
                rates = [rate_by_unit(total[i], n[i], ONCE) for i in some]
                low, high = (np.array([getattr(one, end) for one in rates]) for end in ENDS)
                found[name].append(batch.Limits(low, high))
                continue
            found[name].append(batch.mean_by_unit(total, n))
            if not first:
                found[name][0].agree(mean_by_unit(total[i], n[i], ONCE) for i in range(2))
    return {name: batch.joined(parts) for name, parts in found.items()}


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
                    yield observe("catalogue coverage", case, truth, found, users)
