"""How stable a rank is: the values drawn together many times, and who is first how often.

Each bet's value is drawn from its own sketch, independently of the others: what two models have in
common (the same customers, the same growth) is not known here, and would make their ranks steadier
than they look. A share of N draws is itself uncertain by at most 1 / √N.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from sextant.strategy.portfolio.bet import Bet

AT_A_TIME = 1_000_000
WORK = 1_000_000
MOST_DRAWS, LEAST_DRAWS = 10_000, 1_000
TOP = 3
SEED = 20_261
TIE = 1e-9
"""Equal values change places by lot: the lot is this share of the widest spread."""


@dataclass(frozen=True, slots=True)
class Stability:
    """By bet in the order given: the share of draws at the top, and the ranks of nine in ten."""

    draws: int
    first: NDArray[np.float64]
    top: NDArray[np.float64]
    low: NDArray[np.int64]
    high: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Ranked:
    """A bet at its place by expected value, and how far the draws bear it out.

    `first` and `top`: the share of draws in which it is first, or among the first three; from
    `low` to `high` it stands in nine of ten.
    """

    place: int
    bet: Bet
    first: float
    top: float
    low: int
    high: int


def draws_for(count: int) -> int:
    """How many draws a page makes for so many bets: 10,000 up to a hundred, then fewer."""
    return max(LEAST_DRAWS, min(MOST_DRAWS, WORK // max(count, 1)))


def ranked(bets: Sequence[Bet], draws: int | None = None, seed: int = SEED) -> list[Ranked]:
    """The bets that have a value, by expected value, the highest first; equal ones by key."""
    held = sorted(
        ((one, one.value) for one in bets if one.value is not None),
        key=lambda pair: (-pair[1].expected, pair[0].key),
    )
    if not held:
        return []
    table = np.asarray([value.sketch for _, value in held], dtype=np.float32)
    found = _kept(table.tobytes(), len(held), draws or draws_for(len(held)), seed)
    return [
        Ranked(
            at + 1, bet, float(found.first[at]), float(found.top[at]),
            int(found.low[at]), int(found.high[at]),
        )
        for at, (bet, _) in enumerate(held)
    ]  # fmt: skip


@lru_cache(maxsize=8)
def _kept(sketches: bytes, count: int, draws: int, seed: int) -> Stability:
    """The stability of values that were drawn before is that of then: nothing else goes into it."""
    table = np.frombuffer(sketches, dtype=np.float32).reshape(count, -1)
    return stability(list(table), draws, seed)


def stability(sketches: Sequence[NDArray[np.float32]], draws: int, seed: int) -> Stability:
    """Ranks over `draws` joint draws from sketches of equally likely quantiles.

    Raises ValueError where there is no sketch, or one of another length or with a number that is
    not finite.
    """
    if not sketches or len({len(one) for one in sketches}) != 1 or draws < 1:
        raise ValueError("Ranks need at least one draw, and sketches of one length.")
    table = np.asarray(sketches, dtype=np.float64)
    if not np.isfinite(table).all():
        raise ValueError("A sketch holds a number that is not finite. Check its value model.")
    counts = _counts(table, draws, np.random.default_rng(seed))
    reached = np.cumsum(counts, axis=1) / draws
    return Stability(
        draws=draws,
        first=counts[:, 0] / draws,
        top=reached[:, min(TOP, len(table)) - 1],
        low=1 + np.argmax(reached >= 0.05, axis=1),
        high=1 + np.argmax(reached >= 0.95, axis=1),
    )


def _counts(
    table: NDArray[np.float64], draws: int, random: np.random.Generator
) -> NDArray[np.int64]:
    """How often each row of the table stood at each rank, in pieces that fit into memory."""
    count, points = table.shape
    lot = TIE * float(np.ptp(table) or 1.0)
    rows, ranks = np.arange(count), np.arange(count)
    held = np.zeros(count * count, dtype=np.int64)
    step = max(1, AT_A_TIME // count)
    for start in range(0, draws, step):
        size = min(step, draws - start)
        values = table[rows, random.integers(0, points, (size, count), dtype=np.uint16)]
        values += lot * random.random((size, count), dtype=np.float32)
        order = np.argsort(-values, axis=1)
        held += np.bincount((order * count + ranks).ravel(), minlength=count * count)
    return held.reshape(count, count)
