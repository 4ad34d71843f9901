"""Which method: every combination of what a team can say of itself, and what is left open."""

from __future__ import annotations

from itertools import product

import pytest

from sextant.strategy.lifecycles import FACTS, advise, cycles

KEYS = [fact.key for fact in FACTS]
STATED = [
    {key: value for key, value in zip(KEYS, values, strict=True) if value is not None}
    for values in product((True, False, None), repeat=len(KEYS))
]


def test_nothing_stated_recommends_nothing() -> None:
    assert advise({}) is None


@pytest.mark.parametrize("stated", [one for one in STATED if one], ids=str)
def test_every_combination_has_a_reason_and_names_what_could_change_it(
    stated: dict[str, bool],
) -> None:
    advice = advise(stated)
    assert advice is not None
    assert advice.cycle in cycles()
    assert advice.inside in ("", "crisp-dm")
    for fact in FACTS:
        if fact.key in stated:
            assert (fact.yes if stated[fact.key] else fact.no).lower() in advice.why.lower()
    assert not set(advice.open) & set(stated)
    if not advice.open:
        rest = [key for key in KEYS if key not in stated]
        for values in product((True, False), repeat=len(rest)):
            whole = advise({**stated, **dict(zip(rest, values, strict=True))})
            assert whole is not None
            assert (whole.cycle, whole.inside) == (advice.cycle, advice.inside)


def test_the_sources_own_cases() -> None:
    team = {"cross_functional": True, "people_use_it": True, "one_question": False}
    together = advise({**team, "data_science": False})
    assert together is not None
    assert (together.cycle, together.inside) == ("pom", "")
    both = advise({**team, "data_science": True})
    assert both is not None
    assert (both.cycle, both.inside) == ("pom", "crisp-dm")
    study = advise({"one_question": True, "people_use_it": False})
    assert study is not None
    assert (study.cycle, study.open) == ("crisp-dm", ())
