"""Differences, gaps and ratios of groups."""

import math

import pytest

from sextant.stats.estimate import Estimate, Level
from sextant.stats.groups import contrast, difference, largest_gap, pairs_of, smallest_ratio
from sextant.stats.needed import decided
from sextant.stats.rate import rate

ONCE = Level()
NAMES = ("a", "b", "c")
COUNTS = ((90, 100), (160, 200), (42, 60))
AT_ALPHA = [rate(k, n, ONCE) for k, n in COUNTS]
AT_SPLIT = [rate(k, n, ONCE.split(pairs_of(3))) for k, n in COUNTS]
EMPTY = Estimate.undefined("no row in this segment")


def test_difference_check_value() -> None:
    """formulas.md: 56/70 - 48/80, square-and-add on Clopper-Pearson limits."""
    found = difference(rate(56, 70, ONCE), rate(48, 80, ONCE))
    assert (found.low, found.high) == pytest.approx((0.043887, 0.344171), abs=1e-6)
    assert found.n == 150


def test_gap_check_value() -> None:
    """formulas.md: 90/100, 160/200, 42/60."""
    found = largest_gap(NAMES, AT_ALPHA, AT_SPLIT)
    assert (found.value, found.low, found.high) == pytest.approx(
        (0.2, 0.038253, 0.341586), abs=1e-6
    )
    assert found.between == ("a", "c")


def test_ratio_check_value() -> None:
    """formulas.md, the same groups (Donner and Zou 2012)."""
    found = smallest_ratio(NAMES, AT_ALPHA, AT_SPLIT)
    assert (found.value, found.low, found.high) == pytest.approx(
        (0.777778, 0.626783, 0.954783), abs=1e-6
    )
    assert found.between == ("c", "a")


def test_a_group_without_data_bars_met_but_not_missed() -> None:
    names = (*NAMES, "d")
    gap = largest_gap(names, [*AT_ALPHA, EMPTY], [*AT_SPLIT, EMPTY])
    assert gap.high == math.inf
    assert gap.reason == "d: no row in this segment"
    assert decided(gap, 0.9, "<=") is None
    assert decided(gap, 0.03, "<=") == "missed"
    ratio = smallest_ratio(names, [*AT_ALPHA, EMPTY], [*AT_SPLIT, EMPTY])
    assert ratio.low == -math.inf
    assert decided(ratio, 0.1, ">=") is None
    assert decided(ratio, 0.99, ">=") == "missed"


def test_a_group_outside_its_domain_bars_met_too() -> None:
    vague = Estimate.unassessable(0.5, 3, "3 rows are too few")
    gap = largest_gap(NAMES, [*AT_ALPHA[:2], vague], [*AT_SPLIT[:2], vague])
    assert (gap.low, gap.high) == (pytest.approx(0, abs=0.05), math.inf)
    assert "c: 3 rows are too few" in gap.reason


def test_fewer_than_two_groups_have_no_gap() -> None:
    assert largest_gap(("a",), AT_ALPHA[:1], AT_SPLIT[:1]).value is None
    found = smallest_ratio(("a", "d"), [AT_ALPHA[0], EMPTY], [AT_SPLIT[0], EMPTY])
    assert found.value is None
    assert "d" in found.reason


def test_groups_at_zero() -> None:
    zeros = [rate(0, 50, ONCE), rate(0, 80, ONCE)]
    assert largest_gap(("a", "b"), zeros, zeros).value == 0
    assert smallest_ratio(("a", "b"), zeros, zeros).value is None
    one = [rate(0, 50, ONCE), rate(40, 80, ONCE)]
    found = smallest_ratio(("a", "b"), one, one)
    assert (found.value, found.low) == (0, 0)
    assert 0 < found.high < 0.3


def test_equal_groups_show_a_gap_of_zero() -> None:
    same = [rate(80, 100, ONCE)] * 2
    found = largest_gap(("a", "b"), same, same)
    assert (found.value, found.low) == (0, 0)
    assert found.high > 0.1


def test_contrast_names_the_groups_and_its_obstacle() -> None:
    found = contrast(("bts", "random"), AT_ALPHA[0], EMPTY)
    assert found.value is None
    assert found.between == ("bts", "random")
    assert found.reason == "random: no row in this segment"


def test_unbounded_sides_stay_unbounded() -> None:
    half = Estimate(5.0, 4.0, math.inf, 10, "order statistics")
    found = difference(half, half)
    assert (found.low, found.high) == (-math.inf, math.inf)
    found = difference(half, Estimate(1.0, 0.5, 2.0, 10, "order statistics"))
    assert found.low == pytest.approx(4 - math.hypot(1, 1))
    assert found.high == math.inf
