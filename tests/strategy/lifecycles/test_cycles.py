"""The life cycles that ship: each covers every stage, so that reports compare."""

from __future__ import annotations

import pytest

from sextant.contracts.problems import ContractError
from sextant.strategy.lifecycles import STAGES, Cycle, cycle_from_text, cycles

ALL = list(cycles().values())


def test_ours_come_first() -> None:
    assert [cycle.key for cycle in ALL] == [
        "stages", "pom", "crisp-dm", "eight", "six", "ideation", "structured"
    ]  # fmt: skip


@pytest.mark.parametrize("cycle", ALL, ids=lambda one: one.key)
def test_every_stage_has_a_step_and_every_step_has_records(cycle: Cycle) -> None:
    for stage in STAGES:
        assert cycle.at(stage), stage
        assert cycle.named(stage)
    for step in cycle.steps:
        assert step.records, step.key
        assert step.asks.endswith("?")
        assert step.leaves.endswith(".")
    assert cycle.at("retired") == ()


def test_strategy_discovery_delivery_lie_as_decided() -> None:
    lies = {step.key: step.stages for step in cycles()["pom"].steps}
    assert lies == {
        "strategy": ("opportunity",),
        "discovery": ("scoping",),
        "delivery": ("development", "launch", "operations"),
    }


def test_crisp_dm_has_all_six_phases_and_goes_back() -> None:
    steps = cycles()["crisp-dm"].steps
    assert [step.name for step in steps] == [
        "Business understanding", "Data understanding", "Data preparation", "Modelling",
        "Evaluation", "Deployment",
    ]  # fmt: skip
    returns = {step.key: step.returns for step in steps if step.returns}
    assert returns["data-understanding"] == ("business-understanding",)
    assert returns["modelling"] == ("data-preparation",)
    assert "business-understanding" in returns["evaluation"]


@pytest.mark.parametrize(("key", "names"), [
    ("eight", "Problem definition, Data collection, Data cleaning, Model training, Evaluation,"
              " Deployment, Monitoring, Iteration"),
    ("six", "Define the problem, Collect and clean data, Train, Evaluate, Integrate,"
            " Monitor in real use"),
    ("ideation", "Ideation, Development, Testing, Deployment, Monitoring, Continuous improvement"),
    ("structured", "Use cases and goals, Design and prototyping, Data strategy, Model development"
                   " and validation, Integration and deployment, Monitoring and maintenance"),
])  # fmt: skip
def test_a_life_cycle_keeps_its_sources_names(key: str, names: str) -> None:
    assert ", ".join(step.name for step in cycles()[key].steps) == names


BROKEN = """\
cycle: broken
name: Broken
says: It is not whole.
best_for: nobody
focus: nothing
strengths: [none]
leaves_out: everything
steps:
  - {step: a, name: A, asks: What?, leaves: That., stages: [development], records: [evidence]}
  - {step: a, name: B, asks: What?, leaves: That., stages: [scoping], records: [rumours],
     returns: [z]}
"""


def test_every_problem_of_a_file_is_told_with_its_place() -> None:
    with pytest.raises(ContractError) as refused:
        cycle_from_text(BROKEN)
    said = str(refused.value)
    for part in ("'rumours' is no record", "The step 'a' is given twice; first at line 9",
                 "returns to 'z'", "The stages of 'a' are out of order",
                 "No step lies on 'opportunity'", "No step lies on 'operations'"):  # fmt: skip
        assert part in said, part
    assert all(problem.where.startswith("line ") for problem in refused.value.problems)
