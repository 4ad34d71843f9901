"""Where rules contradict each other: only where no doubt is left, and in plain words."""

from __future__ import annotations

from bets_by_hand import bet, levels, worth

from sextant.strategy.portfolio import Bet, disagreements, ranked


def fraud(**given: str) -> Bet:
    return Bet(9, "Fraud", factors=levels(**given))


def others(count: int, **given: str) -> list[Bet]:
    return [bet(key, **given) for key in range(count)]


def test_the_sentence() -> None:
    strong = {"data": "high", "model": "high", "impact": "high"}
    mine = fraud(**strong, user="low", feasibility="high")
    rest = others(3, data="medium", model="low", impact="high", user="high", feasibility="high")
    found = disagreements([mine, *rest])
    told = next(
        one
        for one in found
        if one.bet is mine and {one.above.key, one.below.key} == {"three", "four"}
    )
    assert told.says == (
        "Three-factor puts Fraud first, four-factor fourth: its model is ready,"
        " its users have not asked for it."
    )
    assert told.gap == 3


def test_doubt_is_no_disagreement() -> None:
    strong = {"data": "high", "model": "high", "impact": "high", "feasibility": "high"}
    mine = fraud(**strong)
    rest = others(3, data="medium", model="low", impact="high", user="high", feasibility="high")
    pairs = {
        (one.above.key, one.below.key) for one in disagreements([mine, *rest]) if one.bet is mine
    }
    assert ("three", "four") not in pairs


def test_the_order_by_value_is_one_of_them_among_bets_with_a_value() -> None:
    rich = Bet(1, "Rich", worth(1000), factors=levels(user="low", goal="low"))
    poor = Bet(2, "Poor", worth(1), factors=levels(user="high", goal="high"))
    bare = bet(3, user="medium", goal="medium")
    found = disagreements([rich, poor, bare], ranked([rich, poor, bare], 500))
    said = [one.says for one in found if "value" in (one.above.key, one.below.key)]
    assert said == [
        "Need × goal fit puts Poor first, expected value second: its users ask for it.",
        "Expected value puts Rich first, need × goal fit second: its users have not asked for it.",
    ]


def test_the_widest_gap_comes_first_and_agreement_says_nothing() -> None:
    assert disagreements(others(5, data="high")) == []
    strong = {"data": "high", "model": "high", "impact": "high"}
    mine = fraud(**strong, user="low", feasibility="high", goal="low")
    rest = others(6, data="medium", model="low", impact="high", user="high", feasibility="high",
                  goal="high")  # fmt: skip
    gaps = [one.gap for one in disagreements([mine, *rest])]
    assert gaps == sorted(gaps, reverse=True)
