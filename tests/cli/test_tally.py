"""`sextant tally`, `sextant states`, and `sextant check --states`, as a person types them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from sextant.cli.main import main

CONTRACT = """\
product: P
outcome: Halve it by 2027
task: binary
data:
  source: rows.csv
  label: y
  score: p
  time: at
criteria:
  - recall >= 0.2
  - mean(p) <= 0.6
"""
DAY = "2026-03-0{day} {hour}:00,{y},0.{day}{hour}\n"


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "contract.yaml").write_text(CONTRACT)
    rows = [
        DAY.format(day=day, hour=hour, y=hour % 2) for day in range(1, 8) for hour in range(10, 22)
    ]
    (tmp_path / "rows.csv").write_text("at,y,p\n" + "".join(rows) + ",1,0.5\nno time,0,0.5,9\n")
    return tmp_path


def run(*words: str) -> Result:
    return CliRunner().invoke(main, list(words))


def test_the_same_answer_with_and_without_the_rows(desk: Path) -> None:
    done = run("tally", "rows.csv", "contract.yaml", "-o", "kept")
    assert done.exit_code == 0, done.output
    assert "in 7 days, 2026-03-01 to 2026-03-07: 8 new." in done.stdout
    ends = ("--from", "2026-03-02", "--to", "2026-03-05", "--json", "--look", "1")
    rows = run("check", "contract.yaml", *ends)
    (desk / "rows.csv").unlink()
    states = run("check", "contract.yaml", "--states", "kept", *ends)
    assert states.exit_code == rows.exit_code
    one, other = (json.loads(each.stdout) for each in (rows, states))
    assert other["data"].pop("source") == "rows.csv, by the states in kept"
    assert one["data"].pop("source") == "rows.csv"
    assert one == other
    assert {each["reason"] for each in one["data"]["set_aside"]} >= {"no time"}
    held = json.loads(run("states", "kept", "--json").stdout)
    assert [each["span"] for each in held["spans"]][:2] == [None, "2026-03-01"]
    assert "rows.csv: 86 rows" in run("states", "kept").stdout


def test_refusals(desk: Path) -> None:
    assert run("check", "contract.yaml", "--states", "nowhere").exit_code == 2
    assert "There are no states in" in run("check", "contract.yaml", "--states", "kept").stderr
    assert run("states", "kept").exit_code == 2
    assert "Add --states" in run("check", "contract.yaml", "--partial").stderr
    wrong = run("tally", "rows.csv", "contract.yaml", "-o", "kept", "--segments", "sex", "--json")
    assert wrong.exit_code == 2
    assert "no segment 'sex'" in json.loads(wrong.stdout)["error"]["problems"][0]
    run("tally", "rows.csv", "contract.yaml", "-o", "kept")
    gap = run("check", "contract.yaml", "--states", "kept", "--to", "2026-03-09")
    assert gap.exit_code == 2
    assert "2 of 9 days have no states" in gap.stderr
