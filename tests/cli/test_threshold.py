"""`sextant threshold`: exit statuses, forms, narrow terminals, options, bad input."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from click.testing import CliRunner, Result

from sextant.cli.main import main

CONTRACT = """
product: Fraud
outcome: Halve the losses by 2027
task: binary
data: {source: rows.parquet, label: y, score: {column: p, scale: 100}, segments: {sex: sex}}
threshold: 0.5
costs: {false_negative: 100, false_positive: 5, currency: EUR}
names: {rows: payments, positive: frauds, negative: honest payments}
criteria: [auc >= 0.6]
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("rows")
    rng = np.random.default_rng(1)
    p = rng.beta(1, 4, 3_000)
    table = pd.DataFrame({"p": (100 * p).round(1), "y": (rng.uniform(size=3_000) < p).astype(int)})
    table["sex"] = rng.choice(["men", "women"], 3_000)
    table.to_parquet(path / "rows.parquet")
    (path / "fraud.yaml").write_text(CONTRACT, encoding="utf-8")
    return path


def run(folder: Path, data: str, *arguments: str, columns: int = 100) -> Result:
    return CliRunner(env={"COLUMNS": str(columns)}).invoke(
        main, ["threshold", str(folder / data), *arguments, "--quiet"]
    )


TABLE = ("rows.parquet", "--score", "p", "--scale", "100", "--label", "y")


@pytest.mark.parametrize(
    ("more", "status"),
    [
        ((), 0),
        (("--limit", "recall >= 60%"), 0),
        (("--limit", "recall >= 95%", "--limit", "friction <= 1%"), 1),
        (("--limit", "precision >= 99%"), 3),
        (("--limit", "precision"), 2),
        (("--cost", "false_negative"), 2),
        (("--cost", "false_negative=-3"), 2),
        (("--capacity", "400"), 2),
        (("--prevalence", "much"), 2),
        (("--positive", "1"), 0),
    ],
)
def test_the_exit_status_says_whether_the_limits_can_be_kept(
    folder: Path, more: tuple[str, ...], status: int
) -> None:
    found = run(folder, *TABLE, *more)
    assert found.exit_code == status, found.output


def test_a_contract_says_costs_names_and_groups(folder: Path) -> None:
    found = run(folder, "fraud.yaml", "--volume", "2000", "--automated-error", "10%",
                "--review", "3")  # fmt: skip
    assert found.exit_code == 0
    assert "EUR a decision" in found.output
    assert "of 100 honest payments" in found.output or "of 1,000 honest payments" in found.output
    assert "By sex" in found.output
    assert "Guarantee: with 97.5 % confidence at most 10 %" in found.output
    assert "decisions a day" in found.output


def test_the_object_holds_numbers_and_sentences(folder: Path) -> None:
    said = run(folder, "fraud.yaml", "--json", "--prevalence", "2%").output
    found = json.loads(said)
    assert found["study"] == "thresholds"
    assert found["setting"]["prevalence"] == 0.02
    assert found["best"]["from"] <= found["best"]["threshold"] <= found["best"]["to"]
    assert found["best"]["regret"]["low"] >= 0
    assert [one["name"] for one in found["groups"][0]["groups"]] == ["men", "women"]
    assert len(found["curve"]) > 50
    assert all(len(one["cost"]) == 3 for one in found["curve"])


@pytest.mark.parametrize("columns", [20, 40, 72, 100, 140])
def test_no_line_is_wider_than_the_terminal(folder: Path, columns: int) -> None:
    found = run(folder, "fraud.yaml", "--limit", "recall >= 50%", columns=columns)
    assert found.exit_code == 0
    assert max(len(line) for line in found.output.splitlines()) <= max(columns, 20)


def test_markdown_and_the_page(folder: Path, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    found = run(folder, "fraud.yaml", "--markdown", "--html", str(page), "--band", "0.1,0.6")
    assert found.exit_code == 0
    assert "| recall |" in found.output
    assert "**Fallback**" in found.output
    text = page.read_text(encoding="utf-8")
    assert "<svg" in text
    assert "<script" not in text
    assert "default-src 'none'" in text
    assert 'style="' not in text


def test_an_unusable_input_is_an_object_too(folder: Path) -> None:
    found = run(folder, "rows.parquet", "--json", "--label", "y")
    assert found.exit_code == 2
    problems = json.loads(found.stdout)["error"]["problems"]
    assert "No column of scores is named" in problems[0]


def test_hostile_names_stay_text(folder: Path, tmp_path: Path) -> None:
    rows = pd.read_parquet(folder / "rows.parquet")
    rows["sex"] = rows["sex"].map({"men": "<b>&\x1b[31m", "women": "a|b"})
    rows.to_parquet(tmp_path / "odd.parquet")
    found = run(tmp_path, "odd.parquet", "--score", "p", "--scale", "100", "--label", "y",
                "--segment", "sex", "--html", str(tmp_path / "odd.html"), "--markdown")  # fmt: skip
    assert found.exit_code == 0, found.output
    assert "\x1b" not in found.output
    assert "a\\|b" in found.output
    assert "<b>&" not in (tmp_path / "odd.html").read_text(encoding="utf-8")
