"""Rank stability against closed forms, and that a seed repeats it."""

from __future__ import annotations

from math import sqrt

import numpy as np
import pytest
from bets_by_hand import normal, worth
from scipy.stats import norm

from sextant.strategy.portfolio import Bet, draws_for, ranked, stability

DRAWS = 40_000
NEAR = 4 * sqrt(0.25 / DRAWS)
"""Four standard errors of a share of so many draws."""


@pytest.mark.parametrize(
    ("first", "second"), [((1, 1), (0, 1)), ((0, 3), (0.5, 1)), ((100, 10), (80, 40))]
)
def test_two_normals_meet_the_closed_form(
    first: tuple[float, float], second: tuple[float, float]
) -> None:
    """P(A > B) = Φ((μA − μB) / √(σA² + σB²))."""
    found = stability([normal(*first), normal(*second)], DRAWS, seed=1)
    gap = (first[0] - second[0]) / sqrt(first[1] ** 2 + second[1] ** 2)
    assert found.first[0] == pytest.approx(norm.cdf(gap), abs=NEAR)
    assert found.first.sum() == pytest.approx(1)


def test_equals_are_first_equally_often() -> None:
    found = stability([normal(0, 1)] * 8, DRAWS, seed=2)
    assert found.first == pytest.approx([1 / 8] * 8, abs=NEAR)
    assert found.top == pytest.approx([3 / 8] * 8, abs=NEAR)


def test_constants_that_are_equal_change_places_by_lot() -> None:
    same = np.full(512, 7.0, dtype=np.float32)
    found = stability([same, same, same, same], DRAWS, seed=3)
    assert found.first == pytest.approx([1 / 4] * 4, abs=NEAR)


def test_what_is_certain_is_certain() -> None:
    found = stability([normal(mean, 0.01) for mean in (1, 3, 2, 0)], 1_000, seed=4)
    assert found.first.tolist() == [0, 1, 0, 0]
    assert found.low.tolist() == found.high.tolist() == [3, 1, 2, 4]


def test_the_interval_holds_nine_of_ten() -> None:
    """Of a bet against many equals its rank is uniform: from the 5th to the 95th of 100."""
    found = stability([normal(0, 1)] * 100, DRAWS, seed=5)
    assert abs(int(np.median(found.low)) - 5) <= 1
    assert abs(int(np.median(found.high)) - 95) <= 1


def test_a_seed_repeats_and_another_differs() -> None:
    sketches = [normal(0, 1), normal(0.1, 1)]
    one, again, other = (stability(sketches, 2_000, seed) for seed in (7, 7, 8))
    assert one.first.tolist() == again.first.tolist() != other.first.tolist()


def test_pieces_change_nothing_but_the_stream(monkeypatch: pytest.MonkeyPatch) -> None:
    from sextant.strategy.portfolio import draws

    monkeypatch.setattr(draws, "AT_A_TIME", 100)
    found = stability([normal(1, 1), normal(0, 1)], DRAWS // 4, seed=1)
    assert found.first[0] == pytest.approx(norm.cdf(1 / sqrt(2)), abs=2 * NEAR)


def test_the_order_is_by_expected_value_and_bets_without_one_are_not_zero() -> None:
    bets = [Bet(1, "a", worth(-5)), Bet(2, "b", None, "no model"), Bet(3, "c", worth(2))]
    rows = ranked(bets, 1_000)
    assert [(row.place, row.bet.key) for row in rows] == [(1, 3), (2, 1)]


def test_unusable_sketches_are_refused() -> None:
    with pytest.raises(ValueError, match="one length"):
        stability([normal(0, 1), normal(0, 1)[:9]], 10, seed=1)
    with pytest.raises(ValueError, match="not finite"):
        stability([np.array([0, np.nan], dtype=np.float32)], 10, seed=1)
    assert ranked([]) == []


def test_how_many_draws_a_page_makes() -> None:
    assert [draws_for(n) for n in (0, 1, 100, 500, 5_000)] == [10_000, 10_000, 10_000, 2_000, 1_000]
