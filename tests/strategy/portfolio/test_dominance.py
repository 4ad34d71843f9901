"""A bet is beaten only where nothing is left to weigh."""

from __future__ import annotations

from bets_by_hand import bet, worth

from sextant.strategy.portfolio import Span, Value, dominated

FACTORS = ("data", "model", "user", "feasibility", "goal")
EVEN = dict.fromkeys(FACTORS, "medium")


def test_better_in_one_and_equal_in_all_beats() -> None:
    one, other = bet(1, worth(5), Span(1, 2), **EVEN), bet(2, worth(4), Span(1, 2), **EVEN)
    assert dominated([one, other]) == {2: (one,)}


def test_equal_in_all_beats_nobody() -> None:
    assert (
        dominated([bet(1, worth(5), Span(1, 2), **EVEN), bet(2, worth(5), Span(1, 2), **EVEN)])
        == {}
    )


def test_one_respect_in_which_it_is_worse_saves_a_bet() -> None:
    good = bet(1, worth(5), Span(1, 2), **EVEN)
    for factor in FACTORS:
        assert dominated([good, bet(2, worth(4), Span(1, 2), **{**EVEN, factor: "high"})]) == {}
        assert dominated([good, bet(2, worth(4), Span(1, 2), **{**EVEN, factor: "low"})]) == {
            2: (good,)
        }
    assert dominated([good, bet(2, worth(4), Span(0.5, 2), **EVEN)]) == {}
    assert dominated([good, bet(2, worth(4, 3), Span(1, 2), **EVEN)]) == {}, (
        "it may turn out higher"
    )


def test_what_is_unknown_beats_and_is_beaten_only_for_certain() -> None:
    unknown = {**EVEN, "goal": "low medium high"}
    even, vague = bet(1, worth(5), Span(1, 2), **EVEN), bet(2, worth(4), Span(1, 2), **unknown)
    assert dominated([even, vague]) == {}
    top = bet(3, worth(6), Span(1, 1), **{**EVEN, "goal": "high"})
    assert dominated([top, vague]) == {2: (top,)}
    assert dominated([top, bet(4, None, Span(1, 2), **EVEN), bet(5, worth(1), None, **EVEN)]) == {}


def test_value_for_effort_is_a_range_whose_ends_follow_the_sign() -> None:
    def per(low: float, high: float) -> Span | None:
        return bet(1, Value("EUR", 0, low, high, worth(0).sketch), Span(2, 4)).per_effort

    assert per(8, 20) == Span(2, 10)
    assert per(-8, 20) == Span(-4, 10)
    assert per(-8, -4) == Span(-4, -1)
    assert bet(1, worth(1), Span(0, 4)).per_effort is None
