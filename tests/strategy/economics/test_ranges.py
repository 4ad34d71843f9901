"""Ranges that contradict themselves are refused, with the problem, the value and the remedy."""

import math

import pytest

from sextant.strategy.economics import Range, ValueModelError

BAD = [
    ((5, None, 3, "believed"), "It goes from 5 to 3. Put the smaller number first."),
    ((1, 9, 3, "believed"), "The likeliest number, 9, does not lie between 1 and 3."),
    ((1, math.nan, 3, "believed"), "nan is not a number that can be counted with."),
    ((1, None, math.inf, "believed"), "inf is not a number that can be counted with."),
    ((4, None, 4, "believed"), "4 alone is a single number, and nobody has measured it."),
    ((4, 4, 4, "estimated"), "4 alone is a single number, and nobody has measured it."),
    ((1, None, 3, "measured"), "A measured range needs its estimate"),
    ((1, None, 3, "guessed"), "'guessed' is no grade. Use believed, estimated, measured."),
    ((-1, None, 3, "believed"), "-1 is below 0. Costs and benefits are written without a sign."),
]


@pytest.mark.parametrize(("given", "says"), BAD, ids=[says[:30] for _, says in BAD])
def test_what_is_wrong_is_said(given: tuple[float, float | None, float, str], says: str) -> None:
    with pytest.raises(ValueModelError) as error:
        Range(*given)  # type: ignore[arg-type]
    assert says in str(error.value)


def test_shares_and_huge_numbers() -> None:
    with pytest.raises(ValueModelError, match=r"120 % is no share\. Shares lie between 0 and 100"):
        Range(0.5, None, 1.2, "believed", (0.0, 1.0))
    with pytest.raises(ValueModelError, match="more than can be counted with"):
        Range(1, None, 1e30, "believed", (0.0, 1e12))


def test_a_range_is_not_its_middle() -> None:
    assert Range(0, 0, 9, "believed").mean == 3.0
    assert Range(0, None, 9, "believed").mean == 4.5
    assert Range.exactly(7).mean == 7.0


def test_only_what_was_measured_may_be_one_number() -> None:
    assert Range.exactly(7).grade == "measured"
    assert Range(**Range(1, 2, 3, "measured").plain()) == Range(1, 2, 3, "measured")
