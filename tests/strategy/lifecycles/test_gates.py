"""What each gate requires by risk: a harmless tool is asked little, and never less than others."""

from __future__ import annotations

from itertools import pairwise

import pytest

from sextant.contracts.problems import ContractError
from sextant.strategy.lifecycles import STAGES, gates, required
from sextant.strategy.lifecycles.gates import AUTOMATION, TIERS, gates_from_text


def names(stage: str, tier: str, automation: str = "") -> list[str]:
    return [one.requirement for one in required(stage, tier, automation)]


def test_a_harmless_tool_passes_in_minutes() -> None:
    assert names("scoping", "minimal") == ["outcome", "problem", "owner"]
    assert names("development", "minimal") == ["contract", "product-risks", "ai-value"]


def test_the_strategy_gate_asks_for_the_simpler_way_and_for_risks_early() -> None:
    asked = required("scoping", "limited")
    assert [one.requirement for one in asked][3:] == [
        "baseline", "opportunity-canvas", "why-ai", "ai-risk", "data-moat"
    ]  # fmt: skip
    assert [one.requirement for one in asked if one.begun] == ["ai-risk"]


def test_the_discovery_gate_of_a_dangerous_product_asks_for_everything() -> None:
    assert set(names("development", "high", "alone")) >= {
        "contract", "product-risks", "ai-value", "ai-risk", "build-buy-partner", "value",
        "kill_criterion", "misuse", "societal-impact", "employment-impact",
        "users-and-uncertainty", "automation-level",
    }  # fmt: skip


@pytest.mark.parametrize(("automation", "asked"), [
    ("inform", False), ("suggest", False), ("reviewed", True), ("alone", True), ("", True),
])  # fmt: skip
def test_whose_work_changes_is_asked_where_it_decides(automation: str, asked: bool) -> None:
    assert ("employment-impact" in names("development", "high", automation)) == asked


def test_a_reviewer_speaks_where_the_risk_is_high_or_nobody_looks() -> None:
    for stage in ("launch", "operations"):
        for tier in TIERS:
            for automation in AUTOMATION:
                needed = tier == "high" or automation == "alone"
                assert ("review" in names(stage, tier, automation)) == needed


@pytest.mark.parametrize("automation", ["", *AUTOMATION])
@pytest.mark.parametrize("stage", STAGES)
def test_more_risk_never_asks_less(stage: str, automation: str) -> None:
    for lower, higher in pairwise(TIERS):
        asked = names(stage, higher, automation)
        assert set(names(stage, lower, automation)) <= set(asked)
        assert len(asked) == len(set(asked))


def test_nothing_is_asked_of_a_beginning_and_no_tier_is_guessed() -> None:
    assert required("opportunity", "high") == ()
    assert required("retired", "high") == ()
    with pytest.raises(ValueError, match="'severe' is no tier"):
        required("scoping", "severe")


def test_the_key_of_a_framework_is_told_from_a_record() -> None:
    found = {one.requirement: one.framework for one in required("development", "limited")}
    assert found["contract"] == found["kill_criterion"] == found["value"] == ""
    assert found["ai-risk"] == "ai-risk"


def test_every_gate_says_what_it_asks() -> None:
    assert [gate.name for gate in gates().values()] == [
        "Strategy gate", "Discovery gate", "Launch gate", "Operations gate"
    ]  # fmt: skip


def test_a_broken_file_is_refused_with_every_place() -> None:
    text = """\
gates:
  - gate: opportunity
    name: No gate
    asks: Why?
    requires:
      - {requirement: outcome, from: severe, says: What shall change.}
      - {requirement: owner, says: Who answers., automation: [alone, alone, sometimes]}
"""
    with pytest.raises(ContractError) as refused:
        gates_from_text(text)
    said = str(refused.value)
    for part in (
        "'opportunity' is no stage with a gate",
        "'severe' is no tier",
        "Key 'from' is missing",
        "'alone' is given twice",
        "'sometimes' is no automation",
    ):
        assert part in said, said
