"""The bars: 500 bets ranked for a page, and 10,000 draws over 200 bets. (Bounds are generous.)"""

from __future__ import annotations

from time import process_time

import numpy as np
from bets_by_hand import bet, normal
from pace import slower

from sextant.strategy.portfolio import Value, ranked


def best_of(three: int, count: int, draws: int | None) -> float:
    random = np.random.default_rng(9)
    means = random.normal(0, 100_000, count)
    bets = [bet(key, Value("EUR", mean, mean - 1, mean + 1, normal(mean, 90_000)))
            for key, mean in enumerate(means)]  # fmt: skip
    took = []
    for _ in range(three):
        began = process_time()
        assert len(ranked(bets, draws)) == count
        took.append(process_time() - began)
    return min(took)


def test_five_hundred_for_a_page() -> None:
    assert best_of(3, 500, None) < 0.15 * slower()


def test_ten_thousand_draws_over_two_hundred() -> None:
    assert best_of(3, 200, 10_000) < 2.0 * slower()
