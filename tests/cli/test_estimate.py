"""`sextant estimate`: its statuses, of which none is 0, its forms, what it refuses."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from click.testing import CliRunner

from sextant.cli.estimate import command

ROLES = ["--label", "y", "--score", "p"]


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, str]:
    folder = tmp_path_factory.mktemp("estimate")
    rng = np.random.default_rng(0)
    before = pd.DataFrame({"p": rng.uniform(size=3_000)})
    before["y"] = (rng.uniform(size=3_000) < before.p).astype(int)
    before.to_parquet(folder / "before.parquet")
    pd.DataFrame({"p": rng.beta(5, 5, 1_000)}).to_parquet(folder / "since.parquet")
    return str(folder / "before.parquet"), str(folder / "since.parquet")


def test_likely_missed(files: tuple[str, str]) -> None:
    wanted = ["--criterion", "accuracy >= 75%"]
    done = CliRunner().invoke(command, [*files, *ROLES, *wanted, "--json"])
    assert done.exit_code == 1, done.output
    said = json.loads(done.stdout)
    assert (said["outlook"], said["verdict"]) == ("likely missed", "missed")


def test_all_else_is_undecided(files: tuple[str, str]) -> None:
    for criterion in ("accuracy >= 10%", "accuracy >= 62%"):
        done = CliRunner().invoke(command, [*files, *ROLES, "--criterion", criterion])
        assert done.exit_code == 3, done.output
        assert "This is an estimate, not a measurement" in " ".join(done.stdout.split())
    assert CliRunner().invoke(command, [*files, *ROLES]).exit_code == 3


def test_the_page_and_the_comment(files: tuple[str, str], tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    done = CliRunner().invoke(command, [*files, *ROLES, "--markdown", "--html", str(page)])
    assert done.stdout.startswith("### ")
    assert "How are we doing without labels?" in page.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--label", "yy", "--score", "p"], "Did you mean 'y'"),
        ([*ROLES, "--by", "week"], "'week' (the windows) is not in"),
        ([*ROLES, "--criterion", "acuracy >= 1"], "Did you mean"),
        ([*ROLES, "--complete", "all"], "--complete 'all' is no number"),
        ([*ROLES, "--label-time", "told"], "nothing when it was predicted"),
        ([*ROLES, "--confidence", "10%"], "confidence of 0.1 is out of range"),
    ],
    ids=["label", "window", "criterion", "complete", "time", "confidence"],
)
def test_what_is_refused(files: tuple[str, str], options: list[str], said: str) -> None:
    done = CliRunner().invoke(command, [*files, *options])
    assert done.exit_code == 2
    assert said in done.stderr
