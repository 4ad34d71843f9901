"""What the strategy gate and the discovery gate require of a bet, of each risk."""

from dataclasses import replace

import pytest
from gate_facts import ASSESSED, BET, FACTS

from sextant.strategy.lifecycles.gates import TIERS, Required, required
from sextant_server.gates.known import Assessed, Bet, Facts, Worth
from sextant_server.gates.verdict import requirements, verdict_of
from sextant_server.products.models import Automation, Risk, Stage

TO_SCOPING = replace(FACTS, origin=Stage.OPPORTUNITY, target=Stage.SCOPING, risk=Risk.HIGH)
TO_BUILD = replace(FACTS, origin=Stage.SCOPING, target=Stage.DEVELOPMENT, risk=Risk.HIGH)


def verdict(facts: Facts, **bet: object) -> str:
    return verdict_of(requirements(replace(facts, bet=replace(BET, **bet))))


@pytest.mark.parametrize("facts", [TO_SCOPING, TO_BUILD])
@pytest.mark.parametrize("tier", TIERS)
def test_whatever_a_gate_asks_for_is_undecided_where_it_is_absent(facts: Facts, tier: str) -> None:
    at = replace(facts, risk=Risk(tier))
    assert verdict(at) == "met"
    empty = replace(at, outcome="", problem="", owner="", contract=None, bet=Bet())
    found = requirements(empty)
    assert {one.name for one in found} == {
        one.requirement for one in required(str(at.target), tier, str(at.automation))
    }
    assert {one.verdict for one in found} == {"undecided"}
    assert all("would decide this" in one.says for one in found)


def test_more_is_asked_where_people_can_be_hurt_more() -> None:
    for facts in (TO_SCOPING, TO_BUILD):
        asked = [len(requirements(replace(facts, risk=Risk(tier)))) for tier in TIERS]
        assert asked == sorted(asked)
        assert asked[0] < asked[2]


@pytest.mark.parametrize("key", [one.framework for one in required("development", "high")
                                 if one.framework])  # fmt: skip
@pytest.mark.parametrize("given", ["met", "missed", "undecided"])
def test_each_assessment_decides(key: str, given: str) -> None:
    held = {**ASSESSED, key: Assessed(key, given, "so it is.")}
    assert verdict(TO_BUILD, assessed=held) == given


def test_what_is_not_uncovered_decides_nothing() -> None:
    held = {**ASSESSED, "ai-value": Assessed("AI value", "met", "It is.", covered=True)}
    assert verdict(TO_BUILD, assessed=held) == "undecided"


def test_at_the_strategy_gate_risks_need_only_be_begun() -> None:
    held = {**ASSESSED, "ai-risk": Assessed("AI risk", "missed", "Too risky.", covered=True)}
    assert verdict(TO_SCOPING, assessed=held) == "met"


def test_an_assessment_is_named() -> None:
    one = Assessed("AI value", "undecided", "Not known any more.", reopened=("recall moved.",))
    (said,) = (
        one.says for one in requirements(replace(TO_BUILD, bet=replace(
            BET, assessed={**ASSESSED, "ai-value": one}))) if one.name == "ai-value"
    )  # fmt: skip
    assert said == "AI value: Not known any more."


@pytest.mark.parametrize(
    ("chance", "expected", "given"),
    [(0.8, 1, "met"), (0.79, 1, "undecided"), (0.9, -1, "undecided"), (0.2, -1, "missed"),
     (0.21, -1, "undecided"), (0.1, 1, "missed")],
)  # fmt: skip
def test_the_value_decides_as_surely_as_was_agreed(
    chance: float, expected: float, given: str
) -> None:
    assert verdict(TO_BUILD, worth=Worth(chance, expected, "So much.")) == given


def test_a_bet_whose_end_was_agreed_and_has_come_is_missed() -> None:
    assert verdict(TO_BUILD, dead=True) == "missed"


def test_employment_is_asked_where_the_product_decides() -> None:
    asked = {one.name for one in requirements(replace(TO_BUILD, automation=Automation.ALONE))}
    assert "employment-impact" in asked
    asked = {one.name for one in requirements(replace(TO_BUILD, automation=Automation.INFORM))}
    assert "employment-impact" not in asked


@pytest.mark.parametrize("given", ["met", "missed", "undecided"])
def test_a_framework_written_here_is_asked_for_where_it_says_so(given: str) -> None:
    own = (Required("vendor-exit", "limited", "Can we leave the vendor?"),)
    assert verdict(FACTS, own=own) == "undecided", "at the launch as well"
    held = {**ASSESSED, "vendor-exit": Assessed("Vendor exit", given, "so it is.")}
    assert verdict(FACTS, own=own, assessed=held) == given
