"""A contract against another version: its own questions, its ledger, its looks."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import sextant as sx
from sextant.contracts.ledger import LedgerError
from sextant.contracts.problems import ContractError
from sextant.engines.errors import SourceError

CONTRACT = """
product: Jobs
outcome: Halve it by 2027
task: binary
data:
  source: rows.parquet
  label: y
  score: new
  segments: {{sex: sex}}
threshold: 0.5
{looks}
criteria:
  - {{check: auc >= 0.6, role: secondary}}
  - recall >= 0.5 in every sex
  - {{check: false_positive_rate <= 0.9, role: guardrail}}
  - gap(recall) <= 0.5 across sex
"""
NUMBERS = """
product: Prices
outcome: Halve it by 2027
task: {task}
data: {{source: rows.parquet, label: y, prediction: new, segments: {{sex: sex}}}}
criteria:
  - mae <= 900 in every sex
  - {{check: rmse <= 900, role: guardrail}}
"""


@pytest.fixture
def contract(versions: pd.DataFrame, tmp_path: Path) -> Path:
    versions[versions["age"] < 65].to_parquet(tmp_path / "rows.parquet")
    path = tmp_path / "jobs.yaml"
    path.write_text(CONTRACT.format(looks=""))
    return path


def questions(found: sx.ComparisonResult) -> dict[str, str]:
    return {one["question"]: one["role"] for one in found.to_dict()["questions"]}


def test_the_first_primary_promise_decides_and_the_others_inform(contract: Path) -> None:
    found = sx.compare(contract, a="old")
    asked = questions(found)
    assert next(iter(asked)) == "recall in every sex"
    assert asked["recall in every sex"] == "primary"
    assert (asked["auc"], asked["false_positive_rate"]) == ("secondary", "secondary")
    assert found.comparison.asked.names.b == "new"


def test_within_a_margin_every_promise_that_decides_is_asked(contract: Path) -> None:
    asked = questions(sx.compare(contract, a="old", margin=0.05))
    assert asked["recall within 0.05 in every sex"] == "guardrail"
    assert asked["false_positive_rate within 0.05"] == "guardrail"
    assert asked["auc"] == "secondary"


def test_looks_at_two_versions_are_counted_beside_the_contract(
    contract: Path, versions: pd.DataFrame
) -> None:
    first = sx.compare(contract, a="old")
    assert sx.compare(contract, a="old").comparison.look == 1
    more = pd.concat([versions, versions.assign(id=versions["id"] + 10_000, age=20)])
    more[more["age"] < 65].to_parquet(contract.with_name("rows.parquet"))
    second = sx.compare(contract, a="old")
    assert (first.comparison.look, second.comparison.look) == (1, 2)
    assert sx.compare(contract, a="old@0.4").comparison.look == 1
    assert sx.check(contract).evidence.look == 1
    held = json.loads(contract.with_name("jobs.looks.json").read_text())
    assert len(held["series"]) == 3


def test_later_looks_are_wider(contract: Path) -> None:
    first, later = (sx.compare(contract, a="old", look=n).to_dict() for n in (1, 2))
    for one, other in zip(first["results"], later["results"], strict=True):
        if other["low"] is not None:
            assert other["high"] - other["low"] > one["high"] - one["low"]


def test_a_locked_number_of_looks_shares_the_error(contract: Path) -> None:
    contract.write_text(CONTRACT.format(looks="looks: 2"))
    assert sx.compare(contract, a="old", look=3).answer == "undecided"
    assert "allows 2 looks" in str(sx.compare(contract, a="old", look=3))


def test_a_damaged_ledger_is_not_begun_anew(contract: Path) -> None:
    contract.with_name("jobs.looks.json").write_text("{")
    with pytest.raises(LedgerError, match="counts the looks"):
        sx.compare(contract, a="old")


def test_the_version_to_beat_may_lie_in_another_table(
    contract: Path, versions: pd.DataFrame
) -> None:
    other = versions[["id", "old"]].rename(columns={"old": "new"})
    apart = sx.compare(contract, other[versions["age"] < 65], key="id", names=("then", "now"))
    together = sx.compare(contract, a="old", look=1)
    ours, theirs = (one.to_dict()["results"][0]["difference"] for one in (apart, together))
    assert ours == pytest.approx(theirs)
    assert apart.comparison.asked.names.a == "then"


def test_what_the_contract_says_is_not_said_again(contract: Path) -> None:
    with pytest.raises(SourceError, match="The contract says label itself"):
        sx.compare(contract, a="old", label="y")
    with pytest.raises(SourceError, match="Version A has no column"):
        sx.compare(contract)
    with pytest.raises(ContractError, match="no such file"):
        sx.compare(contract.with_name("none.yaml"), a="old")


@pytest.mark.parametrize("task", ["regression", "forecasting"])
def test_numbers_are_compared_by_their_distance_from_the_label(task: str, tmp_path: Path) -> None:
    rng = np.random.default_rng(7)
    table = pd.DataFrame({"y": rng.normal(100, 20, 800), "sex": rng.choice(["f", "m"], 800)})
    for name, wide in (("old", 9), ("new", 3)):
        table[name] = table["y"] + rng.normal(0, wide, 800)
    table.to_parquet(tmp_path / "rows.parquet")
    path = tmp_path / "prices.yaml"
    path.write_text(NUMBERS.format(task=task))
    own = sx.compare(path, a="old", look=1)
    assert own.answer == "better"
    assert next(iter(questions(own).items())) == ("absolute_error in every sex", "primary")
    assert questions(own)["squared_error"] == "secondary"
    asked = {"a": "old", "metrics": "absolute_error", "look": 1}
    ours = sx.compare(path, **asked).to_dict()["results"][0]
    loose = sx.compare(table, b="new", label="y", task="regression", **asked)
    theirs = loose.to_dict()["results"][0]
    assert (ours["difference"], ours["low"], ours["n"]) == (
        theirs["difference"], theirs["low"], theirs["n"],
    )  # fmt: skip
    path.write_text(NUMBERS.format(task=task).replace("label: y, ", ""))
    with pytest.raises(ContractError, match="label"):
        sx.compare(path, a="old")
