"""`sextant profile`: forms, statuses, files."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from sextant.cli.main import main


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "people.csv"
    rows = "".join(f"{i},{20 + i % 50},{'MA' if i % 3 else 'NH'}\n" for i in range(150))
    path.write_text("id,age,state\n" + rows)
    return path


def run(*arguments: object) -> tuple[int, str]:
    done = CliRunner().invoke(main, ["profile", *map(str, arguments), "--quiet"])
    return done.exit_code, done.stdout


@pytest.mark.parametrize(
    ("rule", "status"),
    [("rows >= 100", 0), ("rows >= 1000", 1), ("missing(age) <= 1 %", 3), ("rows are many", 2)],
)
def test_the_status_is_that_of_the_rules(table: Path, rule: str, status: int) -> None:
    rules = table.with_name("rules.txt")
    rules.write_text(f"{rule}\n")
    assert run(table, "--rules", rules, "--sample", 0)[0] == status


def test_suggested_rules_are_written_and_kept(table: Path) -> None:
    rules, page = table.with_name("rules.txt"), table.with_name("page.html")
    status, said = run(
        table, "--write-rules", rules, "--html", page, "--json", "--segment", "state"
    )
    assert status == 0
    record = json.loads(said)
    assert rules.read_text().splitlines() == record["suggested"]
    assert "<h1>" in page.read_text()
    assert record["segments"][0]["values"][0]["value"] == "MA"
    status, said = run(table, "--rules", rules, "--markdown")
    assert status == 0
    assert "rules are kept" in said


def test_what_cannot_be_read_is_said_in_the_form_asked_for(table: Path) -> None:
    status, said = run(table, "--label", "stat", "--json")
    assert status == 2
    assert "Did you mean 'state'?" in json.loads(said)["error"]["problems"][0]


def test_it_fits_a_narrow_terminal(table: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    assert max(map(len, run(table, "--sample", 0)[1].splitlines())) <= 40
