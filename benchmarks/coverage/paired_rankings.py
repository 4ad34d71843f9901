"""Differences of two rankings, user by user: does a comparison err as often as it may?"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from benchmarks.coverage import batch
from benchmarks.coverage.record import Record, draws
from benchmarks.coverage.users import KINDS, by_bucket, population, totals

from sextant.stats.estimate import Estimate, Level
from sextant.stats.mean import mean_by_unit
from sextant.stats.paired.shares import Part, share_difference_by_unit

ONCE = Level()
ENDS = ("low", "high")


def differences(rng: np.random.Generator, runs: int, sizes: tuple[int, ...]) -> Iterator[Record]:
    """B less A; users are drawn with replacement, so that the population's mean is the truth."""
    for kind in KINDS:
        a, b = population(kind)
        gone = {name: b[name] - a[name] for name in a}
        for users in sizes:
            found = limits(rng, gone, users, draws(users, runs))
            for name, one in found.items():
                truth = float(gone[name].mean())
                case = f"{users:,} users, {kind}, truth {truth:+.4f}"
                yield one.record(f"difference of {name}", case, truth, users)


def limits(
    rng: np.random.Generator, gone: dict[str, np.ndarray], users: int, runs: int
) -> dict[str, batch.Limits]:
    """Those of the mean of the users' own differences; of hits by the users that differ."""
    found: dict[str, list[batch.Limits]] = {name: [] for name in gone}
    each = min(max(200_000 // users, 1), 500)
    for first in range(0, runs, each):
        many = min(each, runs - first)
        drawn, place, n = by_bucket(rng, users, many, gone["hit"].size)
        for name, column in gone.items():
            own = column[drawn]
            if name == "hit":
                up, down = (totals(place, side, many) for side in (own > 0, own < 0))
                judged = [hits(up[i], down[i], n[i]) for i in range(0, many, 8)]
                ends = (np.array([getattr(one, end) for one in judged]) for end in ENDS)
                found[name].append(batch.Limits(*ends))
                continue
            total = totals(place, own, many)
            found[name].append(batch.mean_by_unit(total, n))
            if not first:
                found[name][0].agree(mean_by_unit(total[i], n[i], ONCE) for i in range(2))
    return {name: batch.joined(parts) for name, parts in found.items()}


def hits(gain: np.ndarray, loss: np.ndarray, users: np.ndarray) -> Estimate:
    """The difference of hit rates, from the users of each bucket that differ."""
    return share_difference_by_unit([Part(gain, loss, users)], ONCE)
