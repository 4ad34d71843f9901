"""The headline never claims what the draws do not bear out."""

from __future__ import annotations

import pytest
from bets_by_hand import bet, worth

from sextant.strategy.portfolio import ranked
from sextant.strategy.portfolio.says import headline, of_hundred, stands


def test_a_clear_best() -> None:
    rows = ranked([bet(1, worth(100, 1)), bet(2, worth(0, 1)), bet(3, worth(-9, 1))], 1_000)
    assert headline(rows, "") == "bet 1 is the best next bet in 100 of 100 draws."
    assert stands(rows[0]) == "First in 100 of 100 draws; first in nine of ten."
    assert stands(rows[2]) == "First in 0 of 100 draws; third in nine of ten."


def test_no_bet_stands_out() -> None:
    rows = ranked([bet(key, worth(0)) for key in range(5)], 1_000)
    assert headline(rows, "").startswith("No bet stands out: ")
    assert "between first and fifth in nine of ten" in stands(rows[0])


def test_one_or_none() -> None:
    assert "the only bet with a value" in headline(ranked([bet(1, worth(1))]), "")
    assert headline([], "none has one.") == "No bet can be ranked yet: none has one."


@pytest.mark.parametrize(
    ("share", "says"),
    [
        (0, "0 of 100"),
        (0.001, "fewer than 1 of 100"),
        (0.624, "62 of 100"),
        (0.999, "more than 99 of 100"),
        (1, "100 of 100"),
    ],
)
def test_shares_are_never_rounded_to_certainty(share: float, says: str) -> None:
    assert of_hundred(share) == says
