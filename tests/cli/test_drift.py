"""`sextant drift`: its statuses, its forms, what it refuses."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest
from click.testing import CliRunner

from sextant.cli.drift import command


@pytest.fixture
def files(tmp_path: Path) -> tuple[str, str]:
    before = pd.DataFrame({"plan": ["free", "pro"] * 500, "seats": [1, 2, 3, 4] * 250})
    before.to_parquet(tmp_path / "before.parquet")
    before.iloc[:900].assign(plan="pro").to_parquet(tmp_path / "since.parquet")
    return str(tmp_path / "before.parquet"), str(tmp_path / "since.parquet")


def test_something_changed(files: tuple[str, str]) -> None:
    done = CliRunner().invoke(command, [*files, "--json"])
    assert done.exit_code == 1
    said = json.loads(done.stdout)
    assert said["answer"] == "changed"
    assert said["windows"][0]["columns"][0]["column"] == "plan"


def test_undecided_and_nothing(files: tuple[str, str]) -> None:
    named = ["--columns", "seats"]
    assert CliRunner().invoke(command, [*files, *named]).exit_code == 3
    assert CliRunner().invoke(command, [*files, *named, "--margin", "20%"]).exit_code == 0


def test_the_page_and_the_comment(files: tuple[str, str], tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    done = CliRunner().invoke(command, [*files, "--markdown", "--html", str(page)])
    assert done.stdout.startswith("### ")
    assert "What changed?" in page.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--columns", "plann"], "Did you mean 'plan'"),
        (["--margin", "wide"], "--margin 'wide' is no number"),
        (["--margin", "0"], "margin must lie between"),
        (["--run-length", "1"], "run_length must be at least 5"),
        (["--by", "week"], "'week' (the windows) is not in"),
    ],
)
def test_what_is_refused(files: tuple[str, str], options: list[str], said: str) -> None:
    done = CliRunner().invoke(command, [*files, *options])
    assert done.exit_code == 2
    assert said in done.stderr
