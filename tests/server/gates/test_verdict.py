"""What a gate requires, and its verdict: every requirement in every state."""

from dataclasses import replace
from datetime import date

import pytest
from gate_facts import DAY, FACTS, FOUND

from sextant_server.gates.known import Requirement
from sextant_server.gates.verdict import requirements, verdict_of
from sextant_server.products.models import Automation, Risk, Stage


def verdict(**changed: object) -> str:
    return verdict_of(requirements(replace(FACTS, **changed)))


def evidence(**changed: object) -> str:
    return verdict(evidence=replace(FOUND, **changed))


def of_evidence(**changed: object) -> Requirement:
    """The one requirement about evidence."""
    found = requirements(replace(FACTS, **changed))
    (one,) = (one for one in found if one.name == "evidence")
    return one


@pytest.mark.parametrize("given", ["met", "missed", "undecided"])
def test_the_evidence_decides(given: str) -> None:
    assert evidence(verdict=given) == given


def test_no_evidence_is_no_pass() -> None:
    one = of_evidence(evidence=None)
    assert one.verdict == "undecided"
    assert "A run would decide this" in one.says


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"draft": True}, "that of a draft"),
        ({"stands": False}, "no longer counts"),
        ({"expires_on": date(2026, 11, 24)}, "expired on 24 Nov 2026"),
        ({"seen": 3}, "seen before the lock"),
    ],
)
def test_what_keeps_met_evidence_from_counting(changed: dict, says: str) -> None:
    one = of_evidence(evidence=replace(FOUND, **changed))
    assert one.verdict == "undecided"
    assert says in one.says


def test_evidence_counts_on_its_last_day() -> None:
    assert evidence(expires_on=DAY) == "met"


def test_rows_seen_before_the_lock_can_still_show_a_miss() -> None:
    assert evidence(seen=3, verdict="missed") == "missed"


@pytest.mark.parametrize("asks", [{"risk": Risk.HIGH}, {"automation": Automation.ALONE}])
def test_where_people_can_be_hurt_a_reviewer_must_speak(asks: dict) -> None:
    assert verdict(**asks) == "undecided"
    assert verdict(**asks, reviewed=("Rui",)) == "met"


def test_an_overdue_condition_keeps_a_product_out_of_operation() -> None:
    assert verdict(target=Stage.OPERATIONS, overdue=("measure the gap",)) == "missed"
    assert verdict(target=Stage.OPERATIONS) == "met"
    assert verdict(overdue=("measure the gap",)) == "met", "the launch does not ask for it"


@pytest.mark.parametrize("absent", ["outcome", "problem", "affected", "owner"])
def test_nothing_is_scoped_without_an_outcome_a_problem_and_an_owner(absent: str) -> None:
    to_scoping = {"origin": Stage.OPPORTUNITY, "target": Stage.SCOPING}
    assert verdict(**to_scoping) == "met"
    assert verdict(**to_scoping, **{absent: ""}) == "undecided"


def test_nothing_is_built_without_a_locked_contract() -> None:
    to_build = {"origin": Stage.SCOPING, "target": Stage.DEVELOPMENT}
    assert verdict(**to_build) == "met"
    assert verdict(**to_build, contract=None) == "undecided"


@pytest.mark.parametrize("target", [Stage.OPPORTUNITY, Stage.SCOPING])
def test_a_way_back_requires_no_evidence(target: Stage) -> None:
    assert requirements(replace(FACTS, target=target, evidence=None)) == []


def test_missed_weighs_more_than_undecided() -> None:
    assert verdict(risk=Risk.HIGH, evidence=replace(FOUND, verdict="missed")) == "missed"
