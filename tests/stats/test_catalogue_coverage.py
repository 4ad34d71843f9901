"""Coverage of a catalogue against every sample of users, and its limits against their meaning."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest

from sextant.states.shown import Shown
from sextant.stats.catalogue_coverage import catalogue_coverage
from sextant.stats.estimate import Estimate, Level

LISTS = [[1, 2, 3], [1, 2], [1, 9], [4, 5, 6], [1, 2, 3], [7], [1, 8, 2]]
ITEMS, PLACES = 20, 3


def covered(of: float, level: Level | None = None, items: int = ITEMS, times: int = 1) -> Estimate:
    shown = Shown.of(LISTS * times)
    return catalogue_coverage(shown.n, shown.users, of, PLACES, items, level or Level())


@pytest.mark.parametrize("of", range(1, len(LISTS) + 1))
def test_the_mean_over_every_sample_of_users(of: int) -> None:
    sizes = [len(set().union(*drawn)) for drawn in combinations(LISTS, of)]
    assert covered(of).value == pytest.approx(np.mean(sizes) / ITEMS)


def test_limits_by_hand() -> None:
    """McDiarmid of 700 users is the narrower at a fourth of the error: k·m·sqrt(ln(4/α)/2n)/N."""
    found = covered(70, times=100, items=10_000)
    half = 3 * 70 * np.sqrt(np.log(80) / 2 / 700) / 10_000
    assert found.high == pytest.approx(min((found.value or 0) + half, found.high))
    assert found.low >= (found.value or 0) - half - 1e-12
    wide, narrow = (covered(70, Level(alpha), times=100) for alpha in (0.001, 0.2))
    assert wide.low <= narrow.low <= narrow.high <= wide.high


def test_more_users_narrow_it_and_later_looks_widen_it() -> None:
    few, many = covered(7), covered(7, times=1000)
    assert many.high - many.low < 0.2 * (few.high - few.low)
    later = covered(7, Level(0.05, 7.0), times=1000)
    assert later.low < many.low < many.high < later.high
    assert later.value == many.value


def test_never_beyond_what_can_be() -> None:
    found = covered(1, items=1_000_000)
    assert 0 <= found.low <= found.high <= PLACES / 1_000_000
    everything = catalogue_coverage(np.full(4, 5.0), 5, 5, 4, 4, Level())
    assert (everything.value, everything.high) == (1.0, 1.0)
    nothing = catalogue_coverage(np.array([]), 500, 10, 4, 100, Level())
    assert nothing.value == nothing.low == 0
    assert 0 < nothing.high < 0.05


def test_what_is_undefined_says_why() -> None:
    assert (
        "no user is shown an item" in catalogue_coverage(np.array([]), 0, 1, 1, 9, Level()).reason
    )
    assert "needs as many to be seen, here are 7" in covered(8).reason
    assert "9 different items are shown, more than the 8" in covered(2, items=8).reason


def test_scaled_users_keep_the_value_and_narrow_the_limits() -> None:
    shown = Shown.of(LISTS).scaled(50)
    found = catalogue_coverage(shown.n, shown.users, 7, PLACES, ITEMS, Level(), shown.copies)
    assert found.value == covered(7).value
    assert found.n == 350
    assert found.high - found.low < covered(7).high - covered(7).low
    with pytest.raises(ValueError, match="Merge first, scale afterwards"):
        shown + shown


def test_states_that_cannot_be() -> None:
    with pytest.raises(ValueError, match="An item is shown to 3 of 2 users"):
        Shown(2, np.array([7]), np.array([3.0]))
    with pytest.raises(ValueError, match="Items need a number of users each"):
        Shown(2, np.array([7, 8]), np.array([1.0]))
