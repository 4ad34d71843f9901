"""Every rule over all combinations of levels, and ranks as ranges against counting them out."""

from __future__ import annotations

from itertools import combinations, product

import pytest
from bets_by_hand import bet
from hypothesis import given, settings
from hypothesis import strategies as st

from sextant.strategy.portfolio import RULES, Bet, Place, Rule, places, quadrants

LEVELS = ("low", "medium", "high")
SUBSETS = [" ".join(some) for n in (1, 2, 3) for some in combinations(LEVELS, n)]
THREE, FOUR, EFFORT, NEED = RULES


def every(rule: Rule) -> list[Bet]:
    """One bet for each combination of known levels."""
    held = product(LEVELS, repeat=len(rule.factors))
    return [
        bet(key, **dict(zip(rule.factors, given, strict=True))) for key, given in enumerate(held)
    ]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.key)
def test_known_levels_give_one_rank_by_the_weakest_then_the_next(rule: Rule) -> None:
    bets = every(rule)
    found = places(rule, bets)

    def weakest_first(one: Bet) -> list[int]:
        return sorted(one.factor(key).least for key in rule.factors)

    for one in bets:
        above = sum(weakest_first(other) > weakest_first(one) for other in bets)
        assert found[one.key] == Place(1 + above, 1 + above)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.key)
def test_at_least_as_good_in_everything_never_stands_lower(rule: Rule) -> None:
    bets = every(rule)
    found = places(rule, bets)
    for one, other in product(bets, bets):
        ends = [(one.factor(key).least, other.factor(key).least) for key in rule.factors]
        if all(mine >= his for mine, his in ends):
            assert found[one.key].best <= found[other.key].best
            if any(mine > his for mine, his in ends):
                assert found[one.key].best < found[other.key].best


@settings(deadline=None, max_examples=60)
@given(st.lists(st.tuples(*[st.sampled_from(SUBSETS)] * 2), min_size=1, max_size=4))
def test_a_range_of_ranks_is_what_counting_out_every_world_gives(
    held: list[tuple[str, str]],
) -> None:
    bets = [bet(key, user=user, goal=goal) for key, (user, goal) in enumerate(held)]
    found = places(NEED, bets)
    seen: dict[int, set[int]] = {one.key: set() for one in bets}
    for world in product(*(product(user.split(), goal.split()) for user, goal in held)):
        sure = [bet(key, user=user, goal=goal) for key, (user, goal) in enumerate(world)]
        for key, place in places(NEED, sure).items():
            assert place.best == place.worst
            seen[key].add(place.best)
    assert {key: (min(at), max(at)) for key, at in seen.items()} == {
        key: (place.best, place.worst) for key, place in found.items()
    }


def test_unknown_is_a_range_never_the_middle() -> None:
    bets = [
        bet(1, user="medium", goal="medium"),
        bet(2, goal="high"),
        bet(3, user="low", goal="low"),
    ]
    found = places(NEED, bets)
    assert found[2] == Place(1, 2)
    assert found[1] == Place(1, 2)
    assert found[3] == Place(3, 3)
    assert found[2].says == "1 to 2"


@pytest.mark.parametrize(
    ("ease", "impact", "names"),
    [
        ("high", "high", {"quick win"}), ("high", "medium", {"quick win"}),
        ("high", "low", {"filler"}), ("medium", "high", {"long bet"}),
        ("low", "medium", {"long bet"}), ("low", "low", {"thankless"}),
        ("medium high", "high", {"quick win", "long bet"}),
        ("low medium", "high", {"long bet"}),
        ("low medium high", "low medium high", {"quick win", "long bet", "filler", "thankless"}),
    ],
)  # fmt: skip
def test_quadrants(ease: str, impact: str, names: set[str]) -> None:
    assert quadrants(bet(1, ease=ease, impact=impact)) == names


def test_no_bets_no_places() -> None:
    assert places(THREE, []) == {}
    assert {len(rule.factors) for rule in (THREE, FOUR, EFFORT, NEED)} == {2, 3, 4}
