"""Bands of a graceful failure: where a value and an interval lie, and what would decide."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sextant.stats.bands import BANDS, Bands
from sextant.stats.estimate import Level
from sextant.stats.needed import decided
from sextant.stats.rate import rate

NUMBERS = st.floats(-1e6, 1e6)
HIGHER, LOWER = Bands(">=", 0.8, 0.7), Bands("<=", 0.02, 0.05)


@pytest.mark.parametrize(
    ("bands", "x", "band"),
    [
        (HIGHER, 0.8, "green"), (HIGHER, 0.7999, "amber"), (HIGHER, 0.7, "amber"),
        (HIGHER, 0.6999, "red"), (LOWER, 0.02, "green"), (LOWER, 0.0201, "amber"),
        (LOWER, 0.05, "amber"), (LOWER, 0.0501, "red"),
    ],
)  # fmt: skip
def test_a_bound_belongs_to_the_better_side(bands: Bands, x: float, band: str) -> None:
    assert bands.band(x) == band


@pytest.mark.parametrize(
    ("bands", "low", "high", "possible"),
    [
        (HIGHER, 0.8, 0.9, ("green",)),
        (HIGHER, 0.72, 0.79, ("amber",)),
        (HIGHER, 0.75, 0.85, ("green", "amber")),
        (HIGHER, 0.6, 0.9, ("green", "amber", "red")),
        (LOWER, 0.01, 0.03, ("green", "amber")),
        (LOWER, 0.06, 0.09, ("red",)),
        (Bands(">=", 0.8, 0.8), 0.7, 0.9, ("green", "red")),
    ],
)
def test_an_interval_names_every_band_it_reaches(
    bands: Bands, low: float, high: float, possible: tuple
) -> None:
    assert bands.possible(low, high) == possible


@given(st.sampled_from([">=", "<="]), NUMBERS, NUMBERS, st.lists(NUMBERS, min_size=2, max_size=9))
def test_possible_holds_the_band_of_every_value_of_the_interval(op, one, two, values) -> None:
    worse, better = sorted((one, two)) if op == ">=" else sorted((one, two), reverse=True)
    bands = Bands(op, better, worse)
    low, high = min(values), max(values)
    possible = bands.possible(low, high)
    assert {bands.band(x) for x in values} <= set(possible)
    assert list(possible) == [band for band in BANDS if band in possible]


@given(st.sampled_from([">=", "<="]), st.integers(0, 60), st.integers(1, 60))
def test_green_alone_is_the_promise_met_and_no_green_the_promise_missed(op, k, more) -> None:
    found = rate(k, k + more, Level())
    bands = Bands(op, 0.5, 0.4 if op == ">=" else 0.6)
    possible = bands.possible(found.low, found.high)
    verdict = decided(found, 0.5, op)
    assert (possible == ("green",)) == (verdict == "met")
    assert ("green" not in possible) == (verdict == "missed")


@pytest.mark.parametrize(
    ("op", "green", "red"),
    [(">=", 0.7, 0.8), ("<=", 0.05, 0.02), (">=", math.nan, 0.5), ("<=", 0.1, math.inf)],
)
def test_bounds_that_cross_are_refused(op, green: float, red: float) -> None:
    with pytest.raises(ValueError, match=r"worse side|finite"):
        Bands(op, green, red)


@pytest.mark.parametrize("k", [850, 740, 690])
def test_so_many_further_cases_leave_one_band_if_the_estimate_stays(k: int) -> None:
    found = rate(k // 10, 100, Level())
    more = HIGHER.more_to_decide(k / 1000, found.low, found.high, 100)
    assert more is not None
    assert len(HIGHER.possible(found.low, found.high)) > 1
    grown = 100 + more
    enough = rate(round(1.15 * grown * k / 1000), round(1.15 * grown), Level())
    few = rate(round(0.6 * grown * k / 1000), round(0.6 * grown), Level())
    assert len(HIGHER.possible(enough.low, enough.high)) == 1
    assert len(HIGHER.possible(few.low, few.high)) > 1


def test_no_number_of_cases_is_forecast_on_a_bound_or_from_nothing() -> None:
    assert HIGHER.more_to_decide(0.8, 0.7, 0.9, 100) is None
    assert HIGHER.more_to_decide(0.85, 0.7, 0.9, 0) is None
    assert HIGHER.more_to_decide(0.85, 0.82, 0.9, 100) == 0
