"""Bets that another one beats in every respect, with nothing left to weigh."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from sextant.strategy.portfolio.bet import Bet, Span, Value

RESPECTS = ("data", "model", "user", "feasibility", "goal")


def dominated(bets: Sequence[Bet]) -> dict[int, tuple[Bet, ...]]:
    """By the key of a bet: those that are certainly as good in every respect, better in one.

    Value: every quantile is as high (first-order dominance, so whatever the taste for risk).
    Effort: both ends are as low. Every factor: at its lowest as high as the other at its highest.
    Bets without a value or an effort are in no comparison. The most valuable rival comes first.
    """
    held = [
        (bet, bet.value, bet.effort)
        for bet in bets
        if bet.value is not None and bet.effort is not None
    ]
    if len(held) < 2:
        return {}
    weak, strict = _efforts([effort for *_, effort in held])
    for least, most in _factors([bet for bet, *_ in held]):
        weak &= least[:, None] >= most[None, :]
        strict |= least[:, None] > most[None, :]
    sketches = np.array([value.sketch for _, value, _ in held])
    for point in (0, sketches.shape[1] // 2, -1):  # most pairs end here, without all quantiles
        weak &= sketches[:, point][:, None] >= sketches[:, point][None, :]
    np.fill_diagonal(weak, val=False)
    found: dict[int, list[tuple[Bet, Value]]] = {}
    for one, other in np.argwhere(weak):
        value, rival = held[other][1], held[one][1]
        as_good = bool((rival.sketch >= value.sketch).all())
        if as_good and (strict[one, other] or bool((rival.sketch > value.sketch).any())):
            found.setdefault(held[other][0].key, []).append((held[one][0], rival))
    return {
        key: tuple(bet for bet, _ in sorted(rows, key=lambda row: (-row[1].expected, row[0].key)))
        for key, rows in found.items()
    }


def _efforts(efforts: list[Span]) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    low = np.array([one.low for one in efforts])
    high = np.array([one.high for one in efforts])
    weak = (low[:, None] <= low[None, :]) & (high[:, None] <= high[None, :])
    return weak, weak & ((low[:, None] < low[None, :]) | (high[:, None] < high[None, :]))


def _factors(bets: list[Bet]) -> list[tuple[NDArray[np.int64], NDArray[np.int64]]]:
    """For every respect the lowest and the highest possible level of each bet."""
    return [
        (
            np.array([bet.factor(key).least for bet in bets]),
            np.array([bet.factor(key).most for bet in bets]),
        )
        for key in RESPECTS
    ]
